/**
 * One line as `terraform fmt` sees it: a line of the text, or several where a heredoc joins them. `equals` is the offset of its first `=`,
 * `assign` the same when the value after it closes every bracket that it opens, `comment` the offset of a comment at its end.
 */
interface FormatLine {
  readonly start: number;
  readonly end: number;
  readonly equals?: number;
  readonly assign?: number;
  readonly comment?: number;
}

/**
 * The text with the `=` signs (and the comments behind them) aligned as `terraform fmt` does, in the runs of lines that touch a range of
 * offsets and nowhere else.
 */
export function alignedAsFmt(text: string, from: number, to = from): string {
  let out = text;
  for (const { start, end, lines } of runsAround(text, from, to).toReversed())
    out = out.slice(0, start) + aligned(text, lines) + out.slice(end);
  return out;
}

/** Whether the runs of lines that touch a range are aligned as `terraform fmt` would. */
export const isAlignedAsFmt = (text: string, from: number, to = from): boolean => alignedAsFmt(text, from, to) === text;

interface Run {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly FormatLine[];
}

/** The runs that hold a line of the range or its neighbours: lines that have an `=` or a comment at their end, one below the other. */
function runsAround(text: string, from: number, to: number): readonly Run[] {
  const lines = formatLines(text);
  const first = Math.max(0, lines.findLastIndex(({ start }) => start <= from) - 1);
  const after = lines.findIndex(({ start }) => start > to);
  const last = after === -1 ? lines.length - 1 : after;
  const runs: Run[] = [];
  for (let i = first; i <= last; i++) {
    const line = lines[i];
    // A value that goes over several lines stands alone, one blank before its `=`.
    if (line?.equals !== undefined && !inRun(line)) runs.push({ ...line, lines: [line] });
    if (!inRun(line)) continue;
    let start = i;
    let end = i;
    while (inRun(lines[start - 1])) start--;
    while (inRun(lines[end + 1])) end++;
    const members = lines.slice(start, end + 1);
    runs.push({ start: members[0]?.start ?? 0, end: members.at(-1)?.end ?? 0, lines: members });
    i = end;
  }
  return runs;
}

const inRun = (line: FormatLine | undefined): boolean => line?.assign !== undefined || line?.comment !== undefined;

function aligned(text: string, lines: readonly FormatLine[]): string {
  const cells = lines.map(({ start, end, equals, assign, comment }) => ({
    lead: leadOf(text, start, assign ?? comment ?? end, assign === undefined ? equals : undefined),
    assign: assign === undefined ? undefined : text.slice(assign, comment ?? end).trimEnd(),
    comment: comment === undefined ? undefined : text.slice(comment, end),
    tail: comment === undefined ? trailing(text.slice(start, end)) : '',
  }));
  const leads = widest(cells, (cell) => (cell.assign === undefined ? undefined : width(cell.lead)));
  const bodies = cells.map(({ lead, assign }, i) =>
    assign === undefined ? lead : lead + ' '.repeat((leads[i] ?? 0) - width(lead) + 1) + assign,
  );
  const comments = widest(cells, ({ comment }, i) => (comment === undefined ? undefined : width(lastLine(bodies[i] ?? ''))));
  return cells
    .map(({ comment, tail }, i) => {
      const body = bodies[i] ?? '';
      return comment === undefined ? body + tail : body + ' '.repeat((comments[i] ?? 0) - width(lastLine(body)) + 1) + comment;
    })
    .join('');
}

/** The text before a cell, with one blank before an `=` that is in it. */
function leadOf(text: string, start: number, end: number, equals: number | undefined): string {
  if (equals === undefined || equals > end) return text.slice(start, end).trimEnd();
  return `${text.slice(start, equals).trimEnd()} ${text.slice(equals, end).trimEnd()}`;
}

const trailing = (text: string): string => text.slice(text.trimEnd().length);
const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

