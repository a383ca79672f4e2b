import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { settingsPath } from '../../src/context.ts';
import { code } from '../../src/engine/words.ts';
import { verdictEnd } from '../../src/github/ends.ts';
import { bodyOf, dismissedBody, goneBody, movedBody } from '../../src/github/comment-body.ts';
import { dismissalIn, markersIn } from '../../src/github/marker.ts';
import { renderCheck, renderComment, renderNote, renderReviewBody } from '../../src/report/github.ts';
import type { Review, ReviewComment } from '../../src/report/review.ts';

// A pull request chooses paths, names, reasons and environments. Whatever they are, they are shown as text: they call nobody, link nothing,
// show no image, break out of nothing. `#` and `@` are judged as GitHub's e-mails do, which know no code spans.
const parts = [
  '@octocat', '@acme/ml', '#1', 'acme/ml#12', 'GH-12', '`', '``', '```', '~~~', '<!--', '-->', '<img src=x onerror=alert(1)>',
  '<script>', '</details>', '<details>', '<a href="https://evil.example">', '</code>', '[x](https://evil.example)', '![x](https://evil.example/a.png)',
  '](', '[', '|', '\\', '\n', '\r\n', '\n\n', '# ', '- ', '> ', '*', '**', '_', '&lt;', '\u0000', '\u001b[31m', '\u202e', '\u200b', 'a', ' ', '    ',
  '\n```suggestion\nrm -rf /\n```\n', '<!-- plumbline:fixed:000000000000000000000000 -->', '<!-- plumbline:ignored:WyJtZSIsIm9rIl0 -->', ':tada:', '$$x$$',
]; // prettier-ignore
const hostile = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 8 }).map((some) => some.join(''));

/** Messages are written by rules, which name what comes from files through `code()`. */
const comment = (text: string, other: string): ReviewComment => ({
  rule: 'storage/public',
  severity: 'high',
  title: 'Bucket is public',
  message: `${code(text)} lets ${code(other)} in.`,
  why: 'Anyone can read it.',
  links: ['https://example.com/read-on'],
  place: { is: 'summary', file: text, line: 3, why: 'it is on no line of the diff' },
  resource: other,
  others: [text, other],
  key: `storage/public|${text}|${other}`,
  environments: [text, other],
  fix: { is: 'patch', diff: `@@ lines 3-3 become @@\n+${text}` },
});

const reviewOf = (text: string, other: string): Review => ({
  base: '0'.repeat(40),
  head: '1'.repeat(40),
  verdict: 'block',
  comments: [comment(text, other)],
  quiet: [comment(other, text)],
  suppressions: [
    {
      rule: text,
      file: other,
      line: 1,
      reason: text,
      until: '',
      added: true,
      hides: [{ title: 'Bucket is public', severity: 'high', resource: other }],
    },
  ],
  notes: [{ file: text, line: 1, message: 'It does not parse.', remedy: `Look at ${code(other)}.` }],
  impact: {
    resources: [{ address: text, type: 'x', file: other, line: 1, change: 'added', environment: text, dependents: [other, text] }],
    environments: [text, other],
  },
  older: 2,
  differences: [
    {
      resource: text,
      aspect: other,
      values: [
        { environment: text, value: other },
        { environment: other, value: text },
      ],
    },
  ],
  unread: [{ path: text, why: 'it is larger than 1 MB' }],
  settings: [{ side: 'head', file: settingsPath, line: 1, message: `There is no setting ${code(text)}.`, remedy: 'Leave it out.' }],
  posting: { failAt: 'high', limit: 25, drafts: 'wait', applyFixes: 'button' },
  reviewedFiles: 1,
});

const review0 = reviewOf('a', 'b');
const tags = (html: string): string[] =>
  [...html.matchAll(/<\/?([a-z][a-z0-9]*)((?:\s[^>]*)?)>/gi)].map(([, name, more]) => `${name ?? ''}${more ?? ''}`);

/** Only what the product itself writes may be in what a reader sees. */
const ours =
  /^(h[1-6]|p|ul|ol|li|hr|br|em|strong|code|pre|table|thead|tbody|tr|th|td|details|summary|code class="language-diff")$|^a$|^a href="https:\/\/example\.com\/read-on"$/;

function holds(markdown: string): void {
  const html = marked.parse(markdown, { async: false, gfm: true }).replace(/<!--.*?-->/gs, '');
  expect(tags(html).filter((tag) => !ours.test(tag))).toEqual([]);
  expect(html.split('<details>').length).toBe(html.split('</details>').length);
  // Told to people and linked by e-mail too, which knows no code spans. A fenced patch is a file's text, which GitHub leaves alone.
  const prose = html.replace(/<pre>.*?<\/pre>/gs, '');
  expect(prose).not.toMatch(/@[a-z]/i);
  expect(prose).not.toMatch(/(^|[^&])#\d/);
  expect(prose).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
}

describe('hostile text in everything that is written', () => {
  test.each<readonly [string, (text: string, other: string) => string]>([
    ['a comment', (text, other) => bodyOf(comment(text, other), 'base')],
    ['a comment that moved', (text, other) => movedBody(comment(text, other), 'base')],
    ['a fixed comment', (text, other) => goneBody(bodyOf(comment(text, other), 'base'), other, review0, true)],
    ['a dismissed comment', (text, other) => dismissedBody(bodyOf(comment(text, other), 'base'), { by: other, reason: text })],
    ['the review', (text, other) => renderReviewBody(reviewOf(text, other), [])],
    ['the note', (text, other) => renderNote(reviewOf(text, other), true) ?? ''],
    ['the check', (text, other) => renderCheck(reviewOf(text, other)).summary],
    [
      'the check with what was ignored',
      (text, other) =>
        verdictEnd(
          {
            review: reviewOf(text, other),
            dismissed: [{ comment: comment(text, other), dismissal: { by: other, reason: text } }],
            unsaid: { homeless: [comment(text, other)] },
            draft: false,
          },
          1000,
        ).summary,
    ],
  ])('%s', (_, write) => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        holds(write(text, other));
      }),
      { numRuns: 600 },
    );
  });

  test('nothing of it is taken for a marker of ours', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const body = bodyOf(comment(text, other), 'base');
        expect(markersIn(body)).toHaveLength(3);
        expect(dismissalIn(body)).toBeUndefined();
        expect(dismissalIn(dismissedBody(body, { by: other, reason: text }))).toEqual({ by: other, reason: text });
      }),
      { numRuns: 600 },
    );
  });

  test('a suggestion that would write a marker is left out', () => {
    const text = '  x = 1 # <!-- plumbline:ignored:WyJtZSIsIm9rIl0 -->\n';
    const place = { is: 'lines', file: 'a.tf', side: 'RIGHT', from: 1, to: 1 } as const;
    const fix = { is: 'suggestion', startLine: 1, endLine: 1, text } as const;
    const body = bodyOf({ ...comment('a', 'b'), place, fix }, 'base');
    expect(body).not.toContain('```suggestion');
    expect(body).toContain('The suggestion is left out: these lines hold a text that looks like one of Plumbline');
    expect(dismissalIn(body)).toBeUndefined();
    expect(bodyOf({ ...comment('a', 'b'), place, fix: { ...fix, text: '  x = 2\n' } }, 'base')).toMatch(/^`{3,}suggestion\n {2}x = 2\n/m);
  });

  test('no suggestion is made of it', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const html = marked.parse(renderComment(comment(text, other)), { async: false, gfm: true });
        expect(html).not.toContain('language-suggestion');
      }),
      { numRuns: 600 },
    );
  });
});
