import type { Place } from '../diff/place.ts';
import { renderComment } from '../report/github.ts';
import type { ReviewComment } from '../report/review.ts';
import { isServerFailure, refusalOf } from './api-error.ts';
import { commentLimit, fit } from './fit.ts';
import { marker } from './marker.ts';
import { once } from './octokit.ts';
import { readSaid } from './said.ts';
import type { Conversation } from './said.ts';

type Lines = Extract<Place, { is: 'lines' }>;
export type LineComment = ReviewComment & { readonly place: Lines };
export const isOnLines = (comment: ReviewComment): comment is LineComment => comment.place.is === 'lines';

export const bodyOf = (comment: ReviewComment): string =>
  `${fit(renderComment(comment), commentLimit)}\n\n${marker('finding', comment.key)}`;

/** Where a comment stands, as GitHub's API has it. `start_line` must lie before `line`, so one line has none. */
export const anchorOf = ({ file, side, from, to }: Lines) => ({
  path: file,
  line: to,
  side,
  ...(from < to && { start_line: from, start_side: side }),
});

/**
 * Posts one comment by itself, on its lines or, for the place `file`, on its file. False when GitHub says that it can't stand there. After a
 * failure of GitHub's the comment is looked for before it is sent again.
 */
export async function postComment(conversation: Conversation, comment: ReviewComment): Promise<boolean> {
  const { octokit, repo, number, head } = conversation;
  const anchor = comment.place.is === 'lines' ? anchorOf(comment.place) : { path: comment.place.file, subject_type: 'file' as const };
  for (let tries = 1; ; tries++) {
    try {
      await octokit.rest.pulls.createReviewComment({
        ...repo,
        ...once,
        pull_number: number,
        commit_id: head,
        body: bodyOf(comment),
        ...anchor,
      });
      return true;
    } catch (error) {
      if (refusalOf(error) !== undefined) return false;
      if (!isServerFailure(error) || tries === 3) throw error;
      if ((await readSaid(conversation)).finding(comment.key)) return true;
    }
  }
}
