import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGitHub } from './support/github/stand-in.ts';
import type { StandIn } from './support/github/stand-in.ts';

const main = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const elsewhere = mkdtempSync(join(tmpdir(), 'plumbline-start-'));
let github: StandIn;
beforeAll(async () => {
  github = await startGitHub();
});
afterAll(async () => {
  await github.close();
  rmSync(elsewhere, { recursive: true });
});

interface Started {
  /** All that was printed so far. */
  output(): string;
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the compiled program in another directory, with nothing of this process's environment. */
function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, [main], {
    cwd: elsewhere,
    env: { PATH: process.env['PATH'] ?? '', LOG_FORMAT: 'json', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return {
    output: () => output,
    ended: new Promise((resolve) => child.on('exit', resolve)),
    kill: (signal) => child.kill(signal),
  };
}

const portOf = (output: string): string => /Listening on http:\/\/[^:]+:(\d+)/.exec(output)?.[1] ?? '';

test.each([
  ['without a webhook secret', { WEBHOOK_SECRET: '' }],
  ["with Probot's public secret", { WEBHOOK_SECRET: 'development' }],
])('%s it refuses to start, says why and what to do', async (_name, env) => {
  const started = start({ ...github.environment(), ...env });
  expect(await started.ended).toBe(1);
  expect(started.output()).toMatch(/^Plumbline can't start\.\n.*WEBHOOK_SECRET.*\n.*openssl rand -hex 32/);
  expect(started.output()).not.toMatch(/\n\s+at /);
});

test('it reviews with the environment alone, and ends with 0 when it is told to', async () => {
  const started = start({ ...github.environment(), HOST: '127.0.0.1', PORT: '0' });
  await expect.poll(() => portOf(started.output()), { timeout: 10_000 }).not.toBe('');
  const at = `http://127.0.0.1:${portOf(started.output())}`;
  expect((await fetch(`${at}/readyz`)).status).toBe(200);
  github.connect(`${at}/api/github/webhooks`);
  const repository = await github.createRepository({ files: { 'main.tf': '\n' } });
  await repository.openPullRequest({ files: { 'README.md': 'words\n' } });
  expect(await github.deliver()).toMatchObject([{ status: 200 }]);
  await expect.poll(() => repository.checkRuns[0]?.status, { timeout: 20_000 }).toBe('completed');
  expect(repository.checkRuns[0]?.conclusion).toBe('success');
  started.kill('SIGTERM');
  expect(await started.ended).toBe(0);
  expect(started.output()).toContain('stopped');
});

test('without APP_ID it shows the page that registers the App as app.yml says', async () => {
  const started = start({ PORT: '0', HOST: '127.0.0.1' });
  await expect.poll(() => portOf(started.output()), { timeout: 10_000 }).not.toBe('');
  const page = await (await fetch(`http://127.0.0.1:${portOf(started.output())}/probot`)).text();
  const manifest: unknown = JSON.parse(/value='([^']*)'/.exec(page)?.[1] ?? '');
  expect(manifest).toMatchObject({
    name: 'Plumbline',
    default_permissions: { metadata: 'read', contents: 'read', pull_requests: 'write', checks: 'write', merge_queues: 'read' },
    default_events: ['pull_request', 'check_run', 'check_suite', 'merge_group', 'push', 'pull_request_review_comment'],
  });
  started.kill('SIGINT');
  expect(await started.ended).toBe(0);
});
