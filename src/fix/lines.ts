/** The line break that a text uses: that of its first line. */
export const lineBreakOf = (text: string): '\n' | '\r\n' => (text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n');

/** Text made with line feeds, in the line breaks of another text. */
export const inLineBreaksOf = (text: string, made: string): string => (lineBreakOf(text) === '\r\n' ? made.replaceAll('\n', '\r\n') : made);

/** The offset at which the line of an offset begins. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** The offset at which the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  if (feed === -1) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** The offset after the line break of an offset's line. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed === -1 ? text.length : feed + 1;
}

/** The blank characters that a line begins with. */
export const indentAt = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, offset), lineEnd(text, offset)))?.[0] ?? '';

/** How many characters stand before an offset on its line. */
export const columnAt = (text: string, offset: number): number => offset - lineStart(text, offset);

/** Where a span's text ends, without blanks and line breaks at its end (a heredoc or a block scalar may hold one). */
export function contentEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** Whether nothing but blanks stands before an offset on its line. */
export const startsLine = (text: string, offset: number): boolean => text.slice(lineStart(text, offset), offset).trim() === '';

/**
 * Widens a range of whole lines that is to be taken out by the blank line that would be left over: one of two blank lines, or one next to
 * a bracket. `start` is a line's first offset and `end` the offset after a line break.
 */
export function withoutBlankLitter(text: string, start: number, end: number): { start: number; end: number } {
  const before = start === 0 ? undefined : text.slice(lineStart(text, start - 1), start).trim();
  const after = end >= text.length ? undefined : text.slice(end, nextLine(text, end)).trim();
  if (before === '' && (after === undefined || after === '' || /^[}\])]/.test(after))) return { start: lineStart(text, start - 1), end };
  if (after === '' && (before === undefined || /[{[(]$/.test(before))) return { start, end: nextLine(text, end) };
  return { start, end };
}
