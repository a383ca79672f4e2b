import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../support/github/json.ts';
import type { PullHandle } from '../support/github/people.ts';
import { SuggestionRefused, suggestionsIn } from '../support/github/suggestions.ts';
import { at, lines, lineTwentyFive, scene } from './setup.ts';
import type { Scene } from './setup.ts';

const block = (text: string): string => `Better:\n\`\`\`suggestion\n${text}\`\`\`\n`;

async function suggest(here: Scene, pull: PullHandle, text: string, where: JsonObject): Promise<number> {
  const answer = await here.call('POST pulls/1/comments', { body: block(text), commit_id: pull.headSha, path: 'main.tf', ...where });
  expect(answer.status).toBe(201);
  return Number(answer.body['id']);
}

describe('rule 13: applying a suggestion', () => {
  test('replaces exactly the lines of the comment, whatever the number of lines in the block', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const id = await suggest(here, pull, 'one\ntwo\nthree\n', { start_line: 25, start_side: 'RIGHT', line: 26, side: 'RIGHT' });
    await pull.applySuggestion(id);
    expect(await pull.read('main.tf')).toBe(lines(50, { 25: 'one\ntwo\nthree', 26: null }));
    expect(at(here.github.webhooks, -1)).toMatchObject({ name: 'pull_request', action: 'synchronize' });
  });

  test('an empty block deletes the line', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    await pull.applySuggestion(await suggest(here, pull, '', { line: 25 }));
    expect(await pull.read('main.tf')).toBe(lines(50, { 25: null }));
  });

  test('several at once are one commit, but not on the same line; one after another, those below move', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const first = await suggest(here, pull, 'a\nb\n', { line: 23 });
    const second = await suggest(here, pull, 'c\n', { line: 25 });
    const same = await suggest(here, pull, 'd\n', { start_line: 25, start_side: 'RIGHT', line: 26 });
    await expect(pull.applySuggestions([second, same])).rejects.toThrow('Only one suggestion per line can be applied in a batch.');
    await pull.applySuggestion(first);
    await pull.applySuggestion(second);
    expect(await pull.read('main.tf')).toBe(lines(50, { 23: 'a\nb', 25: 'c' }));
    await expect(pull.applySuggestion(same)).rejects.toThrow('Outdated suggestions cannot be applied.');
  });

  const refusals: readonly (readonly [string, string, (here: Scene, pull: PullHandle) => Promise<number>])[] = [
    [
      'no change',
      'This suggestion is invalid because no changes were made to the code.',
      (here, pull) => suggest(here, pull, 'changed\n', { line: 25 }),
    ],
    [
      'outdated',
      'Outdated suggestions cannot be applied.',
      async (here, pull) => {
        const id = await suggest(here, pull, 'better\n', { line: 25 });
        await pull.push({ files: { 'main.tf': lines(50, { 25: 'other' }) } });
        return id;
      },
    ],
    [
      'on a deleted line',
      'Applying suggestions on deleted lines is not supported.',
      (here, pull) => suggest(here, pull, 'better\n', { line: 25, side: 'LEFT' }),
    ],
    [
      'across a deleted line',
      'Applying suggestions on deleted lines is not supported.',
      (here, pull) => suggest(here, pull, 'better\n', { start_line: 24, start_side: 'RIGHT', line: 26, side: 'RIGHT' }),
    ],
    [
      'on a closed pull request',
      'Suggestions cannot be applied while the pull request is closed.',
      async (here, pull) => {
        const id = await suggest(here, pull, 'better\n', { line: 25 });
        await pull.close();
        return id;
      },
    ],
    [
      'in a pending review',
      'Suggestions cannot be applied from pending reviews.',
      async (here, pull) => {
        await here.call('POST pulls/1/reviews', { comments: [{ path: 'main.tf', line: 25, body: block('better\n') }] });
        return at(pull.reviewComments).id;
      },
    ],
    [
      'queued to merge',
      'Suggestions cannot be applied while the pull request is queued to merge.',
      async (here, pull) => {
        const id = await suggest(here, pull, 'better\n', { line: 25 });
        await pull.enqueue();
        return id;
      },
    ],
    [
      'resolved',
      'This suggestion has been applied or marked resolved.',
      async (here, pull) => {
        const id = await suggest(here, pull, 'better\n', { line: 25 });
        pull.resolve(id);
        return id;
      },
    ],
  ];
  test.each(refusals)('%s: refused', async (_, words, prepare) => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const id = await prepare(here, pull);
    const head = pull.headSha;
    await expect(pull.applySuggestion(id)).rejects.toThrow(new SuggestionRefused(words));
    expect(pull.headSha).toBe(head);
  });

  test('the block ends at a fence as long as its own, and keeps indentation', () => {
    expect(suggestionsIn('````suggestion\n  ```hcl\n  x\n  ```\n````\n')).toEqual([['  ```hcl', '  x', '  ```']]);
    expect(suggestionsIn('```suggestion\n```')).toEqual([[]]);
    expect(suggestionsIn('```hcl\nsuggestion\n```')).toEqual([]);
  });
});
