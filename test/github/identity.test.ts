import { expect, test } from 'vitest';
import { rulePagesAt } from '../../src/github/identity.ts';
import { renderComment } from '../../src/report/comment.ts';
import { withRulePages } from '../../src/report/compose.ts';
import { review } from '../report/sample.ts';

test.each([
  ['https://github.com/acme/plumbline', 'https://github.com/acme/plumbline/blob/HEAD/docs/rules'],
  ['https://github.com/acme/plumbline/', 'https://github.com/acme/plumbline/blob/HEAD/docs/rules'],
  ['https://github.com/acme', undefined],
  ['https://plumbline.example.com', undefined],
  ['https://github.com/acme/plumbline) <b>', undefined],
])('pages of rules for the home page %s', (home, pages) => {
  expect(rulePagesAt(home)).toBe(pages);
});

test('a comment links to the page of its rule, and names the rule where there is none', () => {
  const [comment] = withRulePages(review, 'https://github.com/acme/plumbline/blob/HEAD/docs/rules').comments;
  const [plain] = withRulePages(review, undefined).comments;
  if (!comment || !plain) throw new Error('The sample has no comment.');
  expect(renderComment(comment).split('\n')[0]).toContain(
    `[\`${comment.rule}\`](https://github.com/acme/plumbline/blob/HEAD/docs/rules/${comment.rule}.md)`,
  );
  expect(renderComment(plain)).not.toContain('](');
});
