import { createHash } from 'node:crypto';
import type { Change } from '../change.ts';
import { plural } from '../engine/words.ts';
import type { FixSet } from '../fix/fix-all.ts';
import { isServerFailure, rateLimitSeconds, statusOf } from './api-error.ts';
import type { FixJob } from './job.ts';
import type { Octokit, Repo } from './octokit.ts';
import { readPull } from './pull.ts';
import type { Desk } from './worker.ts';

export type Pushed =
  | { readonly is: 'pushed'; readonly commit: string }
  /** The branch is not at the reviewed commit any more. */
  | { readonly is: 'moved'; readonly head: string }
  /** `why` follows "because". */
  | { readonly is: 'refused'; readonly why: string };

interface What {
  readonly branch: string;
  /** The reviewed commit. */
  readonly head: string;
  readonly change: Change;
  readonly fixes: FixSet;
}

/**
 * Commits the fixed files on top of the reviewed commit and moves the branch there, without force: GitHub refuses when the branch has
 * commits that this one does not follow.
 */
export async function pushFixes(job: FixJob, { client: { octokit } }: Desk, { branch, head, change, fixes }: What): Promise<Pushed> {
  const { repo } = job;
  const { data: parent } = await octokit.rest.git.getCommit({ ...repo, commit_sha: head });
  const files = await asEntries(octokit, repo, parent.tree.sha, change, fixes);
  if (files === undefined) return { is: 'refused', why: 'a file could not be told to be what was read' };
  try {
    const { data: tree } = await octokit.rest.git.createTree({ ...repo, base_tree: parent.tree.sha, tree: files });
    const { data: commit } = await octokit.rest.git.createCommit({
      ...repo,
      message: messageFor(job, fixes),
      tree: tree.sha,
      parents: [head],
    });
    // A branch that was set back meanwhile could be moved forward: it must still be where it was reviewed.
    const now = await readPull(octokit, repo, job.number);
    if (now.head !== head) return { is: 'moved', head: now.head };
    await moveBranch(octokit, job, branch, commit.sha);
    return { is: 'pushed', commit: commit.sha };
  } catch (error) {
    const status = statusOf(error) ?? 0;
    if (status < 400 || status >= 500 || rateLimitSeconds(error) !== undefined) throw error;
    const now = await readPull(octokit, repo, job.number);
    return now.head === head ? { is: 'refused', why: 'GitHub does not let the App push to the branch' } : { is: 'moved', head: now.head };
  }
}

/** After a failure of GitHub's the branch is looked at: it may have been moved. */
async function moveBranch(octokit: Octokit, { repo, number }: FixJob, branch: string, sha: string): Promise<void> {
  try {
    await octokit.rest.git.updateRef({ ...repo, ref: `heads/${branch}`, sha, force: false });
  } catch (error) {
    if (!isServerFailure(error) || (await readPull(octokit, repo, number)).head !== sha) throw error;
  }
}

interface Entry {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly type: 'blob';
  readonly content: string;
}

/** The new files with the modes that they have. Undefined when one is not there as a plain file with exactly the text that was read. */
async function asEntries(octokit: Octokit, repo: Repo, tree: string, { after }: Change, { files }: FixSet): Promise<Entry[] | undefined> {
  const { data } = await octokit.rest.git.getTree({ ...repo, tree_sha: tree, recursive: '1' });
  const entries: Entry[] = [];
  for (const { path, before, after: content } of files) {
    const mode = data.tree.find((entry) => entry.path === path)?.mode;
    const sha = after.get(path)?.sha ?? '';
    if ((mode !== '100644' && mode !== '100755') || blobId(before, sha.length) !== sha) return undefined;
    entries.push({ path, mode, type: 'blob', content });
  }
  return entries;
}

/** Git's own id of a text: what GraphQL gives as text need not be every byte of the file. */
function blobId(text: string, length: number): string {
  const bytes = Buffer.from(text);
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** Names of files are the author's text, and some words in a commit's message (`[skip ci]`) are obeyed: only our own words go in. */
function messageFor({ by, number }: FixJob, { mended }: FixSet): string {
  const counts = new Map<string, number>();
  for (const { rule } of mended) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const lines = [...counts].slice(0, 50).map(([rule, count]) => `- ${rule}${count > 1 ? ` (${count})` : ''}`);
  const who = /^[A-Za-z0-9][A-Za-z0-9-]{0,50}$/.test(by) ? `\n\nAsked for by ${by} on pull request ${number}.` : '';
  return `Apply the fixes of Plumbline for ${plural(mended.length, 'finding')}\n\n${lines.join('\n')}${who}`;
}
