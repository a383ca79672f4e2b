/** Where a quoted text was cut short, because a line inside it is not indented as its key is. */
export interface OpenQuote {
  readonly at: number;
  readonly quote: '"' | "'";
}

/** A text with spaces put in at the beginning of lines, and the way back from its offsets to those of the text without them. */
export interface Indented {
  readonly text: string;
  readonly original: string;
  readonly back: (offset: number) => number;
}

/** In UTF-16 units: larger files are not read again for the sake of a quote. */
const mostText = 100_000;
const mostSpaces = 200_000;

/**
 * Go's reader and PyYAML let the lines of a quoted text stand at any column, YAML 1.2 and the parser don't. This indents the lines up to the
 * closing quote: white space that begins a line of a quoted text is no part of it, so it says the same. Undefined where no quote closes it.
 */
export function indentQuoted(text: string, original: string, { at, quote }: OpenQuote): Indented | undefined {
  const end = text.length > mostText ? -1 : closingQuote(text, at, quote);
  if (end === -1) return undefined;
  const starts: number[] = [];
  for (let line = text.indexOf('\n', at) + 1; line > 0 && line <= end; line = text.indexOf('\n', line) + 1) {
    // The end of a document ends a quoted text, too.
    if (/^(?:---|\.\.\.)\s/.test(text.slice(line, line + 4))) return undefined;
    if (!/^[ \t]*\r?\n/.test(text.slice(line, end))) starts.push(line);
  }
  const width = deepestLine(text) + 1;
  if (starts.length === 0 || starts.length * width > mostSpaces) return undefined;
  const indented = (source: string): string => {
    const pieces = starts.map((start, i) => ' '.repeat(width) + source.slice(start, starts[i + 1] ?? source.length));
    return source.slice(0, starts[0]) + pieces.join('');
  };
  return { text: indented(text), original: indented(original), back: (offset) => withoutSpaces(offset, starts, width) };
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\' && quote === '"') i++;
    else if (char === quote && quote === "'" && text.charAt(i + 1) === "'") i++;
    else if (char === quote) return i;
  }
  return -1;
}

const deepestLine = (text: string): number => text.split('\n').reduce((most, line) => Math.max(most, line.search(/[^ ]|$/)), 0);

/** `starts` are offsets of the text without the spaces, in order. */
function withoutSpaces(offset: number, starts: readonly number[], width: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) + middle * width <= offset) low = middle + 1;
    else high = middle;
  }
  const last = starts[low - 1];
  return last === undefined ? offset : Math.max(last, offset - low * width);
}
