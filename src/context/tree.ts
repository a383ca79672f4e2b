import { posix } from 'node:path';

/** A file of a commit as git's tree names it: the blob's id and its size in bytes. */
export interface TreeEntry {
  readonly sha: string;
  readonly size: number;
}

/** All files of one commit, by path. Links and submodules are not in it. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** A tree that can be asked what a directory holds. The root directory is `.`. */
export interface Repository {
  readonly tree: Tree;
  /** Directory -> the paths of the files right in it, sorted. */
  readonly directories: ReadonlyMap<string, readonly string[]>;
}

export function indexTree(tree: Tree): Repository {
  const directories = new Map<string, string[]>();
  for (const path of tree.keys()) {
    const directory = posix.dirname(path);
    const files = directories.get(directory);
    if (files === undefined) directories.set(directory, [path]);
    else files.push(path);
  }
  for (const files of directories.values()) files.sort();
  return { tree, directories };
}

export const filesIn = (repository: Repository, directory: string): readonly string[] => repository.directories.get(directory) ?? [];

/** A path written relative to a directory, as a path of the repository; undefined when it leads out of it. */
export function resolveIn(directory: string, relative: string): string | undefined {
  if (posix.isAbsolute(relative)) return undefined;
  const path = posix.normalize(posix.join(directory, relative)).replace(/\/$/, '');
  return path === '..' || path.startsWith('../') ? undefined : path;
}

/** The directory and those above it, nearest first, ending with the root. */
export function ancestors(directory: string): string[] {
  const found: string[] = [];
  for (let at = directory; ; at = posix.dirname(at)) {
    found.push(at);
    if (at === '.' || at === '/') return found;
  }
}

/** The names on the way from the root to a directory. */
export const partsOf = (directory: string): readonly string[] => (directory === '.' ? [] : directory.split('/'));

/** How many steps lead from one directory, given by its parts, to another through their nearest common ancestor. */
export function distance(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return a.length - shared + (b.length - shared);
}
