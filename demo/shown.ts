import { parsePatch, type HunkLine } from '../src/diff/hunks.ts';

/** A reviewed pull request as GitHub would show it: what the demonstration reads back from the stand-in. */
export interface Shown {
  readonly title: string;
  readonly check: { readonly conclusion: string; readonly title: string; readonly summary: string };
  readonly note: string | undefined;
  readonly review: string | undefined;
  readonly comments: readonly ShownComment[];
  readonly patches: ReadonlyMap<string, string>;
}

export interface ShownComment {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  /** Undefined for a comment on the whole file. */
  readonly lines: { readonly from: number; readonly to: number } | undefined;
  readonly body: string;
}

/** The lines of the diff that GitHub shows above a comment: the commented ones and up to 3 before. */
export function linesAround(shown: Shown, comment: ShownComment): readonly HunkLine[] {
  const { lines, side } = comment;
  if (!lines) return [];
  const number = (line: HunkLine): number | undefined => (side === 'RIGHT' ? line.new : line.old);
  for (const hunk of parsePatch(shown.patches.get(comment.path) ?? '')) {
    const last = hunk.lines.findIndex((line) => number(line) === lines.to);
    const first = hunk.lines.findIndex((line) => number(line) === lines.from);
    if (last >= 0 && first >= 0) return hunk.lines.slice(Math.max(0, first - 3), last + 1);
  }
  return [];
}

/** The lines that a comment's suggestion would put in place of its own; undefined when it has none. */
export function suggestionOf(body: string): readonly string[] | undefined {
  const found = /^(`{3,})suggestion\n([\s\S]*?)^\1$/m.exec(body);
  if (!found) return undefined;
  const text = found[2] ?? '';
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** The head's lines that a comment stands on, as the diff has them. */
export const commented = (shown: Shown, comment: ShownComment): readonly string[] =>
  linesAround(shown, comment)
    .filter((line) => comment.lines && line.new !== undefined && line.new >= comment.lines.from && line.new <= comment.lines.to)
    .map((line) => line.text);
