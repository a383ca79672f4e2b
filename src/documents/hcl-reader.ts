import type { ParseError } from './document.ts';
import type { Span } from './span.ts';

/** Where the parser stands in a text. `newlines`: a line break ends an expression here (not so inside brackets and interpolations). */
export interface Reader {
  readonly file: string;
  readonly text: string;
  /** Reading stops here, as if the text ended. */
  readonly end: number;
  /** Added to every offset in spans, for a text that is a part of a file. */
  readonly shift: (offset: number) => number;
  pos: number;
  newlines: boolean;
  depth: number;
}

/** Deeper than anything people write, and shallow enough for the stack. */
const maxDepth = 100;
/** Operators or steps in a row. The tree grows one level with each, and whoever walks it needs stack for that. */
export const maxChain = 500;

/** Thrown inside the parser only; every one of them ends as a `ParseError` of the document. */
export class SyntaxProblem extends Error {
  readonly at: ParseError;
  constructor(at: ParseError) {
    super(at.message);
    this.at = at;
  }
}

export function makeReader(file: string, text: string, shift: (offset: number) => number = (offset) => offset): Reader {
  return { file, text, end: text.length, shift, pos: 0, newlines: true, depth: 0 };
}

export function spanOf(reader: Reader, start: number, end = reader.pos): Span {
  return { file: reader.file, start: reader.shift(start), end: reader.shift(end) };
}

export function fail(reader: Reader, message: string, remedy: string, start = reader.pos, end = start + 1): never {
  const from = Math.min(start, reader.end);
  throw new SyntaxProblem({ span: spanOf(reader, from, Math.max(from, Math.min(end, reader.end))), message, remedy });
}

/** Runs one level deeper, with line breaks meaning something or not. */
export function nested<T>(reader: Reader, newlines: boolean, read: () => T): T {
  if (reader.depth >= maxDepth) {
    fail(reader, `This is nested more than ${maxDepth} levels deep.`, 'Split it into locals or modules; the deeper part is not reviewed.');
  }
  const outer = reader.newlines;
  reader.newlines = newlines;
  reader.depth++;
  const result = read();
  reader.newlines = outer;
  reader.depth--;
  return result;
}

/** Skips spaces and comments, and line breaks where they mean nothing. */
export function skip(reader: Reader): void {
  const { text, end } = reader;
  while (reader.pos < end) {
    const c = text[reader.pos];
    if (c === ' ' || c === '\t' || c === '\r' || (c === '\n' && !reader.newlines) || c === '\ufeff') reader.pos++;
    else if (c === '#' || (c === '/' && text[reader.pos + 1] === '/')) toLineEnd(reader);
    else if (c === '/' && text[reader.pos + 1] === '*') {
      const close = text.indexOf('*/', reader.pos + 2);
      if (close === -1 || close + 2 > end)
        fail(reader, 'This comment is not closed.', 'Add `*/` where it ends.', reader.pos, reader.pos + 2);
      reader.pos = close + 2;
    } else return;
  }
}

/** Skips spaces, comments and line breaks, whatever line breaks mean here. */
export function skipLines(reader: Reader): void {
  const outer = reader.newlines;
  reader.newlines = false;
  skip(reader);
  reader.newlines = outer;
}

function toLineEnd(reader: Reader): void {
  const at = reader.text.indexOf('\n', reader.pos);
  reader.pos = at === -1 || at > reader.end ? reader.end : at;
}

export function at(reader: Reader, token: string): boolean {
  return reader.pos + token.length <= reader.end && reader.text.startsWith(token, reader.pos);
}

/** Skips blanks and takes a token if it stands there. */
export function take(reader: Reader, token: string): boolean {
  skip(reader);
  if (!at(reader, token)) return false;
  reader.pos += token.length;
  return true;
}

export function expect(reader: Reader, token: string, where: string): void {
  if (take(reader, token)) return;
  fail(reader, `Expected \`${token}\` ${where}, found ${found(reader)}.`, `Add \`${token}\`, or take out what does not belong here.`);
}

/** What stands at the reader, for an error message; never more than a few characters, so that no secret is repeated. */
export function found(reader: Reader): string {
  if (reader.pos >= reader.end) return 'the end of the file';
  const c = reader.text[reader.pos] ?? '';
  if (c === '\n') return 'the end of the line';
  const word = match(reader, /[\p{ID_Start}_][\p{ID_Continue}-]{0,30}/uy);
  return `\`${word ?? c}\``;
}

/** The text that a sticky expression matches at the reader; the reader does not move. */
export function match(reader: Reader, sticky: RegExp): string | undefined {
  sticky.lastIndex = reader.pos;
  const text = sticky.exec(reader.text)?.[0];
  return text !== undefined && reader.pos + text.length <= reader.end ? text : undefined;
}

const identifierPattern = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** Takes an identifier at the reader, without skipping blanks first. */
export function takeIdentifier(reader: Reader): string | undefined {
  const name = match(reader, identifierPattern);
  if (name !== undefined) reader.pos += name.length;
  return name;
}

export function peekIdentifier(reader: Reader): string | undefined {
  return match(reader, identifierPattern);
}
