import type { Queued } from '../queue/queue.ts';
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
}

/** Review what a merge queue is about to merge. */
export interface MergeGroupJob extends Common {
  readonly is: 'merge-group';
  readonly base: string;
  readonly head: string;
  readonly rerequested: boolean;
}

/** Find out what a commit belongs to, and review that again: for re-requests that don't say it. */
export interface CommitJob extends Common {
  readonly is: 'commit';
  readonly sha: string;
}

export type Job = PullJob | MergeGroupJob | CommitJob;

/** From which webhook a job comes. */
export interface Source {
  readonly installation: number;
  readonly repo: Repo;
  readonly delivery: string;
}

const common = (source: Source, about: string): Common => ({
  installation: source.installation,
  repo: source.repo,
  delivery: source.delivery,
  key: `${source.repo.owner}/${source.repo.repo}${about}`.toLowerCase(),
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

export const mergeGroupJob = (source: Source, base: string, head: string, rerequested: boolean): MergeGroupJob => ({
  ...common(source, `@${head}`),
  is: 'merge-group',
  base,
  head,
  rerequested,
});

export const commitJob = (source: Source, sha: string): CommitJob => ({ ...common(source, `?${sha}`), is: 'commit', sha });

/** What a check run's `external_id` says, so that a re-request of the check finds its way back also for forks. */
export const externalIdOf = (job: PullJob | MergeGroupJob): string => (job.is === 'pull' ? String(job.number) : `merge-group:${job.base}`);

/** The job that a re-requested check run of ours asks for; undefined when it can't be told. */
export function rerequestedJob(source: Source, externalId: string | null | undefined, head: string): Job | undefined {
  if (externalId && /^[1-9][0-9]{0,9}$/.test(externalId)) return pullJob(source, Number(externalId), true);
  const base = /^merge-group:([0-9a-f]{40,64})$/.exec(externalId ?? '')?.[1];
  return base === undefined ? undefined : mergeGroupJob(source, base, head, true);
}
