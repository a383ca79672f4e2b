import { expect, test } from 'vitest';
import { emptyReview, reviewMarkedLines, startStory } from './story.ts';

const never = () => new Promise<never>(() => undefined);

test('on stopping, running reviews may end within their limit', async () => {
  let finish: (() => void) | undefined;
  const story = await startStory({
    stopLimitMs: 5000,
    review: async (change) => {
      await new Promise<void>((resolve) => (finish = resolve));
      return reviewMarkedLines(change);
    },
  });
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.github.deliver();
  await expect.poll(() => finish, { timeout: 10_000 }).toBeDefined();
  const stopped = story.app.stop();
  finish?.();
  await stopped;

  expect(pull.reviewComments).toHaveLength(1);
  expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  await story.github.close();
});

test('reviews that take longer are given up, and those that wait are not begun: both checks say so and hold the merge', async () => {
  const story = await startStory({ stopLimitMs: 50, parallel: 1, review: never });
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.github.deliver();
  await expect.poll(() => story.changes, { timeout: 10_000 }).toHaveLength(1);
  const second = await repository.openPullRequest({ files: { 'main.tf': '# bad bear\n' } });
  await story.github.deliver();
  await story.app.stop();

  expect(repository.checkRuns).toHaveLength(2);
  for (const run of repository.checkRuns) {
    expect(run).toMatchObject({ status: 'completed', conclusion: 'cancelled', title: 'Not reviewed: Plumbline was stopped' });
    expect(run.summary).toContain('Re-run this check');
  }
  expect(repository.checkRuns.map(({ headSha }) => headSha)).toContain(second.headSha);
  await story.github.close();
});

test('while it stops it is not ready, takes no webhooks, and is alive', async () => {
  let finish: (() => void) | undefined;
  const story = await startStory({
    review: async (change) => {
      await new Promise<void>((resolve) => (finish = resolve));
      return emptyReview(change);
    },
  });
  const at = `http://127.0.0.1:${String(story.app.port)}`;
  expect((await fetch(`${at}/healthz`)).status).toBe(200);
  expect((await fetch(`${at}/readyz`)).status).toBe(200);
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  await repository.openPullRequest({ files: { 'main.tf': '# fine\n' } });
  await story.github.deliver();
  await expect.poll(() => finish, { timeout: 10_000 }).toBeDefined();
  const stopped = story.app.stop();

  expect((await fetch(`${at}/healthz`)).status).toBe(200);
  expect((await fetch(`${at}/readyz`)).status).toBe(503);
  expect((await story.github.redeliver(story.github.webhooks[0])).status).toBe(503);
  finish?.();
  await stopped;
  await expect(fetch(`${at}/healthz`)).rejects.toThrow();
  await story.github.close();
});
