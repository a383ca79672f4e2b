import { afterEach, expect, test } from 'vitest';
import { reviewMarkedLines, startStory, writes } from './story.ts';
import type { Story, StoryOptions } from './story.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

const wolf = '# one\n# bad wolf\n# three\n';

async function begin(options: StoryOptions = {}) {
  story = await startStory(options);
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

test('duplicate on push: a finding that still holds is not said again', async () => {
  const { pull } = await begin();
  const written = conversation();
  await pull.push({ files: { 'main.tf': `# above\n${wolf}` } });
  await story.settle();
  await pull.push({ files: { 'README.md': 'words' } });
  await story.settle();
  expect(written()).toEqual([]);
});

test('duplicate on rebase: onto a newer base, with the line somewhere else, the finding keeps its thread', async () => {
  const { repository, pull } = await begin();
  const onto = await repository.commit('main', { files: { 'other.tf': '# other\n' } });
  const written = conversation();
  await pull.forcePush({ onto, files: { 'main.tf': `# a\n# b\n# c\n${wolf}` } });
  await story.settle();
  expect(story.changes.at(-1)?.base).toBe(onto);
  expect(written()).toEqual([]);
});

test('duplicate after a reply: what people say in the thread changes nothing, and stays', async () => {
  const { pull, said } = await begin();
  await pull.reply(said.id, 'Is that so bad?');
  const written = conversation();
  await pull.push({ files: { 'main.tf': `# above\n${wolf}` } });
  await story.settle();
  expect(written()).toEqual([]);
  expect(pull.reviewComments.map(({ body }) => body)).toEqual([said.body, 'Is that so bad?']);
});

test('not marked fixed: the comment says in which commit it was fixed, is folded and minimised, and replies stay', async () => {
  const { pull, said } = await begin();
  await pull.reply(said.id, 'I will see to it.');
  const written = conversation();
  await pull.push({ files: { 'main.tf': '# one\n# good wolf\n# three\n' } });
  await story.settle();

  expect(written()).toEqual(['minimizeComment', `PATCH pulls/comments/ID: Fixed in ${pull.headSha.slice(0, 7)}`]);
  expect(said.body).toMatch(/^\*\*Fixed in [0-9a-f]{7}\.\*\*\n\n<details><summary>What it said<\/summary>[^]*wolf is bad[^]*<\/details>/);
  expect(said).toMatchObject({ minimized: 'resolved', thread: { resolvedBy: null } });
  expect(pull.reviewComments.at(-1)?.body).toBe('I will see to it.');
  expect(story.github.refusedRequests()).toEqual([]);

  const again = conversation();
  await pull.push({ files: { 'README.md': 'words' } });
  await story.settle();
  expect(again()).toEqual([]);
});

test('not marked fixed: with contents: write the thread is resolved as well, and opened again when the problem is back', async () => {
  const permissions = { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write' } as const;
  const { pull, said } = await begin({ github: { permissions } });
  await pull.push({ files: { 'main.tf': '# one\n' } });
  await story.settle();
  expect(said.thread.resolvedBy?.login).toBe('plumbline[bot]');
  const written = conversation();
  await pull.push({ files: { 'main.tf': wolf } });
  await story.settle();
  expect(written()).toEqual(['unminimizeComment', 'unresolveReviewThread', 'PATCH pulls/comments/ID: Problem wolf']);
  expect(said).toMatchObject({ minimized: null, thread: { resolvedBy: null } });
});

test('marked fixed wrongly: what could not be read this time is not called fixed', async () => {
  let unread = false;
  const { pull, said } = await begin({
    review: (change) => {
      const review = reviewMarkedLines(change);
      const unreadable = {
        ...review,
        comments: [],
        verdict: 'pass' as const,
        unread: [{ path: 'vars.tf', why: 'it is larger than 1 MB' }],
      };
      return Promise.resolve(unread ? unreadable : review);
    },
  });
  unread = true;
  await pull.push({ files: { 'main.tf': `# above\n${wolf}` } });
  await story.settle();
  expect(said.body).not.toContain('Fixed');
  expect(said.minimized).toBeNull();
});

test('marked fixed wrongly: a new base that has the problem too did not fix it', async () => {
  const { repository, pull, said } = await begin();
  const stable = await repository.commit('release', { files: { 'main.tf': wolf } });
  repository.record.branches.set('stable', stable);
  await repository.git.setRef('refs/heads/stable', stable);
  await pull.retarget('stable');
  await pull.forcePush({ onto: stable, files: { 'more.tf': '# more\n' } });
  await story.settle();
  expect(said.body).toContain('**No longer introduced by this pull request as of');
});

test('rename: a finding whose file moved stays in its thread, which says where it is now', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '# one\n' } });
  const pull = await repository.openPullRequest({ files: { 'old.tf': wolf } });
  await story.settle();
  const written = conversation();
  await pull.push({ moves: { 'old.tf': 'new.tf' } });
  await story.settle();
  expect(written()).toEqual(['PATCH pulls/comments/ID: This moved']);
  expect(pull.reviewComments[0]?.body).toContain('now at `new.tf:2`');
  await pull.push({ files: { 'README.md': 'words' } });
  await story.settle();
  expect(pull.reviewComments).toHaveLength(1);
});

test('one failing edit loses all: an old comment that can not be edited does not fail the review', async () => {
  const { repository, pull } = await begin();
  story.github.fail({ method: 'PATCH', path: /pulls\/comments/, fault: { is: 'refusal', status: 404, message: 'Not Found' } });
  await pull.push({ files: { 'main.tf': '# one\n# bad bear\n' } });
  await story.settle();
  expect(pull.reviewComments.at(-1)?.body).toContain('bear is bad');
  expect(repository.checkRuns.at(-1)).toMatchObject({ status: 'completed', conclusion: 'failure' });
});

test('stale check: each push has its own check, and the newest head decides', async () => {
  const { repository, pull } = await begin();
  const first = pull.headSha;
  expect(pull.checkPasses('Plumbline')).toBe(false);
  await pull.push({ files: { 'main.tf': '# one\n' } });
  await story.settle();
  expect(pull.checkPasses('Plumbline')).toBe(true);
  await pull.forcePush({ files: { 'main.tf': wolf } });
  await story.settle();
  expect(pull.checkPasses('Plumbline')).toBe(false);
  expect(repository.checkRuns.filter(({ headSha }) => headSha === first)).toHaveLength(1);
  expect(repository.checkRuns.every(({ status }) => status === 'completed')).toBe(true);
});

test('comment spam: a draft gets its check only; old comments are kept true, new ones wait until it is ready', async () => {
  const { repository, pull, said } = await begin();
  await pull.markDraft();
  const written = conversation();
  await pull.push({ files: { 'main.tf': '# one\n# bad bear\n' } });
  await story.settle();
  expect(written()).toEqual(['minimizeComment', `PATCH pulls/comments/ID: Fixed in ${pull.headSha.slice(0, 7)}`]);
  expect(said.minimized).toBe('resolved');
  expect(repository.checkRuns.at(-1)).toMatchObject({ conclusion: 'failure' });
  const ready = conversation();
  await pull.markReady();
  await story.settle();
  expect(ready()).toEqual(['POST pulls/1/reviews: Problem bear']);
  await story.github.redeliver(story.github.webhooks.at(-1));
  await story.app.idle();
  expect(ready()).toEqual(['POST pulls/1/reviews: Problem bear']);
});
