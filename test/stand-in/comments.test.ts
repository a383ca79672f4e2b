import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../support/github/json.ts';
import { at, idOf, expectNothingPosted, firstError, lines, lineTwentyFive, scene } from './setup.ts';

const unresolved = (field: string): JsonObject => ({
  resource: 'PullRequestReviewComment',
  code: 'custom',
  field,
  message: 'could not be resolved',
});

describe('rule 1: commentable are the lines shown in a hunk', () => {
  test('only line 25 of 50 changed: 22 to 28 are accepted on the right, 25 on the left, all others refused', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const accepted: string[] = [];
    for (const [side, line] of [
      ...[1, 10, 15, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 35, 40, 50].flatMap(
        (n) =>
          [
            ['RIGHT', n],
            ['LEFT', n],
          ] as const,
      ),
    ]) {
      const answer = await here.call('POST pulls/1/comments', { body: 'x', commit_id: pull.headSha, path: 'main.tf', line, side });
      expect([201, 422]).toContain(answer.status);
      if (answer.status === 201) accepted.push(`${side} ${String(line)}`);
    }
    expect(accepted).toEqual(['RIGHT 22', 'RIGHT 23', 'RIGHT 24', 'LEFT 25', 'RIGHT 25', 'RIGHT 26', 'RIGHT 27', 'RIGHT 28'].sort(byLine));
  });

  test('every line of a new file is accepted, a line behind its end is refused', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const statuses: number[] = [];
    for (const line of [1, 2, 3, 4]) {
      statuses.push((await here.call('POST pulls/1/comments', { body: 'x', commit_id: pull.headSha, path: 'new.tf', line })).status);
    }
    expect(statuses).toEqual([201, 201, 201, 422]);
  });

  test('a file without a patch takes comments on the whole file only', async () => {
    const here = await scene({ 'old.tf': lines(9) });
    const pull = await here.repository.openPullRequest({ moves: { 'old.tf': 'moved.tf' } });
    const request = { body: 'x', commit_id: pull.headSha, path: 'moved.tf' };
    expect((await here.call('POST pulls/1/comments', { ...request, line: 1 })).status).toBe(422);
    const onFile = await here.call('POST pulls/1/comments', { ...request, subject_type: 'file' });
    expect([onFile.status, onFile.body['line'], onFile.body['subject_type']]).toEqual([201, 1, 'file']);
    expect(firstError(await here.call('POST pulls/1/comments', { ...request, path: 'old.tf', subject_type: 'file' }))).toEqual(
      unresolved('pull_request_review_thread.path'),
    );
  });
});

/** Right and left of a line in the order in which they were tried. */
function byLine(a: string, b: string): number {
  const [sideA = '', lineA = ''] = a.split(' ');
  const [sideB = '', lineB = ''] = b.split(' ');
  return Number(lineA) - Number(lineB) || sideB.localeCompare(sideA);
}

test('rule 2: a comment on a line outside the diff is refused with the field and message of today', async () => {
  const here = await scene();
  const pull = await lineTwentyFive(here);
  const wrong = await here.call('POST pulls/1/comments', { body: 'x', commit_id: pull.headSha, path: 'main.tf', line: 29, side: 'RIGHT' });
  expect([wrong.status, wrong.body['message'], firstError(wrong)]).toEqual([
    422,
    'Validation Failed',
    unresolved('pull_request_review_thread.line'),
  ]);
  expectNothingPosted(pull);
  const right = await here.call('POST pulls/1/comments', { body: 'x', commit_id: pull.headSha, path: 'main.tf', line: 28, side: 'RIGHT' });
  expect([right.status, right.body['line'], right.body['original_line']]).toEqual([201, 28, 28]);
});

