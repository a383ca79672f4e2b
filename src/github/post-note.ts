import { renderNote } from '../report/github.ts';
import type { Review } from '../report/review.ts';
import { isServerFailure } from './api-error.ts';
import { commentLimit, fit } from './fit.ts';
import { isOwn } from './identity.ts';
import { marker } from './marker.ts';
import { once } from './octokit.ts';
import type { Conversation } from './threads.ts';

/** For a note that stays although there is nothing to note any more. */
const nothing = ({ reviewedFiles }: Review): string =>
  `### Plumbline\n\n${reviewedFiles > 0 ? 'No new problems.' : 'This pull request no longer changes anything that Plumbline reviews.'}`;
const noteMarker = marker('note', 'pull request');

/**
 * Writes the one note of a pull request, or brings it up to date. A review with nothing to say writes none, but updates one that is there; so
 * does one that may not begin a note (`begin`).
 */
export async function postNote(conversation: Conversation, review: Review, begin: boolean): Promise<void> {
  const words = renderNote(review);
  const body = `${fit(words ?? nothing(review), commentLimit)}\n\n${noteMarker}`;
  const { octokit, repo, number } = conversation;
  for (let tries = 1; ; tries++) {
    const existing = await findNote(conversation);
    if (existing !== undefined) {
      if (existing.body !== body) await octokit.rest.issues.updateComment({ ...repo, comment_id: existing.id, body });
      return;
    }
    if (words === undefined || !begin) return;
    try {
      await octokit.rest.issues.createComment({ ...repo, ...once, issue_number: number, body });
      return;
    } catch (error) {
      // It may have been written: the next round looks for it.
      if (!isServerFailure(error) || tries === 3) throw error;
    }
  }
}

async function findNote({ octokit, repo, number, identity }: Conversation): Promise<{ id: number; body: string } | undefined> {
  const comments = await octokit.paginate(octokit.rest.issues.listComments, { ...repo, issue_number: number, per_page: 100 });
  const note = comments.find((comment) => isOwn(comment, identity) && comment.body?.includes(noteMarker));
  return note === undefined ? undefined : { id: note.id, body: note.body ?? '' };
}
