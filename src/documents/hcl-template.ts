import type { Expression, TemplatePart } from './hcl-tree.ts';
import { at, expect, fail, found, nested, skip, spanOf, SyntaxProblem, take, takeIdentifier, type Reader } from './hcl-reader.ts';
import type { Span } from './span.ts';

type ReadExpression = (reader: Reader) => Expression;

/** A template in pieces, before `if` and `for` are matched with their ends. */
type Piece = { readonly span: Span; readonly trimBefore: boolean; readonly trimAfter: boolean } & (
  | { readonly is: 'text'; text: string; start: number; end: number }
  | { readonly is: 'value'; readonly value: Expression }
  | { readonly is: 'if'; readonly condition: Expression }
  | { readonly is: 'for'; readonly keyName?: string; readonly valueName: string; readonly over: Expression }
  | { readonly is: 'else' }
  | { readonly is: 'endif' }
  | { readonly is: 'endfor' }
);
type TextPiece = Extract<Piece, { is: 'text' }>;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** A string in quotes; the reader stands at the opening quote. */
export function quoted(reader: Reader, expression: ReadExpression): Expression {
  const start = reader.pos;
  reader.pos++;
  const pieces = nested(reader, false, () => piecesUntil(reader, expression, start));
  reader.pos++;
  return literalOr(trimmed(pieces), reader, start);
}

function literalOr(pieces: readonly Piece[], reader: Reader, start: number): Expression {
  const span = spanOf(reader, start);
  const [only] = pieces;
  if (!only) return { is: 'literal', value: '', span };
  if (pieces.length === 1 && only.is === 'text' && only.text.length === only.end - only.start)
    return { is: 'literal', value: only.text, span };
  return { is: 'template', parts: nest(reader, pieces), span };
}

function piecesUntil(reader: Reader, expression: ReadExpression, start: number): Piece[] {
  const pieces: Piece[] = [];
  let from = reader.pos;
  const flush = (): void => {
    if (reader.pos > from) pieces.push(textPiece(reader, reader.text.slice(from, reader.pos), from, reader.pos));
  };
  for (;;) {
    const c = reader.text[reader.pos];
    if (reader.pos >= reader.end || c === '\n')
      fail(
        reader,
        'This string is not closed on its line.',
        'Add the closing `"`, or use a heredoc (`<<-EOT`) for several lines.',
        start,
        reader.pos,
      );
    if (c === '"') break;
    if (c === '\\' || c === '$' || c === '%') {
      const special = c === '\\' ? escape(reader) : doubled(reader);
      if (special) {
        flush();
        pieces.push(special);
        reader.pos = from = special.end;
        continue;
      }
      if (opens(reader)) {
        flush();
        pieces.push(sequence(reader, expression));
        from = reader.pos;
        continue;
      }
    }
    reader.pos++;
  }
  flush();
  return pieces;
}

function textPiece(reader: Reader, text: string, start: number, end: number): TextPiece {
  return { is: 'text', text, start, end, span: spanOf(reader, start, end), trimBefore: false, trimAfter: false };
}

function escape(reader: Reader): TextPiece {
  const { text, pos } = reader;
  const letter = text[pos + 1] ?? '';
  const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  if (simple !== undefined) return textPiece(reader, simple, pos, pos + 2);
  const digits = letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  const hex = text.slice(pos + 2, pos + 2 + digits);
  const code = digits && /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? parseInt(hex, 16) : NaN;
  if (code <= 0x10ffff) return textPiece(reader, String.fromCodePoint(code), pos, pos + 2 + digits);
  return fail(
    reader,
    'This backslash does not begin an escape sequence.',
    'Write `\\\\` for a backslash; known are \\n, \\r, \\t, \\", \\\\, \\uNNNN and \\UNNNNNNNN.',
    pos,
    pos + 2,
  );
}

/** `$${` and `%%{` stand for `${` and `%{`. */
function doubled(reader: Reader): TextPiece | undefined {
  const sign = reader.text[reader.pos] ?? '';
  return at(reader, `${sign}${sign}{`) ? textPiece(reader, `${sign}{`, reader.pos, reader.pos + 3) : undefined;
}

const opens = (reader: Reader): boolean => at(reader, '${') || at(reader, '%{');

/** `${...}` or `%{...}`, with the reader at its first character; afterwards behind its `}`. */
function sequence(reader: Reader, expression: ReadExpression): Piece {
  const start = reader.pos;
  const directive = reader.text[start] === '%';
  reader.pos += 2;
  return nested(reader, false, () => {
    const trimBefore = at(reader, '~');
    if (trimBefore) reader.pos++;
    const inner = directive ? directiveParts(reader, expression) : { is: 'value' as const, value: expression(reader) };
    const trimAfter = take(reader, '~');
    expect(reader, '}', directive ? 'to close `%{`' : 'to close `${`');
    return { ...inner, trimBefore, trimAfter, span: spanOf(reader, start) };
  });
}

