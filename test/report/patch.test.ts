import { expect, test } from 'vitest';
import type { FixSet } from '../../src/fix/fix-all.ts';
import { renderComment } from '../../src/report/comment.ts';
import { maskDiff } from '../../src/report/mask.ts';
import { renderPatch } from '../../src/report/patch.ts';
import { review } from './sample.ts';

const secret = 'hunter2hunter2';
const diff = (file: string, line: string): string =>
  `--- a/${file}\n+++ b/${file}\n@@ -1,2 +1,2 @@\n ${line}\n-  open = true\n+  open = false\n`;
const [comment] = review.comments;

test('a patch in a comment shows no secret that stands around the fix, and says that it can not be applied', () => {
  if (comment === undefined) throw new Error('the sample has a comment');
  const shown = renderComment({ ...comment, fix: { is: 'patch', diff: diff('a.tf', `password = "${secret}"`) } });
  expect(shown).toContain('+  open = false');
  expect(shown).toContain('can\u2019t be applied');
  expect(shown).not.toContain(secret);
  const plain = renderComment({ ...comment, fix: { is: 'patch', diff: diff('a.tf', 'name = "a"') } });
  expect(plain).toContain(diff('a.tf', 'name = "a"'));
  expect(plain).not.toContain('can\u2019t be applied');
});

test('headers and hunks of a diff are never masked, and a name on the line before counts', () => {
  expect(maskDiff(diff('password: x.tf', 'name = "a"'))).toBe(diff('password: x.tf', 'name = "a"'));
  expect(maskDiff(`@@ -1,2 +1,2 @@\n - name: API_TOKEN\n+  value: ${secret}\n`)).not.toContain(secret);
});

test('a patch that is too long shows the files that fit and names the others', () => {
  const files = ['a.tf', 'b.tf', 'c.tf'].map((path) => ({ path, before: '', after: '', diff: diff(path, 'x'.repeat(20_000)) }));
  const set: FixSet = { files, mended: [], left: [], unfixed: [] };
  const body = renderPatch(set, 'abcdef0123', 'the settings want it so');
  expect(body.length).toBeLessThan(55_000);
  expect(body).toContain('Too long to be shown: `c.tf`.');
  expect(body).toContain('+++ b/b.tf');
  expect(body).not.toContain('+++ b/c.tf');
  expect(body).toContain('Run `plumbline fix --write`');
});
