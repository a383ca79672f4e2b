import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../support/github/json.ts';
import { at, idOf, lines, lineTwentyFive, part, scene } from './setup.ts';
import type { Scene } from './setup.ts';

const output = { title: 'Title', summary: 'Summary' };
const annotation = { path: 'main.tf', start_line: 1, end_line: 1, annotation_level: 'warning', message: 'x' };
const action = { label: 'x'.repeat(20), description: 'x'.repeat(40), identifier: 'x'.repeat(20) };

async function create(here: Scene, head: string, body: JsonObject = {}): ReturnType<Scene['call']> {
  return here.call('POST check-runs', { name: 'Plumbline', head_sha: head, ...body });
}

describe('rules 6 and 7: what a check run may hold', () => {
  const pairs: readonly (readonly [string, JsonObject, JsonObject])[] = [
    [
      'a summary over 65,535 characters',
      { output: { ...output, summary: 'x'.repeat(65_536) } },
      { output: { ...output, summary: 'x'.repeat(65_535) } },
    ],
    [
      'a text over 65,535 characters',
      { output: { ...output, text: 'x'.repeat(65_536) } },
      { output: { ...output, text: 'x'.repeat(65_535) } },
    ],
    ['an output without a summary', { output: { title: 'Title' } }, { output }],
    ['an output without a title', { output: { summary: 'Summary' } }, { output }],
    [
      'more than 50 annotations',
      { output: { ...output, annotations: Array(51).fill(annotation) } },
      { output: { ...output, annotations: Array(50).fill(annotation) } },
    ],
    ['more than 3 actions', { actions: Array(4).fill(action) }, { actions: Array(3).fill(action) }],
    ['a label over 20 characters', { actions: [{ ...action, label: 'x'.repeat(21) }] }, { actions: [action] }],
    ['a description over 40 characters', { actions: [{ ...action, description: 'x'.repeat(41) }] }, { actions: [action] }],
    ['an identifier over 20 characters', { actions: [{ ...action, identifier: 'x'.repeat(21) }] }, { actions: [action] }],
    ['completed without a conclusion', { status: 'completed' }, { status: 'completed', conclusion: 'neutral' }],
    ['the conclusion stale', { conclusion: 'stale' }, { conclusion: 'failure' }],
    ['a conclusion that does not exist', { conclusion: 'passed' }, { conclusion: 'success' }],
    ['a key that does not exist', { outputs: output }, { output }],
    [
      'columns over several lines',
      { output: { ...output, annotations: [{ ...annotation, end_line: 2, start_column: 1 }] } },
      { output: { ...output, annotations: [{ ...annotation, start_column: 1, end_column: 2 }] } },
    ],
    [
      'an annotation whose title is over 255 characters',
      { output: { ...output, annotations: [{ ...annotation, title: 'x'.repeat(256) }] } },
      { output: { ...output, annotations: [{ ...annotation, title: 'x'.repeat(255) }] } },
    ],
    [
      'an annotation whose message is over 64 KB',
      { output: { ...output, annotations: [{ ...annotation, message: 'é'.repeat(32_769) }] } },
      { output: { ...output, annotations: [{ ...annotation, message: 'é'.repeat(32_768) }] } },
    ],
  ];
  test.each(pairs)('%s is refused', async (_, wrong, right) => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    expect((await create(here, pull.headSha, wrong)).status).toBe(422);
    expect(here.repository.checkRuns).toEqual([]);
    expect((await create(here, pull.headSha, right)).status).toBe(201);
  });

  test('a run needs a commit that exists', async () => {
    const here = await scene();
    expect((await create(here, 'f'.repeat(40))).status).toBe(422);
  });
});

describe('rule 7: the life of a check run', () => {
  test('a PATCH appends its annotations', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const run = await create(here, pull.headSha, { status: 'in_progress', output: { ...output, annotations: Array(50).fill(annotation) } });
    const path = `check-runs/${idOf(run)}`;
    const patched = await here.call(`PATCH ${path}`, {
      conclusion: 'failure',
      output: { ...output, annotations: Array(20).fill(annotation) },
    });
    expect([patched.status, part(patched, 'output')['annotations_count'], patched.body['status']]).toEqual([200, 70, 'completed']);
    expect((await here.call(`PATCH ${path}`, { output: { ...output, annotations: Array(51).fill(annotation) } })).status).toBe(422);
    expect((await here.call(`GET ${path}/annotations?per_page=100`)).list).toHaveLength(70);
  });

  test('a completed run does not go back to in_progress; a new one of the same name replaces it', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const run = await create(here, pull.headSha, { conclusion: 'failure', output });
    const back = await here.call(`PATCH check-runs/${idOf(run)}`, { status: 'in_progress' });
    expect([back.status, at(here.repository.checkRuns).conclusion]).toEqual([422, 'failure']);
    await create(here, pull.headSha, { conclusion: 'success', output });
    const listed = await here.call(`GET commits/${pull.headSha}/check-runs?check_name=Plumbline`);
    expect([listed.body['total_count'], pull.checkPasses('Plumbline')]).toEqual([1, true]);
  });

  test.each([
    ['success', true],
    ['neutral', true],
    ['skipped', true],
    ['failure', false],
    ['cancelled', false],
    ['timed_out', false],
    ['action_required', false],
  ])('%s lets the pull request merge: %s', async (conclusion, merges) => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    expect(pull.checkPasses('Plumbline')).toBe(false);
    await create(here, pull.headSha, { conclusion, output });
    expect(pull.checkPasses('Plumbline')).toBe(merges);
    await pull.push({ files: { 'main.tf': lines(3) } });
    expect(pull.checkPasses('Plumbline')).toBe(false);
  });
});
