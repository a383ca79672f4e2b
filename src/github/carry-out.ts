import { loadRules } from '../engine/load-rules.ts';
import { code } from '../engine/words.ts';
import { answer, answerOnce, misuse, react, reactedTo } from './answer.ts';
import { statusOf } from './api-error.ts';
import { dismissedBody } from './comment-body.ts';
import { isOwn } from './identity.ts';
import { pullJob } from './job.ts';
import type { CommandJob } from './job.ts';
import { marker, dismissalIn, markersIn, ruleIn } from './marker.ts';
import { readPull } from './pull.ts';
import { mayWrite } from './rights.ts';
import type { Desk, Explained, JobEnd } from './worker.ts';

/**
 * Does what a person asked for in a comment, if they may write to the repository. That it was done is told by a reaction, which also keeps a
 * webhook that comes twice from doing it twice. Below the description GitHub may not let the App react; the check that begins anew tells it there.
 */
export async function carryOut(job: CommandJob, desk: Desk): Promise<JobEnd> {
  const { octokit } = desk.client;
  const { command } = job;
  if ((await reactedTo(job, desk)) || !(await readPull(octokit, job.repo, job.number)).open) return {};
  // Strangers are told once, all of them together: their number has no limit.
  if (!(await mayWrite(octokit, job.repo, job.by))) return answerOnce(job, desk, 'no-right').then(() => ({}));
  switch (command.is) {
    case 'recheck':
      await react(job, desk);
      return { next: pullJob(job, job.number, true) };
    case 'explain':
      return explain(job, desk);
    case 'ignore':
      return command.reason === '' ? misuse(job, desk, 'no-reason') : ignore(job, desk, command.reason);
    case 'unknown':
      return misuse(job, desk, 'unknown');
  }
}

/** Writes the dismissal into our own comment, where every later review finds it, and lets the check be taken anew. */
async function ignore(job: CommandJob, desk: Desk, reason: string): Promise<JobEnd> {
  const body = await ownFinding(job, desk);
  if (body === undefined || job.comment.in !== 'thread') return misuse(job, desk, 'not-here');
  if (dismissalIn(body) === undefined) {
    await desk.client.octokit.rest.pulls.updateReviewComment({
      ...job.repo,
      comment_id: job.comment.root,
      body: dismissedBody(body, { by: job.by, reason }),
    });
  }
  await react(job, desk);
  return { next: pullJob(job, job.number, true) };
}

/** Answers with the rule's own words, once in a thread. */
async function explain(job: CommandJob, desk: Desk): Promise<JobEnd> {
  const body = await ownFinding(job, desk);
  const id = body === undefined ? undefined : ruleIn(body);
  if (id === undefined || job.comment.in !== 'thread') return misuse(job, desk, 'not-here');
  const rule = (await (desk.rules ?? loadRules)()).find((one) => one.id === id);
  const words = rule === undefined ? 'There is no more to it than the comment above says.' : wordsOf(rule);
  await answer(job, desk, words, marker('answer', `explain ${String(job.comment.root)}`));
  await react(job, desk);
  return {};
}

function wordsOf({ id, title, why, links }: Explained): string {
  const reading = links.map((link) => `- <${link}>`).join('\n');
  return [`**${title}** (${code(id)})`, why.trim(), reading].filter((part) => part !== '').join('\n\n');
}

/** The text of the comment that begins the thread, when that is ours and about a finding. */
async function ownFinding(job: CommandJob, { client, identity }: Desk): Promise<string | undefined> {
  if (job.comment.in !== 'thread') return undefined;
  try {
    const { data } = await client.octokit.rest.pulls.getReviewComment({ ...job.repo, comment_id: job.comment.root });
    return isOwn(data, identity) && markersIn(data.body).length > 0 ? data.body : undefined;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
