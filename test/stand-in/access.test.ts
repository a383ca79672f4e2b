import { createSign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { text } from '../support/github/json.ts';
import type { JsonObject } from '../support/github/json.ts';
import type { StandIn } from '../support/github/stand-in.ts';
import { answerOf, at, lineTwentyFive, part, scene } from './setup.ts';
import type { Answer } from './setup.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

function jwt(github: StandIn, claims: JsonObject = {}, key = github.app.privateKey): string {
  const encode = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iat: seconds() - 30, exp: seconds() + 570, iss: github.app.id, ...claims })}`;
  return `${body}.${createSign('RSA-SHA256').update(body).sign(key, 'base64url')}`;
}

async function asApp(github: StandIn, request: string, token: string, body?: JsonObject): Promise<Answer> {
  const [method = '', path = ''] = request.split(' ');
  const init = { method, headers: { authorization: `bearer ${token}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return answerOf(await fetch(`${github.url}/api/v3/${path}`, init));
}

const installationPath = (github: StandIn): string => `app/installations/${String(github.installation().id)}/access_tokens`;

async function graphql(github: StandIn, token: string, query: string, variables: JsonObject = {}): Promise<Answer> {
  const init = { method: 'POST', headers: { authorization: `token ${token}` }, body: JSON.stringify({ query, variables }) };
  return answerOf(await fetch(`${github.url}/api/graphql`, init));
}

describe('rule 10: permissions', () => {
  const writes: readonly (readonly [string, string, JsonObject])[] = [
    ['checks', 'POST check-runs', { name: 'Plumbline' }],
    ['pull_requests', 'POST issues/1/comments', { body: 'x' }],
    ['pull_requests', 'POST pulls/1/reviews', { event: 'COMMENT', body: 'x' }],
  ];
  test.each(writes)('without %s: write, %s is refused', async (permission, request, body) => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const full = { ...body, ...(permission === 'checks' ? { head_sha: pull.headSha } : {}) };
    const token = here.github.token('acme', { permissions: { metadata: 'read', contents: 'read', [permission]: 'read' } });
    const wrong = await here.call(request, full, { authorization: `token ${token}` });
    expect([wrong.status, wrong.body['message']]).toEqual([403, 'Resource not accessible by integration']);
    expect((await here.call(request, full)).status).toBeLessThan(300);
  });

  test('without contents: read, files cannot be read', async () => {
    const here = await scene();
    const token = here.github.token('acme', { permissions: { metadata: 'read' } });
    expect((await here.call('GET contents/README.md', undefined, { authorization: `token ${token}` })).status).toBe(403);
    expect((await here.call('GET contents/README.md')).status).toBe(200);
    const answer = await graphql(
      here.github,
      token,
      '{ repository(owner: "acme", name: "ml-platform") { object(expression: "main:README.md") { oid } } }',
    );
    expect(answer.text).toContain('"type":"FORBIDDEN"');
  });

  test('resolving a thread needs contents: write, minimising a comment pull_requests: write', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    await here.call('POST pulls/1/reviews', { event: 'COMMENT', comments: [{ path: 'main.tf', line: 25, body: 'x' }] });
    const comment = at(pull.reviewComments);
    const resolve = 'mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }';
    const minimize =
      'mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized minimizedReason } } }';
    const thread = { id: `PRRT_${String(comment.thread.id)}` };
    const subject = { id: `PRRC_${String(comment.id)}` };
    const usual = here.github.token();
    expect((await graphql(here.github, usual, resolve, thread)).text).toContain('Resource not accessible by integration');
    expect(comment.thread.resolvedBy).toBeNull();
    expect((await graphql(here.github, usual, minimize, subject)).text).toContain('"minimizedReason":"outdated"');
    const reader = here.github.token('acme', { permissions: { pull_requests: 'read', contents: 'write' } });
    expect((await graphql(here.github, reader, minimize, subject)).text).toContain('"type":"FORBIDDEN"');
    expect((await graphql(here.github, reader, resolve, thread)).text).toContain('"isResolved":true');
  });

  test('a token of another installation, or of another repository, does not see the repository', async () => {
    const here = await scene();
    const other = await here.github.createRepository({ name: 'other' });
    for (const token of [here.github.token('octo-org'), here.github.token('acme', { repositories: [other.record.id] })]) {
      expect((await here.call('GET pulls', undefined, { authorization: `token ${token}` })).status).toBe(404);
    }
  });
});

