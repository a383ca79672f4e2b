import type { Snapshot, SourceFile } from './documents/snapshot.ts';

/** One file as the change has it. `patch` is a unified diff's hunks with 3 context lines, without the file header; absent when there is none. */
export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly patch?: string;
}

/** A file that belongs to the review but could not be read, with the reason in words. */
export interface Unread {
  readonly path: string;
  readonly why: string;
}

/** All that a review reads: plain data, the same from GitHub, from a git directory and in tests. */
export interface Change {
  readonly base: string;
  readonly head: string;
  readonly files: readonly ChangedFile[];
  /** The changed files and what gives them context, at the merge base and at the head. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly unread: readonly Unread[];
  /** True when the list of changed files is known to be cut (GitHub stops at 3000). */
  readonly truncated: boolean;
  /** The settings that hold; when absent, those that `before` has. */
  readonly governing?: Governing;
}

/** Settings as they are now, not as the change's base once had them: a rule that was made since holds for every open pull request. */
export interface Governing {
  /** The settings file at the tip of the base branch. */
  readonly repository: SourceFile | undefined;
  /** The settings file of the organisation. */
  readonly organisation: SourceFile | undefined;
  /** The path of the organisation's settings file, where this repository is the one that keeps it. */
  readonly keeps?: string;
}

/**
 * The same change with its context on both sides: a file that the change does not list is the same at base and head, so that what was read
 * for one side holds for the other. Without this an old problem in a file that only the head's context asked for would look new.
 */
export function withSharedContext(change: Change): Change {
  const changed = new Set(change.files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath])));
  const share = (own: Snapshot, other: Snapshot): Snapshot =>
    new Map([...own, ...[...other].filter(([path]) => !own.has(path) && !changed.has(path))]);
  return { ...change, before: share(change.before, change.after), after: share(change.after, change.before) };
}
