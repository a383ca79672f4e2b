import { renderNote } from '../report/github.ts';
import type { Review } from '../report/review.ts';
import { rateLimitSeconds, statusOf } from './api-error.ts';
import { isOwn } from './identity.ts';
import { commentLimit, fit } from './fit.ts';
import { defused, marker } from './marker.ts';
import { putComment } from './sticky.ts';
import type { Conversation } from './threads.ts';

/** For a note that stays although there is nothing to note any more. */
const nothing = ({ reviewedFiles }: Review): string =>
  `### Plumbline\n\n${reviewedFiles > 0 ? 'No new problems.' : 'This pull request no longer changes anything that Plumbline reviews.'}`;
const noteMarker = marker('note', 'pull request');
/** The note is the first in its repository, and goes on saying so. */
const firstMarker = marker('note', 'first in the repository');

/**
 * Writes the one note of a pull request, or brings it up to date. A review with nothing to say writes none, but updates one that is there; so
 * does one that may not begin a note (`begin`).
 */
export async function postNote(conversation: Conversation, review: Review, begin: boolean): Promise<void> {
  const write = async (existing: string | undefined): Promise<string> => {
    const isFirst = existing === undefined ? review.older > 0 && (await isNewHere(conversation)) : existing.includes(firstMarker);
    const words = defused(fit(renderNote(review, isFirst) ?? nothing(review), commentLimit));
    return `${words}\n\n${isFirst ? `${firstMarker}\n` : ''}${noteMarker}`;
  };
  await putComment(conversation, noteMarker, write, renderNote(review) !== undefined && begin);
}

/**
 * Whether Plumbline has not spoken in this repository of late: none of the newest 100 comments below issues and pull requests is its own. That
 * is asked once, when a note begins. It may be true again after a long silence; then the reminder is of use. When GitHub refuses, it is not.
 */
async function isNewHere({ octokit, repo, identity }: Conversation): Promise<boolean> {
  try {
    const { data } = await octokit.rest.issues.listCommentsForRepo({ ...repo, sort: 'created', direction: 'desc', per_page: 100 });
    return !data.some((comment) => isOwn(comment, identity));
  } catch (error) {
    const status = statusOf(error);
    if (status !== 403 && status !== 404) throw error;
    if (rateLimitSeconds(error) !== undefined) throw error;
    return false;
  }
}