test('rule 2: a comment needs a commit of the pull request, and nothing that GitHub does not know', async () => {
  const here = await scene();
  const pull = await lineTwentyFive(here);
  const stranger = at([await here.repository.commit('other', { files: { x: '1' } })]);
  const request = { body: 'x', path: 'main.tf', line: 25 };
  expect((await here.call('POST pulls/1/comments', { ...request, commit_id: stranger })).status).toBe(422);
  expect((await here.call('POST pulls/1/comments', request)).body['message']).toContain("required property 'commit_id'");
  expect((await here.call('POST pulls/1/comments', { ...request, commit_id: pull.headSha, lines: 2 })).body['message']).toContain(
    '"lines" is not a permitted key',
  );
  expectNothingPosted(pull);
});

describe('rule 3: a review is all or nothing', () => {
  test.each([
    ['line', { path: 'main.tf', line: 29 }, 'Line could not be resolved'],
    ['path', { path: 'other.tf', line: 1 }, 'Path could not be resolved'],
  ])('one bad %s loses the review, and the answer does not say which comment', async (_, bad, message) => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const comments = [
      { path: 'main.tf', line: 25, body: 'good' },
      { ...bad, body: 'bad' },
    ];
    const wrong = await here.call('POST pulls/1/reviews', { event: 'COMMENT', body: '', comments });
    expect([wrong.status, wrong.body['message'], wrong.body['errors']]).toEqual([422, 'Unprocessable Entity', [message]]);
    expectNothingPosted(pull);
  });

  test('a good one is answered 200 and all its comments stand', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const comments = [22, 25, 28].map((line) => ({ path: 'main.tf', line, side: 'RIGHT', body: 'good' }));
    const answer = await here.call('POST pulls/1/reviews', { event: 'COMMENT', body: 'Read it', comments, commit_id: pull.headSha });
    expect([answer.status, answer.body['state']]).toEqual([200, 'COMMENTED']);
    expect(pull.reviewComments.map((comment) => comment.line)).toEqual([22, 25, 28]);
    expect((await here.call('GET pulls/1/comments')).list.map((comment) => comment['pull_request_review_id'])).toEqual(
      Array(3).fill(answer.body['id']),
    );
  });

  test('a review of nothing is refused', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    expect((await here.call('POST pulls/1/reviews', { event: 'COMMENT' })).status).toBe(422);
    expectNothingPosted(pull);
  });
});

describe('rule 4: ranges', () => {
  const twoHunks = lines(14, { 3: 'changed', 11: 'changed' });
  test.each([
    ['start equal to line', { start_line: 3, line: 3 }, 'Pull request review thread start line must precede the end line.'],
    ['start after line', { start_line: 5, line: 3 }, 'Pull request review thread start line must precede the end line.'],
    [
      'start in another hunk',
      { start_line: 6, line: 8 },
      'Pull request review thread start line must be part of the same hunk as the line.',
    ],
  ])('%s is refused', async (_, range, message) => {
    const here = await scene({ 'main.tf': lines(14) });
    const pull = await here.repository.openPullRequest({ files: { 'main.tf': twoHunks } });
    const comment = { path: 'main.tf', side: 'RIGHT', start_side: 'RIGHT', body: 'x', ...range };
    const review = await here.call('POST pulls/1/reviews', { event: 'COMMENT', comments: [comment] });
    expect([review.status, review.body['errors']]).toEqual([422, [message]]);
    expect((await here.call('POST pulls/1/comments', { ...comment, commit_id: pull.headSha })).status).toBe(422);
    expectNothingPosted(pull);
  });

  test('a range within one hunk is accepted', async () => {
    const here = await scene({ 'main.tf': lines(14) });
    const pull = await here.repository.openPullRequest({ files: { 'main.tf': twoHunks } });
    const comment = { path: 'main.tf', side: 'RIGHT', start_side: 'RIGHT', body: 'x', start_line: 2, line: 4 };
    expect((await here.call('POST pulls/1/reviews', { event: 'COMMENT', comments: [comment] })).status).toBe(200);
    expect(at(pull.reviewComments)).toMatchObject({ startLine: 2, line: 4 });
  });

  test('a comment of a review has no subject_type', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const answer = await here.call('POST pulls/1/reviews', {
      event: 'COMMENT',
      comments: [{ path: 'main.tf', body: 'x', subject_type: 'file' }],
    });
    expect([answer.status, answer.body['message']]).toEqual([422, 'Invalid request.\n\n"subject_type" is not a permitted key.']);
    expectNothingPosted(pull);
  });
});