describe("the app's own token", () => {
  test('is taken with RS256, the right issuer and at most ten minutes', async () => {
    const { github } = await scene();
    const created = await asApp(github, `POST ${installationPath(github)}`, jwt(github));
    expect([created.status, created.body['permissions']]).toEqual([201, github.app.permissions]);
    expect((await asApp(github, 'GET app', jwt(github))).body['slug']).toBe('plumbline');
  });

  test.each([
    ['expired', { exp: seconds() - 10 }, "'exp'"],
    ['valid for too long', { exp: seconds() + 900 }, 'too far in the future'],
    ['issued in the future', { iat: seconds() + 120 }, "'iat'"],
    ['of another app', { iss: 1 }, "'iss'"],
  ])('is refused when it is %s', async (_, claims, message) => {
    const { github } = await scene();
    const answer = await asApp(github, `POST ${installationPath(github)}`, jwt(github, claims));
    expect([answer.status, answer.body['message']]).toEqual([401, expect.stringContaining(message)]);
  });

  test('is refused with another signature, and where a token of the installation belongs', async () => {
    const { github } = await scene();
    const token = jwt(github);
    expect((await asApp(github, 'GET app', `${token.slice(0, -8)}AAAAAAAA`)).status).toBe(401);
    expect((await asApp(github, 'GET repos/acme/ml-platform/pulls', token)).status).toBe(403);
    expect((await asApp(github, 'GET app', github.token())).status).toBe(401);
    expect((await asApp(github, 'GET app', 'ghs_unknown')).body['message']).toBe('Bad credentials');
  });
});

describe('rule 14: tokens', () => {
  test('are opaque: neither 40 characters long nor made of letters and digits only', async () => {
    const { github } = await scene();
    const token = text((await asApp(github, `POST ${installationPath(github)}`, jwt(github))).body, 'token') ?? '';
    expect(token).toMatch(/^ghs_\d+_.*\..*\./);
    expect(token.length).toBeGreaterThan(100);
  });

  test('are narrowed to what was asked for, and never widened', async () => {
    const here = await scene();
    const { github } = here;
    const wish = { permissions: { pull_requests: 'read' }, repository_ids: [here.repository.record.id] };
    const narrow = await asApp(github, `POST ${installationPath(github)}`, jwt(github), wish);
    expect([narrow.body['permissions'], narrow.body['repository_selection']]).toEqual([
      { metadata: 'read', pull_requests: 'read' },
      'selected',
    ]);
    await lineTwentyFive(here);
    const authorization = `token ${text(narrow.body, 'token') ?? ''}`;
    expect((await here.call('POST issues/1/comments', { body: 'x' }, { authorization })).status).toBe(403);
    expect((await asApp(github, `POST ${installationPath(github)}`, jwt(github), { permissions: { contents: 'write' } })).status).toBe(422);
    expect((await asApp(github, `POST ${installationPath(github)}`, jwt(github), { repository_ids: [1] })).status).toBe(422);
  });

  test('of a suspended installation are refused', async () => {
    const here = await scene();
    here.github.installation().suspended = true;
    expect((await here.call('GET pulls')).status).toBe(403);
    expect((await asApp(here.github, `POST ${installationPath(here.github)}`, jwt(here.github))).status).toBe(403);
  });
});

describe('rule 11: limits and faults', () => {
  test('a secondary limit says so in words that clients look for, with retry-after', async () => {
    const here = await scene();
    await lineTwentyFive(here);
    here.github.fail({ method: 'POST', fault: { is: 'secondary limit', retryAfter: 7, status: 429 } });
    const limited = await here.call('POST issues/1/comments', { body: 'x' });
    expect([limited.status, limited.headers.get('retry-after'), limited.body['message']]).toEqual([
      429,
      '7',
      expect.stringMatching(/\bsecondary rate\b/i),
    ]);
    expect((await here.call('POST issues/1/comments', { body: 'x' })).status).toBe(201);
    expect(here.github.refusedRequests()).toEqual([]);
  });

  test('more than 80 comments in a minute meet the secondary limit', async () => {
    const here = await scene({}, { limits: { contentPerMinute: 2 } });
    const pull = await lineTwentyFive(here);
    const statuses: number[] = [];
    for (const body of ['1', '2', '3']) statuses.push((await here.call('POST issues/1/comments', { body })).status);
    expect([statuses, pull.comments.length]).toEqual([[201, 201, 403], 2]);
  });

  test('the primary limit counts per token; a 304 costs nothing', async () => {
    const here = await scene({}, { limits: { requestsPerHour: 2 } });
    await lineTwentyFive(here);
    const first = await here.call('GET pulls/1');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
    const again = await here.call('GET pulls/1', undefined, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await here.call('GET pulls/1')).status).toBe(200);
    const limited = await here.call('GET pulls/1');
    expect([limited.status, limited.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    expect(Number(limited.headers.get('x-ratelimit-reset'))).toBeGreaterThan(seconds());
  });

  test('a 502 may come after success, a 422 may be a platform incident', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    here.github.fail({ path: /reviews$/, fault: { is: 'bad gateway after success' } });
    expect((await here.call('POST pulls/1/reviews', { event: 'COMMENT', body: 'x' })).status).toBe(502);
    expect(pull.reviews).toHaveLength(1);
    const errors = [{ resource: 'PullRequestReviewComment', code: 'custom', field: 'pull_request_review_thread.base' }];
    here.github.fail({ path: /comments$/, fault: { is: 'refusal', status: 422, message: 'Validation Failed', errors } });
    expect((await here.call('POST issues/1/comments', { body: 'x' })).body['errors']).toEqual(errors);
    expect(pull.comments).toEqual([]);
    here.github.fail({ fault: { is: 'disconnect' } });
    await expect(here.call('GET pulls/1')).rejects.toThrow('fetch failed');
  });
});

