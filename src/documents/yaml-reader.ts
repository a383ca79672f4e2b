import type { ParseError } from './document.ts';
import type { Node } from './node.ts';
import type { Span } from './span.ts';
import type { OpenQuote } from './yaml-quotes.ts';

const maxErrors = 20;

export interface YamlSource {
  readonly file: string;
  /** What is parsed. */
  readonly text: string;
  /** What stands in the file at the same offsets: differs from `text` where template actions are masked. */
  readonly original: string;
  readonly templated: boolean;
}

export interface Reader extends YamlSource {
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
  /** The first quoted text that was cut short by a line that is not indented. */
  openQuote?: OpenQuote;
  starts?: readonly number[];
}

export interface Size {
  readonly nodes: number;
  readonly depth: number;
}

/** Notes a problem at an offset; only the first ones of a file are kept. */
export function addError(reader: Reader, at: number, message: string, remedy: string, end = at + 1): void {
  if (reader.errors.length >= maxErrors) return;
  const start = Math.min(at, reader.text.length);
  reader.errors.push({ span: spanOf(reader, start, Math.min(end, reader.text.length)), message, remedy });
}

export const spanOf = (reader: Reader, start: number, end: number): Span => ({ file: reader.file, start, end });

/** Notes why the current document cannot be used at all. */
export function giveUp(reader: Reader, at: number, message: string, remedy: string): void {
  if (!reader.broken) addError(reader, at, message, remedy);
  reader.broken = true;
}
