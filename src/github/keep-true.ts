import type { Logger } from 'probot';
import { AbandonedError, TryLaterError } from '../errors.ts';
import type { Review } from '../report/review.ts';
import { isServerFailure, rateLimitSeconds } from './api-error.ts';
import { bodyOf, goneBody, movedBody } from './comment-body.ts';
import type { Plan } from './reconcile.ts';
import type { Conversation, Thread } from './threads.ts';

/** What the edits need besides the conversation. */
export interface Keeping {
  readonly log: Logger;
  /** Whether the installation granted `contents: write`, without which GitHub lets no App resolve a thread. */
  readonly mayResolve: boolean;
}

/**
 * Brings the App's own comments up to date: fixed ones say so and are minimised, ones that are back are restored, moved ones say where the line
 * is. Edits notify nobody. A comment's text is changed last: it is what the next review goes by, so that work that was interrupted is done again.
 * What GitHub refuses is logged and left: no review fails over an old comment.
 */
export async function keepTrue(conversation: Conversation, plan: Plan, review: Review, { log, mayResolve }: Keeping): Promise<void> {
  const attempt = async (what: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      const matters = error instanceof TryLaterError || isServerFailure(error) || rateLimitSeconds(error) !== undefined;
      if (matters || error instanceof AbandonedError) throw error;
      log.warn({ err: error }, `${what}: GitHub refused`);
      return false;
    }
  };
  const edit = (thread: Thread, body: string): Promise<boolean> =>
    attempt('an own comment could not be edited', async () => {
      await conversation.octokit.rest.pulls.updateReviewComment({ ...conversation.repo, comment_id: thread.comment, body });
    });

  const hide = plan.gone.filter(({ hidden }) => !hidden);
  const resolve = mayResolve ? plan.gone.filter((thread) => !thread.resolvedByPerson && !thread.resolvedByUs) : [];
  const resolved = new Set<Thread>(plan.gone.filter((thread) => thread.resolvedByUs));
  await attempt('fixed comments could not be minimised', () => mutate(conversation, 'minimizeComment', hide));
  const done = await attempt('fixed threads could not be resolved', () => mutate(conversation, 'resolveReviewThread', resolve));
  if (done) for (const thread of resolve) resolved.add(thread);
  for (const thread of plan.gone) await edit(thread, goneBody(thread.body, thread.path, review, resolved.has(thread)));

  const back = plan.returned.map(({ thread }) => thread);
  const show = back.filter((thread) => thread.hidden && !thread.resolvedByPerson);
  const reopen = mayResolve ? back.filter((thread) => thread.resolvedByUs) : [];
  await attempt('comments could not be shown again', () => mutate(conversation, 'unminimizeComment', show));
  await attempt('threads could not be opened again', () => mutate(conversation, 'unresolveReviewThread', reopen));
  for (const { thread, comment } of plan.returned) await edit(thread, bodyOf(comment, review.base));
  for (const { thread, comment } of plan.moved) await edit(thread, movedBody(comment, review.base));
}

/** The fields of each mutation: what it takes, and what it answers. */
const mutations = {
  minimizeComment: (i: number) =>
    `minimizeComment(input: { subjectId: $id${i}, classifier: RESOLVED }) { minimizedComment { isMinimized } }`,
  unminimizeComment: (i: number) => `unminimizeComment(input: { subjectId: $id${i} }) { unminimizedComment { isMinimized } }`,
  resolveReviewThread: (i: number) => `resolveReviewThread(input: { threadId: $id${i} }) { thread { isResolved } }`,
  unresolveReviewThread: (i: number) => `unresolveReviewThread(input: { threadId: $id${i} }) { thread { isResolved } }`,
} as const;

const batch = 25;

/** The same for many threads in few requests: GitHub counts each as one. */
async function mutate({ octokit }: Conversation, what: keyof typeof mutations, threads: readonly Thread[]): Promise<void> {
  const about = what.endsWith('Comment') ? 'node' : 'id';
  for (let from = 0; from < threads.length; from += batch) {
    const some = threads.slice(from, from + batch);
    const declared = some.map((_, i) => `$id${i}: ID!`).join(', ');
    const fields = some.map((_, i) => `m${i}: ${mutations[what](i)}`).join('\n');
    await octokit.graphql(`mutation(${declared}) {\n${fields}\n}`, Object.fromEntries(some.map((thread, i) => [`id${i}`, thread[about]])));
  }
}
