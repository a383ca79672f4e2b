import { isOwn } from './identity.ts';
import { marker, markersIn } from './marker.ts';
import { readThreads } from './threads.ts';
import type { Conversation, Thread } from './threads.ts';

/** What the App itself has said on the pull request so far: the markers of its comments and of its reviews' texts. */
export interface Said {
  /** A comment on the finding stands, and does not say that it is fixed. */
  finding(key: string): boolean;
  summary(key: string): boolean;
  reviewed(what: string): boolean;
}

/** Reads all own threads and own reviews, every page. `known`: the threads, when they were read just now. */
export async function readSaid(conversation: Conversation, known?: readonly Thread[]): Promise<Said> {
  const { octokit, repo, number, identity } = conversation;
  const [threads, reviews] = await Promise.all([
    known ?? readThreads(conversation),
    octokit.paginate(octokit.rest.pulls.listReviews, { ...repo, pull_number: number, per_page: 100 }),
  ]);
  const standing = threads.filter((thread) => !thread.fixed);
  const inReviews = new Set(
    reviews.filter((review) => review.state !== 'PENDING' && isOwn(review, identity)).flatMap((review) => markersIn(review.body)),
  );
  return {
    finding: (key) => standing.some(({ markers }) => markers.has(marker('finding', key))),
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
