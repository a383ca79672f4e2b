import { afterEach, expect, test } from 'vitest';
import { startStory } from './story.ts';
import type { Story } from './story.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

const onlyCheck = (repository: {
  checkRuns: readonly { status: string; conclusion: string | null; title: string | null; summary: string | null }[];
}) => {
  expect(repository.checkRuns).toHaveLength(1);
  return repository.checkRuns[0];
};

test('a pull request gets a check, one review with the comment on its line, and a note', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '# nothing\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# nothing\n# bad wolf\n' } });
  await story.settle();

  expect(pull.reviews.map(({ state, commitId }) => ({ state, commitId }))).toEqual([{ state: 'COMMENTED', commitId: pull.headSha }]);
  expect(pull.reviews[0]?.body).not.toBe('');
  expect(pull.reviewComments.map(({ path, line, side, startLine }) => ({ path, line, side, startLine }))).toEqual([
    { path: 'main.tf', line: 2, side: 'RIGHT', startLine: null },
  ]);
  expect(pull.reviewComments[0]?.body).toContain('wolf is bad');
  expect(pull.comments).toHaveLength(1);
  const check = onlyCheck(repository);
  expect(check).toMatchObject({ name: 'Plumbline', status: 'completed', conclusion: 'failure', externalId: '1', headSha: pull.headSha });
  expect(check?.summary).toMatch(/Reviewed in \d+\.\d s\./);
  expect(story.github.refusedRequests()).toEqual([]);
});

test('a pull request that touches nothing relevant gets a check that says so, and nothing else', async () => {
  story = await startStory();
  const repository = await story.github.createRepository();
  const pull = await repository.openPullRequest({ files: { 'src/app.py': 'bad = 1\n', 'logo.png': Buffer.from([0, 1, 2]) } });
  await story.settle();

  expect(onlyCheck(repository)).toMatchObject({ status: 'completed', conclusion: 'success', title: 'Nothing to review' });
  expect(pull.reviews).toEqual([]);
  expect(pull.comments).toEqual([]);
  expect(story.github.requests.some(({ path }) => path === 'graphql' || path.includes('/git/'))).toBe(false);
});

test('a pull request from a fork is reviewed as any other', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ fork: 'hubot', files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();

  expect(pull.reviewComments).toHaveLength(1);
  expect(onlyCheck(repository)).toMatchObject({ conclusion: 'failure', headSha: pull.headSha });
});

test('a renamed file is read under both names', async () => {
  story = await startStory();
  const text = Array.from({ length: 30 }, (_, i) => `# line ${String(i)}\n`).join('');
  const repository = await story.github.createRepository({ files: { 'old.tf': `${text}# bad wolf\n` } });
  const pull = await repository.openPullRequest({ moves: { 'old.tf': 'new.tf' } });
  await story.settle();

  expect(story.changes[0]?.files).toMatchObject([{ path: 'new.tf', previousPath: 'old.tf', status: 'renamed' }]);
  expect(story.changes[0]?.before.has('old.tf')).toBe(true);
  expect(pull.reviewComments).toEqual([]);
  expect(onlyCheck(repository)).toMatchObject({ conclusion: 'success' });
});

test('a draft gets its check; its comments come when it is ready', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ draft: true, files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  expect(onlyCheck(repository)).toMatchObject({ conclusion: 'failure' });
  expect(onlyCheck(repository)?.summary).toContain('This pull request is a draft.');
  expect([pull.reviews, pull.reviewComments, pull.comments]).toEqual([[], [], []]);
  await pull.markReady();
  await story.settle();

  expect(pull.reviews).toHaveLength(1);
  expect(pull.reviewComments).toHaveLength(1);
  expect(repository.checkRuns).toHaveLength(2);
  expect(repository.checkRuns.at(-1)).toMatchObject({ conclusion: 'failure' });
});

test('a pull request that was closed meanwhile is left alone', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await pull.close();
  await story.settle();

  expect(pull.reviews).toEqual([]);
  expect(repository.checkRuns).toEqual([]);
});

test('what is read before anything is published takes at most 15 calls for 30 Terraform files', async () => {
  story = await startStory();
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`modules/m${String(i % 5)}/f${String(i)}.tf`, `# file ${String(i)}\n`]),
  );
  const root = {
    'prod/main.tf': 'module "m0" {\n  source = "../modules/m0"\n}\n',
    'prod/terraform.tfvars': 'a = 1\n',
    'other/main.tf': '# other\n',
  };
  const repository = await story.github.createRepository({ files: { ...files, ...root } });
  const changed = Object.fromEntries(Object.entries(files).map(([path, text], i) => [path, `${text}# bad b${String(i)}\n`]));
  await repository.openPullRequest({ files: changed });
  await story.settle();

  const before = story.github.requestsBeforePublishing();
  expect(before.length).toBeLessThanOrEqual(15);
  const [change] = story.changes;
  expect([...(change?.after.keys() ?? [])].sort()).toEqual([...Object.keys(files), 'prod/main.tf', 'prod/terraform.tfvars'].sort());
});
