import type { Change } from '../change.ts';
import { keys } from '../config/settings.ts';
import type { Review } from '../report/review.ts';

/** The review of a change that touches nothing Plumbline reads; undefined when there is something to review. Most pull requests are such. */
export function emptyReview(change: Change): Review | undefined {
  if (change.before.size > 0 || change.after.size > 0 || change.unread.length > 0 || change.truncated) return undefined;
  return {
    base: change.base,
    head: change.head,
    verdict: 'pass',
    comments: [],
    quiet: [],
    suppressions: [],
    older: 0,
    settings: [],
    posting: {
      failAt: keys.failAt.otherwise,
      limit: keys.commentLimit.otherwise,
      drafts: keys.drafts.otherwise,
      applyFixes: keys.applyFixes.otherwise,
    },
    notes: [],
    impact: { resources: [], environments: [] },
    differences: [],
    unread: [],
    reviewedFiles: 0,
  };
}
