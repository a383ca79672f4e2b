import { ConfigurationError } from '../errors.ts';
import type { Git } from './git.ts';

/** Where a repository's default branch is looked for, the remote's own answer first. */
const defaultBranches = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** The full id of a commit that a person named. Throws ConfigurationError, with what to do, when there is none. */
export async function resolveCommit(git: Git, revision: string, option: string): Promise<string> {
  if (revision === '' || revision.startsWith('-'))
    throw new ConfigurationError(`${option} \`${revision}\` is not a revision.`, 'Give a branch, a tag or a commit id.');
  const sha = await commit(git, revision);
  if (sha) return sha;
  const shallow = (await git.ask('rev-parse', '--is-shallow-repository')) === 'true';
  throw new ConfigurationError(
    `${option} \`${revision}\` is not a commit of this repository.`,
    shallow ? 'The clone is shallow: run `git fetch --unshallow` first.' : 'Check the name, or fetch it first with `git fetch origin`.',
  );
}

/** The tip of the default branch. Throws ConfigurationError when no branch looks like it. */
export async function defaultBranch(git: Git): Promise<{ readonly name: string; readonly sha: string }> {
  for (const name of defaultBranches) {
    const sha = await commit(git, name.startsWith('origin/') ? `refs/remotes/${name}` : `refs/heads/${name}`);
    if (sha) return { name, sha };
  }
  throw new ConfigurationError(
    'This repository has no origin/HEAD, main or master to compare with.',
    'Name what to compare with: plumbline review --base REVISION.',
  );
}

/** The best common ancestor; `base` itself when the two have no common history. */
export async function mergeBase(git: Git, base: string, head: string): Promise<string> {
  const found = await git.ask('merge-base', base, head);
  return found?.split('\n')[0] ?? base;
}

async function commit(git: Git, revision: string): Promise<string | undefined> {
  const sha = await git.ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  return sha !== undefined && /^[0-9a-f]{40,64}$/.test(sha) ? sha : undefined;
}
