import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startGitHub, type StandIn } from '../test/support/github/stand-in.ts';
import { asPage } from './page.ts';
import type { Shown } from './shown.ts';
import { inTerminal } from './terminal.ts';

// Opens a sample pull request on a stand-in for GitHub, lets the real App review it, and shows what a person would see. No network beyond the
// loopback interface, no credentials. Compiled to dist/demo; the sample lies in examples/ of the package.
const root = new URL(import.meta.url.endsWith('.ts') ? '../' : '../../', import.meta.url);

type Files = Record<string, string>;

/** The sample's files. Its one secret is made up here, so that none stands in the repository. */
async function sample(side: 'before' | 'after', token: string): Promise<Files> {
  const folder = fileURLToPath(new URL(`examples/pull-request/${side}/`, root));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = async (path: string): Promise<[string, string]> => [
    relative(folder, path).replaceAll('\\', '/'),
    (await readFile(path, 'utf8')).replace('@@HUGGING_FACE_TOKEN@@', token),
  ];
  return Object.fromEntries(
    await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => read(join(entry.parentPath, entry.name)))),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface RunningApp {
  readonly url: string;
  log(): string;
  stop(): Promise<void>;
}

async function startApp(environment: Record<string, string>): Promise<RunningApp> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL('dist/src/main.js', root))], {
    env: { ...environment, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; !(await ready(url)); tries++) {
    if (tries > 200 || child.exitCode !== null) throw new Error(`The App did not start:\n${log}`);
    await pause(50);
  }
  return {
    url,
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const ready = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );

async function reviewOf(github: StandIn, app: RunningApp, before: Files, after: Files): Promise<Shown> {
  const repository = await github.createRepository({ name: 'ranker', files: before });
  github.connect(`${app.url}/api/github/webhooks`);
  const removed = Object.keys(before).filter((path) => !(path in after));
  const pull = await repository.openPullRequest({
    title: 'Serve the ranker and the classifier on GPUs',
    branch: 'serve-models',
    files: { ...after, ...Object.fromEntries(removed.map((path) => [path, null])) },
  });
  await github.deliver();
  const deadline = Date.now() + 45_000;
  while (!repository.checkRuns.some((run) => run.status === 'completed')) {
    if (Date.now() > deadline) throw new Error(`The check was not completed in 45 s:\n${app.log()}`);
    await pause(50);
  }
  github.assertNoUnknownRequests();
  const [run] = repository.checkRuns;
  const patches = await repository.git.diff(pull.baseSha, pull.headSha);
  return {
    title: pull.record.title,
    check: { conclusion: run?.conclusion ?? '', title: run?.title ?? '', summary: run?.summary ?? '' },
    note: pull.comments[0]?.body,
    review: pull.reviews.find((review) => review.body !== '')?.body,
    comments: pull.reviewComments.map((comment) => ({
      path: comment.path,
      side: comment.side,
      lines:
        comment.subject === 'file' || comment.line === null ? undefined : { from: comment.startLine ?? comment.line, to: comment.line },
      body: comment.body,
    })),
    patches: new Map(patches.map((file) => [file.path, file.patch ?? ''])),
  };
}

const started = performance.now();
const token = `hf_${randomBytes(40)
  .toString('base64url')
  .replace(/[^A-Za-z0-9]/g, '')
  .padEnd(34, 'x')
  .slice(0, 34)}`;
const github = await startGitHub();
try {
  const app = await startApp(github.environment());
  const shown = await reviewOf(github, app, await sample('before', token), await sample('after', token)).finally(() => app.stop());
  if (shown.comments.length === 0) throw new Error(`The review has no comment:\n${shown.check.summary}`);
  const page = asPage(shown);
  const text = inTerminal(shown, process.stdout.isTTY && process.env['NO_COLOR'] === undefined);
  const quoted = [...shown.patches.values()].join('\n');
  const said = [
    shown.check.title,
    shown.check.summary,
    shown.note ?? '',
    shown.review ?? '',
    ...shown.comments.map((comment) => comment.body),
    app.log(),
  ].join('\n');
  if (said.includes(token) || !quoted.includes(token)) throw new Error('The sample secret was repeated in what the App posted or logged.');
  const file = join(await mkdtemp(join(tmpdir(), 'plumbline-demo-')), 'review.html');
  await writeFile(file, page.replaceAll(token, 'hf_…'));
  process.stdout.write(`${text.replaceAll(token, 'hf_…')}\n`);
  process.stdout.write(`\nThe same as a page: ${file}\n`);
  process.stdout.write(
    `${shown.comments.length} comments, ${github.requests.length} API calls, ${((performance.now() - started) / 1000).toFixed(1)} s. The sample's token stands in none of them, nor in the App's log.\n`,
  );
} finally {
  await github.close();
}