describe('GraphQL', () => {
  const query = `query($owner: String!, $repo: String!, $id0: GitObjectID!, $id1: GitObjectID!) {
    repository(owner: $owner, name: $repo) { ...Blobs }
  }
  fragment Blobs on Repository { b0: object(oid: $id0) { ...B } b1: object(oid: $id1) { ...B } gone: object(expression: "main:gone") { oid } }
  fragment B on Blob { text isBinary isTruncated byteSize }`;

  test('many blobs come in one request; long ones are cut, binary ones have no text', async () => {
    const here = await scene({ long: 'x'.repeat(600_000), binary: Buffer.from([0, 1]) });
    const [long, binary] = await Promise.all(['long', 'binary'].map((name) => here.repository.git.read(`main:${name}`)));
    const variables = { owner: 'acme', repo: 'ml-platform', id0: long?.sha ?? '', id1: binary?.sha ?? '' };
    const data = part(await graphql(here.github, here.github.token(), query, variables), 'data');
    expect(data).toEqual({
      repository: {
        b0: { text: 'x'.repeat(512 * 1024), isBinary: false, isTruncated: true, byteSize: 600_000 },
        b1: { text: null, isBinary: true, isTruncated: false, byteSize: 2 },
        gone: null,
      },
    });
    here.github.assertNoUnknownRequests();
  });

  test.each([
    [
      'a field that does not exist',
      '{ repository(owner: "acme", name: "ml-platform") { branches } }',
      "Field 'branches' doesn't exist on type 'Repository'",
    ],
    [
      'an argument that does not exist',
      '{ repository(owner: "acme", name: "ml-platform", ref: "x") { id } }',
      "doesn't accept argument 'ref'",
    ],
    ['a missing argument', '{ repository(owner: "acme") { id } }', 'missing required arguments: name'],
    ['an unused variable', 'query($x: String) { viewer { login } }', 'declared by anonymous query but not used'],
    ['a variable of another type', 'query($x: Int) { repository(owner: $x, name: "x") { id } }', 'Type mismatch on variable $x'],
    ['an object without selections', '{ viewer }', 'must have selections'],
    [
      'a mutation that it does not serve',
      'mutation { addPullRequestReviewThread(input: { body: "x" }) { thread { id } } }',
      "doesn't exist on type 'Mutation'",
    ],
    ['what is no GraphQL', 'query {', 'Parse error'],
  ])('refuses %s, and the test fails', async (_, source, message) => {
    const { github } = await scene();
    const answer = await graphql(github, github.token(), source);
    expect([answer.status, answer.text.replaceAll('\\"', '"')]).toEqual([200, expect.stringContaining(message)]);
    expect(answer.body['data']).toBeUndefined();
    expect(() => {
      github.assertNoUnknownRequests();
    }).toThrow(message);
  });

  test('threads come in pages, which must be asked for', async () => {
    const here = await scene();
    await lineTwentyFive(here);
    const comments = [22, 23, 24].map((line) => ({ path: 'main.tf', line, body: 'x' }));
    await here.call('POST pulls/1/reviews', { event: 'COMMENT', comments });
    const threads = (args: string): string =>
      `{ repository(owner: "acme", name: "ml-platform") { pullRequest(number: 1) { reviewThreads${args} { nodes { line } pageInfo { hasNextPage endCursor } } } } }`;
    const token = here.github.token();
    expect((await graphql(here.github, token, threads(''))).text).toContain('must provide a `first` or `last`');
    const first = await graphql(here.github, token, threads('(first: 2)'));
    expect(first.text).toContain('"nodes":[{"line":22},{"line":23}],"pageInfo":{"hasNextPage":true,"endCursor":"Mg=="}');
    expect((await graphql(here.github, token, threads('(first: 2, after: "Mg==")'))).text).toContain(
      '"nodes":[{"line":24}],"pageInfo":{"hasNextPage":false',
    );
  });
});
