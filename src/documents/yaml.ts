import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser, type Alias, type Document as YamlDocument, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { ParseError } from './document.ts';
import { quotedOffsets } from './json.ts';
import type { Entry, MapNode, Node, ScalarNode } from './node.ts';
import { lineAt, lineStarts, type Span } from './span.ts';
import { blockOffsets, plainScalar, taggedScalar } from './yaml-scalar.ts';
import { yamlErrorWords } from './yaml-error.ts';

const maxDepth = 100;
const maxDocuments = 1000;
/** Nodes that aliases may stand for, all together: enough for any real file, far too few for one that multiplies itself. */
const maxAliasedNodes = 100_000;
const maxErrors = 20;

/** Stands for every character of a masked template action; a private-use character, which no configuration has a use for. */
export const maskChar = '\uE000';

export interface YamlSource {
  readonly file: string;
  /** What is parsed. */
  readonly text: string;
  /** What stands in the file at the same offsets: differs from `text` where template actions are masked. */
  readonly original: string;
  readonly templated: boolean;
}

interface Reader extends YamlSource {
  readonly errors: ParseError[];
  /** Whether `{{` stands anywhere: most files have none, and then no scalar is searched for it. */
  readonly hasBraces: boolean;
  /** Anchors of the current YAML document. */
  anchors: Map<string, Node>;
  /** Nodes and levels below an anchored node, aliases inside it counted with what they stand for. */
  sizes: WeakMap<Node, Size>;
  aliasedNodes: number;
  /** Set when the current document cannot be used. */
  broken: boolean;
  starts?: readonly number[];
}

interface Size {
  readonly nodes: number;
  readonly depth: number;
}

/**
 * Reads all documents of a YAML text. A document that is not YAML gives one error and no root; the others are still read. Bounded: depth,
 * number of documents, and what aliases expand to.
 */
export function readYaml(source: YamlSource): { roots: readonly Node[]; errors: readonly ParseError[] } {
  const reader: Reader = { ...source, hasBraces: source.original.includes('{{'), errors: [], anchors: new Map(), sizes: new WeakMap(), aliasedNodes: 0, broken: false };
  const roots: Node[] = [];
  let count = 0;
  for (const document of composeDocuments(reader)) {
    if (++count > maxDocuments) {
      addError(reader, document.range[0], `The file holds more than ${maxDocuments} YAML documents.`, 'Split the file.');
      break;
    }
    const root = readDocument(reader, document);
    if (root) roots.push(root);
  }
  return { roots, errors: reader.errors };
}

