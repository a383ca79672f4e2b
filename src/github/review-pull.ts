import { messageOf } from '../errors.ts';
import type { Review } from '../report/review.ts';
import { compare, pullFiles } from './changed-files.ts';
import { listChecks, startCheck, wasReviewed } from './check-run.ts';
import { supersededEnd, verdictEnd } from './ends.ts';
import type { Unsaid } from './ends.ts';
import { emptyReview } from './empty-review.ts';
import { externalIdOf } from './job.ts';
import type { PullJob } from './job.ts';
import { postNote } from './post-note.ts';
import { postReview } from './post-review.ts';
import { readPull, settlePull } from './pull.ts';
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
    compare(octokit, job.repo, pull.base, head),
    listChecks(octokit, job.repo, head, identity),
  ]);
  if (!job.rerequested && wasReviewed(checks, externalId, `${compared.mergeBase}...${head}`)) {
    log.info('this was reviewed before');
    return {};
  }
  desk.opened(await startCheck(octokit, job.repo, { head, externalId, checks, identity }));
  const listed = caughtUp ? await pullFiles(octokit, job.repo, job.number, pull.changedFiles) : compared.listed;
  const change = await readChange(octokit, job.repo, { mergeBase: compared.mergeBase, head, listed }, desk.cache);
  log.info({ files: change.files.length, read: change.before.size + change.after.size, calls: client.calls() }, 'change read');
  const review = emptyReview(change) ?? (await unlessAborted(desk.signal, desk.review(change)));
  const now = await readPull(octokit, job.repo, job.number);
  if (now.head !== head && now.head !== pull.head) {
    return { end: supersededEnd(now.head), next: { ...job, head: now.head, updatedAt: now.updatedAt, tries: 0 } };
  }
  const unsaid = await publish(job, desk, review);
  return { end: verdictEnd(review, Date.now() - started, unsaid) };
}

/** Posts the comments and the note. On the last try a failure is said in the check, with all that would have been commented. */
async function publish(job: PullJob, desk: Desk, review: Review): Promise<Unsaid> {
  const conversation = { octokit: desk.client.octokit, repo: job.repo, number: job.number, head: review.head, identity: desk.identity };
  try {
    const homeless = await postReview(conversation, review);
    await postNote(conversation, review);
    return { homeless };
  } catch (error) {
    if (desk.mayComeBack || desk.signal.aborted) throw error;
    desk.log.error({ err: error }, 'comments could not be posted');
    return { homeless: review.comments, because: `GitHub said "${messageOf(error).slice(0, 200)}".` };
  }
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
