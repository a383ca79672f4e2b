import type { ChangedFile } from '../change.ts';
import type { Git } from './git.ts';
import { isRegular, type Tree } from './tree.ts';

/** Without its patch: that is made from the texts, later. */
export type ChangedPath = Omit<ChangedFile, 'patch'>;

/** What changed between two commits, renames found. */
export async function changedBetween(git: Git, base: string, head: string): Promise<readonly ChangedPath[]> {
  const command = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all', '-l2000'];
  const similar = await git.ask(...command, '-M', base, head);
  // Comparing contents fails where a blob is absent (a partial clone). Equal ids are found without reading anything.
  return parseRaw(similar ?? (await git.run(...command, '-M100%', base, head)).toString('utf8'));
}

/** Reads `--raw -z`: `:<mode> <mode> <id> <id> <status>` and its one or two paths, each ended by NUL. */
export function parseRaw(output: string): readonly ChangedPath[] {
  const fields = output.split('\0');
  const files: ChangedPath[] = [];
  for (let i = 0; i + 1 < fields.length;) {
    const [oldMode = '', newMode = '', , , status = ''] = (fields[i++] ?? '').slice(1).split(' ');
    const first = fields[i++] ?? '';
    const path = status.startsWith('R') ? (fields[i++] ?? '') : first;
    const [was, is] = [isRegular(oldMode), isRegular(newMode)];
    if (was && is) files.push(status.startsWith('R') ? { path, previousPath: first, status: 'renamed' } : { path, status: 'modified' });
    else if (is) files.push({ path, status: 'added' });
    else if (was) files.push({ path: first, status: 'removed' });
  }
  return files;
}

/** What changed between two trees of files, equal contents at another path taken as moved. Sorted by path. */
export function changedTrees(before: Tree, after: Tree): readonly ChangedPath[] {
  const removed = new Map<string, string[]>();
  for (const [path, { sha }] of before) {
    if (after.has(path)) continue;
    const paths = removed.get(sha);
    if (paths) paths.push(path);
    else removed.set(sha, [path]);
  }
  const files: ChangedPath[] = [];
  for (const [path, { sha }] of after) {
    const old = before.get(path);
    if (old?.sha === sha) continue;
    const previousPath = old ? undefined : removed.get(sha)?.shift();
    if (old) files.push({ path, status: 'modified' });
    else files.push(previousPath === undefined ? { path, status: 'added' } : { path, previousPath, status: 'renamed' });
  }
  for (const paths of removed.values()) for (const path of paths) files.push({ path, status: 'removed' });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
