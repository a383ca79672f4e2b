/** A half-open range of UTF-16 offsets into one file's text. Lines are derived from it, never stored. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Offsets of the first character of every line; entry 0 is always 0. LF and CRLF both end a line. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

/** The 1-based line that holds an offset, by binary search. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** The 1-based lines that a span touches. An empty span, or one that ends just after a line break, touches the line it starts on. */
export function linesOf(starts: readonly number[], span: Pick<Span, 'start' | 'end'>): { from: number; to: number } {
  return { from: lineAt(starts, span.start), to: lineAt(starts, Math.max(span.start, span.end - 1)) };
}
