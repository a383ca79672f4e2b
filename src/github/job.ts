import type { Queued } from '../queue/queue.ts';
import type { Command } from './command.ts';
import type { Repo } from './octokit.ts';

interface Common extends Queued {
  readonly installation: number;
  readonly repo: Repo;
  /** GitHub's id of the webhook that asked for it, to find it in the log. */
  readonly delivery: string;
  /** How often it was tried before. */
  readonly tries: number;
}

/** Review a pull request. */
export interface PullJob extends Common {
  readonly is: 'pull';
  readonly number: number;
  /** The head that the webhook spoke of, and when the pull request was last touched as it saw it (ISO 8601); absent when asked for otherwise. */
  readonly head?: string;
  readonly updatedAt?: string;
  /** A person asked again: review even what was reviewed. */
  readonly rerequested: boolean;
  /** Nobody asked, but other settings hold: where there was nothing to review there is nothing now. */
  readonly because?: 'settings';
}

/** Review the open pull requests of a branch whose settings changed. */
export interface SettingsJob extends Common {
  readonly is: 'settings';
  readonly branch: string;
  /** It has waited for more such pushes. */
  readonly settled: boolean;
}

/** Review what a merge queue is about to merge. */
export interface MergeGroupJob extends Common {
  readonly is: 'merge-group';
  readonly base: string;
  readonly head: string;
  /** The pull request that the group's branch is named after; absent when it has another name. */
  readonly pull?: number;
  readonly rerequested: boolean;
}

/** Find out what a commit belongs to, and review that again: for re-requests that don't say it. */
export interface CommitJob extends Common {
  readonly is: 'commit';
  readonly sha: string;
}

/** Do what a person asked for in a comment. */
export interface CommandJob extends Common {
  readonly is: 'command';
  readonly number: number;
  readonly command: Command;
  /** The login of who asked. */
  readonly by: string;
  /** The comment that asks: below the description, or in a thread of the diff that begins with the comment `root`. */
  readonly comment:
    { readonly in: 'conversation'; readonly id: number } | { readonly in: 'thread'; readonly id: number; readonly root: number };
}

/** Somebody pressed the button `Apply fixes` of a check. */
export interface FixJob extends Common {
  readonly is: 'fix';
  readonly number: number;
  /** GitHub's id of the check run. */
  readonly check: number;
  /** The login of who pressed it. */
  readonly by: string;
}

export type Job = PullJob | MergeGroupJob | CommitJob | CommandJob | FixJob | SettingsJob;

/** From which webhook a job comes. */
export interface Source {
  readonly installation: number;
  readonly repo: Repo;
  readonly delivery: string;
}

const common = (source: Source, about: string, lane?: string): Common => ({
  installation: source.installation,
  repo: source.repo,
  delivery: source.delivery,
  key: `${source.repo.owner}/${source.repo.repo}${about}`.toLowerCase(),
  ...(lane !== undefined && { lane: `${source.repo.owner}/${source.repo.repo}${lane}`.toLowerCase() }),
  owner: String(source.installation),
  tries: 0,
});

export const pullJob = (
  source: Source,
  number: number,
  rerequested: boolean,
  seen: { head?: string; updatedAt?: string } = {},
): PullJob => ({
  ...common(source, `#${String(number)}`),
  is: 'pull',
  number,
  rerequested,
  ...seen,
});

export const mergeGroupJob = (source: Source, base: string, head: string, rerequested: boolean, pull?: number): MergeGroupJob => ({
  ...common(source, `@${head}`),
  is: 'merge-group',
  base,
  head,
  rerequested,
  ...(pull !== undefined && { pull }),
});

/** The pull request that the branch of a merge group is named after (`gh-readonly-queue/main/pr-12-…`). */
export function pullOfGroup(headRef: string): number | undefined {
  const number = /^(?:refs\/heads\/)?gh-readonly-queue\/.{1,255}\/pr-([1-9][0-9]{0,9})-[0-9a-f]{40,64}$/.exec(headRef)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Commands replace no other job, but wait for what is done on the same pull request: both write its comments. */
export const commandJob = (source: Source, about: Pick<CommandJob, 'number' | 'command' | 'by' | 'comment'>): CommandJob => ({
  ...common(source, `#${String(about.number)}/${about.comment.in}/${String(about.comment.id)}`, `#${String(about.number)}`),
  is: 'command',
  ...about,
});

/** Presses of one button are one job, which waits for what is done on the same pull request. Undefined for checks of a merge group. */
export function fixJob(source: Source, externalId: string | null | undefined, check: number, by: string): FixJob | undefined {
  const number = pullOfCheck(externalId);
  if (number === undefined) return undefined;
  return { ...common(source, `#${String(number)}/fix/${String(check)}`, `#${String(number)}`), is: 'fix', number, check, by };
}

export const commitJob = (source: Source, sha: string): CommitJob => ({ ...common(source, `?${sha}`), is: 'commit', sha });

/** A newer push to the same branch takes its place, so that the wait begins anew. */
export const settingsJob = (source: Source, branch: string): SettingsJob => ({
  ...common(source, `!${branch}`),
  is: 'settings',
  branch,
  settled: false,
});

/** What a check run's `external_id` says, so that a re-request of the check finds its way back also for forks. */
export const externalIdOf = (job: PullJob | MergeGroupJob): string =>
  job.is === 'pull' ? String(job.number) : `merge-group:${job.base}${job.pull === undefined ? '' : `:${String(job.pull)}`}`;

/** The pull request that a check run of ours is about; undefined when it is about something else. */
export const pullOfCheck = (externalId: string | null | undefined): number | undefined =>
  externalId && /^[1-9][0-9]{0,9}$/.test(externalId) ? Number(externalId) : undefined;

/** The job that a re-requested check run of ours asks for; undefined when it can't be told. */
export function rerequestedJob(source: Source, externalId: string | null | undefined, head: string): Job | undefined {
  const number = pullOfCheck(externalId);
  if (number !== undefined) return pullJob(source, number, true);
  const [, base, pull] = /^merge-group:([0-9a-f]{40,64})(?::([1-9][0-9]{0,9}))?$/.exec(externalId ?? '') ?? [];
  return base === undefined ? undefined : mergeGroupJob(source, base, head, true, pull === undefined ? undefined : Number(pull));
}
