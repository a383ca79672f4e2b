import { afterEach, expect, test } from 'vitest';
import { settingsPath } from '../../../src/context.ts';
import { notebook, open, safe } from '../../config/reviewed.ts';
import type { Story, StoryOptions } from '../story.ts';
import { startReal } from './support.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

const rule = 'notebooks/direct-internet';

async function begin(options: StoryOptions = {}) {
  story = await startReal(options);
  const repository = await story.github.createRepository({ files: { 'lab.tf': notebook(safe), 'README.md': 'words\n' } });
  const open1 = await repository.openPullRequest({ files: { 'lab.tf': notebook(open) } });
  await story.settle();
  return { repository, pull: open1 };
}

const conclusions = (repository: { checkRuns: readonly { conclusion: string | null }[] }) =>
  repository.checkRuns.map(({ conclusion }) => conclusion);

test('policy change: when the settings change on the base branch, open pull requests are reviewed by what holds now', async () => {
  const { repository, pull } = await begin();
  expect(pull.checkPasses('Plumbline')).toBe(false);
  await repository.commit('main', { files: { [settingsPath]: 'fail-at: critical\n' } });
  await story.settle();
  expect(conclusions(repository)).toEqual(['failure', 'neutral']);
  expect(pull.checkPasses('Plumbline')).toBe(true);
  // Stricter again, although the pull request began at a commit that knows nothing of it.
  await repository.commit('main', { files: { [settingsPath]: 'fail-at: low\n' } });
  await story.settle();
  expect(pull.checkPasses('Plumbline')).toBe(false);
  expect(pull.reviewComments).toHaveLength(1);
  expect(pull.comments).toHaveLength(1);
  expect(story.github.refusedRequests().filter(({ status }) => status !== 404)).toEqual([]);
});

test('policy change: several pushes in a row are one; other pushes, other branches and what has nothing to review cost nothing', async () => {
  const { repository } = await begin({ waits: { settle: 200 } });
  await repository.openPullRequest({ files: { 'README.md': 'more words\n' } });
  await story.settle();
  const reviewed = story.changes.length;
  const checks = repository.checkRuns.length;
  await repository.commit('main', { files: { 'other.tf': '# other\n' } });
  await repository.commit('release', { files: { [settingsPath]: 'fail-at: low\n' } });
  await story.settle();
  expect([story.changes.length, repository.checkRuns.length]).toEqual([reviewed, checks]);
  await repository.commit('main', { files: { [settingsPath]: 'fail-at: low\n' } });
  await repository.commit('main', { files: { [settingsPath]: 'fail-at: critical\n' } });
  await story.settle();
  expect([story.changes.length, repository.checkRuns.length]).toEqual([reviewed + 1, checks + 1]);
});

test('policy change: a pull request can not loosen its own review', async () => {
  const { repository, pull } = await begin();
  await pull.push({ files: { [settingsPath]: 'rules:\n  "*": off\n' } });
  await story.settle();
  expect(pull.checkPasses('Plumbline')).toBe(false);
  expect(conclusions(repository)).toEqual(['failure', 'failure']);
});

const organisation = (text: string) => story.github.createRepository({ name: '.github', files: { 'plumbline.yml': text } });
const asksForIt = () => story.github.requests.filter(({ path }) => path.startsWith('repos/acme/.github/contents/'));

test('organisation: its settings are the base; a repository tightens them, and loosens nothing that is locked', async () => {
  story = await startReal();
  await organisation(`fail-at: critical\nrules:\n  ${rule}: low\nlocked:\n  - ${rule}\n`);
  const repository = await story.github.createRepository({
    files: { 'lab.tf': notebook(safe), [settingsPath]: `comment-at: low\nrules:\n  ${rule}: off\n` },
  });
  const pull = await repository.openPullRequest({ files: { 'lab.tf': notebook(open) } });
  await story.settle();
  expect(pull.reviewComments.map(({ body }) => body.split('\n')[0])).toEqual([expect.stringContaining('**Low: ')]);
  const summary = repository.checkRuns[0]?.summary;
  expect(summary).toContain(
    `- \`.github/plumbline.yml:2\` on the base branch: \`rules\` is locked by the organisation. \`${rule}\` would loosen it and does not count.`,
  );
});

