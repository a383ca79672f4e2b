import { expect, test } from 'vitest';
import { renderJson, toJson } from '../../src/report/json.ts';
import { comment, review } from './sample.ts';

test('every finding has its place, and its suggestion or null', () => {
  const { findings, ...rest } = toJson(review);
  expect(rest).toMatchObject({
    version: 1,
    base: review.base,
    head: review.head,
    verdict: 'block',
    impact: review.impact,
    reviewedFiles: 3,
  });
  expect(findings.map(({ path, line, endLine, side, place }) => ({ path, line, endLine, side, place }))).toEqual([
    { path: 'serving/deployment.yaml', line: 4, endLine: 5, side: 'RIGHT', place: 'lines' },
    { path: 'serving/service.yaml', line: 6, endLine: 6, side: 'RIGHT', place: 'lines' },
    { path: 'serving/deployment.yaml', line: 7, endLine: 7, side: 'RIGHT', place: 'lines' },
    { path: 'storage.tf', line: 1, endLine: 3, side: 'LEFT', place: 'lines' },
    { path: 'storage.tf', line: 1, endLine: 1, side: 'RIGHT', place: 'summary' },
  ]);
  expect(findings.map(({ suggestion }) => suggestion)).toEqual([
    null,
    { startLine: 6, endLine: 6, text: '  type: ClusterIP' },
    null,
    null,
    null,
  ]);
  expect(findings[2]?.patch).toContain('+  privileged: false');
  expect(Object.keys(findings[1] ?? {})).toEqual([
    'rule',
    'severity',
    'title',
    'message',
    'path',
    'line',
    'endLine',
    'side',
    'place',
    'resource',
    'environments',
    'quiet',
    'key',
    'suggestion',
    'patch',
  ]);
});

test('what could not be read is a note', () => {
  expect(toJson(review).notes).toEqual([
    { path: 'broken.yaml', line: 3, message: 'The key `a` stands twice.', remedy: 'Remove one of them.' },
    { path: 'huge.json', line: null, message: 'Not reviewed: it is larger than 1 MB (2.0 MB).', remedy: null },
  ]);
});

test('control characters are written as escapes, and mean the same when parsed', () => {
  const title = 'a\u001b[31mred\u0007\u009b1mb\u202Ec\u200Bd\n"e"';
  const text = renderJson({ ...review, comments: [comment({ title })] });
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  const parsed: unknown = JSON.parse(text);
  expect(parsed).toMatchObject({ findings: [{ title }] });
});
