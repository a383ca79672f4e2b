import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser, type Alias, type Document as YamlDocument, type Scalar, type YAMLMap } from 'yaml';
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
  /** What is parsed. */
  readonly text: string;
  /** What stands in the file at the same offsets: differs from `text` where template actions are masked. */
  readonly original: string;
  readonly templated: boolean;
  readonly span: (start: number, end: number) => Span;
}

interface Reader extends YamlSource {
  readonly errors: ParseError[];
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
  const reader: Reader = { ...source, errors: [], anchors: new Map(), sizes: new WeakMap(), aliasedNodes: 0, broken: false };
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
  reader.errors.push({ span: reader.span(start, Math.min(end, reader.text.length)), message, remedy });
}

/** `at` is where a node that is not written (an empty value) belongs. */
function readNode(reader: Reader, node: unknown, at: number): Node {
  if (isAlias(node)) return readAlias(reader, node, at);
  if (isMap(node)) return anchored(reader, node, readMap(reader, node, at));
  if (isSeq(node)) {
    const start = node.range?.[0] ?? at;
    const items = node.items.map((item) => readNode(reader, item, start));
    const flow = node.flow === true;
    return anchored(reader, node, { is: 'list', items, flow, span: reader.span(start, flow ? (node.range?.[1] ?? start) : endOf(items, start)), ...tagOf(node) });
  }
  if (isScalar(node)) return anchored(reader, node, readScalar(reader, node, at));
  return { is: 'scalar', value: null, span: reader.span(at, at) };
}

/** Raw ends of nodes just read: a block map or list ends where its last child does, not after the blank lines and comments below it. */
const rawEnds = new WeakMap<Node, number>();
const endOf = (children: readonly Node[], otherwise: number): number => {
  const last = children.at(-1);
  return (last && rawEnds.get(last)) ?? otherwise;
};
