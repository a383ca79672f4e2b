import type { DiffEntry } from '../git-repository.ts';
import type { Side } from './state.ts';

/** A line of a patch. `position` counts the lines below the first hunk header, as GitHub's old `position` does. */
export interface PatchLine {
  readonly kind: 'added' | 'deleted' | 'context';
  readonly left: number;
  readonly right: number;
  readonly position: number;
  readonly hunk: number;
  readonly text: string;
}

/** Where a comment stands in a diff. */
export interface Anchor {
  readonly line: number;
  readonly startLine: number | null;
  readonly side: Side;
  readonly startSide: Side | null;
  readonly position: number;
  readonly diffHunk: string;
}

export interface AnchorRequest {
  readonly line: number;
  readonly side: Side;
  readonly startLine?: number | undefined;
  readonly startSide?: Side | undefined;
}

export type AnchorProblem = 'line' | 'start_line' | 'order' | 'hunk';

export function parsePatch(patch: string): readonly PatchLine[] {
  const lines: PatchLine[] = [];
  let [left, right, hunk, position] = [0, 0, -1, -1];
  for (const row of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(row);
    position += 1;
    if (header !== null) {
      hunk += 1;
      left = Number(header[1]);
      right = Number(header[2]);
    } else if (row.startsWith('+')) lines.push({ kind: 'added', left: 0, right: right++, position, hunk, text: row });
    else if (row.startsWith('-')) lines.push({ kind: 'deleted', left: left++, right: 0, position, hunk, text: row });
    else if (row.startsWith(' ')) lines.push({ kind: 'context', left: left++, right: right++, position, hunk, text: row });
  }
  return lines;
}

/** The line of a diff that a comment may name: RIGHT for added and context lines, LEFT for deleted ones. */
function find(lines: readonly PatchLine[], side: Side, line: number): PatchLine | undefined {
  return lines.find((one) =>
    side === 'RIGHT' ? one.kind !== 'deleted' && one.right === line : one.kind === 'deleted' && one.left === line,
  );
}

/** Finds a comment's place in a file's diff, or says which part of the request does not fit. */
export function anchor(file: DiffEntry, request: AnchorRequest): Anchor | AnchorProblem {
  const lines = parsePatch(file.patch ?? '');
  const last = find(lines, request.side, request.line);
  if (last === undefined) return 'line';
  const place = { line: request.line, side: request.side, position: last.position, diffHunk: hunkUpTo(file.patch ?? '', last.position) };
  if (request.startLine === undefined) return { ...place, startLine: null, startSide: null };

  const startSide = request.startSide ?? request.side;
  if (startSide === request.side && request.startLine >= request.line) return 'order';
  const first = find(lines, startSide, request.startLine);
  if (first === undefined) return 'start_line';
  if (first.hunk !== last.hunk) return 'hunk';
  if (first.position >= last.position) return 'order';
  return { ...place, startLine: request.startLine, startSide };
}

/** True when a deleted line stands between the two lines of the head's side. */
export function spansDeletedLines(file: DiffEntry, from: number, to: number): boolean {
  const lines = parsePatch(file.patch ?? '');
  const first = find(lines, 'RIGHT', from);
  const last = find(lines, 'RIGHT', to);
  if (first === undefined || last === undefined) return false;
  return lines.some((line) => line.kind === 'deleted' && line.position > first.position && line.position < last.position);
}

/** Where a line of the old text stands in the new one, by a diff without context; null when it was changed or deleted. */
export function moveLine(diff: string, line: number): number | null {
  let shift = 0;
  for (const [, start = '', count = '1', , added = '1'] of diff.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)) {
    const [first, length] = [Number(start), Number(count)];
    if (length > 0 && line >= first && line < first + length) return null;
    // A hunk that only adds names the line before it.
    if (length === 0 ? line > first : line >= first + length) shift += Number(added) - length;
  }
  return line + shift;
}

function hunkUpTo(patch: string, position: number): string {
  const rows = patch.split('\n').slice(0, position + 1);
  const start = rows.findLastIndex((row) => row.startsWith('@@ '));
  return rows.slice(Math.max(0, start)).join('\n');
}
