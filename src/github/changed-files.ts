import type { ChangedFile } from '../change.ts';
import type { Octokit, Repo } from './octokit.ts';

/** GitHub lists no more files of a pull request, and no more files of a comparison, than these. */
const pullLimit = 3000;
const compareLimit = 300;

/** A file as GitHub's lists have it (`diff-entry` in its API description). */
interface DiffEntry {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
  readonly patch?: string;
}

export interface ListedFiles {
  readonly files: readonly ChangedFile[];
  /** True when GitHub's list is known to be cut. */
  readonly truncated: boolean;
}

/** The files of a pull request as it is now, all pages. `expected`: how many GitHub says there are. */
export async function pullFiles(octokit: Octokit, repo: Repo, number: number, expected: number): Promise<ListedFiles> {
  const entries = await octokit.paginate(octokit.rest.pulls.listFiles, { ...repo, pull_number: number, per_page: 100 });
  return listed(entries, entries.length >= pullLimit || entries.length < expected);
}

export interface Comparison {
  readonly mergeBase: string;
  /** What the base is at the moment, when it was named as a branch. */
  readonly tip: string;
  readonly listed: ListedFiles;
}

/** Where head left base (a commit or a branch), and what it changed since (at most 300 files). */
export async function compare(octokit: Octokit, repo: Repo, base: string, head: string): Promise<Comparison> {
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...repo, basehead: `${base}...${head}`, per_page: 1 });
  const entries = data.files ?? [];
  return { mergeBase: data.merge_base_commit.sha, tip: data.base_commit.sha, listed: listed(entries, entries.length >= compareLimit) };
}

function listed(entries: readonly DiffEntry[], truncated: boolean): ListedFiles {
  const files: ChangedFile[] = [];
  for (const entry of entries) {
    const status = statusOf(entry.status);
    if (status === undefined) continue;
    files.push({
      path: entry.filename,
      status,
      ...(status === 'renamed' && entry.previous_filename !== undefined && { previousPath: entry.previous_filename }),
      ...(entry.patch !== undefined && { patch: entry.patch }),
    });
  }
  return { files, truncated };
}

/** `copied` is a new file to a reviewer; `changed` is one whose mode changed. */
function statusOf(status: string): ChangedFile['status'] | undefined {
  switch (status) {
    case 'added':
    case 'copied':
      return 'added';
    case 'removed':
      return 'removed';
    case 'renamed':
      return 'renamed';
    case 'modified':
    case 'changed':
      return 'modified';
    default:
      return undefined;
  }
}
