import type { Git } from './git.ts';

/** One regular file: git's id of its content, and its size in bytes (-1 when the content is not in this repository). */
export interface TreeFile {
  readonly sha: string;
  readonly size: number;
}
export type Tree = ReadonlyMap<string, TreeFile>;

/** Every regular file of a commit. Symbolic links and submodules have no content of their own to review and are left out. */
export async function readTree(git: Git, commit: string): Promise<Tree> {
  const output = await git.run('ls-tree', '-r', '-z', '-l', '--full-tree', commit);
  const tree = new Map<string, TreeFile>();
  for (const line of records(output)) {
    const tab = line.indexOf('\t');
    const [mode = '', , sha = '', size = ''] = line.slice(0, tab).split(/ +/);
    if (!isRegular(mode)) continue;
    tree.set(line.slice(tab + 1), { sha, size: /^\d+$/.test(size) ? Number(size) : -1 });
  }
  return tree;
}

export const isRegular = (mode: string): boolean => mode.startsWith('100');

/** The NUL-terminated records of a `-z` output. */
export const records = (output: Buffer): readonly string[] => output.toString('utf8').split('\0').filter(Boolean);
