import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Change } from '../src/change.ts';
import { diffTexts } from '../src/diff/diff-texts.ts';
import type { Snapshot } from '../src/documents/snapshot.ts';
import { reviewInIsolation } from '../src/isolation.ts';

const child = fileURLToPath(new URL('support/isolation/child.mjs', import.meta.url));
const limits = { perFile: 1_000, total: 20_000, heap: 64 };

function changeWith(files: Record<string, string>): Change {
  const after: Snapshot = new Map(Object.entries(files).map(([path, text]) => [path, { path, sha: path, text }]));
  return {
    base: 'a',
    head: 'b',
    files: Array.from(after, ([path, { text }]) => ({ path, status: 'added', patch: diffTexts('', text) ?? '' })),
    before: new Map(),
    after,
    unread: [],
    truncated: false,
  };
}

test.each([
  ['hang', 'reading it took longer than 1 s'],
  ['exit', 'its process ended (code 3)'],
  ['eat', 'it needed more memory than it may have'],
])('a file that makes the parser %s is left out and named, and the rest is reviewed', async (text, why) => {
  const review = await reviewInIsolation(changeWith({ 'good.tf': '', 'trouble.tf': text, 'other.tf': '' }), limits, child);
  expect(review).toMatchObject({ given: ['good.tf', 'other.tf'], unread: [{ path: 'trouble.tf', why }] });
});

test('a review that fails says what happened', async () => {
  await expect(reviewInIsolation(changeWith({ 'a.tf': 'throw' }), limits, child)).rejects.toThrow('no more');
});

test('too many files that hang end the review with a remedy', async () => {
  const many = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${i}.tf`, 'exit']));
  await expect(reviewInIsolation(changeWith(many), limits, child)).rejects.toMatchObject({
    name: 'ReviewError',
    remedy: expect.stringContaining('smaller') as string,
  });
});

test('the isolated process sees nothing of the environment', async () => {
  process.env['PLUMBLINE_TEST_KEY'] = 'secret';
  const review = await reviewInIsolation(changeWith({}), limits, child);
  delete process.env['PLUMBLINE_TEST_KEY'];
  expect(
    (review as unknown as { environment: string[] }).environment.filter(
      (name) => name !== 'NODE_CHANNEL_FD' && name !== 'NODE_CHANNEL_SERIALIZATION_MODE',
    ),
  ).toEqual([]);
});

test('the isolated process may write no file and start no process', async () => {
  const review = await reviewInIsolation(changeWith({ 'a.tf': 'write', 'b.tf': 'start' }), limits, child);
  expect(review).toMatchObject({ given: ['a.tf', 'b.tf'], refused: ['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED'] });
});

test('the real process reviews a change', async () => {
  const review = await reviewInIsolation(
    changeWith({ 'main.tf': 'resource "aws_sagemaker_notebook_instance" "lab" {\n  direct_internet_access = "Enabled"\n}\n' }),
  );
  expect(review.comments.map((comment) => comment.rule)).toContain('notebooks/direct-internet');
});
