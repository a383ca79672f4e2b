import type { Change, ChangedFile, Unread } from '../change.ts';
import { relevantFiles, settingsPath, wantedFiles } from '../context.ts';
import { diffTexts } from '../diff/diff-texts.ts';
import type { Snapshot, SourceFile } from '../documents/snapshot.ts';
import { openBlobs, type BlobReader } from './blobs.ts';
import { changedBetween, changedTrees, type ChangedPath } from './changed-files.ts';
import { openGit, type Git } from './git.ts';
import { findRepository } from './repository.ts';
import { defaultBranch, mergeBase, resolveCommit } from './revisions.ts';
import { commitSide, type Side } from './side.ts';
import type { Text } from './text.ts';
import { readTree } from './tree.ts';
import { workingTreeSide } from './working-tree.ts';

export interface LocalOptions {
  /** A git directory, bare or not. Only its commits are read. */
  readonly gitDir?: string | undefined;
  /** A directory in a checkout; the working directory by default. */
  readonly repo?: string | undefined;
  /** What to compare with; the default branch by default. */
  readonly base?: string | undefined;
  /** What to review; the files on disk by default, or HEAD where there are none. */
  readonly head?: string | undefined;
}

export interface LocalChange {
  readonly change: Change;
  /** As a person would call the two ends: `main`, `working tree`, `3f2a91c`. */
  readonly names: { readonly base: string; readonly head: string };
}

/** What `Change.head` says when the files on disk are reviewed. */
export const workingTree = 'working tree';

/** Text read per side, in bytes, and rounds of asking for more context: past these the rest is named as unread. */
const maxTotalBytes = 128 * 1024 * 1024;
const maxRounds = 20;
const overBudget: Text = { is: 'unreadable', why: 'the files of this change and their context are larger than 128 MB' };

/**
 * Reads a change from a local repository: what the head has that the base has not, from their merge base on. Nothing is checked out, nothing
 * that the repository configures is run, nothing is written. `organisation`: the settings that the repository's build on. Throws ConfigurationError when the repository or a revision is not there.
 */
export async function readLocalChange(options: LocalOptions, cwd: string = process.cwd(), organisation?: SourceFile): Promise<LocalChange> {
  const repository = findRepository(options, cwd);
  const git = openGit(repository);
  const onDisk = options.head === undefined && repository.workTree !== undefined;
  const tip = await resolveCommit(git, options.head ?? 'HEAD', options.head === undefined ? 'The current commit' : '--head');
  const against =
    options.base === undefined ? await defaultBranch(git) : { name: options.base, sha: await resolveCommit(git, options.base, '--base') };
  const base = await mergeBase(git, against.sha, tip);

  const blobs = openBlobs(git);
  try {
    const [baseTree, headTree] = await Promise.all([readTree(git, base), onDisk ? undefined : readTree(git, tip)]);
    const before = commitSide(baseTree, blobs);
    const after = headTree ? commitSide(headTree, blobs) : await workingTreeSide(git, repository.workTree ?? cwd, baseTree, blobs);
    const changed = headTree ? await changedBetween(git, base, tip) : changedTrees(baseTree, after.tree);
    const [was, is] = [await readSide(before, changed), await readSide(after, changed)];
    const change: Change = {
      base,
      head: onDisk ? workingTree : tip,
      files: changed.map((file) => withPatch(file, was.snapshot, is.snapshot)),
      before: was.snapshot,
      after: is.snapshot,
      unread: [...new Map([...was.unread, ...is.unread].map((unread) => [unread.path, unread])).values()],
      truncated: false,
      governing: { repository: await settingsAt(git, against.sha, blobs), organisation },
    };
    return { change, names: { base: against.name, head: options.head ?? (onDisk ? workingTree : 'HEAD') } };
  } finally {
    blobs.close();
  }
}

/** The settings that a commit has; undefined when there are none that can be read. */
async function settingsAt(git: Git, commit: string, blobs: BlobReader): Promise<SourceFile | undefined> {
  const tree = await readTree(git, commit);
  const found = tree.has(settingsPath) ? await commitSide(tree, blobs).read(settingsPath) : undefined;
  return found?.is === 'text' ? { path: settingsPath, sha: tree.get(settingsPath)?.sha ?? '', text: found.text } : undefined;
}

/** Reads what the planner asks for, again and again, since what was read decides what else gives context. */
export async function readSide(
  side: Side,
  changed: readonly ChangedPath[],
): Promise<{ readonly snapshot: Snapshot; readonly unread: readonly Unread[] }> {
  const snapshot = new Map<string, SourceFile>();
  const unread = new Map<string, Unread>();
  let total = 0;
  for (let round = 0; round < maxRounds; round++) {
    const wanted = wantedFiles(changed, side.tree, snapshot).filter(
      (path) => side.tree.has(path) && !snapshot.has(path) && !unread.has(path),
    );
    if (wanted.length === 0) break;
    const texts = await Promise.all(
      wanted.map((path) => {
        total += side.tree.get(path)?.size ?? 0;
        return total > maxTotalBytes ? Promise.resolve(overBudget) : side.read(path);
      }),
    );
    for (const [i, path] of wanted.entries()) {
      const text = texts[i] ?? overBudget;
      if (text.is === 'text') snapshot.set(path, { path, sha: side.tree.get(path)?.sha ?? '', text: text.text });
      else unread.set(path, { path, why: text.why });
    }
  }
  // Some files are read only to find out that they have nothing to do with the change.
  const relevant = relevantFiles(changed, side.tree, snapshot);
  return {
    snapshot: new Map([...snapshot].filter(([path]) => relevant.has(path))),
    unread: [...unread.values()].filter(({ path }) => relevant.has(path)),
  };
}

/** A patch is made only where the review reads: for a file whose text was wanted on the sides where it stands. */
function withPatch(file: ChangedPath, before: Snapshot, after: Snapshot): ChangedFile {
  const was = file.status === 'added' ? '' : before.get(file.previousPath ?? file.path)?.text;
  const is = file.status === 'removed' ? '' : after.get(file.path)?.text;
  if (was === undefined || is === undefined || was === is) return file;
  const patch = diffTexts(was, is);
  return patch === undefined ? file : { ...file, patch };
}
