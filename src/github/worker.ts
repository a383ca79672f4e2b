import type { Logger, Probot } from 'probot';
import type { Change } from '../change.ts';
import { messageOf, TryLaterError } from '../errors.ts';
import type { Rule } from '../engine/rule.ts';
import type { Outcome, Worker } from '../queue/queue.ts';
import type { Fixes, Review } from '../report/review.ts';
import { applyFixes } from './apply-fixes.ts';
import { isServerFailure } from './api-error.ts';
import type { BlobCache } from './blob-cache.ts';
import { createEndedCheck, endCheck, listChecks, unfinishedCheck } from './check-run.ts';
import type { CheckEnd } from './check-run.ts';
import { carryOut } from './carry-out.ts';
import { openClient } from './client.ts';
import type { Client } from './client.ts';
import { failedEnd } from './ends.ts';
import type { Identity } from './identity.ts';
import { externalIdOf } from './job.ts';
import type { Job } from './job.ts';
import { readPull } from './pull.ts';
import { resolveCommit } from './resolve-commit.ts';
import { reviewMergeGroup } from './review-merge-group.ts';
import { reviewOpenPulls } from './review-open-pulls.ts';
import { reviewPull } from './review-pull.ts';
import type { SettingsCache } from './settings-cache.ts';

/** What the work on GitHub needs from the rest of the product. */
export interface Reviewing {
  readonly review: (change: Change) => Promise<Review>;
  /** All fixes of such a review at once, without those of the findings with these keys. */
  readonly fix: (change: Change, except: readonly string[]) => Promise<Fixes>;
  /** What can be explained; the product's rules when absent. */
  readonly rules?: () => Promise<readonly Explained[]>;
}

/** A rule, as far as people ask for it. */
export type Explained = Pick<Rule, 'id' | 'title' | 'why' | 'links'>;

/** All that a job works with. */
export interface Desk extends Reviewing {
  readonly client: Client;
  readonly identity: Identity;
  readonly cache: BlobCache;
  readonly settings: SettingsCache;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly enqueue: (job: Job) => void;
  /** False on the last try: what can't be done now is then done without, and said. */
  readonly mayComeBack: boolean;
  /** Remembers the check that must be ended whatever happens. */
  readonly opened: (check: number) => void;
  readonly waits: Waits;
}

/** How a job ended: with words for its check (none when it opened no check), and perhaps with a job to do after it. */
export interface JobEnd {
  readonly end?: CheckEnd;
  readonly next?: Job;
  /** The job to do instead, after a while. */
  readonly later?: { readonly job: Job; readonly afterMs: number };
}

export interface WorkerOptions extends Reviewing {
  readonly probot: Probot;
  readonly identity: () => Promise<Identity>;
  readonly cache: BlobCache;
  readonly settings: SettingsCache;
  readonly log: Logger;
  readonly enqueue: (job: Job) => void;
  readonly waits: Waits;
}

/** For tests, instead of the usual waits. */
export interface Waits {
  /** Milliseconds between questions while the API lags behind a webhook. */
  readonly lag?: readonly number[];
  /** Milliseconds before a job that was put back runs again. */
  readonly again?: number;
  /** Milliseconds that a change of the settings waits for another one. */
  readonly settle?: number;
}

/** How often a job is tried when GitHub can't be reached or asks to wait. */
const maxTries = 4;
/** Ending a check is what still happens when a job was told to stop; it has its own limit. */
const endingMs = 30_000;

/** Does the jobs of the queue. Whatever happens, a check that was opened is ended, or the job is put back and takes it up again. */
export function createWorker(options: WorkerOptions): Worker<Job> {
  return async (job, signal): Promise<Outcome<Job>> => {
    const log = options.log.child({ repository: `${job.repo.owner}/${job.repo.repo}`, job: job.key, delivery: job.delivery });
    const started = Date.now();
    const mayComeBack = job.tries + 1 < maxTries;
    let check: number | undefined;
    let done: JobEnd;
    try {
      const client = await openClient(options.probot, job.installation, signal);
      const identity = await options.identity();
      done = await perform(job, { ...options, client, identity, log, signal, mayComeBack, opened: (id) => (check = id) });
      log.info({ ms: Date.now() - started, calls: client.calls(), end: done.end?.title ?? 'no check' }, 'job done');
    } catch (error) {
      const afterSeconds = signal.aborted ? undefined : laterSeconds(error, job.tries);
      if (afterSeconds !== undefined && mayComeBack) {
        log.warn({ afterSeconds, why: messageOf(error) }, 'job is put back');
        return { is: 'again', job: { ...job, tries: job.tries + 1 }, afterMs: options.waits.again ?? afterSeconds * 1000 };
      }
      if (signal.aborted) log.info({ why: messageOf(signal.reason) }, 'job abandoned');
      else log.error({ err: error }, 'job failed');
      done = { end: failedEnd(signal.aborted ? signal.reason : error, job.delivery) };
    }
    if (check !== undefined && done.end !== undefined) await endOpened(options, job, check, done.end);
    else if (done.end !== undefined) await giveUp(options, job, done.end);
    if (done.next !== undefined) options.enqueue(done.next);
    if (done.later !== undefined) return { is: 'again', ...done.later };
    return { is: 'done' };
  };
}

function perform(job: Job, desk: Desk): Promise<JobEnd> {
  switch (job.is) {
    case 'pull':
      return reviewPull(job, desk);
    case 'merge-group':
      return reviewMergeGroup(job, desk);
    case 'commit':
      return resolveCommit(job, desk);
    case 'command':
      return carryOut(job, desk);
    case 'fix':
      return applyFixes(job, desk);
    case 'settings':
      return reviewOpenPulls(job, desk);
  }
}

/** After how many seconds the same may succeed; undefined when trying again is of no use. */
function laterSeconds(error: unknown, tries: number): number | undefined {
  if (error instanceof TryLaterError) return error.afterSeconds;
  return isServerFailure(error) ? 15 * 2 ** tries : undefined;
}

/** Ends a check with a client that does not stop with the job. */
async function endOpened(options: WorkerOptions, job: Job, check: number, end: CheckEnd): Promise<void> {
  const { octokit } = await openClient(options.probot, job.installation, AbortSignal.timeout(endingMs));
  await endCheck(octokit, job.repo, check, end, (error, lost) => {
    options.log.warn({ err: error, lost, job: job.key }, 'annotations could not be added to the check');
  });
}

/**
 * Says on GitHub that a job will not be done: ends the check that an earlier try left unfinished, or creates an ended one. Of a superseded
 * head nobody needs to know that nothing was begun.
 */
export async function giveUp(options: WorkerOptions, job: Job, end: CheckEnd): Promise<void> {
  const superseded = end.conclusion === 'neutral';
  if (job.is === 'commit' || job.is === 'command' || job.is === 'fix' || job.is === 'settings' || (superseded && job.tries === 0)) return;
  const { octokit } = await openClient(options.probot, job.installation, AbortSignal.timeout(endingMs));
  const head = job.is === 'merge-group' ? job.head : (job.head ?? (await readPull(octokit, job.repo, job.number)).head);
  const checks = await listChecks(octokit, job.repo, head, await options.identity());
  const left = unfinishedCheck(checks, externalIdOf(job));
  if (left !== undefined) await endOpened(options, job, left.id, end);
  else if (!superseded) await createEndedCheck(octokit, job.repo, head, externalIdOf(job), end);
}
