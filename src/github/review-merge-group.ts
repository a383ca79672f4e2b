import { compare } from './changed-files.ts';
import { listChecks, startCheck, wasReviewed } from './check-run.ts';
import { dismissalsOf, withoutDismissed } from './dismissed.ts';
import { verdictEnd } from './ends.ts';
import { emptyReview } from './empty-review.ts';
import { withGoverning } from './governing.ts';
import { externalIdOf } from './job.ts';
import type { MergeGroupJob } from './job.ts';
import { readChange } from './read-change.ts';
import { matchThreads, pathsAtHead } from './reconcile.ts';
import { unlessAborted } from './review-pull.ts';
import { readThreads } from './threads.ts';
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
  const read = await readChange(octokit, job.repo, { ...compared, head: job.head }, desk.cache);
  const nothing = emptyReview(read);
  const change = nothing ? read : await withGoverning(read, { job, desk, compared });
  const review = nothing ?? (await unlessAborted(desk.signal, desk.review(change)));
  const found = [...review.comments, ...review.quiet];
  const threads =
    found.length === 0 || job.pull === undefined ? [] : await readThreads({ octokit, repo: job.repo, number: job.pull, identity });
  // What was dismissed on the pull request must not hold it in the queue.
  const told = withoutDismissed(review, dismissalsOf(matchThreads(found, threads, pathsAtHead(change))));
  return { end: verdictEnd({ ...told, unsaid: { homeless: [] }, draft: false }, Date.now() - started) };
}
