import { expect, test } from 'vitest';
import { settingsPath } from '../../src/context.ts';
import { review } from '../../src/review.ts';
import { startStory, type Story } from '../pulls/story.ts';
import { notebook, open, rules, safe, today } from './reviewed.ts';

// The same settings through the App: read at the base commit through GitHub's API, honoured in what is posted.
const names = ['a', 'b', 'c', 'd'];
const files = (line: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [`${name}.tf`, notebook(line, name)]));

async function told(
  settings: string,
  draft: boolean,
  then: (story: Story, pull: Awaited<ReturnType<typeof opened>>) => void | Promise<void>,
): Promise<void> {
  const story = await startStory({ review: (change) => review(change, rules, today) });
  try {
    await then(story, await opened(story, settings, draft));
    story.github.assertNoUnknownRequests();
  } finally {
    await story.end();
  }
}

async function opened(story: Story, settings: string, draft: boolean) {
  const repository = await story.github.createRepository({ files: { ...files(safe), [settingsPath]: settings } });
  const pull = await repository.openPullRequest({ draft, files: { ...files(open), [settingsPath]: 'rules:\n  "*": off\n' } });
  await story.settle();
  return { repository, pull };
}

test('comment-limit: no more comments are placed, the rest stands in the review', async () => {
  await told('comment-limit: 2\n', false, (_, { pull }) => {
    expect(pull.reviewComments).toHaveLength(2);
    expect(pull.reviews[0]?.body).toContain('only 2 comments are placed in the diff');
  });
});

test('comment-at: nothing is placed, the check lists it and fails', async () => {
  await told('comment-at: critical\n', false, (_, { pull, repository }) => {
    expect(pull.reviewComments).toEqual([]);
    expect(repository.checkRuns[0]).toMatchObject({ conclusion: 'failure', title: '4 high' });
    expect(repository.checkRuns[0]?.summary).toContain('4 are only listed here, as the settings have it.');
  });
});

test('fail-at: the check does not fail', async () => {
  await told('fail-at: never\n', false, (_, { pull, repository }) => {
    expect(pull.reviewComments).toHaveLength(4);
    expect(repository.checkRuns[0]).toMatchObject({ conclusion: 'neutral' });
  });
});

test('drafts: wait keeps the comments until it is ready, comment does not', async () => {
  await told('', true, async (story, { pull, repository }) => {
    expect([pull.reviewComments.length, repository.checkRuns[0]?.conclusion]).toEqual([0, 'failure']);
    await pull.markReady();
    await story.settle();
    expect(pull.reviewComments).toHaveLength(4);
  });
  await told('drafts: comment\n', true, async (story, { pull, repository }) => {
    expect(pull.reviewComments).toHaveLength(4);
    await pull.markReady();
    await story.settle();
    expect([pull.reviewComments.length, repository.checkRuns.length]).toEqual([4, 1]);
  });
});
