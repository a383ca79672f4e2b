import type { Change } from '../change.ts';
import type { ReviewComment } from '../report/review.ts';
import { movableOf } from './comment-body.ts';
import { marker } from './marker.ts';
import type { Thread } from './threads.ts';

/** Findings, each with the threads that the App has about it, the newest last. */
export interface Matched {
  readonly threads: ReadonlyMap<string, readonly Thread[]>;
  /** Threads whose finding there is no more. */
  readonly rest: readonly Thread[];
  /** Keys of findings that were found by what stays when a file moves. */
  readonly moved: ReadonlySet<string>;
}

/** The files of a change that are there at its head: a thread on another one lost its place. */
export const pathsAtHead = ({ files }: Change): Set<string> =>
  new Set(files.filter(({ status }) => status !== 'removed').map(({ path }) => path));

/**
 * Finds the threads of findings: by key, never by line, so that a rebase changes nothing. When a file moved the key is another one; then the
 * finding keeps its thread if there is no doubt which it was. `changed`: the paths that the change has at its head.
 */
export function matchThreads(comments: readonly ReviewComment[], threads: readonly Thread[], changed: ReadonlySet<string>): Matched {
  const byKey = new Map<string, readonly Thread[]>();
  const taken = new Set<Thread>();
  for (const { key } of comments) {
    const found = threads.filter(({ markers }) => markers.has(marker('finding', key)));
    for (const thread of found) taken.add(thread);
    if (found.length > 0) byKey.set(key, found);
  }
  const moved = new Set<string>();
  const left = threads.filter((thread) => !taken.has(thread) && !thread.fixed && !changed.has(thread.path));
  const homeless = comments.filter(({ key }) => !byKey.has(key));
  for (const { key } of homeless) {
    const mark = marker('movable', movableOf(key));
    const [thread, ...others] = left.filter(({ markers }) => markers.has(mark));
    const rivals = homeless.filter((other) => movableOf(other.key) === movableOf(key));
    if (thread === undefined || others.length > 0 || rivals.length > 1) continue;
    byKey.set(key, [thread]);
    taken.add(thread);
    moved.add(key);
  }
  return { threads: byKey, rest: threads.filter((thread) => !taken.has(thread)), moved };
}

interface Pair {
  readonly thread: Thread;
  readonly comment: ReviewComment;
}

/** What must be done so that the conversation is true again. */
export interface Plan {
  /** Nothing stands about them: say them. */
  readonly fresh: readonly ReviewComment[];
  /** Were marked fixed, and are back. */
  readonly returned: readonly Pair[];
  readonly moved: readonly Pair[];
  /** No longer there: mark them so. */
  readonly gone: readonly Thread[];
}

/**
 * Compares what is found with what was said. `sure` says of a path whether a finding that is missing there is really gone, and was not just
 * unreadable this time.
 *
 * A finding that comes back after it was fixed is news: a revert or a bad merge brought it, and nobody looks at a comment that says "fixed".
 * While its thread still stands in the diff, the same comment is restored there, with all that people said below it. When GitHub no longer shows
 * the thread, a restored comment would be seen by nobody, so it is said anew on its line. Where a person resolved the thread nothing new is ever
 * said: the comment is only kept true, and the check, which resolving a thread does not change, holds what must be held.
 */
export function planOf(comments: readonly ReviewComment[], matched: Matched, sure: (path: string) => boolean): Plan {
  const fresh: ReviewComment[] = [];
  const returned: Pair[] = [];
  const moved: Pair[] = [];
  for (const comment of comments) {
    const threads = matched.threads.get(comment.key) ?? [];
    const thread = threads.at(-1);
    if (thread === undefined) fresh.push(comment);
    else if (matched.moved.has(comment.key)) moved.push({ thread, comment });
    else if (!thread.fixed) continue;
    else if (thread.outdated && !threads.some(({ resolvedByPerson }) => resolvedByPerson)) fresh.push(comment);
    else returned.push({ thread, comment });
  }
  const gone = matched.rest.filter((thread) => !thread.fixed && thread.dismissal === undefined && sure(thread.path));
  return { fresh, returned, moved, gone };
}
