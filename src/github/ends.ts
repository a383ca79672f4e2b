import { AbandonedError, ExplainedError } from '../errors.ts';
import type { Abandonment } from '../errors.ts';
import { renderCheck, renderComment } from '../report/github.ts';
import type { Review, ReviewComment, Verdict } from '../report/review.ts';
import type { ApplyMode, CheckEnd, Conclusion } from './check-run.ts';
import { renderDismissed } from './dismissed.ts';
import type { Dismissed } from './dismissed.ts';

const conclusions: Readonly<Record<Verdict, Conclusion>> = { pass: 'success', advise: 'neutral', block: 'failure' };

/** Comments that could not be posted on the pull request; `because` when that was no matter of their places. */
export interface Unsaid {
  readonly homeless: readonly ReviewComment[];
  readonly because?: string;
}

/** What was reviewed, as a finished check remembers it. Of a draft the comments were not posted: ready, it is another matter. */
export const reviewedAs = (base: string, head: string, draft: boolean): string => `${base}...${head}${draft ? ' as a draft' : ''}`;

/** What came of publishing a review. */
export interface Published {
  /** Without what was dismissed. */
  readonly review: Review;
  readonly dismissed: readonly Dismissed[];
  readonly unsaid: Unsaid;
  /** It is a draft: comments wait. */
  readonly draft: boolean;
  /** What the button `Apply fixes` would do; absent where there is none. */
  readonly button?: ApplyMode;
}

/** The end of a check whose review is done. What could not be said elsewhere is said here. */
export function verdictEnd({ review, dismissed, unsaid, draft, button }: Published, milliseconds: number): CheckEnd {
  const { title, summary, annotations } = renderCheck(review);
  const ignored = renderDismissed(dismissed);
  const waiting = draft && review.comments.length > 0;
  const parts = [
    `${summary}\n\nReviewed in ${(milliseconds / 1000).toFixed(1)} s.`,
    ...(button === undefined ? [] : [buttonWords[button]]),
    ...(ignored === '' ? [] : [ignored]),
    ...(waiting ? ['This pull request is a draft. The comments come when it is ready for review.'] : []),
    ...(unsaid.because === undefined ? [] : [`The comments could not be posted on the pull request: ${unsaid.because} Here they are.`]),
    ...unsaid.homeless.map(renderComment),
  ];
  return {
    conclusion: conclusions[review.verdict],
    title: dismissed.length === 0 ? title : `${title} (${dismissed.length} ignored)`,
    summary: parts.join('\n\n---\n\n'),
    annotations,
    ...(button !== undefined && { button }),
    ...(unsaid.because === undefined && { reviewed: reviewedAs(review.base, review.head, draft) }),
  };
}

const buttonWords: Readonly<Record<ApplyMode, string>> = {
  commit:
    'The button **Apply fixes** commits every fix that is proven together with the others to the branch. `plumbline fix` shows them first.',
  patch: 'The button **Apply fixes** posts every fix that is proven together with the others as one patch. So does `plumbline fix`.',
};

/** The head is no longer the pull request's: whatever this check says does not matter for the merge. */
export const supersededEnd = (newHead?: string): CheckEnd => ({
  conclusion: 'neutral',
  title: 'Superseded by a newer commit',
  summary: `The pull request moved on${newHead === undefined ? '' : ` to ${newHead.slice(0, 7)}`} while this commit was reviewed. Look at the check on the newer commit.`,
  annotations: [],
});

/** The review of this head began anew. */
const againEnd: CheckEnd = {
  conclusion: 'neutral',
  title: 'Superseded by a newer review',
  summary:
    'The review began anew while this one ran: somebody asked for it, the pull request became ready, or the settings changed. Look at the newest check.',
  annotations: [],
};

function abandonedEnd(because: Abandonment): CheckEnd {
  if (because === 'superseded') return supersededEnd();
  return because === 'again' ? againEnd : stoppedEnd;
}

/** Not reviewed because the process ends. It holds the merge: a commit that nobody reviewed must not pass. */
export const stoppedEnd: CheckEnd = {
  conclusion: 'cancelled',
  title: 'Not reviewed: Plumbline was stopped',
  summary: 'Plumbline was stopped before this commit was reviewed. Re-run this check, or push a new commit.',
  annotations: [],
};

/**
 * How a check ends when its review did not. It holds the merge, so that a change can't get past a required check by breaking the reviewer.
 * Only errors that were written for people are repeated; of others the reader learns where to look.
 */
export function failedEnd(error: unknown, delivery: string): CheckEnd {
  if (error instanceof AbandonedError) return abandonedEnd(error.because);
  const what = error instanceof ExplainedError ? error.message : 'Something unexpected happened inside Plumbline.';
  const remedy = error instanceof ExplainedError ? error.remedy : 'Re-run this check.';
  return {
    conclusion: 'failure',
    title: 'The review did not finish',
    summary: `${what}\n\n${remedy} If it stays so, ask those who run Plumbline to look at its log for \`${delivery.replace(/[^\w-]/g, '')}\`.`,
    annotations: [],
  };
}