/** For every cell the greatest measure of the unbroken sequence of measured cells that it is in. */
function widest<T>(cells: readonly T[], measure: (cell: T, i: number) => number | undefined): readonly number[] {
  const measures = cells.map(measure);
  const out: number[] = [];
  for (let i = 0; i < measures.length; i++) {
    let end = i;
    while (measures[end] !== undefined) end++;
    const most = Math.max(0, ...measures.slice(i, end).map((n) => n ?? 0));
    for (let k = i; k < end; k++) out[k] = most;
    if (end > i) i = end - 1;
  }
  return out;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Columns as `terraform fmt` counts them: what a reader sees as one character. */
const width = (text: string): number => (isAscii(text) ? text.length : [...graphemes.segment(text)].length);
function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) return false;
  return true;
}

/** Reads a text's lines in one pass, knowing strings, interpolations, heredocs and comments, but no grammar. */
function formatLines(text: string): readonly FormatLine[] {
  const lines: FormatLine[] = [];
  let start = 0;
  let equals: number | undefined;
  let comment: number | undefined;
  let brackets = 0;
  let heredoc: string | undefined;
  const close = (end: number): void => {
    const lead = text.slice(start, comment ?? end).trim();
    const cells = { ...(equals !== undefined && { equals }), ...(equals !== undefined && brackets === 0 && { assign: equals }) };
    lines.push({ start, end, ...cells, ...(comment !== undefined && lead !== '' && { comment }) });
    start = end;
    equals = comment = undefined;
    brackets = 0;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\n') {
      if (heredoc === undefined) close(i + 1);
      else {
        i = heredocEnd(text, i + 1, heredoc) - 1;
        heredoc = undefined;
      }
    } else if (char === '#' || (char === '/' && text[i + 1] === '/')) {
      comment = i;
      i = endOfLine(text, i) - 1;
    } else if (char === '/' && text[i + 1] === '*') i = skipTo(text, '*/', i + 2) - 1;
    else if (char === '"') i = stringEnd(text, i + 1) - 1;
    else if (char === '<' && text[i + 1] === '<') heredoc = /^<<-?([^\s"]+)/.exec(text.slice(i, i + 200))?.[1] ?? heredoc;
    else if (char === '=' && equals === undefined && text.slice(start, i).trim() !== '' && !isComparison(text, i)) equals = i;
    else if (equals !== undefined && (char === '{' || char === '[' || char === '(')) brackets++;
    else if (equals !== undefined && (char === '}' || char === ']' || char === ')')) brackets--;
  }
  close(text.length);
  return lines;
}

const isComparison = (text: string, i: number): boolean =>
  text[i + 1] === '=' || text[i + 1] === '>' || '=!<>'.includes(text[i - 1] ?? ' ');

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  return feed === -1 ? text.length : feed;
}

function skipTo(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found === -1 ? text.length : found + end.length;
}

/** The offset after a quoted template's closing quote; interpolations may hold quotes of their own. */
function stringEnd(text: string, from: number): number {
  // Each entry is the count of open braces of one interpolation; a string is being read where the top is a quote.
  const stack: ('"' | number)[] = ['"'];
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    const top = stack.at(-1);
    if (top === '"') {
      if (char === '\\') i++;
      else if (char === '\n') return i;
      else if (char === '"') stack.pop();
      else if ((char === '$' || char === '%') && text[i + 1] === '{' && text[i - 1] !== char) {
        stack.push(0);
        i++;
      }
    } else if (char === '"') stack.push('"');
    else if (char === '{') stack[stack.length - 1] = Number(top) + 1;
    else if (char === '}') {
      if (top === 0) stack.pop();
      else stack[stack.length - 1] = Number(top) - 1;
    }
    if (stack.length === 0) return i + 1;
  }
  return text.length;
}

/** The offset of the line break (or end) after a heredoc's closing word. */
function heredocEnd(text: string, from: number, word: string): number {
  for (let line = from; line < text.length; line = endOfLine(text, line) + 1) {
    if (text.slice(line, endOfLine(text, line)).trim() === word) return endOfLine(text, line);
  }
  return text.length;
}
