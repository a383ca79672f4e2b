import { compare, pullFiles } from './changed-files.ts';
import { hadNothing, listChecks, startCheck, wasReviewed } from './check-run.ts';
import { reviewedAs, supersededEnd, verdictEnd } from './ends.ts';
import { emptyReview } from './empty-review.ts';
import { externalIdOf } from './job.ts';
import type { PullJob } from './job.ts';
import { publish } from './publish.ts';
import { readPull, settlePull } from './pull.ts';
import { withGoverning } from './governing.ts';
import { readChange } from './read-change.ts';
import type { Desk, JobEnd } from './worker.ts';

/** Reviews a pull request: opens the check, reads the change, reviews it, and says what it found, unless the head moved meanwhile. */
export async function reviewPull(job: PullJob, desk: Desk): Promise<JobEnd> {
  const { client, identity, log } = desk;
  const { octokit } = client;
  const started = Date.now();
  const { pull, head, caughtUp } = await settlePull(octokit, job.repo, job.number, job, desk.waits.lag);
  if (!pull.open) return {};
  const externalId = externalIdOf(job);
  const [compared, checks] = await Promise.all([
    compare(octokit, job.repo, pull.baseBranch, head),
    listChecks(octokit, job.repo, head, identity),
  ]);
  const alike = pull.draft ? [false, true] : [false];
  const done = alike.some((draft) => wasReviewed(checks, externalId, reviewedAs(compared.mergeBase, head, draft)));
  if (job.because === 'settings' && hadNothing(checks, externalId, compared.mergeBase, head)) return {};
  if (!job.rerequested && done) {
    log.info('this was reviewed before');
    return {};
  }
  desk.opened(await startCheck(octokit, job.repo, { head, externalId, checks, identity }));
  const listed = caughtUp ? await pullFiles(octokit, job.repo, job.number, pull.changedFiles) : compared.listed;
  const read = await readChange(octokit, job.repo, { mergeBase: compared.mergeBase, head, listed }, desk.cache);
  const nothing = emptyReview(read);
  const change = nothing ? read : await withGoverning(read, { job, desk, compared, branch: pull.baseBranch });
  log.info({ files: change.files.length, read: change.before.size + change.after.size, calls: client.calls() }, 'change read');
  const review = nothing ?? (await unlessAborted(desk.signal, desk.review(change)));
  const now = await readPull(octokit, job.repo, job.number);
  if (now.head !== head && now.head !== pull.head) {
    return { end: supersededEnd(now.head), next: { ...job, head: now.head, updatedAt: now.updatedAt, tries: 0 } };
  }
  const end = verdictEnd(await publish(job, desk, now, change, review), Date.now() - started);
  return { end: { ...end, ...(nothing && { nothing: true }) } };
}

/** The work's result, or the signal's reason as soon as that is aborted. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
