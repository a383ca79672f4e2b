import { isServerFailure, rateLimitSeconds, statusOf } from './api-error.ts';
import { mayWriteTo } from './granted.ts';
import { isOwn } from './identity.ts';
import type { CommandJob } from './job.ts';
import { marker } from './marker.ts';
import { once } from './octokit.ts';
import type { Desk, JobEnd } from './worker.ts';

/** How a command can be used wrongly, and the one sentence that helps. */
const sentences = {
  'no-right': 'Only people who can push to this repository can give me commands, so please ask one of them.',
  'no-reason': 'Please say why, so that others can follow: `/plumbline ignore <reason>`.',
  'not-here':
    'I can only do that in a reply to one of my comments on a line; for a finding without one, write `# plumbline:ignore <rule> -- <reason>` above its line in the file.',
  unknown: 'I know `/plumbline ignore <reason>` and `/plumbline explain` in replies to my comments, and `/plumbline recheck` anywhere.',
} as const;
type Misuse = keyof typeof sentences;

/** Says once on the pull request what went wrong. False when it was said before. */
export const answerOnce = (job: CommandJob, desk: Desk, what: Misuse): Promise<boolean> =>
  answer(job, desk, sentences[what], marker('answer', what));

/** The same for people who may use commands; the second time a reaction has to do. */
export async function misuse(job: CommandJob, desk: Desk, what: Misuse): Promise<JobEnd> {
  if (!(await answerOnce(job, desk, what))) await react(job, desk, 'confused');
  return {};
}

/** Answers where the person asked, unless an own comment of the pull request carries the mark already. */
export async function answer(job: CommandJob, desk: Desk, words: string, mark: string): Promise<boolean> {
  const { octokit } = desk.client;
  const { repo, number, comment } = job;
  const body = `${words}\n\n${mark}`;
  for (let tries = 1; ; tries++) {
    if (await wasAnswered(job, desk, mark)) return tries > 1;
    try {
      if (comment.in === 'conversation') await octokit.rest.issues.createComment({ ...repo, ...once, issue_number: number, body });
      else await octokit.rest.pulls.createReplyForReviewComment({ ...repo, ...once, pull_number: number, comment_id: comment.root, body });
      return true;
    } catch (error) {
      // It may have been written: the next round looks for it.
      if (!isServerFailure(error) || tries === 3) throw error;
    }
  }
}

async function wasAnswered({ repo, number }: CommandJob, { client, identity }: Desk, mark: string): Promise<boolean> {
  const { octokit } = client;
  const [inThreads, below] = await Promise.all([
    octokit.paginate(octokit.rest.pulls.listReviewComments, { ...repo, pull_number: number, per_page: 100 }),
    octokit.paginate(octokit.rest.issues.listComments, { ...repo, issue_number: number, per_page: 100 }),
  ]);
  return [...inThreads, ...below].some((one) => isOwn(one, identity) && one.body?.includes(mark) === true);
}

/**
 * Reacts to the comment that asks, where the App may. GitHub keeps the same reaction only once. A refused one (the comment was deleted) undoes
 * nothing.
 */
export async function react({ repo, comment }: CommandJob, { client, log }: Desk, content: '+1' | 'confused' = '+1'): Promise<void> {
  const { reactions } = client.octokit.rest;
  if (comment.in === 'conversation' && !(await mayWriteTo(client.octokit, 'issues'))) return;
  try {
    if (comment.in === 'conversation') await reactions.createForIssueComment({ ...repo, comment_id: comment.id, content });
    else await reactions.createForPullRequestReviewComment({ ...repo, comment_id: comment.id, content });
  } catch (error) {
    const status = statusOf(error) ?? 0;
    if (status < 400 || status >= 500 || rateLimitSeconds(error) !== undefined) throw error;
    log.warn({ err: error }, 'GitHub refused a reaction');
  }
}

/** True when the App has reacted to the comment: what it asks was done before. */
export async function reactedTo({ repo, comment }: CommandJob, { client, identity }: Desk): Promise<boolean> {
  const { octokit } = client;
  if (comment.in === 'conversation' && !(await mayWriteTo(octokit, 'issues'))) return false;
  const about = { ...repo, comment_id: comment.id, per_page: 100 };
  const reactions =
    comment.in === 'conversation'
      ? await octokit.paginate(octokit.rest.reactions.listForIssueComment, about)
      : await octokit.paginate(octokit.rest.reactions.listForPullRequestReviewComment, about);
  return reactions.some(({ user }) => user?.login === identity.login);
}
