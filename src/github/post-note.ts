import { renderNote } from '../report/github.ts';
import type { Review } from '../report/review.ts';
import { commentLimit, fit } from './fit.ts';
import { defused, marker } from './marker.ts';
import { putComment } from './sticky.ts';
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
  const body = `${defused(fit(words ?? nothing(review), commentLimit))}\n\n${noteMarker}`;
  await putComment(conversation, noteMarker, body, words !== undefined && begin);
}
