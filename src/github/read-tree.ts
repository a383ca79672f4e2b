import type { Tree, TreeEntry } from '../context.ts';
import type { Octokit, Repo } from './octokit.ts';

/** How many trees a review asks for when a repository is too large to be listed in one answer. */
const walkLimit = 30;

/**
 * The files of a commit. A repository that GitHub does not list whole (more than 100,000 entries) is walked along the given directories: what
 * lies in and under them is found, the rest is left out.
 */
export async function readTree(octokit: Octokit, repo: Repo, sha: string, directories: ReadonlySet<string>): Promise<Tree> {
  const files = new Map<string, TreeEntry>();
  const queue: { readonly sha: string; readonly path: string }[] = [{ sha, path: '' }];
  for (let asked = 0; queue.length > 0 && asked < walkLimit;) {
    const next = queue.shift();
    if (next === undefined) break;
    asked++;
    const whole = await octokit.rest.git.getTree({ ...repo, tree_sha: next.sha, recursive: '1' });
    if (!whole.data.truncated) {
      addFiles(files, next.path, whole.data.tree);
      continue;
    }
    asked++;
    const level = await octokit.rest.git.getTree({ ...repo, tree_sha: next.sha });
    addFiles(files, next.path, level.data.tree);
    for (const entry of level.data.tree) {
      const path = next.path + entry.path;
      if (entry.type === 'tree' && leadsTo(path, directories)) queue.push({ sha: entry.sha, path: `${path}/` });
    }
  }
  return files;
}

interface Entry {
  readonly path?: string;
  readonly mode?: string;
  readonly type?: string;
  readonly sha?: string;
  readonly size?: number;
}

/** Only plain files: a link's blob is a path, and a submodule is another repository. */
function addFiles(files: Map<string, TreeEntry>, under: string, entries: readonly Entry[]): void {
  for (const { path, mode, type, sha, size } of entries) {
    if (type !== 'blob' || path === undefined || sha === undefined) continue;
    if (mode === '100644' || mode === '100755') files.set(under + path, { sha, size: size ?? 0 });
  }
}

const leadsTo = (path: string, directories: ReadonlySet<string>): boolean =>
  path === '.github' ||
  [...directories].some((directory) => directory === path || directory.startsWith(`${path}/`) || path.startsWith(`${directory}/`));
