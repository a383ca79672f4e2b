import { afterEach, expect, test } from 'vitest';
import { reviewMarkedLines, startStory } from './story.ts';
import type { Story } from './story.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

test('a redelivered webhook posts nothing and reviews nothing', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  const written = story.github.requests.filter(({ method }) => method !== 'GET').length;
  await story.github.redeliver(story.github.webhooks[0]);
  await story.app.idle();

  expect(story.github.requests.filter(({ method }) => method !== 'GET')).toHaveLength(written);
  expect(story.changes).toHaveLength(1);
  expect(pull.reviewComments).toHaveLength(1);
});

test('a second push posts only what is new and edits the note in place', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  const [note] = pull.comments;
  const before = note?.body;
  await pull.push({ files: { 'main.tf': '# bad wolf\n# bad bear\n' } });
  await story.settle();

  expect(pull.reviewComments.map(({ body }) => /(\w+) is bad/.exec(body)?.[1])).toEqual(['wolf', 'bear']);
  expect(pull.reviews).toHaveLength(2);
  expect(pull.comments).toHaveLength(1);
  expect(pull.comments[0]?.body).not.toBe(before);
  expect(repository.checkRuns.map(({ headSha, conclusion }) => ({ headSha, conclusion }))[1]).toEqual({
    headSha: pull.headSha,
    conclusion: 'failure',
  });
});

test('a push that brings nothing new posts no review, also when the lines moved', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  await pull.forcePush({ files: { 'main.tf': '# one\n# two\n# bad wolf\n' } });
  await story.settle();

  expect(pull.reviews).toHaveLength(1);
  expect(pull.reviewComments).toHaveLength(1);
});

test("someone else's comment with a copied marker does not silence a finding", async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const first = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  const copied = first.reviewComments[0]?.body ?? '';
  const note = first.comments[0]?.body ?? '';
  const second = await repository.openPullRequest({ files: { 'main.tf': '# hello\n' } });
  await story.settle();
  second.comment(`${note}\n${copied}`);
  await second.push({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();

  expect(second.reviewComments).toHaveLength(1);
  expect(second.comments.filter(({ author }) => author.type === 'Bot')).toHaveLength(1);
  expect(second.comments[0]?.body).toBe(`${note}\n${copied}`);
});

test('a new base brings a new review; a new title does not', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const stable = await repository.commit('release', { files: { 'main.tf': '# bad wolf\n' } });
  repository.record.branches.set('stable', stable);
  await repository.git.setRef('refs/heads/stable', stable);
  const pull = await repository.openPullRequest({ branch: 'release', files: { 'more.tf': '# bad bear\n' } });
  await story.settle();
  expect(pull.reviewComments).toHaveLength(2);
  await pull.retitle('Another title');
  await story.settle();
  expect(story.changes).toHaveLength(1);
  await pull.retarget('stable');
  await story.settle();

  expect(story.changes).toHaveLength(2);
  expect(story.changes[1]?.base).toBe(stable);
  expect(story.changes[1]?.files.map(({ path }) => path)).toEqual(['more.tf']);
});

test('the button of the check reviews again and creates a new check', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ fork: 'hubot', files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  const [run] = repository.checkRuns;
  if (run === undefined) throw new Error('there is a check');
  repository.rerequestCheckRun(run);
  await story.settle();
  expect(story.changes).toHaveLength(2);
  expect(repository.checkRuns).toHaveLength(2);

  await repository.rerequestCheckSuite(pull.headSha);
  await story.settle();
  expect(story.changes).toHaveLength(3);
  expect(repository.checkRuns.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  expect(pull.reviewComments).toHaveLength(1);
  expect(pull.reviews).toHaveLength(1);
});

test('a review that is asked for again while it runs says that it began anew, not that there is a newer commit', async () => {
  let reviews = 0;
  story = await startStory({
    review: (change) => (++reviews === 1 ? new Promise(() => undefined) : Promise.resolve(reviewMarkedLines(change))),
  });
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.github.deliver();
  await expect.poll(() => reviews, { timeout: 10_000 }).toBe(1);
  const [run] = repository.checkRuns;
  if (run === undefined) throw new Error('there is a check');
  repository.rerequestCheckRun(run);
  await story.settle();

  expect(repository.checkRuns.map(({ title, conclusion, headSha }) => [title, conclusion, headSha])).toEqual([
    ['Superseded by a newer review', 'neutral', pull.headSha],
    ['1 high', 'failure', pull.headSha],
  ]);
});

test('a re-requested suite without a check of ours finds its pull request by the commit', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ fork: 'hubot', files: { 'main.tf': '# bad wolf\n' } });
  story.github.webhooks.forEach((event) => event.attempts.push({ id: 0, at: '', status: 0, body: 'lost', redelivery: false, seconds: 0 }));
  await repository.rerequestCheckSuite(pull.headSha);
  await story.settle();

  expect(pull.reviewComments).toHaveLength(1);
});

test('a merge group gets a check on its head and no comments', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  const group = await pull.enqueue();
  await story.settle();

  const run = repository.checkRuns.find(({ headSha }) => headSha === group);
  expect(run).toMatchObject({ name: 'Plumbline', status: 'completed', conclusion: 'failure' });
  expect(pull.reviews).toHaveLength(1);
  expect(pull.comments).toHaveLength(1);
});
