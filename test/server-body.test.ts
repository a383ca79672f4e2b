import { createServer, request as open } from 'node:http';
import type { ClientRequest, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBodyReader } from '../src/server-body.ts';

const server = createServer();
let outcomes: string[] = [];
let waiting: ServerResponse[] = [];
let port = 0;

/** Bodies stay unanswered, and so keep their room, until the test answers them. */
beforeEach(async () => {
  outcomes = [];
  waiting = [];
  const read = createBodyReader({ one: 100, large: 150, small: 20 });
  server.removeAllListeners('request');
  server.on('request', (incoming, response) => {
    void read(incoming, response).then((body) => {
      outcomes.push(body.is === 'text' ? String(body.text.length) : body.is);
      waiting.push(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function send(...sizes: readonly number[]): Promise<void> {
  for (const size of sizes) {
    const seen = outcomes.length;
    const request: ClientRequest = open({ port, host: '127.0.0.1', method: 'POST', agent: false });
    request.on('error', () => undefined);
    request.write('x'.repeat(size));
    request.end();
    await expect.poll(() => outcomes.length).toBe(seen + 1);
  }
}

test('a body over the limit is not taken, one at the limit is', async () => {
  await send(100, 101);
  expect(outcomes).toEqual(['100', 'too large']);
});

test('large bodies share their room until they are answered; small ones always find theirs', async () => {
  await send(90, 50, 40, 20, 20);
  expect(outcomes).toEqual(['90', '50', 'no room', '20', '20']);
  const [first, , refused] = waiting;
  first?.end();
  refused?.end();
  await expect
    .poll(async () => {
      await send(60);
      return outcomes.at(-1);
    })
    .toBe('60');
});