/** The parser's own stack is watched while it reads, because nesting without bound would exhaust the process before it reports anything. */
function* composeDocuments(reader: Reader): Generator<YamlDocument.Parsed> {
  const parser = new Parser();
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  let offset = 0;
  for (const lexeme of new Lexer().lex(reader.text)) {
    for (const token of parser.next(lexeme)) yield* composer.next(token);
    offset = parser.offset;
    if (parser.stack.length > maxDepth) {
      addError(reader, offset, `The YAML is nested more than ${maxDepth} levels deep.`, 'Make the structure flatter; the rest of the file was not read.');
      return;
    }
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end();
}

function readDocument(reader: Reader, document: YamlDocument.Parsed): Node | undefined {
  const [error] = document.errors;
  if (error) {
    const { message, remedy } = yamlErrorWords(error.code);
    addError(reader, error.pos[0], message, remedy);
    return undefined;
  }
  reader.anchors = new Map();
  reader.sizes = new WeakMap();
  reader.broken = false;
  const { contents } = document;
  if (isScalar(contents) && contents.source === '') return undefined;
  const root = readNode(reader, contents, document.range[0]);
  return reader.broken ? undefined : root;
}

function addError(reader: Reader, at: number, message: string, remedy: string, end = at + 1): void {
  if (reader.errors.length >= maxErrors) return;
  const start = Math.min(at, reader.text.length);
  reader.errors.push({ span: spanOf(reader, start, Math.min(end, reader.text.length)), message, remedy });
}

const spanOf = (reader: Reader, start: number, end: number): Span => ({ file: reader.file, start, end });

/** `at` is where a node that is not written (an empty value) belongs. */
function readNode(reader: Reader, node: unknown, at: number): Node {
  if (isAlias(node)) return readAlias(reader, node, at);
  if (isMap(node)) return anchored(reader, node, () => readMap(reader, node, at));
  if (isSeq(node)) return anchored(reader, node, () => readList(reader, node, at));
  if (isScalar(node)) return anchored(reader, node, () => readScalar(reader, node, at));
  return { is: 'scalar', value: null, span: spanOf(reader, at, at) };
}

/** An anchor is known only after its own node is read, so a node can't hold itself. */
function anchored(reader: Reader, { anchor }: { anchor?: string }, read: () => Node): Node {
  const node = read();
  if (anchor) reader.anchors.set(anchor, node);
  return node;
}

function readAlias(reader: Reader, alias: Alias, at: number): Node {
  const [start, end] = alias.range ?? [at, at];
  const target = reader.anchors.get(alias.source);
  const span = spanOf(reader, start, end);
  if (!target) {
    giveUp(reader, start, `Nothing above carries the anchor \`&${alias.source}\` that this alias names.`, 'Define the anchor before it is used, in the same document.');
    return { is: 'scalar', value: null, span };
  }
  return borrow(reader, target, span);
}

/** The anchored node as it stands at another place. Its children are shared, so what aliases stand for is counted, not copied. */
function borrow(reader: Reader, target: Node, span: Span): Node {
  const size = sizeOf(reader, target);
  reader.aliasedNodes += size.nodes;
  if (reader.aliasedNodes > maxAliasedNodes || size.depth > maxDepth) {
    giveUp(reader, span.start, 'The aliases of this document stand for too many values.', 'Write the values out, or use fewer nested aliases.');
    return { is: 'scalar', value: null, span };
  }
  const node: Node = { ...target, span, via: target.via ?? target.span };
  reader.sizes.set(node, size);
  return node;
}

function sizeOf(reader: Reader, node: Node): Size {
  const known = reader.sizes.get(node);
  if (known) return known;
  const children = node.is === 'map' ? node.entries.map((e) => e.value) : node.is === 'list' ? node.items : [];
  let nodes = 1;
  let depth = 0;
  for (const child of children) {
    const size = sizeOf(reader, child);
    nodes += size.nodes;
    depth = Math.max(depth, size.depth);
  }
  const size = { nodes, depth: depth + 1 };
  reader.sizes.set(node, size);
  return size;
}

function giveUp(reader: Reader, at: number, message: string, remedy: string): void {
  if (!reader.broken) addError(reader, at, message, remedy);
  reader.broken = true;
}

/** A block map or list ends where its last child does, not after the blank lines and comments below it. */
function collectionSpan(reader: Reader, node: { flow?: boolean; range?: readonly number[] | null }, lastEnd: number | undefined, at: number): Span {
  const start = node.range?.[0] ?? at;
  return spanOf(reader, start, node.flow === true ? (node.range?.[1] ?? start) : Math.max(start, lastEnd ?? start));
}

function readList(reader: Reader, node: YAMLSeq, at: number): Node {
  const items = node.items.map((item) => readNode(reader, item, node.range?.[0] ?? at));
  return { is: 'list', items, flow: node.flow === true, span: collectionSpan(reader, node, items.at(-1)?.span.end, at), ...tagOf(node) };
}

function readMap(reader: Reader, node: YAMLMap, at: number): Node {
  const written: Entry[] = [];
  const merged: Entry[] = [];
  const seen = new Map<string, number>();
  let end: number | undefined;
  let open = false;
  for (const pair of node.items) {
    const key = readKey(reader, pair.key, node.range?.[0] ?? at);
    const value = readNode(reader, pair.value, key.end);
    end = Math.max(key.end, value.span.end);
    const keySpan = spanOf(reader, key.start, key.end);
    if (key.text.includes(maskChar)) open = true;
    else if (key.plain && key.text === '<<') merged.push(...mergedEntries(reader, value, keySpan));
    else {
      noteDuplicate(reader, seen, key);
      written.push({ key: key.text, keySpan, value, span: spanOf(reader, key.start, end) });
    }
  }
  const span = collectionSpan(reader, node, end, at);
  if (open && written.length === 0 && merged.length === 0) return templatedScalar(reader, span);
  const entries = merged.length > 0 ? [...firstOfEach(merged).filter((e) => !seen.has(e.key)), ...written] : written;
  const map: MapNode = { is: 'map', entries, flow: node.flow === true, span, ...tagOf(node) };
  return open ? { ...map, open } : map;
}

interface Key {
  readonly text: string;
  readonly plain: boolean;
  readonly start: number;
  readonly end: number;
}

function readKey(reader: Reader, key: unknown, at: number): Key {
  const node = readNode(reader, key, at);
  const { start, end } = node.span;
  if (isScalar(key)) return { text: String(key.source ?? ''), plain: key.type === 'PLAIN', start, end };
  if (node.is === 'scalar') return { text: String(node.value), plain: false, start, end };
  if (!reader.templated) addError(reader, start, 'A list or a map stands where a key is expected.', 'Use plain text as the key; quote `{{ ... }}`.', end);
  return { text: reader.templated ? maskChar : reader.text.slice(start, end), plain: false, start, end };
}

function noteDuplicate(reader: Reader, seen: Map<string, number>, key: Key): void {
  const first = seen.get(key.text);
  seen.set(key.text, key.start);
  // The branches of a template's if/else may each hold the key.
  if (first === undefined || reader.templated) return;
  reader.starts ??= lineStarts(reader.text);
  const lines = `lines ${lineAt(reader.starts, first)} and ${lineAt(reader.starts, key.start)}`;
  addError(reader, key.start, `The key \`${key.text}\` stands twice in the same map (${lines}); the last one counts.`, 'Keep one of them.', key.end);
}

/** The entries that `<<: *name` (or a list of such) brings in, each standing at the merge key. */
function mergedEntries(reader: Reader, value: Node, keySpan: Span): readonly Entry[] {
  if (value.is === 'list') return value.items.flatMap((item) => mergedEntries(reader, item, keySpan));
  if (value.is !== 'map') return [];
  const span = { ...keySpan, end: Math.max(keySpan.end, value.span.end) };
  return value.entries.map((e) => ({ key: e.key, keySpan, span, value: borrow(reader, e.value, value.span) }));
}

function firstOfEach(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>();
  return entries.filter((e) => !seen.has(e.key) && seen.add(e.key));
}

function readScalar(reader: Reader, node: Scalar, at: number): Node {
  const [start, rangeEnd] = node.range ?? [at, at];
  const text = String(node.source ?? '');
  const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const end = block ? trimEnd(reader.text, start, rangeEnd) : rangeEnd;
  const span = spanOf(reader, start, end);
  if (reader.text.charAt(start) === maskChar || isTemplated(reader, start, end)) return { ...templatedScalar(reader, span), ...tagOf(node) };
  const core = coreTag(node.tag);
  const value = core === undefined ? (node.type === 'PLAIN' && !node.tag ? plainScalar(text) : text) : (taggedScalar(core, text) ?? text);
  const scalar: ScalarNode = { is: 'scalar', value, span, ...tagOf(node) };
  if (typeof value !== 'string') return scalar;
  if (block) return { ...scalar, offsets: blockOffsets(reader.text, start, end, value) };
  return /^\s*[[{]/.test(value) ? withOffsets(reader, scalar, value) : scalar;
}

/** Quoted texts on one line that hold a document keep the way back to the file. */
function withOffsets(reader: Reader, scalar: ScalarNode, value: string): ScalarNode {
  const { start, end } = scalar.span;
  const source = reader.text.slice(start, end);
  if (source.includes('\n')) return scalar;
  if (source.startsWith('"')) return { ...scalar, offsets: quotedOffsets(reader.text, start, value.length) };
  return source.slice(1, -1) === value ? { ...scalar, offsets: (inValue) => start + 1 + Math.max(0, Math.min(inValue, value.length)) } : scalar;
}

/** What a templated value says is its own source text, without the quotes around it. */
function templatedScalar(reader: Reader, masked: Span): ScalarNode {
  const span = writtenSpan(reader, masked);
  const source = reader.original.slice(span.start, span.end);
  const quote = source.charAt(0);
  const quoted = source.length > 1 && (quote === '"' || quote === "'") && source.endsWith(quote);
  return { is: 'scalar', value: quoted ? source.slice(1, -1) : source, templated: true, span };
}

/** Masks of whole lines stand at the column that the action writes to: the span is widened to the action itself. */
function writtenSpan(reader: Reader, { file, start, end }: Span): Span {
  const { original, text } = reader;
  if (text.charAt(start) !== maskChar) return { file, start, end };
  const lineStart = original.lastIndexOf('\n', start) + 1;
  const action = original.startsWith('{{', start) ? start : original.slice(lineStart, end).indexOf('{{') + lineStart;
  return { file, start: action < lineStart ? start : action, end: Math.max(end, original.slice(0, text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end)).trimEnd().length) };
}

/**
 * True where a Go template (or another tool's `{{ ... }}`) writes the value or a part of it. GitHub's `${{ ... }}` is an expression that
 * stays in the configuration, and CloudFormation's `{{resolve:...}}` is a reference of its own: both are text.
 */
function isTemplated({ original, templated, hasBraces }: Reader, start: number, end: number): boolean {
  if (!hasBraces) return false;
  for (let i = original.indexOf('{{', start); i !== -1 && i < end - 1; i = original.indexOf('{{', i + 2)) {
    if (templated || (original.charAt(i - 1) !== '$' && !original.startsWith('resolve:', i + 2))) return true;
  }
  return false;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

const coreTagPrefix = 'tag:yaml.org,2002:';
const coreTag = (tag: string | undefined): string | undefined =>
  tag === '!' ? '!' : tag?.startsWith(coreTagPrefix) === true ? tag.slice(coreTagPrefix.length) : undefined;

function tagOf({ tag }: { tag?: string }): { tag?: string } {
  return tag === undefined || coreTag(tag) !== undefined ? {} : { tag: tag.replace(/^!/, '') };
}
