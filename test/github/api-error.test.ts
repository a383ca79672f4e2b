import { describe, expect, test } from 'vitest';
import { rateLimitSeconds, refusalOf } from '../../src/github/api-error.ts';

const failure = (status: number, data: unknown = {}, headers: Record<string, string> = {}, message = 'x'): Error =>
  Object.assign(new Error(message), { status, response: { headers, data } });

describe('why a comment was refused, by the answers that GitHub is known to give', () => {
  const place = [
    [
      'single comment',
      [
        {
          resource: 'PullRequestReviewComment',
          code: 'custom',
          field: 'pull_request_review_thread.line',
          message: 'could not be resolved',
        },
      ],
    ],
    [
      'single comment, older',
      [{ resource: 'PullRequestReviewComment', code: 'missing_field', field: 'pull_request_review_thread.diff_hunk' }],
    ],
    ['review', ['Line could not be resolved']],
    ['review, path', ['Path could not be resolved']],
    [
      'review, older',
      [
        "Pull request review thread line must be part of the diff, Pull request review thread start line must be part of the same hunk as the line., and Pull request review thread diff hunk can't be blank",
      ],
    ],
    ['review, path, older', ["Pull request review thread path is invalid and Pull request review thread diff hunk can't be blank"]],
    ['one line as a range', ['Pull request review thread start line must precede the end line.']],
  ] as const;
  test.each(place)('%s', (_name, errors) => {
    expect(refusalOf(failure(422, { errors }))).toBe('place');
  });

  test('a pending review', () => {
    expect(refusalOf(failure(422, { errors: ['User can only have one pending review per pull request'] }))).toBe('pending-review');
  });

  test.each([
    [
      'an incident of the platform',
      [{ resource: 'PullRequestReviewComment', field: 'pull_request_review_thread.base', message: 'is missing' }],
    ],
    ['spam', 'Validation failed, or the endpoint has been spammed.'],
    [
      'a long body',
      [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message: 'Body is too long (maximum is 65536 characters)' }],
    ],
    ['nothing said', undefined],
  ])('%s is another reason', (_name, errors) => {
    expect(refusalOf(failure(422, { errors }))).toBe('other');
  });

  test('other statuses and other errors are no refusals', () => {
    expect(refusalOf(failure(403))).toBeUndefined();
    expect(refusalOf(new Error('x'))).toBeUndefined();
    expect(refusalOf(undefined)).toBeUndefined();
  });
});

test.each([
  ['retry-after', failure(403, {}, { 'retry-after': '7' }), 7],
  ['a secondary limit without a header', failure(403, {}, {}, 'You have exceeded a secondary rate limit. Please wait'), 60],
  ['429 without a header', failure(429), 60],
  ['the primary limit', failure(403, {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1030' }), 31],
  ['a reset in the past', failure(403, {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '900' }), 1],
  ['GraphQL', Object.assign(new Error('limit'), { response: { headers: {}, data: { errors: [{ type: 'RATE_LIMITED' }] } } }), 60],
  ['a missing permission', failure(403, {}, { 'x-ratelimit-remaining': '4999' }, 'Resource not accessible by integration'), undefined],
  ['a failure', failure(502), undefined],
])('how long to wait: %s', (_name, error, seconds) => {
  expect(rateLimitSeconds(error, 1_000_000)).toBe(seconds);
});
