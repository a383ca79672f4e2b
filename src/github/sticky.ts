import { isServerFailure } from './api-error.ts';
import { isOwn } from './identity.ts';
import { once } from './octokit.ts';
import type { Conversation } from './threads.ts';

/**
 * Writes the one comment below the description that carries a marker (the last line of `body`), or brings it up to date; only the latter when
 * it may not begin one. After a failure of GitHub's the comment is looked for before it is sent again. `write` is told what stands there.
 */
export async function putComment(
  conversation: Conversation,
  mark: string,
  write: (existing: string | undefined) => Promise<string> | string,
  begin: boolean,
): Promise<void> {
  const { octokit, repo, number } = conversation;
  for (let tries = 1; ; tries++) {
    const existing = await findComment(conversation, mark);
    if (existing !== undefined) {
      const body = await write(existing.body);
      if (existing.body !== body) await octokit.rest.issues.updateComment({ ...repo, comment_id: existing.id, body });
      return;
    }
    if (!begin) return;
    const body = await write(undefined);
    try {
      await octokit.rest.issues.createComment({ ...repo, ...once, issue_number: number, body });
      return;
    } catch (error) {
      // It may have been written: the next round looks for it.
      if (!isServerFailure(error) || tries === 3) throw error;
    }
  }
}

async function findComment(
  { octokit, repo, number, identity }: Conversation,
  mark: string,
): Promise<{ id: number; body: string } | undefined> {
  const comments = await octokit.paginate(octokit.rest.issues.listComments, { ...repo, issue_number: number, per_page: 100 });
  const own = comments.find((comment) => isOwn(comment, identity) && comment.body?.includes(mark));
  return own === undefined ? undefined : { id: own.id, body: own.body ?? '' };
}
