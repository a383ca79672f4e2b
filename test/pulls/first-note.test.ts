import { afterEach, expect, test } from 'vitest';
import { reviewMarkedLines, startStory } from './story.ts';
import type { Story } from './story.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

let older = 3;
async function begin() {
  older = 3;
  story = await startStory({ review: (change) => Promise.resolve({ ...reviewMarkedLines(change), older }) });
  return story.github.createRepository({ files: { 'main.tf': '# one\n' } });
}
const words =
  '3 older findings stand in the files that were read for this review. Plumbline is silent about what was there before a pull request; `npx plumbline scan` lists it.';
/** Questions about the comments of the whole repository. */
const asked = () => story.github.requests.filter(({ method, path }) => method === 'GET' && /\/issues\/comments(?:\?|$)/.test(path));

test('adoption: the first note in a repository says how much was wrong before and how to see it, and keeps saying so', async () => {
  const repository = await begin();
  const quiet = await repository.openPullRequest({ files: { 'main.tf': '# one\n# two\n' } });
  await story.settle();
  expect([quiet.comments, asked()]).toEqual([[], []]);

  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  expect(pull.comments).toHaveLength(1);
  expect(pull.comments[0]?.body).toContain(words);
  expect(asked()).toHaveLength(1);

  older = 2;
  await pull.push({ files: { 'main.tf': '# bad wolf\n# bad bear\n' } });
  await story.settle();
  expect(pull.comments[0]?.body).toContain('2 older findings stand');
  older = 0;
  await pull.push({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  expect(pull.comments[0]?.body).not.toContain('older');
  expect(asked()).toHaveLength(1);
});

test('adoption: later pull requests do not say it again', async () => {
  const repository = await begin();
  const first = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  const second = await repository.openPullRequest({ files: { 'other.tf': '# bad bear\n' } });
  await story.settle();
  await second.push({ files: { 'other.tf': '# bad bear\n# bad fox\n' } });
  await story.settle();

  expect(first.comments[0]?.body).toContain(words);
  expect(second.comments).toHaveLength(1);
  expect(second.comments[0]?.body).not.toContain('older');
  expect(asked()).toHaveLength(2);
});

test('adoption: a repository without old problems is not asked about', async () => {
  const repository = await begin();
  older = 0;
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  expect(pull.comments[0]?.body).not.toContain('older');
  expect(asked()).toEqual([]);
});

test('adoption: people’s comments do not make Plumbline known', async () => {
  const repository = await begin();
  const talk = await repository.openPullRequest({ files: { 'README.md': 'Hello\n' } });
  talk.comment('Plumbline should look at this soon.');
  await story.settle();
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  expect(pull.comments[0]?.body).toContain(words);
});

test('adoption: when GitHub does not tell, nothing is said of it', async () => {
  const repository = await begin();
  story.github.fail({
    method: 'GET',
    path: /\/issues\/comments(?:\?|$)/,
    times: 1,
    fault: { is: 'refusal', status: 403, message: 'Resource not accessible by integration' },
  });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  expect(pull.comments[0]?.body).not.toContain('older');
  expect(repository.checkRuns.at(-1)).toMatchObject({ status: 'completed', conclusion: 'failure' });
});
