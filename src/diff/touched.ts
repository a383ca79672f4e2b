import type { Change } from '../change.ts';
import { lineStarts, linesOf, type Span } from '../documents/span.ts';
import type { DiffIndex } from './place-finding.ts';

/** Whether a change added (or altered) a line of a span at the head, or removed (or altered) one at the base. */
export interface Touched {
  readonly after: (span: Span) => boolean;
  readonly before: (span: Span) => boolean;
}

/** A changed file without a patch counts as touched all over: nothing is known of its lines. */
export function touchedLines(change: Change, diff: DiffIndex): Touched {
  const previous = new Map(change.files.map((file) => [file.previousPath ?? file.path, file.path]));
  const starts = new Map<string, readonly number[]>();
  const startsOf = (key: string, text: string): readonly number[] => {
    const made = starts.get(key) ?? lineStarts(text);
    starts.set(key, made);
    return made;
  };
  const touches = (side: 'old' | 'new', span: Span, path: string | undefined): boolean => {
    const file = path === undefined ? undefined : diff.files.get(path);
    const source = (side === 'new' ? change.after : change.before).get(span.file);
    if (!file || !source) return false;
    if (file.hunks.length === 0)
      return change.files.some((changed) => changed.path === path && changed.patch === undefined && changed.status !== 'renamed');
    const lines = linesOf(startsOf(`${side}:${span.file}`, source.text), span);
    const kind = side === 'new' ? 'added' : 'removed';
    return file.hunks.some((hunk) =>
      hunk.lines.some((line) => line.kind === kind && (line[side] ?? 0) >= lines.from && (line[side] ?? 0) <= lines.to),
    );
  };
  return {
    after: (span) => touches('new', span, span.file),
    before: (span) => touches('old', span, previous.get(span.file)),
  };
}
