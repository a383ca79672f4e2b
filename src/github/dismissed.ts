import { code, list } from '../engine/words.ts';
import { placeName } from '../report/comment.ts';
import { verdictOf } from '../report/compose.ts';
import type { Review, ReviewComment } from '../report/review.ts';
import type { Dismissal } from './marker.ts';
import type { Matched } from './reconcile.ts';

/** A finding that is not said and does not count, because somebody with the right to do so dismissed it on this pull request. */
export interface Dismissed {
  readonly comment: ReviewComment;
  readonly dismissal: Dismissal;
}

/** The dismissals of findings by key. Whichever of its threads one stands in, it holds. */
export function dismissalsOf(matched: Matched): Map<string, Dismissal> {
  const found = new Map<string, Dismissal>();
  for (const [key, threads] of matched.threads) {
    const dismissal = threads.findLast((thread) => thread.dismissal !== undefined)?.dismissal;
    if (dismissal !== undefined) found.set(key, dismissal);
  }
  return found;
}

/** The review to publish: without what was dismissed, and with the verdict of the rest. */
export function withoutDismissed(
  review: Review,
  dismissals: ReadonlyMap<string, Dismissal>,
): { readonly review: Review; readonly dismissed: readonly Dismissed[] } {
  const dismissed = [...review.comments, ...review.quiet].flatMap((comment) => {
    const dismissal = dismissals.get(comment.key);
    return dismissal === undefined ? [] : [{ comment, dismissal }];
  });
  if (dismissed.length === 0) return { review, dismissed };
  // A suggestion that nobody sees mends nothing else.
  const unseen = new Set(dismissed.map(({ comment }) => `${comment.place.file} ${comment.rule}`));
  const quiet = review.quiet.filter(({ key }) => !dismissals.has(key));
  const comments = review.comments
    .filter(({ key }) => !dismissals.has(key))
    .map((comment): ReviewComment => {
      const { fix, place } = comment;
      return fix.is === 'with' && unseen.has(`${place.file} ${fix.rule}`) ? { ...comment, fix: { is: 'none' } } : comment;
    });
  return { review: { ...review, comments, quiet, verdict: verdictOf([...comments, ...quiet], review.posting.failAt) }, dismissed };
}

/** For the check's summary: what was dismissed, by whom and why. Empty when nothing was. */
export function renderDismissed(dismissed: readonly Dismissed[], most = 50): string {
  if (dismissed.length === 0) return '';
  const rows = dismissed
    .slice(0, most)
    .map(
      ({ comment, dismissal }) => `- ${code(comment.rule)} at ${placeName(comment)}, by ${code(dismissal.by)}: ${code(dismissal.reason)}`,
    );
  const rest = dismissed.length > most ? `\n- …and ${dismissed.length - most} more.` : '';
  const who = list([...new Set(dismissed.map(({ dismissal }) => code(dismissal.by)))]);
  return `**Ignored on this pull request** by ${who}; not counted above\n\n${rows.join('\n')}${rest}`;
}
