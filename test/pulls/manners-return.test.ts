import { afterEach, expect, test } from 'vitest';
import { startStory, writes } from './story.ts';
import type { Story } from './story.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

const wolf = '# one\n# bad wolf\n# three\n';

async function begin() {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '# one\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': wolf } });
  await story.settle();
  const [said] = pull.reviewComments;
  if (said === undefined) throw new Error('the wolf is said');
  return { repository, pull, said };
}

/** All that is written from now on, without the check and the note that every push has. */
function conversation(): () => string[] {
  const since = story.github.requests.length;
  return () =>
    writes(story.github, since).filter((write) => !write.startsWith('POST check-runs') && !/^PATCH (check-runs|issues)/.test(write));
}

test('re-raise: a revert brings the comment back where it was, with what was said below it', async () => {
  const { pull, said } = await begin();
  await pull.reply(said.id, 'Fixing it.');
  await pull.push({ files: { 'main.tf': '# one\n' } });
  await story.settle();
  const written = conversation();
  await pull.push({ files: { 'main.tf': wolf } });
  await story.settle();

  expect(written()).toEqual(['unminimizeComment', 'PATCH pulls/comments/ID: Problem wolf']);
  expect(said.minimized).toBeNull();
  expect(pull.reviewComments).toHaveLength(2);
});

test('re-raise: a problem that comes back where its thread is no longer shown is said anew, once', async () => {
  const { pull } = await begin();
  await pull.push({ files: { 'main.tf': '# one\n' } });
  await story.settle();
  const written = conversation();
  await pull.push({ files: { 'main.tf': '# quite\n# another\n# text\n# with a bad wolf\n' } });
  await story.settle();
  expect(written()).toEqual(['POST pulls/1/reviews: Problem wolf']);
  await pull.push({ files: { 'README.md': 'words' } });
  await story.settle();
  expect(pull.reviewComments).toHaveLength(2);
});

test('re-raise: a thread that a person resolved is not raised again, not even after fix and revert; the check still holds', async () => {
  const { repository, pull, said } = await begin();
  pull.resolve(said.id);
  const written = conversation();
  await pull.push({ files: { 'main.tf': `# above\n${wolf}` } });
  await story.settle();
  expect(written()).toEqual([]);
  await pull.push({ files: { 'main.tf': '# one\n' } });
  await story.settle();
  await pull.push({ files: { 'main.tf': '# quite\n# another\n# text\n# with a bad wolf\n' } });
  await story.settle();

  expect(pull.reviewComments).toHaveLength(1);
  expect(said).toMatchObject({ thread: { resolvedBy: { login: 'octocat' } }, minimized: 'resolved' });
  expect(said.body).toContain('wolf is bad');
  expect(repository.checkRuns.at(-1)).toMatchObject({ conclusion: 'failure', headSha: pull.headSha });
});
