import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { isList, isObject, object, parseObject } from '../support/github/json.ts';
import type { JsonObject } from '../support/github/json.ts';
import { sign } from '../support/github/webhooks.ts';
import { at, lineTwentyFive, scene } from './setup.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An app that only listens, answers with a status, and takes its time. */
async function listener(status = 200, delay = 0): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      setTimeout(() => response.writeHead(status).end(), delay);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}/`, received };
}

describe('rule 12: webhooks', () => {
  test('the known vector of GitHub for signatures', () => {
    expect(sign("It's a Secret to Everybody", 'Hello, World!')).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  test('are signed over the bytes that are sent; wrong and missing signatures can be asked for', async () => {
    const here = await scene();
    const app = await listener();
    here.github.connect(app.url);
    await here.repository.openPullRequest({ files: { a: '1' }, title: 'Zürich ✓' });
    await here.github.deliver();
    const event = at(here.github.webhooks);
    await here.github.send(event, { signature: 'wrong' });
    await here.github.send(event, { signature: 'missing' });
    const { webhookSecret } = here.github.app;
    const signatures = app.received.map(({ headers, body }) => [
      headers['x-hub-signature-256'] === sign(webhookSecret, body),
      'x-hub-signature-256' in headers,
    ]);
    expect(signatures).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ]);
    expect(at(app.received).headers).toMatchObject({ 'x-github-event': 'pull_request', 'x-github-delivery': event.guid });
  });

  test('are sent once, and again only when asked, with the same GUID', async () => {
    const here = await scene();
    const app = await listener(500);
    here.github.connect(app.url);
    await lineTwentyFive(here);
    expect((await here.github.deliver()).map((attempt) => attempt.status)).toEqual([500, 500]);
    expect(await here.github.deliver()).toEqual([]);
    const again = await here.github.redeliver(at(here.github.webhooks));
    expect([again.redelivery, new Set(app.received.map(({ headers }) => headers['x-github-delivery'])).size]).toEqual([true, 2]);
  });

  test('wait for an answer only so long', async () => {
    const here = await scene({}, { limits: { webhookTimeout: 50 } });
    here.github.connect((await listener(200, 200)).url);
    await lineTwentyFive(here);
    expect(at(await here.github.deliver()).status).toBe(0);
    await sleep(200);
  });

  test('can be sent out of order', async () => {
    const here = await scene();
    const app = await listener();
    here.github.connect(app.url);
    const pull = await lineTwentyFive(here);
    await pull.push({ files: { a: '1' } });
    for (const event of here.github.webhooks.toReversed()) await here.github.send(event);
    expect(app.received.map(({ body }) => parseObject(body)?.['action'])).toEqual(['synchronize', 'opened', undefined]);
  });

  test('every act of a person has its event', async () => {
    const here = await scene();
    const pull = await lineTwentyFive(here);
    const before = pull.headSha;
    await pull.push({ files: { a: '1' } });
    await pull.markDraft();
    await pull.markReady();
    await pull.close();
    await pull.reopen();
    await here.repository.commit('release', { files: { b: '1' } });
    await pull.retarget('release');
    await pull.retitle('Another title');
    const head = await pull.enqueue();
    pull.dequeue();
    const seen = here.github.webhooks.map((event) => `${event.name}.${event.action}`);
    expect(seen).toEqual([
      'push.',
      'pull_request.opened',
      'pull_request.synchronize',
      'pull_request.converted_to_draft',
      'pull_request.ready_for_review',
      'pull_request.closed',
      'pull_request.reopened',
      'push.',
      'pull_request.edited',
      'pull_request.edited',
      'merge_group.checks_requested',
      'merge_group.destroyed',
    ]);
    const payloads = here.github.webhooks.map((event) => event.payload);
    expect(at(payloads, 2)).toMatchObject({ before, after: pull.headSha });
    expect(object(at(payloads, 8), 'changes')).toHaveProperty('base');
    expect(object(at(payloads, 9), 'changes')).not.toHaveProperty('base');
    expect(at(payloads, 10)).toMatchObject({ merge_group: { head_sha: head, base_ref: 'refs/heads/release' } });
    expect(at(payloads, 11)).toMatchObject({ reason: 'dequeued', merge_group: { head_sha: head } });
  });

  test('comments have their events, below the description and in the diff', async () => {
    const here = await scene(
      {},
      {
        permissions: { metadata: 'read', pull_requests: 'write', issues: 'read' },
        events: ['pull_request', 'issue_comment', 'pull_request_review_comment'],
      },
    );
    const pull = await lineTwentyFive(here);
    pull.comment('Hello', 'hubot');
    const said = await pull.commentOn('main.tf', 25, 'Why this?', 'hubot');
    await pull.reply(said.id, 'Because.');
    const events = here.github.webhooks.slice(1);
    expect(events.map((event) => `${event.name}.${event.action}`)).toEqual([
      'issue_comment.created',
      'pull_request_review_comment.created',
      'pull_request_review_comment.created',
    ]);
    expect(at(events).payload).toMatchObject({ issue: { number: 1, pull_request: {} }, sender: { login: 'hubot' } });
    expect(at(events, 2).payload).toMatchObject({ comment: { in_reply_to_id: said.id }, pull_request: { number: 1 } });
  });

  test('check events name the pull request, but not one from a fork', async () => {
    const here = await scene();
    const own = await here.repository.openPullRequest({ files: { a: '1' } });
    const fork = await here.repository.openPullRequest({ fork: 'octocat', files: { b: '1' } });
    const named: unknown[] = [];
    for (const pull of [own, fork]) {
      await here.call('POST check-runs', { name: 'Plumbline', head_sha: pull.headSha, conclusion: 'success' });
      here.repository.rerequestCheckRun(at(here.repository.checkRuns, -1));
      await here.repository.rerequestCheckSuite(pull.headSha);
      here.repository.requestAction(at(here.repository.checkRuns, -1), 'fix');
      for (const event of here.github.webhooks.slice(-3))
        named.push(numbersIn(object(event.payload, 'check_run') ?? object(event.payload, 'check_suite') ?? {}));
    }
    expect(named).toEqual([[1], [1], [1], [], [], []]);
    expect(at(here.github.webhooks, -1).payload).toMatchObject({ action: 'requested_action', requested_action: { identifier: 'fix' } });
    expect(at(here.repository.checkRuns, -1)).toMatchObject({ status: 'completed', suite: { status: 'queued' } });
  });

  test('events that the app does not subscribe to are not sent', async () => {
    const here = await scene({}, { events: [] });
    await lineTwentyFive(here);
    expect(here.github.webhooks).toEqual([]);
  });
});

function numbersIn(check: JsonObject): unknown[] {
  const pulls = check['pull_requests'];
  return isList(pulls) ? pulls.filter(isObject).map((pull) => pull['number']) : [];
}
