import { diffArrays } from 'diff';
import { maskSecrets, maskValue, nameGiven } from './mask.ts';
import { printableLine } from './printable.ts';
import type { ReviewComment } from './review.ts';
import type { Paint, Style } from './terminal-style.ts';

/** Lines shown before and after the finding's own, and of the finding's own before the middle is left out. */
const around = 2;
const most = 12;

interface Row {
  readonly number: number | undefined;
  readonly sign: ' ' | '-' | '+';
  readonly marked: boolean;
  readonly text: string;
}

export interface SnippetOptions {
  readonly width: number;
  readonly paint: Paint;
  readonly style: Style;
  /** The finding is about a secret: values on its lines are not shown. */
  readonly secret: boolean;
  /** The change removes these lines. */
  readonly gone: boolean;
}

/** The lines of a finding with those around them, and the suggestion as a diff in the same place. */
export function snippet(fileText: string, from: number, to: number, fix: ReviewComment['fix'], options: SnippetOptions): string {
  const lines = fileText.split(/\r?\n/);
  if (from < 1 || from > lines.length) return '';
  const last = Math.min(to, lines.length);
  const show = (text: string, index: number, own: boolean): string => {
    if (own && options.secret) return maskValue(text);
    return maskSecrets(text, index > 0 ? nameGiven(lines[index - 1] ?? '') : undefined);
  };
  const context = (start: number, end: number): Row[] =>
    lines.slice(start, end).map((text, i) => ({ number: start + i + 1, sign: ' ', marked: false, text: show(text, start + i, false) }));
  const own = lines.slice(from - 1, last);
  const edits = fix.is === 'suggestion' && fix.startLine === from && fix.endLine === last ? suggested(own, fix.text, from) : undefined;
  const marked = edits ?? own.map((text, i): Row => ({ number: from + i, sign: options.gone ? '-' : ' ', marked: true, text }));
  const added = options.secret ? maskValue : maskSecrets;
  const rows = [
    ...context(Math.max(0, from - 1 - around), from - 1),
    ...marked.map((row) => ({ ...row, text: row.number === undefined ? added(row.text) : show(row.text, row.number - 1, true) })),
    ...context(last, Math.min(lines.length - (lines.at(-1) === '' ? 1 : 0), last + around)),
  ];
  return draw(rows, String(last + around).length, options);
}

function suggested(own: readonly string[], text: string, from: number): Row[] {
  const wanted = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
  let number = from;
  return diffArrays([...own], wanted).flatMap(({ added, removed, value }) =>
    value.map((line): Row => ({ number: added ? undefined : number++, sign: added ? '+' : removed ? '-' : ' ', marked: true, text: line })),
  );
}

function draw(rows: readonly Row[], digits: number, { width, paint, style }: SnippetOptions): string {
  const marked = rows.filter((row) => row.marked);
  const dropped = new Set(marked.length > most ? marked.slice(most / 2, -most / 2) : []);
  const firstDropped = marked[most / 2];
  return rows
    .flatMap((row) => {
      if (row === firstDropped && dropped.has(row)) return [paint('dim', `${' '.repeat(digits + 4)}… ${dropped.size} more lines`)];
      return dropped.has(row) ? [] : [drawRow(row, digits, width, paint, style)];
    })
    .join('\n');
}

function drawRow({ number, sign, marked, text }: Row, digits: number, width: number, paint: Paint, style: Style): string {
  const gutter = paint('dim', String(number ?? '').padStart(digits + 2));
  const bar = marked ? paint(style, '▌') : paint('dim', '│');
  const room = width - digits - 6;
  const line = printableLine(text).trimEnd();
  const shown = line.length > room ? `${line.slice(0, room - 1)}…` : line;
  const body = `${sign} ${shown}`;
  const coloured = sign === '+' ? paint('green', body) : sign === '-' ? paint('red', body) : marked ? body : paint('dim', body);
  return `${gutter} ${bar}${coloured}`.trimEnd();
}

/** A fix that lies elsewhere: each file's name, then its hunks without their headers. */
export function patchLines(diff: string, { width, paint }: Pick<SnippetOptions, 'width' | 'paint'>): string {
  const lines = diff.split('\n').filter((line) => line !== '' && !/^(--- |\\ )/.test(line));
  return lines
    .slice(0, 3 * most)
    .flatMap((line, i) => {
      if (line.startsWith('+++ ')) return [paint('dim', `    in ${printableLine(line.slice(4).replace(/^b\//, ''))}`)];
      if (line.startsWith('@@')) return i > 1 ? [paint('dim', '    …')] : [];
      const text = `    ${line[0] ?? ''} ${printableLine(maskSecrets(line.slice(1)))}`.trimEnd().slice(0, width);
      return [line.startsWith('+') ? paint('green', text) : line.startsWith('-') ? paint('red', text) : paint('dim', text)];
    })
    .join('\n');
}