describe('rule 5: pending reviews and the own pull request', () => {
  test('with a pending review nothing else can be submitted until it is deleted; a submitted one cannot be deleted', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const pending = await here.call('POST pulls/1/reviews', { body: 'not yet', comments: [{ path: 'main.tf', line: 25, body: 'x' }] });
    expect(pending.body['state']).toBe('PENDING');
    const second = await here.call('POST pulls/1/reviews', { event: 'COMMENT', body: 'x' });
    expect([second.status, second.body['errors']]).toEqual([422, ['User can only have one pending review per pull request']]);
    expect((await here.call('GET pulls/1/comments')).list).toEqual([]);
    expect((await here.call(`DELETE pulls/1/reviews/${idOf(pending)}`)).status).toBe(200);
    expectNothingPosted(pull);
    const sent = await here.call('POST pulls/1/reviews', { event: 'COMMENT', body: 'x' });
    expect(sent.status).toBe(200);
    expect((await here.call(`DELETE pulls/1/reviews/${idOf(sent)}`)).status).toBe(422);
    expect(pull.reviews).toHaveLength(1);
  });

  test('the app cannot approve its own pull request, but another one', async () => {
    const here = await scene();
    await here.repository.openPullRequest({ files: { a: '1' }, author: 'plumbline[bot]' });
    await here.repository.openPullRequest({ files: { a: '1' } });
    const own = await here.call('POST pulls/1/reviews', { event: 'APPROVE' });
    expect([own.status, own.body['errors']]).toEqual([422, ['Review Can not approve your own pull request']]);
    expect((await here.call('POST pulls/2/reviews', { event: 'APPROVE' })).status).toBe(200);
  });
});

describe('rule 6: bodies of at most 65,536 characters', () => {
  const long = 'x'.repeat(65_537);
  const requests: readonly (readonly [string, string, (body: string, head: string) => JsonObject])[] = [
    ['issue comment', 'POST issues/1/comments', (body) => ({ body })],
    ['review', 'POST pulls/1/reviews', (body) => ({ event: 'COMMENT', body })],
    ['comment of a review', 'POST pulls/1/reviews', (body) => ({ event: 'COMMENT', comments: [{ path: 'main.tf', line: 25, body }] })],
    ['review comment', 'POST pulls/1/comments', (body, head) => ({ body, commit_id: head, path: 'main.tf', line: 25 })],
  ];
  test.each(requests)('%s', async (_, request, body) => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const wrong = await here.call(request, body(long, pull.headSha));
    expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([
      422,
      expect.stringContaining('Body is too long (maximum is 65536 characters)'),
    ]);
    expectNothingPosted(pull);
    expect((await here.call(request, body(long.slice(1), pull.headSha))).status).toBeLessThan(300);
  });
});