type Bare<T> = T extends unknown ? Omit<T, 'span' | 'trimBefore' | 'trimAfter'> : never;

function directiveParts(reader: Reader, expression: ReadExpression): Bare<Exclude<Piece, TextPiece>> {
  skip(reader);
  const start = reader.pos;
  const word = takeIdentifier(reader);
  if (word === 'if') return { is: 'if', condition: expression(reader) };
  if (word === 'else' || word === 'endif' || word === 'endfor') return { is: word };
  if (word === 'for') {
    const names = forNames(reader);
    return { is: 'for', ...names, over: expression(reader) };
  }
  reader.pos = start;
  return fail(
    reader,
    `Expected if, else, endif, for or endfor after \`%{\`, found ${found(reader)}.`,
    'Write `%%{` if the text is meant literally.',
  );
}

/** `k, v in`, after the word `for`. */
export function forNames(reader: Reader): { keyName?: string; valueName: string } {
  const first = name(reader);
  const second = take(reader, ',') ? name(reader) : undefined;
  expect(reader, 'in', 'in this `for`');
  return second === undefined ? { valueName: first } : { keyName: first, valueName: second };
}

function name(reader: Reader): string {
  skip(reader);
  return (
    takeIdentifier(reader) ??
    fail(reader, `Expected a name in this \`for\`, found ${found(reader)}.`, 'Write `for value in list` or `for key, value in map`.')
  );
}

/** A heredoc; the reader stands at `<<`, and afterwards at the line break behind the closing word. */
export function heredoc(reader: Reader, expression: ReadExpression): Expression {
  const start = reader.pos;
  const indented = at(reader, '<<-');
  reader.pos += indented ? 3 : 2;
  const word = takeIdentifier(reader);
  if (at(reader, '\r')) reader.pos++;
  if (word === undefined || !at(reader, '\n'))
    fail(
      reader,
      'A heredoc begins with `<<` or `<<-`, a word, and the end of the line.',
      'Write for example `<<-EOT` and put the text on the next lines.',
      start,
      reader.pos + 1,
    );
  reader.pos++;
  const pieces = trimmed(nested(reader, false, () => heredocPieces(reader, expression, word, start)));
  if (indented) stripIndentation(pieces);
  const parts = nest(
    reader,
    pieces.filter((p) => p.is !== 'text' || p.text !== ''),
  );
  return { is: 'template', parts, heredoc: { indented }, span: spanOf(reader, start) };
}

/** One text piece per line at most, because trimming and indentation work on lines. */
function heredocPieces(reader: Reader, expression: ReadExpression, word: string | undefined, start: number): Piece[] {
  const pieces: Piece[] = [];
  let from = reader.pos;
  const flush = (): void => {
    if (reader.pos > from) pieces.push(textPiece(reader, reader.text.slice(from, reader.pos), from, reader.pos));
    from = reader.pos;
  };
  let lineStart = true;
  for (;;) {
    if (lineStart && word !== undefined && closes(reader, word)) return pieces;
    lineStart = false;
    if (reader.pos >= reader.end) {
      flush();
      if (word === undefined) return pieces;
      fail(
        reader,
        `This heredoc is not closed: no line holds only \`${word}\`.`,
        `Add a line with \`${word}\` where the text ends.`,
        start,
        start + 3 + word.length,
      );
    }
    const c = reader.text[reader.pos];
    const special = c === '$' || c === '%' ? doubled(reader) : undefined;
    if (special) {
      flush();
      pieces.push(special);
      reader.pos = from = special.end;
    } else if ((c === '$' || c === '%') && opens(reader)) {
      flush();
      pieces.push(sequence(reader, expression));
      from = reader.pos;
    } else {
      reader.pos++;
      if (c === '\n') {
        flush();
        lineStart = true;
      }
    }
  }
}

/** Moves behind the closing word when this line holds nothing else. */
function closes(reader: Reader, word: string): boolean {
  let p = reader.pos;
  while (reader.text[p] === ' ' || reader.text[p] === '\t') p++;
  if (!reader.text.startsWith(word, p)) return false;
  p += word.length;
  const after = reader.text[p];
  if (p < reader.end && after !== '\n' && !(after === '\r' && reader.text[p + 1] === '\n')) return false;
  reader.pos = p;
  return true;
}

