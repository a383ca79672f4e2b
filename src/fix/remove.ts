import type { Edit } from './edit.ts';
import { contentEnd, lineBreakOf, lineEnd, lineStart, nextLine, startsLine, withoutBlankLitter } from './lines.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Takes out the lines of a range. Undefined when something else than a comment (as `isComment` says of the rest of the line) shares them. */
export function removeLines(file: string, text: string, range: Range, isComment: (rest: string) => boolean): Edit | undefined {
  const end = contentEnd(text, range.start, range.end);
  const rest = text.slice(end, lineEnd(text, end)).trim();
  if (!startsLine(text, range.start) || (rest !== '' && !isComment(rest))) return undefined;
  return cut(file, text, lineStart(text, range.start), nextLine(text, end));
}

/** When the last line of a file without a final line break goes, the break before it goes too. */
function cut(file: string, text: string, first: number, last: number): Edit {
  const { start, end } = withoutBlankLitter(text, first, last);
  const breakBefore = end === text.length && !text.endsWith('\n') && start > 0 ? lineBreakOf(text).length : 0;
  return { span: { file, start: Math.max(0, start - breakBefore), end }, text: '' };
}

export interface ItemStyle {
  /** Whether a comma may stand after the last item. */
  readonly trailingComma: boolean;
  /** What a comment looks like at the end of a line; none in JSON. */
  readonly comment?: RegExp;
}

/** Takes one of several comma-separated items out, with its comma: whole lines where it has its own. */
export function removeItem(file: string, text: string, item: Range, all: readonly Range[], style: ItemStyle): Edit | undefined {
  const i = all.findIndex(({ start }) => start === item.start);
  const previous = all[i - 1];
  const next = all[i + 1];
  const end = contentEnd(text, item.start, item.end);
  const afterComma = end + (/^\s*,/.exec(text.slice(end, next?.start ?? nextBracket(text, end)))?.[0].length ?? 0);
  const rest = text.slice(afterComma, lineEnd(text, afterComma)).trim();
  const ownLines = startsLine(text, item.start) && (rest === '' || style.comment?.test(rest) === true);
  // The last item takes the comma before it along where none may be left over.
  if (!next && previous && afterComma === end && !(ownLines && style.trailingComma)) {
    const from = contentEnd(text, previous.start, previous.end);
    if (text.slice(from, item.start).includes('#') || text.slice(from, item.start).includes('//')) return undefined;
    return { span: { file, start: from, end }, text: '' };
  }
  if (ownLines) return cut(file, text, lineStart(text, item.start), nextLine(text, afterComma));
  if (next) return { span: { file, start: item.start, end: next.start }, text: '' };
  if (previous) return { span: { file, start: contentEnd(text, previous.start, previous.end), end }, text: '' };
  // The only item: the blanks inside the brackets go too.
  const blanks = /^[ \t]*(?=[\]}])/.exec(text.slice(afterComma, lineEnd(text, afterComma)))?.[0].length ?? 0;
  const start = blanks > 0 ? text.slice(0, item.start).trimEnd().length : item.start;
  return { span: { file, start, end: afterComma + blanks }, text: '' };
}

/** Where the container of the last item may close, at most: a bound for looking for its comma. */
function nextBracket(text: string, from: number): number {
  const found = /[\]}]/g;
  found.lastIndex = from;
  return found.exec(text)?.index ?? text.length;
}
