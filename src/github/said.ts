import { isOwn } from './identity.ts';
import type { Identity, Written } from './identity.ts';
import { marker, markersIn } from './marker.ts';
import type { Octokit, Repo } from './octokit.ts';

/** The pull request that is spoken on, and as whom. */
export interface Conversation {
  readonly octokit: Octokit;
  readonly repo: Repo;
  readonly number: number;
  /** The commit whose diff was reviewed. */
  readonly head: string;
  readonly identity: Identity;
}

/** What the App itself has said on the pull request so far: the markers of its comments and of its reviews' texts. */
export interface Said {
  finding(key: string): boolean;
  summary(key: string): boolean;
  reviewed(what: string): boolean;
}

/** Reads all own review comments and own reviews, every page. Others' comments don't count, whatever marker they carry. */
export async function readSaid({ octokit, repo, number, identity }: Conversation): Promise<Said> {
  const [comments, reviews] = await Promise.all([
    octokit.paginate(octokit.rest.pulls.listReviewComments, { ...repo, pull_number: number, per_page: 100 }),
    octokit.paginate(octokit.rest.pulls.listReviews, { ...repo, pull_number: number, per_page: 100 }),
  ]);
  const own = (written: readonly (Written & { readonly body?: string | null })[]): Set<string> =>
    new Set(written.filter((one) => isOwn(one, identity)).flatMap((one) => markersIn(one.body)));
  const inComments = own(comments);
  const inReviews = own(reviews.filter((review) => review.state !== 'PENDING'));
  return {
    finding: (key) => inComments.has(marker('finding', key)),
    summary: (key) => inReviews.has(marker('summary', key)),
    reviewed: (what) => inReviews.has(marker('reviewed', what)),
  };
}

/** Deletes own reviews that were never submitted: while one exists GitHub takes no other. */
export async function deletePendingReviews({ octokit, repo, number, identity }: Conversation): Promise<void> {
  const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, { ...repo, pull_number: number, per_page: 100 });
  for (const review of reviews) {
    if (review.state !== 'PENDING' || !isOwn(review, identity)) continue;
    await octokit.rest.pulls.deletePendingReview({ ...repo, pull_number: number, review_id: review.id });
  }
}