describe('rule 8: comments follow the code, or are outdated', () => {
  test('a push above moves the comment, a push to the line takes it away and keeps what was original', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const first = pull.headSha;
    await here.call('POST pulls/1/comments', {
      body: 'x',
      commit_id: first,
      path: 'main.tf',
      start_line: 24,
      start_side: 'RIGHT',
      line: 25,
      side: 'RIGHT',
    });
    await pull.push({ files: { 'main.tf': `new\n${lines(50, { 25: 'changed' })}` } });
    expect(at((await here.call('GET pulls/1/comments')).list)).toMatchObject({
      start_line: 25,
      line: 26,
      original_line: 25,
      commit_id: pull.headSha,
    });
    await pull.push({ files: { 'main.tf': lines(50, { 25: 'changed again' }) } });
    const outdated = at((await here.call('GET pulls/1/comments')).list);
    expect(outdated).toMatchObject({
      line: null,
      start_line: null,
      position: null,
      original_line: 25,
      original_start_line: 24,
      original_commit_id: first,
    });
  });

  test('a force-push that leaves the code alone keeps the comment', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    await here.call('POST pulls/1/comments', { body: 'x', commit_id: pull.headSha, path: 'main.tf', line: 25 });
    await pull.forcePush({ files: { 'main.tf': lines(50, { 25: 'changed', 40: 'changed' }) } });
    expect(at(pull.reviewComments)).toMatchObject({ line: 25 });
    await pull.forcePush({ files: { 'other.tf': 'x\n' } });
    expect(at(pull.reviewComments)).toMatchObject({ line: null, originalLine: 25 });
  });

  test('a comment on an older commit of the pull request is outdated from the start when the line has changed since', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const older = pull.headSha;
    await pull.push({ files: { 'main.tf': lines(50, { 25: 'changed again' }) } });
    const answer = await here.call('POST pulls/1/comments', { body: 'x', commit_id: older, path: 'main.tf', line: 25 });
    expect([answer.status, answer.body['line'], answer.body['original_line']]).toEqual([201, null, 25]);
  });
});

test('own comments are edited and deleted, those of others are not; replies stand in the thread', async () => {
  const here = await scene();
  const pull = await lineTwentyFive(here);
  const own = await here.call('POST pulls/1/comments', { body: 'x', commit_id: pull.headSha, path: 'main.tf', line: 25 });
  const id = Number(own.body['id']);
  const foreign = await pull.reply(id, 'Why?');
  const edited = await here.call(`PATCH pulls/comments/${String(id)}`, { body: 'fixed' });
  expect([edited.status, edited.body['body']]).toEqual([200, 'fixed']);
  expect((await here.call(`PATCH pulls/comments/${String(foreign.id)}`, { body: 'mine' })).status).toBe(403);
  expect((await here.call(`DELETE pulls/comments/${String(foreign.id)}`)).status).toBe(403);
  const reply = await here.call(`POST pulls/1/comments/${String(id)}/replies`, { body: 'Because.' });
  expect([reply.status, reply.body['in_reply_to_id'], reply.body['line']]).toEqual([201, id, 25]);
  expect((await here.call(`POST pulls/1/comments/${String(foreign.id)}/replies`, { body: 'x' })).status).toBe(422);
  expect((await here.call(`DELETE pulls/comments/${String(id)}`)).status).toBe(204);
  expect(pull.reviewComments.map((comment) => comment.body)).toEqual(['Why?', 'Because.']);
});

test('the note is created and edited in place; reacting below the description needs issues: write', async () => {
  const plain = await scene();
  const other = (await lineTwentyFive(plain)).comment('Thanks');
  expect((await plain.call(`POST issues/comments/${String(other.id)}/reactions`, { content: 'eyes' })).status).toBe(403);

  const here = await scene({}, { permissions: { ...plain.github.app.permissions, issues: 'write' } });
  const pull = await lineTwentyFive(here);
  const note = await here.call('POST issues/1/comments', { body: 'A note' });
  const theirs = pull.comment('Thanks');
  expect((await here.call(`PATCH issues/comments/${idOf(note)}`, { body: 'A newer note' })).status).toBe(200);
  expect((await here.call(`PATCH issues/comments/${String(theirs.id)}`, { body: 'x' })).status).toBe(403);
  expect((await here.call(`POST issues/comments/${String(theirs.id)}/reactions`, { content: 'eyes' })).status).toBe(201);
  expect((await here.call(`POST issues/comments/${String(theirs.id)}/reactions`, { content: 'eyes' })).status).toBe(200);
  expect((await here.call(`POST issues/comments/${String(theirs.id)}/reactions`, { content: 'smile' })).status).toBe(422);
  expect(pull.comments.map((comment) => comment.body)).toEqual(['A newer note', 'Thanks']);
});
