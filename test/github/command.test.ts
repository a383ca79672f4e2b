import { expect, test } from 'vitest';
import { commandIn } from '../../src/github/command.ts';
import { pullOfGroup } from '../../src/github/job.ts';

test.each<[text: string | null, command: object | undefined]>([
  ['/plumbline recheck', { is: 'recheck' }],
  ['  /Plumbline  EXPLAIN  ', { is: 'explain' }],
  ['/plumbline ignore the   demo\tonly', { is: 'ignore', reason: 'the demo only' }],
  ['/plumbline ignore', { is: 'ignore', reason: '' }],
  ['We talked.\r\n/plumbline ignore known\r\n/plumbline recheck', { is: 'ignore', reason: 'known' }],
  ['/plumbline', { is: 'unknown' }],
  ['/plumbline dance', { is: 'unknown' }],
  ['/plumbline\trecheck', { is: 'recheck' }],
  ['> /plumbline recheck', undefined],
  ['```\n/plumbline recheck\n```', undefined],
  ['```\ncode\n```\n/plumbline recheck', { is: 'recheck' }],
  ['    /plumbline recheck', undefined],
  ['please /plumbline recheck', undefined],
  ['/plumbliner recheck', undefined],
  ['', undefined],
  [null, undefined],
])('%j', (text, command) => {
  expect(commandIn(text)).toEqual(command);
});

test('a reason is cut, and a hostile comment costs nothing', () => {
  expect(commandIn(`/plumbline ignore ${'x'.repeat(1000)}`)).toEqual({ is: 'ignore', reason: 'x'.repeat(300) });
  const started = performance.now();
  for (const text of [
    `/plumbline${' '.repeat(60_000)}x`,
    '`'.repeat(60_000),
    '\n'.repeat(60_000),
    `/plumbline ignore${' a'.repeat(30_000)}`,
  ])
    commandIn(text);
  expect(performance.now() - started).toBeLessThan(500);
});

test.each([
  [`refs/heads/gh-readonly-queue/main/pr-12-${'a'.repeat(40)}`, 12],
  [`gh-readonly-queue/release/1.2/pr-7-${'a'.repeat(40)}`, 7],
  ['refs/heads/main', undefined],
  [`refs/heads/gh-readonly-queue/main/pr-0-${'a'.repeat(40)}`, undefined],
])('the pull request of the merge group %s', (ref, number) => {
  expect(pullOfGroup(ref)).toBe(number);
});
