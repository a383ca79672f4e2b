import { afterEach, expect, test } from 'vitest';
import { ReviewError } from '../../src/errors.ts';
import { emptyReview, finding, reviewMarkedLines, startStory } from './story.ts';
import type { Story, StoryOptions } from './story.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  await story.end();
});

async function begin(options: StoryOptions = {}) {
  story = await startStory(options);
  return story.github.createRepository({ files: { 'main.tf': '\n' } });
}

const names = (comments: readonly { body: string }[]): string[] => comments.map(({ body }) => /(\w+) is bad/.exec(body)?.[1] ?? '').sort();

test('a review that was posted although GitHub answered 502 is not posted again', async () => {
  const repository = await begin();
  story.github.fail({ method: 'POST', path: /\/reviews$/, fault: { is: 'bad gateway after success' } });
  story.github.fail({ method: 'POST', path: /issues\/\d+\/comments$/, fault: { is: 'bad gateway after success' } });
  story.github.fail({ method: 'POST', path: /check-runs$/, fault: { is: 'bad gateway after success' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n# bad bear\n' } });
  await story.settle();

  expect(pull.reviews).toHaveLength(1);
  expect(names(pull.reviewComments)).toEqual(['bear', 'wolf']);
  expect(pull.comments).toHaveLength(1);
  expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});

test('a review that was lost in a 502 is posted again', async () => {
  const repository = await begin();
  story.github.fail({ method: 'POST', path: /\/reviews$/, fault: { is: 'refusal', status: 502, message: 'Bad Gateway' } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();

  expect(pull.reviews).toHaveLength(1);
  expect(pull.reviewComments).toHaveLength(1);
});

test('one comment on a line that is not in the diff becomes a comment on its file; the others stay where they are', async () => {
  story = await startStory();
  const text = Array.from({ length: 40 }, (_, i) => `# ${String(i)}\n`).join('');
  const repository = await story.github.createRepository({ files: { 'main.tf': text } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': `${text}# bad wolf\n# bad stray at 3\n# bad bear\n` } });
  await story.settle();

  expect(names(pull.reviewComments)).toEqual(['bear', 'stray', 'wolf']);
  expect(pull.reviewComments.filter(({ subject }) => subject === 'file').map(({ body }) => /(\w+) is bad/.exec(body)?.[1])).toEqual([
    'stray',
  ]);
  expect(pull.reviews.filter(({ body }) => body !== '')).toHaveLength(1);
  expect(repository.checkRuns[0]).toMatchObject({ conclusion: 'failure' });
});

test('a finding that can stand neither on a line nor on a file is in the summary', async () => {
  const repository = await begin({
    review: (change) =>
      Promise.resolve({
        ...emptyReview(change),
        verdict: 'block',
        comments: [
          finding('ghost', { is: 'lines', file: 'not/changed.tf', side: 'RIGHT', from: 1, to: 1 }),
          finding('wolf', { is: 'lines', file: 'main.tf', side: 'RIGHT', from: 1, to: 1 }),
        ],
      }),
  });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();

  expect(names(pull.reviewComments)).toEqual(['wolf']);
  expect(repository.checkRuns[0]?.summary).toContain('Problem ghost');
});

test('at most 25 comments are placed; the rest is in the summary, and stays there after a push', async () => {
  const repository = await begin();
  const lines = Array.from({ length: 30 }, (_, i) => `# bad b${String(i)}\n`).join('');
  const pull = await repository.openPullRequest({ files: { 'main.tf': lines } });
  await story.settle();
  expect(pull.reviewComments).toHaveLength(25);
  expect(pull.reviews).toHaveLength(1);
  expect(pull.reviews[0]?.body).toContain('Problem b29');
  expect(repository.checkRuns[0]?.summary).toContain('Problem b29');
  await pull.push({ files: { 'README.md': 'words' } });
  await story.settle();

  expect(pull.reviewComments).toHaveLength(25);
  expect(pull.reviews).toHaveLength(1);
});

test('comments on files come after the review and count among the 25', async () => {
  const repository = await begin();
  const lines = Array.from({ length: 24 }, (_, i) => `# bad b${String(i)}\n`).join('');
  const pull = await repository.openPullRequest({
    files: { 'main.tf': `${lines}# bad x1 in file\n# bad x2 in file\n# bad x3 in summary\n` },
  });
  await story.settle();

  expect(pull.reviewComments).toHaveLength(25);
  expect(pull.reviewComments.filter(({ subject }) => subject === 'file')).toHaveLength(1);
  expect(pull.reviewComments.at(-1)?.subject).toBe('file');
});

test('all annotations arrive, 50 in a request, also when one answer is lost', async () => {
  const repository = await begin();
  story.github.fail({ method: 'PATCH', path: /check-runs/, fault: { is: 'bad gateway after success' } });
  const lines = Array.from({ length: 120 }, (_, i) => `# bad b${String(i)}\n`).join('');
  await repository.openPullRequest({ files: { 'main.tf': lines } });
  await story.settle();

  const [check] = repository.checkRuns;
  expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(check?.annotations.map(({ path }) => path)).toEqual(Array.from({ length: 120 }, () => 'main.tf'));
});

test('a secondary rate limit is waited for', async () => {
  const repository = await begin();
  story.github.fail({ method: 'POST', path: /\/reviews$/, fault: { is: 'secondary limit', retryAfter: 1 } });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();

  expect(pull.reviewComments).toHaveLength(1);
  expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});

test('an own review that was never submitted is deleted, and the review is posted', async () => {
  const repository = await begin();
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  const created = await fetch(`${story.github.url}/api/v3/repos/acme/ml-platform/pulls/1/reviews`, {
    method: 'POST',
    headers: { authorization: `token ${story.github.token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ body: 'left over' }),
  });
  expect(created.status).toBe(200);
  expect(pull.reviews).toMatchObject([{ state: 'PENDING' }]);
  await story.settle();

  expect(pull.reviews).toMatchObject([{ state: 'COMMENTED' }]);
  expect(pull.reviewComments).toHaveLength(1);
});

test('a review that can not be made ends the check with what happened and what to do, without a stack trace', async () => {
  const repository = await begin({
    review: () => Promise.reject(new ReviewError('The reader ran out of memory.', 'Make main.tf smaller.')),
  });
  await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();

  expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure', title: 'The review did not finish' }]);
  expect(repository.checkRuns[0]?.summary).toContain('The reader ran out of memory.\n\nMake main.tf smaller.');
});

test('an unexpected error says nothing of itself on GitHub', async () => {
  const repository = await begin({ review: () => Promise.reject(new TypeError('secret-value is not a function')) });
  await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();

  expect(repository.checkRuns[0]?.summary).not.toContain('secret-value');
  expect(repository.checkRuns[0]?.summary).not.toMatch(/\bat .*\.ts/);
  expect(repository.checkRuns[0]).toMatchObject({ status: 'completed', conclusion: 'failure' });
});

test('a head that moved while it was reviewed is not commented on; the new one is reviewed', async () => {
  let push: (() => Promise<unknown>) | undefined;
  const repository = await begin({
    review: async (change) => {
      await push?.();
      push = undefined;
      return reviewMarkedLines(change);
    },
  });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  const first = pull.headSha;
  push = () => pull.push({ files: { 'main.tf': '# bad bear\n' } });
  const [opened] = story.github.webhooks;
  await story.github.send(opened);
  await story.app.idle();

  expect(names(pull.reviewComments)).toEqual(['bear']);
  const checks = new Map(repository.checkRuns.map((run) => [run.headSha, run]));
  expect(checks.get(first)).toMatchObject({ status: 'completed', conclusion: 'neutral', title: 'Superseded by a newer commit' });
  expect(checks.get(pull.headSha)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  await story.settle();
  expect(pull.reviewComments).toHaveLength(1);
});

test('a newer push ends the review of the older head', async () => {
  const reviewed: string[] = [];
  const repository = await begin({
    review: (change) => {
      if (reviewed.push(change.head) === 1) return new Promise(() => undefined);
      return Promise.resolve(reviewMarkedLines(change));
    },
  });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  const first = pull.headSha;
  await story.github.deliver();
  await expect.poll(() => reviewed, { timeout: 10_000 }).toHaveLength(1);
  await pull.push({ files: { 'main.tf': '# bad bear\n' } });
  await story.settle();

  expect(reviewed).toEqual([first, pull.headSha]);
  expect(names(pull.reviewComments)).toEqual(['bear']);
  expect(repository.checkRuns.map(({ headSha, status, conclusion }) => ({ headSha, status, conclusion }))).toEqual([
    { headSha: first, status: 'completed', conclusion: 'neutral' },
    { headSha: pull.headSha, status: 'completed', conclusion: 'failure' },
  ]);
});

test('an API that lags behind its webhook is asked again', async () => {
  const repository = await begin();
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  await pull.push({ files: { 'main.tf': '# bad wolf\n# bad bear\n' } });
  pull.lag(2);
  await story.settle();

  expect(names(pull.reviewComments)).toEqual(['bear', 'wolf']);
  expect(pull.reviewComments[1]?.originalCommitId).toBe(pull.headSha);
});

test('an API that does not catch up is not believed: the commit of the webhook is reviewed', async () => {
  const repository = await begin();
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();
  await pull.push({ files: { 'main.tf': '# bad wolf\n# bad bear\n' } });
  pull.lag(4);
  await story.settle();

  expect(story.changes.at(-1)?.head).toBe(pull.headSha);
  expect(names(pull.reviewComments)).toEqual(['bear', 'wolf']);
});

test('when GitHub fails for a while the job comes back and takes up its check', async () => {
  const repository = await begin();
  story.github.fail({
    method: 'POST',
    path: /\/reviews$/,
    times: 1,
    fault: {
      is: 'refusal',
      status: 422,
      message: 'Validation Failed',
      errors: [{ resource: 'PullRequestReviewComment', code: 'custom', field: 'pull_request_review_thread.base', message: 'is missing' }],
    },
  });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.github.deliver();
  await expect.poll(() => story.log(), { timeout: 10_000 }).toContain('job is put back');

  expect(repository.checkRuns).toMatchObject([{ status: 'in_progress' }]);
  expect(pull.reviewComments).toEqual([]);
  const first = pull.headSha;
  await pull.push({ files: { 'main.tf': '# bad bear\n' } });
  await story.settle();
  await expect.poll(() => repository.checkRuns.map(({ status }) => status), { timeout: 10_000 }).toEqual(['completed', 'completed']);
  expect(repository.checkRuns.find(({ headSha }) => headSha === first)).toMatchObject({
    conclusion: 'neutral',
    title: 'Superseded by a newer commit',
  });
  expect(names(pull.reviewComments)).toEqual(['bear']);
});

test('a job that was put back when the App stops has one check, which says that it was stopped', async () => {
  const repository = await begin();
  story.github.fail({ method: 'POST', path: /\/reviews$/, fault: { is: 'secondary limit', retryAfter: 3000 } });
  await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.github.deliver();
  await expect.poll(() => story.log(), { timeout: 10_000 }).toContain('job is put back');
  await story.app.stop();

  expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'cancelled' }]);
});

test('when GitHub refuses the comments to the end, the check has them all', async () => {
  const repository = await begin({ waits: { again: 5 } });
  const errors = [
    { resource: 'PullRequestReviewComment', code: 'custom', field: 'pull_request_review_thread.base', message: 'is missing' },
  ];
  story.github.fail({
    method: 'POST',
    path: /\/reviews$/,
    times: 20,
    fault: { is: 'refusal', status: 422, message: 'Validation Failed', errors },
  });
  const pull = await repository.openPullRequest({ files: { 'main.tf': '# bad wolf\n' } });
  await story.settle();

  expect(pull.reviewComments).toEqual([]);
  expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(repository.checkRuns[0]?.summary).toContain('wolf is bad');
  expect(story.changes).toHaveLength(4);
});
