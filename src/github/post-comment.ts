import type { Place } from '../diff/place.ts';
import type { ReviewComment } from '../report/review.ts';
import { isServerFailure, refusalOf } from './api-error.ts';
import { bodyOf } from './comment-body.ts';
import { once } from './octokit.ts';
import { readSaid } from './said.ts';
import type { Conversation } from './threads.ts';

type Lines = Extract<Place, { is: 'lines' }>;
export type LineComment = ReviewComment & { readonly place: Lines };
export const isOnLines = (comment: ReviewComment): comment is LineComment => comment.place.is === 'lines';

/** Where a comment stands, as GitHub's API has it. `start_line` must lie before `line`, so one line has none. */
export const anchorOf = ({ file, side, from, to }: Lines) => ({
  path: file,
  line: to,
  side,
  ...(from < to && { start_line: from, start_side: side }),
});

/**
 * Posts one comment by itself, on its lines or, for the place `file`, on its file. False when GitHub says that it can't stand there. After a
 * failure of GitHub's the comment is looked for before it is sent again. `base`: the merge base that was reviewed.
 */
export async function postComment(conversation: Conversation, comment: ReviewComment, base: string): Promise<boolean> {
  const { octokit, repo, number, head } = conversation;
  const anchor = comment.place.is === 'lines' ? anchorOf(comment.place) : { path: comment.place.file, subject_type: 'file' as const };
  for (let tries = 1; ; tries++) {
    try {
      await octokit.rest.pulls.createReviewComment({
        ...repo,
        ...once,
        pull_number: number,
        commit_id: head,
        body: bodyOf(comment, base),
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
