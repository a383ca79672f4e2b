import { TryLaterError } from '../errors.ts';
import type { Remedy } from '../fix/mend.ts';
import { renderReviewBody } from '../report/github.ts';
import type { Review, ReviewComment } from '../report/review.ts';
import { isServerFailure, refusalOf } from './api-error.ts';
import { commentLimit, fit } from './fit.ts';
import { defused, marker } from './marker.ts';
import { once } from './octokit.ts';
import { bodyOf } from './comment-body.ts';
import { anchorOf, isOnLines, postComment } from './post-comment.ts';
import type { LineComment } from './post-comment.ts';
import { deletePendingReviews, readSaid } from './said.ts';
import type { Said } from './said.ts';
import type { Conversation, Thread } from './threads.ts';

const attempts = 4;

/**
 * Says what has not been said yet: one review with the comments on lines, then the comments on files. `unsaid`: keys of the findings that no
 * comment stands for; `threads`: those that are there. Returns the comments that GitHub lets stand neither on their lines nor on their file, so that nothing is lost.
 */
export async function postReview(
  conversation: Conversation,
  review: Review,
  unsaid: ReadonlySet<string>,
  threads: readonly Thread[],
): Promise<readonly ReviewComment[]> {
  const wanted = withinLimit(review.comments, review.posting.limit).filter(({ key }) => unsaid.has(key));
  if (wanted.every((comment) => comment.place.is === 'summary')) return [];
  const said = await readSaid(conversation, threads);
  const fresh = wanted.filter(({ key, place }) => !said.finding(key) && !(place.is === 'summary' && said.summary(key)));
  const onLines = fresh.filter(isOnLines);
  const refused = onLines.length === 0 ? new Set<string>() : await postOnLines(conversation, { ...review, comments: fresh }, onLines);
  const homeless: ReviewComment[] = [];
  for (const comment of fresh) {
    const moved = refused.has(comment.key) ? onFile(comment) : comment;
    if (moved.place.is !== 'file' || (await postComment(conversation, moved, review.base))) continue;
    homeless.push(inSummary(moved, 'GitHub did not take a comment there'));
  }
  return homeless;
}

/** One comment a key, and only the first `limit` on lines and files: they come the most severe first. */
function withinLimit(comments: readonly ReviewComment[], limit: number): ReviewComment[] {
  const unique = [...new Map(comments.map((comment) => [comment.key, comment])).values()];
  let room = limit;
  return unique.map((comment) => {
    if (comment.place.is === 'summary') return comment;
    return room-- > 0 ? comment : inSummary(comment, `only ${String(limit)} comments are placed in the diff`);
  });
}

const lineOf = ({ place }: ReviewComment): number => (place.is === 'lines' ? place.from : place.line);

const inSummary = (comment: ReviewComment, why: string): ReviewComment => ({
  ...comment,
  fix: withoutSuggestion(comment.fix),
  place: { is: 'summary', file: comment.place.file, line: lineOf(comment), why },
});

const onFile = (comment: ReviewComment): ReviewComment => ({
  ...comment,
  fix: withoutSuggestion(comment.fix),
  place: { is: 'file', file: comment.place.file, line: lineOf(comment) },
});

/** Away from its lines a suggestion can't be applied, so it is shown as what to write there. */
function withoutSuggestion(fix: Remedy): Remedy {
  if (fix.is !== 'suggestion') return fix;
  const lines = fix.text.replace(/\n$/, '').split('\n');
  return {
    is: 'patch',
    diff: [`@@ lines ${String(fix.startLine)}-${String(fix.endLine)} become @@`, ...lines.map((line) => `+${line}`)].join('\n'),
  };
}

/** The text of the review, with what lets us recognise it and the findings that it alone names. Never empty. */
function reviewBody(about: Review): string {
  const inDiff = about.comments.filter((comment) => comment.place.is !== 'summary');
  const named = about.comments.filter((comment) => comment.place.is === 'summary').map((comment) => marker('summary', comment.key));
  const tail = [marker('reviewed', `${about.base}...${about.head}`), ...named.slice(0, 100)].join('\n');
  const body = defused(fit(renderReviewBody(about, inDiff), commentLimit - tail.length)).trim();
  return `${body === '' ? 'Plumbline reviewed this change.' : body}\n\n${tail}`;
}

/** Posts all comments on lines in one review. Returns the keys of those that GitHub refuses to place. */
async function postOnLines(conversation: Conversation, about: Review, comments: readonly LineComment[]): Promise<Set<string>> {
  const body = reviewBody(about);
  let left = comments;
  for (let tries = 1; left.length > 0; tries++) {
    try {
      await createReview(conversation, about.base, body, left);
      break;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === 'place') return postOneByOne(conversation, about, body, left);
      if (tries === attempts) throw error;
      if (refusal === 'pending-review') await deletePendingReviews(conversation);
      else if (isServerFailure(error)) left = missing(left, await readSaid(conversation));
      else if (refusal === 'other')
        throw new TryLaterError('GitHub refused the review.', 'It is tried again in a minute.', 60, { cause: error });
      else throw error;
    }
  }
  return new Set();
}

const missing = (comments: readonly LineComment[], said: Said): LineComment[] => comments.filter((comment) => !said.finding(comment.key));

async function createReview(conversation: Conversation, base: string, body: string, comments: readonly LineComment[]): Promise<void> {
  const { octokit, repo, number, head } = conversation;
  await octokit.rest.pulls.createReview({
    ...repo,
    ...once,
    pull_number: number,
    commit_id: head,
    event: 'COMMENT',
    body,
    ...(comments.length > 0 && { comments: comments.map((comment) => ({ ...anchorOf(comment.place), body: bodyOf(comment, base) })) }),
  });
}

/** GitHub takes a review whole or not at all and does not say which comment it minds, so each is posted by itself. */
async function postOneByOne(
  conversation: Conversation,
  about: Review,
  body: string,
  comments: readonly LineComment[],
): Promise<Set<string>> {
  const said = await readSaid(conversation);
  // A refused review may stand there all the same, without its comments.
  if (!said.reviewed(`${about.base}...${about.head}`)) await createReview(conversation, about.base, body, []);
  const refused = new Set<string>();
  for (const comment of missing(comments, said)) {
    if (!(await postComment(conversation, comment, about.base))) refused.add(comment.key);
  }
  return refused;
}
