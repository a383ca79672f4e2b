import { afterEach, expect, test } from 'vitest';
import { startStory } from './story.ts';
import type { Story } from './story.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

test('the base is the merge base, not the tip of the base branch', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '# old\n' } });
  const pull = await repository.openPullRequest({ files: { 'more.tf': '# bad wolf\n' } });
  const mergeBase = pull.baseSha;
  await repository.commit('main', { files: { 'main.tf': '# newer\n' } });
  await story.settle();

  expect(story.changes[0]?.base).toBe(mergeBase);
  expect(story.changes[0]?.before.get('main.tf')?.text).toBe('# old\n');
  expect(story.changes[0]?.after.get('main.tf')?.text).toBe('# old\n');
});

test('files that are binary, too large or links are named with the reason', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  await repository.openPullRequest({
    files: {
      'main.tf': '# fine\n',
      'binary.yaml': Buffer.from([1, 0, 2, 0]),
      'huge.json': `[${'1,\n'.repeat(400_000)}1]`,
      'link.tf': { mode: '120000', content: '/etc/passwd' },
    },
  });
  await story.settle();

  const [change] = story.changes;
  expect([...(change?.after.keys() ?? [])]).toEqual(['main.tf']);
  expect(new Map(change?.unread.map(({ path, why }) => [path, why]))).toEqual(
    new Map([
      ['link.tf', 'it is a link, a submodule, or not in the list of files that GitHub gives'],
      ['binary.yaml', 'it is not text'],
      ['huge.json', 'it is larger than 1 MB'],
    ]),
  );
});

test('texts come as they are: CRLF, no newline at the end, characters beyond ASCII, a byte order mark', async () => {
  story = await startStory();
  const texts = { 'a.tf': '# one\r\n# two\r\n', 'b.tf': '# no newline', 'c.tf': '# 模型 🚀\n', 'd.tf': '\uFEFF# mark\n' };
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  await repository.openPullRequest({ files: texts });
  await story.settle();

  for (const [path, text] of Object.entries(texts)) expect(story.changes[0]?.after.get(path)?.text).toBe(text);
});

test('more than a page of files is read whole', async () => {
  story = await startStory();
  const repository = await story.github.createRepository();
  const files = Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`k8s/f${String(i)}.yaml`, `a: ${String(i)}\n`]));
  await repository.openPullRequest({ files });
  await story.settle();

  expect(story.changes[0]?.files).toHaveLength(130);
  expect(story.changes[0]?.after.size).toBe(130);
  expect(story.changes[0]?.truncated).toBe(false);
});

test('a repository that GitHub does not list whole is walked along the changed directories', async () => {
  story = await startStory({ github: { limits: { treeEntries: 30 } } });
  const others = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`docs/d${String(i)}.md`, 'x\n']));
  const repository = await story.github.createRepository({
    files: { ...others, 'infra/prod/main.tf': '# a\n', 'infra/prod/other.tf': '# b\n', '.github/plumbline.yml': 'a: 1\n' },
  });
  await repository.openPullRequest({ files: { 'infra/prod/main.tf': '# a\n# bad wolf\n' } });
  await story.settle();

  expect([...(story.changes[0]?.after.keys() ?? [])].sort()).toEqual([
    '.github/plumbline.yml',
    'infra/prod/main.tf',
    'infra/prod/other.tf',
  ]);
});

test('a blob that was read before is not asked for again', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '# a\n', 'other.tf': '# b\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# a\n# c\n' } });
  await story.settle();
  const seen = story.github.requests.length;
  await pull.push({ files: { 'main.tf': '# a\n# d\n' } });
  await story.settle();

  const queries = story.github.requests.slice(seen).filter(({ path }) => path === 'graphql');
  expect(queries.map(({ body }) => body.split('GitObjectID').length - 1)).toEqual([1]);
});
