import { compare } from './changed-files.ts';
import { listChecks, startCheck, wasReviewed } from './check-run.ts';
import { verdictEnd } from './ends.ts';
import { emptyReview } from './empty-review.ts';
import { externalIdOf } from './job.ts';
import type { MergeGroupJob } from './job.ts';
import { readChange } from './read-change.ts';
import { unlessAborted } from './review-pull.ts';
import type { Desk, JobEnd } from './worker.ts';

/** Reviews what a merge queue is about to merge. Only a check tells the result: there is nobody to comment to. */
export async function reviewMergeGroup(job: MergeGroupJob, desk: Desk): Promise<JobEnd> {
  const { client, identity, log } = desk;
  const { octokit } = client;
  const started = Date.now();
  const externalId = externalIdOf(job);
  const [compared, checks] = await Promise.all([
    compare(octokit, job.repo, job.base, job.head),
    listChecks(octokit, job.repo, job.head, identity),
  ]);
  if (!job.rerequested && wasReviewed(checks, externalId, `${compared.mergeBase}...${job.head}`)) {
    log.info('this was reviewed before');
    return {};
  }
  desk.opened(await startCheck(octokit, job.repo, { head: job.head, externalId, checks, identity }));
  const change = await readChange(octokit, job.repo, { ...compared, head: job.head }, desk.cache);
  const review = emptyReview(change) ?? (await unlessAborted(desk.signal, desk.review(change)));
  return { end: verdictEnd(review, Date.now() - started) };
}
