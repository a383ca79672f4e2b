import { shownAt, type Hunk } from '../diff/hunks.ts';
import type { Place } from '../diff/place.ts';

type LinesPlace = Extract<Place, { is: 'lines' }>;

/** A block that replaces exactly the lines of its comment. `text` has no line break at its end. */
export interface Suggestion {
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
  /** Where the comment has to stand for it. */
  readonly place: LinesPlace;
}

/** Above this a reader can't take a suggestion in at a glance: it is shown as a patch. */
const longest = 40;

/**
 * A proven change of one file as a suggestion, at the smallest range of lines that holds it. Undefined when it can't be one: a line of the
 * range is not shown in the diff, a removed line stands between them, the file's line breaks would suffer, or the comment would have to
 * leave the part of the diff in which the finding is.
 */
export function suggestionFor(place: Place, file: string, before: string, after: string, hunks: readonly Hunk[]): Suggestion | undefined {
  if (place.is === 'summary' || place.file !== file || (place.is === 'lines' && place.side === 'LEFT')) return undefined;
  const old = before.split('\n');
  const now = after.split('\n');
  const changed = changedLines(old, now);
  if (!changed) return undefined;
  for (const range of ranges(changed)) {
    const text = now.slice(range.from - 1, range.to + now.length - old.length);
    if (range.to - range.from >= longest || text.length > longest || !mendable(old, range, text)) continue;
    const hunk = commentable(hunks, range);
    if (!hunk || (place.is === 'lines' && hunk !== shownAt(hunks, place.to)?.hunk)) continue;
    return {
      startLine: range.from,
      endLine: range.to,
      text: text.join('\n'),
      place: { is: 'lines', file, side: 'RIGHT', from: range.from, to: range.to },
    };
  }
  return undefined;
}

/** 1-based, inclusive; empty (`to` before `from`) where lines are only put in. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function changedLines(old: readonly string[], now: readonly string[]): (Range & { readonly replaced: boolean }) | undefined {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  if (head === old.length && head === now.length) return undefined;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  return { from: head + 1, to: old.length - tail, replaced: head < old.length - tail && head < now.length - tail };
}

/** Lines put in repeat the line before or after them; lines taken out go with a neighbour, because GitHub takes no empty suggestion. */
function* ranges({ from, to, replaced }: Range & { readonly replaced: boolean }): Generator<Range> {
  if (replaced) yield { from, to };
  else {
    if (from > 1) yield { from: from - 1, to };
    yield { from, to: to + 1 };
  }
}

/** No line of the range holds a carriage return, and neither side reaches the place after the last line break. */
function mendable(old: readonly string[], { from, to }: Range, text: readonly string[]): boolean {
  if (from < 1 || to >= old.length || text.length === 0) return false;
  if (text.length === 1 && text[0] === '') return false;
  return ![...old.slice(from - 1, to), ...text].some((line) => line.includes('\r'));
}

/** The one hunk that shows all lines of a range on the right side, with no removed line between them. */
function commentable(hunks: readonly Hunk[], { from, to }: Range): Hunk | undefined {
  const first = shownAt(hunks, from);
  if (!first) return undefined;
  const lines = first.hunk.lines.slice(first.index, first.index + to - from + 1);
  const whole =
    lines.length === to - from + 1 && lines.every((line, i) => line.new === from + i && line.unended !== true && !line.text.endsWith('\r'));
  return whole ? first.hunk : undefined;
}

/** The block as GitHub takes it: in a fence that no run of backticks in the text can close. */
export function renderSuggestion(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}suggestion\n${text}\n${fence}`;
}
