import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type Alias,
  type Document as YamlDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { ParseError } from './document.ts';
import type { Entry, MapNode, Node } from './node.ts';
import { lineAt, lineStarts, type Span } from './span.ts';
import { maskChar } from './template-mask.ts';
import { borrow, firstOfEach, mergedEntries } from './yaml-alias.ts';
import { yamlErrorWords } from './yaml-error.ts';
import type { OpenQuote } from './yaml-quotes.ts';
import { addError, giveUp, spanOf, type Reader, type YamlSource } from './yaml-reader.ts';
import { readScalar, tagOf, templatedScalar } from './yaml-text.ts';

const maxDepth = 100;
const maxDocuments = 1000;

export interface YamlRead {
  readonly roots: readonly Node[];
  readonly errors: readonly ParseError[];
  readonly openQuote: OpenQuote | undefined;
}

/**
 * Reads all documents of a YAML text. A document that is not YAML gives one error and no root; the others are still read. Bounded: depth,
 * number of documents, and what aliases expand to.
 */
export function readYaml(source: YamlSource): YamlRead {
  const reader: Reader = {
    ...source,
    hasBraces: source.original.includes('{{'),
    errors: [],
    anchors: new Map(),
    sizes: new WeakMap(),
    aliasedNodes: 0,
    broken: false,
  };
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
  return { roots, errors: reader.errors, openQuote: reader.openQuote };
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
      addError(
        reader,
        offset,
        `The YAML is nested more than ${maxDepth} levels deep.`,
        'Make the structure flatter; the rest of the file was not read.',
      );
      return;
    }
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end();
}

function readDocument(reader: Reader, document: YamlDocument.Parsed): Node | undefined {
  const [error] = document.errors;
  if (error) {
    const quote = error.code === 'MISSING_CHAR' ? /^Missing closing (["'])quote/.exec(error.message)?.[1] : undefined;
    if (quote === '"' || quote === "'") reader.openQuote ??= { at: error.pos[0], quote };
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
  return isUsable(reader) ? root : undefined;
}

/** Reading a document may have found that it can't be used. */
const isUsable = (reader: Reader): boolean => !reader.broken;

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
    giveUp(
      reader,
      start,
      `Nothing above carries the anchor \`&${alias.source}\` that this alias names.`,
      'Define the anchor before it is used, in the same document.',
    );
    return { is: 'scalar', value: null, span };
  }
  return borrow(reader, target, span);
}

/** A block map or list ends where its last child does, not after the blank lines and comments below it. */
function collectionSpan(
  reader: Reader,
  node: { flow?: boolean; range?: readonly number[] | null },
  lastEnd: number | undefined,
  at: number,
): Span {
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
  if (isScalar(key)) return { text: key.source ?? '', plain: key.type === 'PLAIN', start, end };
  if (node.is === 'scalar') return { text: String(node.value), plain: false, start, end };
  if (!reader.templated)
    addError(reader, start, 'A list or a map stands where a key is expected.', 'Use plain text as the key; quote `{{ ... }}`.', end);
  return { text: reader.templated ? maskChar : reader.text.slice(start, end), plain: false, start, end };
}

function noteDuplicate(reader: Reader, seen: Map<string, number>, key: Key): void {
  const first = seen.get(key.text);
  seen.set(key.text, key.start);
  // The branches of a template's if/else may each hold the key.
  if (first === undefined || reader.templated) return;
  reader.starts ??= lineStarts(reader.text);
  const lines = `lines ${lineAt(reader.starts, first)} and ${lineAt(reader.starts, key.start)}`;
  addError(
    reader,
    key.start,
    `The key \`${key.text}\` stands twice in the same map (${lines}); the last one counts.`,
    'Keep one of them.',
    key.end,
  );
}
