import { posix } from 'node:path';
import type { Change, ChangedFile, Unread } from '../change.ts';
import { isConfiguration } from '../context.ts';
import type { Tree } from '../context.ts';
import type { BlobCache } from './blob-cache.ts';
import type { ListedFiles } from './changed-files.ts';
import { gather } from './gather.ts';
import type { Octokit, Repo } from './octokit.ts';
import { readBlobs } from './read-blobs.ts';
import { readTree } from './read-tree.ts';

/** What is compared, and which files GitHub says it changes. */
export interface Compared {
  readonly mergeBase: string;
  readonly head: string;
  readonly listed: ListedFiles;
}

/**
 * Reads what a review needs of a change: in few calls, and nothing when no changed file can be configuration. A file whose diff GitHub does not
 * show is read all the same; only its lines can't be commented on.
 */
export async function readChange(octokit: Octokit, repo: Repo, compared: Compared, cache: BlobCache): Promise<Change> {
  const { mergeBase, head, listed } = compared;
  const change = { base: mergeBase, head, files: listed.files, truncated: listed.truncated };
  const relevant = listed.files.filter((file) => isConfiguration(file.path) || isConfiguration(file.previousPath ?? file.path));
  if (relevant.length === 0) return { ...change, before: new Map(), after: new Map(), unread: [] };
  const directories = new Set(relevant.flatMap((file) => [file.path, file.previousPath ?? file.path]).map((path) => posix.dirname(path)));
  const [before, after] = await Promise.all([readTree(octokit, repo, mergeBase, directories), readTree(octokit, repo, head, directories)]);
  const gathered = await gather(listed.files, { before, after }, (refs) => readBlobs(octokit, repo, refs, cache));
  const unread = new Map<string, Unread>();
  for (const one of [...withoutText(relevant, before, after), ...gathered.unread]) unread.set(one.path, one);
  return { ...change, before: gathered.before, after: gathered.after, unread: [...unread.values()] };
}

/** Changed files that are in neither tree as a plain file. */
const withoutText = (relevant: readonly ChangedFile[], before: Tree, after: Tree): Unread[] =>
  relevant
    .filter((file) => !before.has(file.previousPath ?? file.path) && !after.has(file.path))
    .map(({ path }) => ({ path, why: 'it is a link, a submodule, or not in the list of files that GitHub gives' }));
