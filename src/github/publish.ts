import { posix } from 'node:path';
import { messageOf } from '../errors.ts';
import type { Change } from '../change.ts';
import { withRulePages } from '../report/compose.ts';
import type { Review } from '../report/review.ts';
import { dismissalsOf, withoutDismissed } from './dismissed.ts';
import type { ApplyMode } from './check-run.ts';
import type { Published, Unsaid } from './ends.ts';
import { mayWriteTo } from './granted.ts';
import type { Octokit } from './octokit.ts';
import { keepTrue } from './keep-true.ts';
import type { PullJob } from './job.ts';
import { postNote } from './post-note.ts';
import { postReview } from './post-review.ts';
import type { Pull } from './pull.ts';
import { matchThreads, pathsAtHead, planOf } from './reconcile.ts';
import { readThreads } from './threads.ts';
import type { Conversation } from './threads.ts';
import type { Desk } from './worker.ts';

/**
 * Brings the pull request's conversation in line with the review: old comments are kept true, what was not said is said, the note is written.
 * On a draft nothing new is said. On the last try a failure is said in the check, with all that would have been commented.
 */
export async function publish(job: PullJob, desk: Desk, pull: Pull, change: Change, plain: Review): Promise<Published> {
  const { client, identity, log } = desk;
  const review = withRulePages(plain, identity.rulePages);
  const conversation: Conversation = { octokit: client.octokit, repo: job.repo, number: job.number, head: review.head, identity };
  const draft = pull.draft && review.posting.drafts === 'wait';
  const found = [...review.comments, ...review.quiet];
  let told: Pick<Published, 'review' | 'dismissed'> = { review, dismissed: [] };
  let unsaid: Unsaid;
  try {
    // Most pull requests have nothing to say, and nothing was said there.
    const threads = found.length === 0 && pull.reviewComments === 0 ? [] : await readThreads(conversation);
    const matched = matchThreads(found, threads, pathsAtHead(change));
    told = withoutDismissed(review, dismissalsOf(matched));
    const plan = planOf(told.review.comments, matched, surelyGone(change, review));
    await keepTrue(conversation, plan, review, {
      log,
      mayResolve: plan.gone.length + plan.returned.length > 0 && (await mayWriteTo(client.octokit, 'contents')),
    });
    const homeless = draft ? [] : await postReview(conversation, told.review, new Set(plan.fresh.map(({ key }) => key)), threads);
    await postNote(conversation, told.review, !draft);
    unsaid = { homeless };
  } catch (error) {
    if (desk.mayComeBack || desk.signal.aborted) throw error;
    log.error({ err: error }, 'comments could not be posted');
    unsaid = { homeless: told.review.comments, because: `GitHub said "${messageOf(error).slice(0, 200)}".` };
  }
  const button = await buttonOf(client.octokit, pull, told.review);
  return { ...told, unsaid, draft, ...(button !== undefined && { button }) };
}

/** What the check's button would do: it is there only where something has a proven fix. */
async function buttonOf(octokit: Octokit, pull: Pull, { comments, quiet, posting }: Review): Promise<ApplyMode | undefined> {
  if (posting.applyFixes === 'off' || ![...comments, ...quiet].some(({ fix }) => fix.is !== 'none')) return undefined;
  const commits = posting.applyFixes === 'button' && pull.branch !== undefined && (await mayWriteTo(octokit, 'contents'));
  return commits ? 'commit' : 'patch';
}

/**
 * Whether a finding that is not found in a file any more is really gone. It is not when something could not be read: then its values, which may
 * come from elsewhere, may just be unknown.
 */
function surelyGone(change: Change, review: Review): (path: string) => boolean {
  const broken = new Set(review.notes.map(({ file }) => posix.dirname(file)));
  const readable = review.unread.length === 0 && !change.truncated;
  return (path) => readable && !broken.has(posix.dirname(path));
}
