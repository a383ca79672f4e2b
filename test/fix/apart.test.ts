import { expect, test } from 'vitest';
import type { Rule } from '../../src/engine/rule.ts';
import type { Resource } from '../../src/model/resource.ts';
import { renderComment } from '../../src/report/comment.ts';
import { toJson } from '../../src/report/json.ts';
import { renderText } from '../../src/report/terminal.ts';
import { review } from '../../src/review.ts';
import { changeOf, today } from '../config/reviewed.ts';

/** Finds the class `"one"` wrong, and would have it be another. */
const wants = (id: string, severity: Rule['severity'], to: string): Rule<Resource> => ({
  id,
  title: 'The class is one',
  severity,
  requirements: [],
  frameworks: {},
  why: 'A test wants it.',
  links: [],
  looksAt: {
    name: 'bucket',
    *view(resource) {
      if (resource.type === 'aws_s3_bucket') yield resource;
    },
  },
  *check(resource) {
    const at = resource.attr('class');
    if (at.is === 'known' && at.value === 'one') yield { at, message: 'It is one.', fix: [{ do: 'set', at, to }] };
  },
  examples: { bad: [], good: [], unknown: [] },
});

const change = changeOf({}, { 'main.tf': 'resource "aws_s3_bucket" "b" {\n  class = "one"\n}\n' });

test('a fix that contradicts the suggestion on its lines is shown as a patch, in every form', async () => {
  const found = await review(change, [wants('test/first', 'high', 'two'), wants('test/second', 'low', 'three')], today);
  const [first, second] = found.comments;
  if (first === undefined || second === undefined) throw new Error('both are found');

  expect(first.fix).toEqual({ is: 'suggestion', startLine: 2, endLine: 2, text: '  class = "two"' });
  expect(second.fix).toMatchObject({ is: 'patch', instead: true });
  const words = renderComment(second);
  expect(words).toContain('This fix is right alone, but contradicts the suggestion of another finding on these lines:\n\n```diff\n');
  expect(words).toContain('-  class = "one"\n+  class = "three"\n');
  expect(toJson(found).findings[1]?.patch).toContain('+  class = "three"\n');
  const text = renderText(found, change, { colour: false, width: 100, names: { base: 'main', head: 'HEAD' } });
  expect(text).toMatch(/The fix, instead of the other on these lines:\n(?:.*\n)*.*class = "three"/);
});

test('fixes that agree are one suggestion', async () => {
  const found = await review(change, [wants('test/first', 'high', 'two'), wants('test/second', 'low', 'two')], today);
  expect(found.comments.map(({ fix }) => fix)).toEqual([
    { is: 'suggestion', startLine: 2, endLine: 2, text: '  class = "two"' },
    { is: 'with', rule: 'test/first' },
  ]);
});
