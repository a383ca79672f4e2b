import { expect, test } from 'vitest';
import { renderNote } from '../../src/report/github.ts';
import { toJson } from '../../src/report/json.ts';
import { notebook, open, reviewed, safe } from '../config/reviewed.ts';
import { review } from './sample.ts';

const old = notebook(open, 'old');
const edit = { 'main.tf': `${old}${notebook(open, 'new')}` };

test('what was there before is counted, not told', async () => {
  const found = await reviewed('', { 'main.tf': old }, edit);
  expect(found.comments.map(({ resource }) => resource)).toEqual(['aws_sagemaker_notebook_instance.new']);
  expect([found.older, toJson(found).older]).toEqual([1, 1]);
  expect((await reviewed('', {}, edit)).older).toBe(0);
});

test('what the change mends, the settings leave out or a comment suppresses does not count', async () => {
  const mended = { 'main.tf': `${notebook(safe, 'old')}${notebook(open, 'new')}` };
  expect((await reviewed('', { 'main.tf': old }, mended)).older).toBe(0);
  expect((await reviewed('rules:\n  notebooks/*: off\n', { 'main.tf': old }, edit)).older).toBe(0);
  const hidden = notebook(`  # plumbline:ignore notebooks/direct-internet -- for the course\n${open}`, 'old');
  expect((await reviewed('', { 'main.tf': hidden }, { 'main.tf': `${hidden}${notebook(open, 'new')}` })).older).toBe(0);
});

test('what one line does to several resources counts once', async () => {
  const many = notebook(`${open}\n  for_each = toset(["a", "b"])`, 'old');
  expect((await reviewed('', { 'main.tf': many }, { 'main.tf': `${many}${notebook(open, 'new')}` })).older).toBe(1);
});

test('the note says it only where it is wanted', () => {
  expect(renderNote({ ...review, older: 1 }, true)).toContain('1 older finding stands in the files that were read');
  expect(renderNote({ ...review, older: 1 })).not.toContain('older');
  expect(renderNote({ ...review, older: 0 }, true)).not.toContain('older');
});

test('the table of the reach has no column that is empty throughout', () => {
  const resource = { address: 'a.b', type: 'a', file: 'a.tf', line: 1, change: 'added', environment: '', dependents: [] } as const;
  const note = (more: object): string =>
    renderNote({ ...review, impact: { resources: [resource, { ...resource, ...more }], environments: [] } }) ?? '';
  expect(note({})).toContain('| Change | Resource |\n|---|---|\n| added | `a.b` |\n| added | `a.b` |\n');
  expect(note({ dependents: ['c.d'] })).toContain(
    '| Change | Resource | Referred to by |\n|---|---|---|\n| added | `a.b` | `c.d` |\n| added | `a.b` |  |\n',
  );
  expect(note({ environment: 'prod' })).toContain('| Change | Resource | Environment |\n|---|---|---|\n');
});
