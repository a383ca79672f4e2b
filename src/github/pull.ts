import { setTimeout as pause } from 'node:timers/promises';
import type { Octokit, Repo } from './octokit.ts';

/** What a review must know of a pull request besides its files. */
export interface Pull {
  readonly open: boolean;
  readonly head: string;
  /** The name of the branch to merge into. */
  readonly baseBranch: string;
  readonly changedFiles: number;
  /** ISO 8601, in UTC. */
  readonly updatedAt: string;
  readonly draft: boolean;
  /** How many review comments people and Apps have written. */
  readonly reviewComments: number;
  /** The branch of the head, when it is one of this repository; absent for forks. */
  readonly branch?: string;
}

export async function readPull(octokit: Octokit, repo: Repo, number: number): Promise<Pull> {
  const { data } = await octokit.rest.pulls.get({ ...repo, pull_number: number });
  return {
    open: data.state === 'open',
    head: data.head.sha,
    baseBranch: data.base.ref,
    changedFiles: data.changed_files,
    updatedAt: data.updated_at,
    draft: data.draft === true,
    reviewComments: data.review_comments,
    ...(repositoryOf(data.head) === data.base.repo.id && { branch: data.head.ref }),
  };
}

/** A head's repository is null when the fork is gone, whatever the description says. */
const repositoryOf = ({ repo }: { readonly repo: { readonly id: number } | null }): number | undefined => repo?.id;

/** Milliseconds between the questions while GitHub's API has not caught up with its own webhook. */
export const catchUpPauses: readonly number[] = [1000, 2000, 4000];

export interface SettledPull {
  readonly pull: Pull;
  /** The commit to review. */
  readonly head: string;
  /** False when the API still shows an older head: its list of files is then not this head's. */
  readonly caughtUp: boolean;
}

/**
 * The pull request and the head to review. Right after a push the API may still show the old head: then it is asked again, and at last the
 * webhook is believed. A webhook that comes late (the pull request was touched since) is not: the newest head is reviewed.
 */
export async function settlePull(
  octokit: Octokit,
  repo: Repo,
  number: number,
  seen: { readonly head?: string; readonly updatedAt?: string },
  pauses: readonly number[] = catchUpPauses,
): Promise<SettledPull> {
  for (let tries = 0; ; tries++) {
    const pull = await readPull(octokit, repo, number);
    const late = seen.updatedAt !== undefined && Date.parse(pull.updatedAt) > Date.parse(seen.updatedAt);
    if (seen.head === undefined || pull.head === seen.head || late) return { pull, head: pull.head, caughtUp: true };
    const wait = pauses[tries];
    if (wait === undefined) return { pull, head: seen.head, caughtUp: false };
    await pause(wait);
  }
}
