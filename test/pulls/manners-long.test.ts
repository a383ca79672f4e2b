import { afterEach, expect, test } from 'vitest';
import { startStory, writes } from './story.ts';
import type { Story } from './story.ts';

let story: Story;
afterEach(async () => {
  story.github.assertNoUnknownRequests();
  expect(story.github.refusedRequests()).toEqual([]);
  await story.end();
});

const lines = (...some: string[]): string => `${['# top', ...some, '# end'].join('\n')}\n`;

test('a pull request of ten pushes, with a rebase, force-pushes, a revert, a rename and a reply: exactly this is written', async () => {
  story = await startStory();
  const repository = await story.github.createRepository({ files: { 'main.tf': lines() } });
  let since = 0;
  const told = async (act: () => Promise<unknown>): Promise<string[]> => {
    since = story.github.requests.length;
    await act();
    await story.settle();
    return writes(story.github, since);
  };
  const check = (conclusion: string): string[] => [`PATCH check-runs/ID: ${conclusion}`];
  const begins = 'POST check-runs: in_progress';
  const note = (words: string): string => `PATCH issues/comments/ID: ${words}`;

  // 1: two problems.
  const pull = await repository.openPullRequest({ files: { 'README.md': 'nothing yet\n' } });
  await story.settle();
  expect(await told(() => pull.push({ files: { 'main.tf': lines('# bad wolf', '# bad bear'), 'gpu.tf': lines('# bad lynx') } }))).toEqual([
    begins,
    'POST pulls/1/reviews: Problem lynx + Problem wolf + Problem bear',
    'POST issues/1/comments: 3 new problems',
    ...check('failure'),
  ]);
  const [lynx, wolf, bear] = pull.reviewComments;
  if (lynx === undefined || wolf === undefined || bear === undefined) throw new Error('three are said');
  expect(bear.body).toContain('bear is bad');

  // A person replies.
  expect(await told(() => pull.reply(wolf.id, 'The wolf is only for the demo.'))).toEqual([]);

  // 2: nothing to do with it.
  expect(await told(() => pull.push({ files: { 'README.md': 'words\n' } }))).toEqual([begins, ...check('failure')]);

  // 3: the lines move.
  expect(await told(() => pull.push({ files: { 'main.tf': lines('# new', '# bad wolf', '# bad bear') } }))).toEqual([
    begins,
    ...check('failure'),
  ]);

  // 4: one is fixed.
  expect(await told(() => pull.push({ files: { 'main.tf': lines('# new', '# bad wolf', '# good bear') } }))).toEqual([
    begins,
    'minimizeComment',
    `PATCH pulls/comments/ID: Fixed in ${pull.headSha.slice(0, 7)}`,
    note('2 new problems'),
    ...check('failure'),
  ]);

  // 5: rebased onto a newer main, by force.
  const onto = await repository.commit('main', { files: { 'other.tf': lines('# other') } });
  const rebased = { 'main.tf': lines('# new', '# bad wolf', '# good bear'), 'gpu.tf': lines('# bad lynx'), 'README.md': 'words\n' };
  expect(await told(() => pull.forcePush({ onto, files: rebased }))).toEqual([begins, ...check('failure')]);
  expect(story.changes.at(-1)?.base).toBe(onto);

  // 6: the fix is reverted: the old comment is back, where it was.
  expect(await told(() => pull.push({ files: { 'main.tf': lines('# new', '# bad wolf', '# bad bear') } }))).toEqual([
    begins,
    'unminimizeComment',
    'PATCH pulls/comments/ID: Problem bear',
    note('3 new problems'),
    ...check('failure'),
  ]);
  expect(bear.minimized).toBeNull();

  // 7: a file is renamed.
  expect(await told(() => pull.push({ moves: { 'gpu.tf': 'nodes.tf' } }))).toEqual([
    begins,
    'PATCH pulls/comments/ID: This moved',
    ...check('failure'),
  ]);
  expect(lynx.body).toContain('now at `nodes.tf:2`');

  // A person dismisses the wolf.
  expect(await told(() => pull.reply(wolf.id, '/plumbline ignore only for the demo'))).toEqual([
    'PATCH pulls/comments/ID: Ignored on this',
    'POST pulls/comments/ID/reactions',
    begins,
    note('2 new problems'),
    ...check('failure'),
  ]);

  // 8: squashed by force, with a new problem.
  const squashed = {
    'main.tf': lines('# new', '# bad wolf', '# bad bear', '# bad crow'),
    'nodes.tf': lines('# bad lynx'),
    'README.md': 'words\n',
  };
  expect(await told(() => pull.forcePush({ files: squashed }))).toEqual([
    begins,
    'POST pulls/1/reviews: Problem crow',
    note('3 new problems'),
    ...check('failure'),
  ]);

  // 9: all others are fixed.
  const fixed = { 'main.tf': lines('# new', '# bad wolf'), 'nodes.tf': lines('# good lynx') };
  expect(await told(() => pull.push({ files: fixed }))).toEqual([
    begins,
    ...['minimizeComment', 'minimizeComment', 'minimizeComment'],
    ...Array.from({ length: 3 }, () => `PATCH pulls/comments/ID: Fixed in ${pull.headSha.slice(0, 7)}`),
    note('No new problems'),
    ...check('success'),
  ]);

  // 10: nothing any more; closing and opening again says nothing either.
  expect(await told(() => pull.push({ files: { 'README.md': 'done\n' } }))).toEqual([begins, ...check('success')]);
  expect(await told(() => pull.close())).toEqual([]);
  expect(await told(() => pull.reopen())).toEqual([]);

  expect(pull.reviewComments.map(({ author, inReplyTo }) => `${author.type}${inReplyTo === null ? '' : ' reply'}`)).toEqual([
    ...['Bot', 'Bot', 'Bot', 'User reply', 'User reply', 'Bot'],
  ]);
  expect(pull.comments).toHaveLength(1);
});
