import { applyPatch } from 'diff';
import { expect } from 'vitest';
import type { Change, ChangedFile } from '../../src/change.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { parsePatch } from '../../src/diff/hunks.ts';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import { loadRules } from '../../src/engine/load-rules.ts';
import type { Files } from '../../src/engine/rule.ts';
import type { Review, ReviewComment } from '../../src/report/review.ts';
import { review } from '../../src/review.ts';

/** A value that is made elsewhere: what the pull request does, where it must be said, and which line a fix must edit. */
export interface Row {
  readonly name: string;
  readonly before: Files;
  /** New texts of files; null removes one. */
  readonly changes: Readonly<Record<string, string | null>>;
  /** All comments, as `rule path:line`, with what sets it apart after it: `LEFT` for a removed line, `summary`, `in prod`, `resource[...]`. */
  readonly says: readonly string[];
  /** The lines that the fixes change: `path:line text`, `suggestion` or `patch` before it. */
  readonly mends: readonly string[] | NoFix;
}

/** No fix is offered, and why that is right. */
export interface NoFix {
  readonly none: string;
}

const rules = await loadRules();

const snapshotOf = (files: Files): Snapshot => new Map(Object.entries(files).map(([path, text]) => [path, { path, text, sha: text }]));

function changeOf(before: Files, after: Files): Change {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((path): ChangedFile[] => {
    const patch = diffTexts(before[path] ?? '', after[path] ?? '');
    const status = before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'modified';
    return patch === '' ? [] : [{ path, status, ...(patch !== undefined && { patch }) }];
  });
  return {
    base: '0'.repeat(40),
    head: '1'.repeat(40),
    files,
    before: snapshotOf(before),
    after: snapshotOf(after),
    unread: [],
    truncated: false,
  };
}

/** Reviews a row, and holds it to what it says. */
export async function checkRow({ before, changes, says, mends }: Row): Promise<void> {
  const after = withChanges(before, changes);
  const result = await review(changeOf(before, after), rules, '2026-01-01');
  expect(result.notes).toEqual([]);
  const offered = result.comments.flatMap((comment) => mendedLines(comment, after).map((line) => `${comment.fix.is} ${line}`));
  expect({ says: result.comments.map(said).toSorted(), mends: [...new Set(offered)].toSorted() }).toEqual({
    says: says.toSorted(),
    mends: 'none' in mends ? [] : mends.toSorted(),
  });
  expectInside(result, Object.keys(changes));
  await expectMended(before, after, result);
}

function withChanges(before: Files, changes: Readonly<Record<string, string | null>>): Files {
  const out = new Map(Object.entries(before));
  for (const [path, text] of Object.entries(changes)) {
    if (text === null) out.delete(path);
    else out.set(path, text);
  }
  return Object.fromEntries(out);
}

function said({ rule, place, environments }: ReviewComment): string {
  const where = place.is === 'lines' ? (place.side === 'LEFT' ? ' LEFT' : '') : ` ${place.is}`;
  const line = place.is === 'lines' ? (place.from === place.to ? String(place.from) : `${place.from}-${place.to}`) : String(place.line);
  const named = environments.filter((name) => name !== '');
  return `${rule} ${place.file}:${line}${where}${named.length > 0 ? ` in ${named.join(', ')}` : ''}`;
}

/** The files as they are when a comment's fix is taken. */
function mended({ place, fix }: ReviewComment, files: Files): Files {
  if (fix.is === 'suggestion') {
    const lines = (files[place.file] ?? '').split('\n');
    lines.splice(fix.startLine - 1, fix.endLine - fix.startLine + 1, ...fix.text.split('\n'));
    return { ...files, [place.file]: lines.join('\n') };
  }
  if (fix.is !== 'patch') return files;
  const out = { ...files };
  for (const part of fix.diff.split(/^(?=--- a\/)/m)) {
    const path = /^--- a\/(.*)$/m.exec(part)?.[1] ?? '';
    const text = applyPatch(files[path] ?? '', part);
    if (text === false) throw new Error(`the patch of ${path} does not apply:\n${part}`);
    out[path] = text;
  }
  return out;
}

function mendedLines(comment: ReviewComment, files: Files): string[] {
  const fixed = mended(comment, files);
  return Object.keys(fixed).flatMap((path) => {
    const lines = parsePatch(diffTexts(files[path] ?? '', fixed[path] ?? '') ?? '').flatMap((hunk) => hunk.lines);
    return lines.flatMap((line) =>
      line.kind === 'context'
        ? []
        : line.kind === 'added'
          ? [`${path}:${line.new} ${line.text.trim()}`]
          : replaced(lines, line.old)
            ? []
            : [`${path}:${line.old} -`],
    );
  });
}

const replaced = (lines: readonly { readonly kind: string; readonly old?: number | undefined }[], old: number): boolean => {
  const at = lines.findIndex((line) => line.kind === 'removed' && line.old === old);
  return lines.slice(at).find((line) => line.kind !== 'removed')?.kind === 'added';
};

/** No comment stands on a file that the pull request does not change. */
function expectInside({ comments }: Review, changed: readonly string[]): void {
  for (const { place } of comments) if (place.is !== 'summary') expect(changed).toContain(place.file);
}

/** Every fix, taken by itself, takes its finding away and brings nothing. */
async function expectMended(before: Files, after: Files, { comments }: Review): Promise<void> {
  const known = comments.map(({ key }) => key);
  for (const comment of comments.filter(({ fix }) => fix.is === 'suggestion' || fix.is === 'patch')) {
    const again = await review(changeOf(before, mended(comment, after)), rules, '2026-01-01');
    const keys = again.comments.map(({ key }) => key);
    expect(keys).not.toContain(comment.key);
    expect(keys.filter((key) => !known.includes(key))).toEqual([]);
    expect(again.notes).toEqual([]);
  }
}
