import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStory } from './pulls/story.ts';
import type { Story } from './pulls/story.ts';

const configuration = 'bad wolf with a line of configuration';
let story: Story;
beforeAll(async () => {
  story = await startStory({ logLevel: 'trace' });
});
afterAll(async () => {
  await story.end();
});

const webhookPath = '/api/github/webhooks';

test('a webhook that is not signed, or signed with another secret, is refused and logged without its body', async () => {
  const repository = await story.github.createRepository({ name: 'unsigned', files: { 'main.tf': '\n' } });
  await repository.openPullRequest({ title: 'a title that is only in the payload', files: { 'main.tf': `# ${configuration}\n` } });
  const event = story.github.webhooks.at(-1);
  for (const signature of ['missing', 'wrong'] as const) {
    const seen = story.log().length;
    const { status } = await story.github.send(event, { signature });
    expect(status).toBe(400);
    await expect.poll(() => story.log().slice(seen), { timeout: 10_000 }).toContain('refused: POST /api/github/webhooks 400');
    expect(story.log().slice(seen)).toContain(event?.guid);
  }
  await story.app.idle();
  expect(story.changes).toEqual([]);
  expect(story.log()).not.toContain('a title that is only in the payload');
});

test('nothing of what is reviewed, no token and no secret is in the log, whatever its level', async () => {
  const repository = await story.github.createRepository({ name: 'quiet', files: { 'main.tf': '\n' } });
  const pull = await repository.openPullRequest({
    title: 'a title that is only in the payload',
    files: { 'main.tf': `# ${configuration}\n` },
  });
  story.github.fail({
    method: 'POST',
    path: /\/reviews$/,
    fault: { is: 'refusal', status: 422, message: 'Unprocessable Entity', errors: ['Line could not be resolved'] },
  });
  story.github.fail({ method: 'PATCH', path: /check-runs/, fault: { is: 'refusal', status: 500, message: 'Oops' } });
  const event = story.github.webhooks.at(-1);
  await story.github.send(event);
  await story.app.idle();

  expect(pull.reviewComments).toHaveLength(1);
  const log = story.log();
  expect(log).toContain('job done');
  for (const secret of [
    'wolf',
    'a title that is only in the payload',
    story.github.app.webhookSecret,
    'PRIVATE KEY',
    ...story.github.state.tokens.keys(),
  ]) {
    expect(log).not.toContain(secret);
  }
  expect(log).not.toMatch(/ghs_|authorization/i);
});

/** Sends bytes without waiting for all of them to be taken. */
function post(
  path: string,
  headers: Record<string, string | number>,
  write: (send: (chunk: Buffer) => void, end: () => void) => void,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: story.app.port, path, method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
      sent.destroy();
    });
    sent.on('error', reject);
    write(
      (chunk) => sent.write(chunk),
      () => sent.end(),
    );
  });
}

const headers = {
  'content-type': 'application/json',
  'x-github-event': 'ping',
  'x-github-delivery': '1',
  'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
};

test('a body larger than 25 MB is refused before its signature is looked at', async () => {
  expect(
    await post(webhookPath, { ...headers, 'content-length': 26 * 1024 * 1024 }, (send) => {
      send(Buffer.alloc(1));
    }),
  ).toBe(413);
  const status = await post(webhookPath, headers, (send, end) => {
    for (let i = 0; i < 26; i++) send(Buffer.alloc(1024 * 1024, 32));
    end();
  });
  expect(status).toBe(413);
});

test('the root takes webhooks too, since that is what the set-up page registers; other paths are not there', async () => {
  const body = Buffer.from('{"zen":"Keep it logically awesome."}');
  const signature = `sha256=${createHmac('sha256', story.github.app.webhookSecret).update(body).digest('hex')}`;
  const send = (path: string) =>
    post(path, { ...headers, 'x-hub-signature-256': signature }, (write, end) => {
      write(body);
      end();
    });
  expect(await send('/')).toBe(200);
  expect(await send(webhookPath)).toBe(200);
  expect(await send('/elsewhere')).toBe(404);
});

test('every request names the version of the API', async () => {
  expect(story.github.requests.length).toBeGreaterThan(0);
  const seen: (string | undefined)[] = [];
  const { PlumblineOctokit } = await import('../src/github/octokit.ts');
  const octokit = new PlumblineOctokit({
    authStrategy: undefined,
    request: {
      fetch: (_url: string, options: { headers: Record<string, string> }) => {
        seen.push(options.headers['x-github-api-version']);
        return Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }));
      },
    },
  });
  await octokit.request('GET /app');
  expect(seen).toEqual(['2022-11-28']);
});
