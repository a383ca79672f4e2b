import { maskDefinitions } from './crd-mask.ts';
import type { Document, ParseError } from './document.ts';
import { readJson } from './json.ts';
import type { Node, TextPiece } from './node.ts';
import type { Span } from './span.ts';
import { isTemplate, maskForeignTemplate, maskTemplate } from './template-mask.ts';
import { indentQuoted } from './yaml-quotes.ts';
import type { YamlSource } from './yaml-reader.ts';
import { readYaml, type YamlRead } from './yaml.ts';

export type DataDocument = Extract<Document, { is: 'data' }>;

/** In UTF-16 units. No configuration that people review is larger; what is larger is data or generated. */
export const maxDataLength = 1_000_000;

export interface DataOptions {
  /** For a document inside another one (a block scalar): maps an offset in `text` to its offset in the file. */
  readonly offsets?: (inText: number) => number;
}

/**
 * Reads a YAML file, one root per document in it. Never throws: what cannot be read is in `errors`, and the documents around it are still
 * read. A template (Helm's, or another tool's with `{{ ... }}`) is masked first (`templated`); one that can't be read without rendering has no roots and no errors.
 */
export function parseYaml(file: string, text: string, options: DataOptions = {}): DataDocument {
  if (text.length > maxDataLength) return tooLarge(file, text, 'yaml');
  const templated = isTemplate(text);
  const { roots, errors } = readLeniently({
    file,
    text: maskDefinitions(templated ? maskTemplate(text) : text),
    original: text,
    templated,
  });
  const foreign = errors.length > 0 ? maskForeignTemplate(text) : undefined;
  if (foreign !== undefined) {
    const filled = readYaml({ file, text: foreign, original: text, templated: true });
    return placed({ is: 'data', syntax: 'yaml', file, text, roots: filled.roots, errors: [], templated: true }, options);
  }
  return placed({ is: 'data', syntax: 'yaml', file, text, roots, errors: templated ? [] : errors, templated }, options);
}

const mostQuotes = 10;

/** Reads a text once more for each quoted text whose lines are not indented, which other readers accept: ten times at most. */
function readLeniently(source: YamlSource): Pick<YamlRead, 'roots' | 'errors'> {
  const first = readYaml(source);
  let read = first;
  let { text, original } = source;
  let back = (offset: number): number => offset;
  for (let i = 0; read.openQuote && i < mostQuotes; i++) {
    const indented = indentQuoted(text, original, read.openQuote);
    if (!indented) return first;
    const outer = back;
    back = (offset) => outer(indented.back(offset));
    ({ text, original } = indented);
    read = readYaml({ ...source, text, original });
  }
  if (read === first || read.errors.length > 0) return first;
  const document: DataDocument = { is: 'data', syntax: 'yaml', file: source.file, text, roots: read.roots, errors: [], templated: false };
  return { roots: placed(document, { offsets: back }).roots, errors: [] };
}

/** Reads a JSON file. Never throws: a broken file has no root and one error. */
export function parseJson(file: string, text: string, options: DataOptions = {}): DataDocument {
  if (text.length > maxDataLength) return tooLarge(file, text, 'json');
  const { root, errors } = readJson(file, text);
  return placed({ is: 'data', syntax: 'json', file, text, roots: root ? [root] : [], errors, templated: false }, options);
}

function tooLarge(file: string, text: string, syntax: 'yaml' | 'json'): DataDocument {
  const error: ParseError = {
    span: { file, start: 0, end: 0 },
    message: `The file is larger than ${maxDataLength.toLocaleString('en-US')} characters and was not read.`,
    remedy: 'Split it, or keep generated data out of the configuration.',
  };
  return { is: 'data', syntax, file, text, roots: [], errors: [error], templated: false };
}

function placed(document: DataDocument, { offsets }: DataOptions): DataDocument {
  if (!offsets) return document;
  const move = (span: Span): Span => ({
    ...span,
    start: offsets(span.start),
    end: span.end > span.start ? offsets(span.end - 1) + 1 : offsets(span.end),
  });
  const errors = document.errors.map((error) => ({ ...error, span: move(error.span) }));
  return { ...document, errors, roots: document.roots.map((root) => moved(root, move, offsets)) };
}

function moved(node: Node, move: (span: Span) => Span, offsets: (inText: number) => number): Node {
  const base = { span: move(node.span), ...(node.via && { via: move(node.via) }) };
  if (node.is === 'list') return { ...node, ...base, items: node.items.map((item) => moved(item, move, offsets)) };
  if (node.is === 'map') {
    const entries = node.entries.map((e) => ({ ...e, keySpan: move(e.keySpan), span: move(e.span), value: moved(e.value, move, offsets) }));
    return { ...node, ...base, entries };
  }
  const inner = node.offsets;
  const around = node.around?.map((piece): TextPiece =>
    piece.is === 'text' ? { ...piece, offsets: (inText) => offsets(piece.offsets(inText)) } : { ...piece, span: move(piece.span) },
  );
  return { ...node, ...base, ...(inner && { offsets: (inValue: number) => offsets(inner(inValue)) }), ...(around && { around }) };
}