test('organisation: it is asked for once a minute at most, and what is wrong in it is said in the check alone', async () => {
  story = await startReal();
  await organisation('fail-at: hihg\n');
  const repository = await story.github.createRepository({ files: { 'lab.tf': notebook(safe) } });
  const pull = await repository.openPullRequest({ files: { 'lab.tf': notebook(open) } });
  await story.settle();
  await pull.push({ files: { 'lab.tf': `# safe again\n${notebook(safe)}` } });
  await story.settle();
  expect(asksForIt()).toHaveLength(1);
  expect(repository.checkRuns.at(-1)).toMatchObject({ conclusion: 'success', title: 'No new problems' });
  expect(repository.checkRuns.at(-1)?.summary).toContain("`acme/.github/plumbline.yml:1` (the organisation’s): `fail-at` can't be `hihg`.");
  expect(pull.comments.map(({ body }) => body).join('\n')).not.toContain('hihg');
});

test('organisation: settings that did not change are not sent again', async () => {
  const { pull, repository } = await begin();
  await repository.commit('main', { files: { [settingsPath]: 'fail-at: critical\n' } });
  await story.settle();
  await pull.push({ files: { 'README.md': 'x' } });
  await story.settle();
  const asked = story.github.requests.filter(({ path }) => path.includes('ml-platform/contents/'));
  expect(asked.map(({ status }) => status)).toEqual([200, 304]);
  expect(repository.checkRuns.at(-1)).toMatchObject({ conclusion: 'neutral' });
});

test.each([403, 404])('organisation: a repository .github that the App may not read (%i) says nothing', async (status) => {
  story = await startReal();
  await organisation('fail-at: never\n');
  story.github.fail({
    method: 'GET',
    path: /\/\.github\/contents\//,
    times: 9,
    fault: { is: 'refusal', status, message: 'Resource not accessible by integration' },
  });
  const repository = await story.github.createRepository({ files: { 'lab.tf': notebook(safe) } });
  await repository.openPullRequest({ files: { 'lab.tf': notebook(open) } });
  await story.settle();
  expect(repository.checkRuns).toMatchObject([{ conclusion: 'failure', title: '1 high' }]);
  expect(repository.checkRuns[0]?.summary).not.toContain('organisation');
});

test('organisation: when GitHub fails to give its settings the review waits, and is not done by looser ones', async () => {
  story = await startReal();
  await organisation('fail-at: low\nrules:\n  notebooks/*: low\n');
  story.github.fail({
    method: 'GET',
    path: /\/\.github\/contents\//,
    times: 4,
    fault: { is: 'refusal', status: 502, message: 'Bad Gateway' },
  });
  const repository = await story.github.createRepository({ files: { 'lab.tf': notebook(safe) } });
  await repository.openPullRequest({ files: { 'lab.tf': notebook(open) } });
  await story.settle();
  expect(repository.checkRuns).toMatchObject([{ conclusion: 'failure', title: '1 low' }]);
});

test('organisation: a pull request that breaks its settings is told so on the line', async () => {
  story = await startReal();
  const repository = await organisation('fail-at: low\n');
  const pull = await repository.openPullRequest({ files: { 'plumbline.yml': 'fail-at: low\nlocked:\n  - fail-on\n' } });
  await story.settle();
  expect(repository.checkRuns[0]).toMatchObject({ title: 'Settings have problems' });
  expect(repository.checkRuns[0]?.annotations).toMatchObject([{ path: 'plumbline.yml', startLine: 3 }]);
  expect(pull.reviewComments).toEqual([]);
});

test('merge queue: the group is judged by the settings of its base and the organisation’s', async () => {
  story = await startReal();
  await organisation('rules:\n  notebooks/*: low\n');
  const repository = await story.github.createRepository({ files: { 'lab.tf': notebook(safe), [settingsPath]: 'fail-at: low\n' } });
  const pull = await repository.openPullRequest({ files: { 'lab.tf': notebook(open) } });
  await story.settle();
  const group = await pull.enqueue();
  await story.settle();
  expect(repository.checkRuns.find(({ headSha }) => headSha === group)).toMatchObject({ conclusion: 'failure', title: '1 low' });
});
