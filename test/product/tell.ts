import { expect } from 'vitest';
import type { Change } from '../../src/change.ts';
import { loadRules } from '../../src/engine/load-rules.ts';
import type { Files } from '../../src/engine/rule.ts';
import type { Review } from '../../src/report/review.ts';
import { review } from '../../src/review.ts';
import { startStory, type Story } from '../pulls/story.ts';
import type { PullHandle, RepositoryHandle } from '../support/github/people.ts';

const rules = await loadRules();

/** A pull request as it went through the real App with the real rules: what GitHub holds at the end. */
export interface Told {
  readonly story: Story;
  readonly repository: RepositoryHandle;
  readonly pull: PullHandle;
  readonly reviews: readonly Review[];
  /** `rule path:line`, or `rule path` for a comment on the file, in the order of path and line. */
  readonly comments: readonly string[];
}

/**
 * Opens a pull request and lets the App review it. Whatever it suggests is then applied as GitHub's button would: the suggested-away findings
 * must be gone on the next push, nothing new may be said, and every file must still parse.
 */
export async function tell(
  before: Files,
  changes: Readonly<Record<string, string | null>>,
  options: { moves?: Readonly<Record<string, string>> } = {},
): Promise<Told> {
  const reviews: Review[] = [];
  const story = await startStory({
    review: async (change: Change) => {
      const result = await review(change, rules, '2026-01-01');
      reviews.push(result);
      return result;
    },
  });
  const repository = await story.github.createRepository({ files: before });
  const pull = await repository.openPullRequest({ files: { ...changes }, ...(options.moves && { moves: options.moves }) });
  await story.settle();
  const comments = pull.reviewComments
    .map(({ body, path, line }) => `${/`([\w-]+\/[\w-]+)`/.exec(body)?.[1] ?? '?'} ${path}${line === null ? '' : `:${line}`}`)
    .toSorted();
  return { story, repository, pull, reviews, comments };
}

/** Presses every "Commit suggestion" at once, lets the App review the push, and checks that it helped. */
export async function applyAll({ story, repository, pull, reviews }: Told): Promise<void> {
  const first = reviews.at(-1);
  const offered = pull.reviewComments.filter(({ body }) => /^`{3,}suggestion$/m.test(body));
  if (offered.length === 0 || !first) return;
  const mended = new Set(first.comments.filter(({ fix }) => fix.is === 'suggestion' || fix.is === 'with').map(({ key }) => key));
  const known = new Set(first.comments.map(({ key }) => key));
  await pull.applySuggestions(offered.map(({ id }) => id));
  await story.settle();
  if (reviews.length === 1) {
    // The suggestions brought the files back to what they were: nothing is left to review.
    expect(repository.checkRuns.at(-1)).toMatchObject({ headSha: pull.headSha, status: 'completed', conclusion: 'success' });
    return;
  }
  const second = reviews.at(-1);
  expect(second?.comments.filter(({ key }) => mended.has(key) || !known.has(key)).map(({ key }) => key)).toEqual([]);
  expect(second?.notes).toEqual(first.notes);
}

export async function end({ story }: Told): Promise<void> {
  try {
    story.github.assertNoUnknownRequests();
    expect(story.github.refusedRequests()).toEqual([]);
  } finally {
    await story.end();
  }
}
