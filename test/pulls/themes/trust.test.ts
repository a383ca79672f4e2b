import { afterEach, expect, test } from 'vitest';
import { notebook, open, safe } from '../../config/reviewed.ts';
import { startStory, writes } from '../story.ts';
import type { Story } from '../story.ts';
import { userOf } from '../../support/github/users.ts';
import { startReal } from './support.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

test('forks: a pull request from one is reviewed, commented and checked like any other', async () => {
  story = await startReal();
  const repository = await story.github.createRepository({ files: { 'lab.tf': notebook(safe) } });
  const pull = await repository.openPullRequest({ fork: 'hubot', files: { 'lab.tf': notebook(open) } });
  await story.settle();
  expect(pull.reviewComments).toHaveLength(1);
  expect(pull.checkPasses('Plumbline')).toBe(false);
  await pull.push({ files: { 'lab.tf': `# safe\n${notebook(safe)}` } });
  await story.settle();
  expect(pull.checkPasses('Plumbline')).toBe(true);
  expect(pull.reviewComments[0]?.minimized).toBe('resolved');
  expect(story.github.refusedRequests()).toEqual([]);
});

test('bots: what a bot opens is reviewed, and what it says is not taken for a command', async () => {
  story = await startStory();
  userOf(story.github.state, 'renovate[bot]', 'Bot');
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' }, collaborators: { 'renovate[bot]': 'write' } });
  const pull = await repository.openPullRequest({ author: 'renovate[bot]', files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  expect(pull.reviewComments).toHaveLength(1);
  const since = story.github.requests.length;
  await pull.reply(pull.reviewComments[0]?.id ?? 0, '/plumbline ignore I am only a bot', 'renovate[bot]');
  await story.settle();
  expect(writes(story.github, since)).toEqual([]);
});

test('rate limit: a secondary limit is waited for as long as GitHub says, and everything is said once', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  story.github.fail({ method: 'POST', path: /\/reviews$/, fault: { is: 'secondary limit', retryAfter: 1 } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  const started = Date.now();
  await story.settle();
  expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
  expect([pull.reviews.length, pull.reviewComments.length]).toEqual([1, 1]);
  expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});

test('rate limit: one that lasts longer puts the job back, and nothing of it is lost or said twice', async () => {
  story = await startStory({ waits: { again: 5 } });
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  story.github.fail({ method: 'POST', path: /issues\/\d+\/comments$/, fault: { is: 'secondary limit', retryAfter: 600 } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  expect([pull.reviews.length, pull.reviewComments.length, pull.comments.length]).toEqual([1, 1, 1]);
  expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});

test('stale check: a merge group gets its own check, so that a queue never waits for one', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'README.md': 'words\n' } });
  await story.settle();
  const group = await pull.enqueue();
  await story.settle();
  expect(repository.checkRuns.filter(({ headSha }) => headSha === group)).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
});

test('merge queue: a group that holds a new problem is held, with no comment of its own', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  const since = story.github.requests.length;
  await pull.enqueue();
  await story.settle();
  expect(writes(story.github, since)).toEqual(['POST check-runs: in_progress', 'PATCH check-runs/ID: failure']);
});

test('secrets: a value that looks like one is named by its place, and is nowhere in what is written or logged', async () => {
  story = await startReal({ logLevel: 'trace' });
  const secret = 'hf_QmVyYnJlYWtpbmdOZXdzRm9yVGVzdHM1';
  const password = 'correct-horse-battery-9';
  const pod = `apiVersion: v1
kind: Pod
metadata:
  name: llm
spec:
  containers:
    - name: server
      image: vllm/vllm-openai:v0.26.0
      args: ["--model=/models/chat", "--revision=x"]
      env:
        - name: HF_TOKEN
          value: ${secret}
        - name: DB_PASSWORD
          value: ${password}
`;
  const repository = await story.github.createRepository({ files: { 'pod.yaml': pod.replace(secret, '""').replace(password, '""') } });
  const pull = await repository.openPullRequest({ files: { 'pod.yaml': pod } });
  await story.settle();
  expect(pull.reviewComments.map(({ line }) => line).toSorted()).toEqual([12, 14]);
  for (const value of [secret, password, 'QmVyYnJl', 'battery']) {
    expect(story.github.written()).not.toContain(value);
    expect(story.log()).not.toContain(value);
  }
});