/** A whole text as a template, as `templatefile` reads it. */
export function wholeTemplate(reader: Reader, expression: ReadExpression): readonly TemplatePart[] {
  return nest(reader, trimmed(nested(reader, false, () => heredocPieces(reader, expression, undefined, 0))));
}

/** `~` takes the white space off the neighbouring text. */
function trimmed(pieces: readonly Piece[]): readonly Piece[] {
  pieces.forEach((piece, i) => {
    const before = pieces[i - 1];
    const after = pieces[i + 1];
    if (piece.trimBefore && before?.is === 'text') cut(before, 0, before.text.trimEnd().length);
    if (piece.trimAfter && after?.is === 'text') cut(after, after.text.length - after.text.trimStart().length, after.text.length);
  });
  return pieces;
}

function cut(piece: TextPiece, from: number, to: number): void {
  if (piece.end - piece.start === piece.text.length) {
    piece.end = piece.start + Math.max(from, to);
    piece.start += from;
  }
  piece.text = piece.text.slice(from, Math.max(from, to));
}

/** Takes off as much white space as every line of a `<<-` heredoc begins with. Blank lines do not count and keep theirs. */
function stripIndentation(pieces: readonly Piece[]): void {
  let least = Infinity;
  let lineStart = true;
  const firsts: TextPiece[] = [];
  for (const piece of pieces) {
    if (lineStart) {
      const blank = piece.is === 'text' && piece.text.endsWith('\n') && piece.text.trim() === '';
      if (piece.is === 'text' && !blank) firsts.push(piece);
      if (!blank) least = Math.min(least, piece.is === 'text' ? piece.text.length - piece.text.trimStart().length : 0);
    }
    lineStart = piece.is === 'text' && piece.text.endsWith('\n');
  }
  // The closing word stands at the start of a line too, but is not text and does not count.
  for (const piece of firsts) cut(piece, Math.min(least, piece.text.length), piece.text.length);
}

/** Matches every `if` and `for` with its end. */
function nest(reader: Reader, pieces: readonly Piece[]): readonly TemplatePart[] {
  const queue = { pieces, next: 0 };
  const parts = nestUntil(reader, queue, []);
  const rest = pieces[queue.next];
  if (rest) unmatched(rest.span, `This \`%{ ${rest.is} }\` has no beginning.`);
  return parts;
}

function nestUntil(reader: Reader, queue: { pieces: readonly Piece[]; next: number }, ends: readonly string[]): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  for (let piece = queue.pieces[queue.next]; piece; piece = queue.pieces[queue.next]) {
    if (piece.is === 'else' || piece.is === 'endif' || piece.is === 'endfor') {
      if (ends.length === 0 || ends.includes(piece.is)) return parts;
      return unmatched(piece.span, `This \`%{ ${piece.is} }\` stands in the wrong place.`);
    }
    queue.next++;
    parts.push(nestOne(reader, queue, piece));
  }
  return parts;
}

function nestOne(
  reader: Reader,
  queue: { pieces: readonly Piece[]; next: number },
  piece: Exclude<Piece, { is: 'else' | 'endif' | 'endfor' }>,
): TemplatePart {
  const { span } = piece;
  const inside = (...ends: string[]): readonly TemplatePart[] => {
    const parts = nested(reader, false, () => nestUntil(reader, queue, ends));
    if (!queue.pieces[queue.next]) unmatched(span, `This \`%{ ${piece.is} }\` is not closed.`);
    return parts;
  };
  switch (piece.is) {
    case 'text':
      return { is: 'text', text: piece.text, span: { ...span, start: reader.shift(piece.start), end: reader.shift(piece.end) } };
    case 'value':
      return { is: 'value', value: piece.value, trimBefore: piece.trimBefore, trimAfter: piece.trimAfter, span };
    case 'if': {
      const yes = inside('else', 'endif');
      const hasElse = queue.pieces[queue.next++]?.is === 'else';
      const no = hasElse ? inside('endif') : [];
      if (hasElse) queue.next++;
      return { is: 'if', condition: piece.condition, yes, no, span };
    }
    case 'for': {
      const parts = inside('endfor');
      queue.next++;
      return {
        is: 'for',
        ...(piece.keyName === undefined ? {} : { keyName: piece.keyName }),
        valueName: piece.valueName,
        over: piece.over,
        parts,
        span,
      };
    }
  }
}

function unmatched(span: Span, message: string): never {
  throw new SyntaxProblem({ span, message, remedy: 'Give every `%{ if }` its `%{ endif }` and every `%{ for }` its `%{ endfor }`.' });
}
