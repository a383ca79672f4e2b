import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createNodeMiddleware, Probot } from 'probot';
import type { Logger, ProbotOctokit } from 'probot';
import { createApp } from './app.ts';
import { ConfigurationError, messageOf } from './errors.ts';
import { createBlobCache } from './github/blob-cache.ts';
import { createIdentity } from './github/identity.ts';
import type { Job } from './github/job.ts';
import { PlumblineOctokit } from './github/octokit.ts';
import { createWorker, leaveUndone } from './github/worker.ts';
import type { Reviewing, WorkerOptions } from './github/worker.ts';
import { createMemoryQueue } from './queue/memory-queue.ts';
import { readBody } from './server-body.ts';
import type { ServeSettings } from './server-settings.ts';

export interface ServerOptions extends Reviewing {
  readonly settings: ServeSettings;
  readonly log: Logger;
  /** How many reviews run at the same time. */
  readonly parallel?: number;
  /** How long running reviews may go on when the server stops. */
  readonly stopLimitMs?: number;
  /** For tests: a client without pauses, and milliseconds to wait for an API that lags behind. */
  readonly Octokit?: typeof ProbotOctokit;
  readonly pauses?: readonly number[];
}

export interface RunningServer {
  readonly port: number;
  /** Resolves when no review runs or waits. */
  idle(): Promise<void>;
  /** Takes no more webhooks, lets running reviews end, marks the others as not done on GitHub, and closes. */
  stop(): Promise<void>;
}

/** Starts the App: webhooks in, reviews out. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { settings, log } = options;
  const probot = new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    secret: settings.webhookSecret,
    baseUrl: settings.baseUrl,
    log,
    Octokit: options.Octokit ?? PlumblineOctokit,
  });
  const identity = createIdentity(probot);
  const enqueue = (job: Job): void => {
    queue.add(job);
  };
  const worker: WorkerOptions = {
    probot,
    identity,
    cache: createBlobCache(),
    log,
    enqueue,
    review: options.review,
    ...(options.pauses && { pauses: options.pauses }),
  };
  const queue = createMemoryQueue<Job>({
    work: createWorker(worker),
    parallel: options.parallel ?? 4,
    onError: (error, job) => {
      log.error({ err: error, job: job.key }, 'the end of a job could not be written to GitHub');
    },
  });
  const webhooks = await createNodeMiddleware(createApp({ enqueue }), { probot, webhooksPath: settings.webhookPath });
  let stopping = false;
  const http = createServer((request, response) => {
    logRequest(log, request, response);
    answer(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'a request could not be answered');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0];
    if (request.method === 'GET' && path === '/healthz') return say(response, 200, { status: 'alive' });
    if (request.method === 'GET' && path === '/readyz') return stopping ? say(response, 503, { status: 'stopping' }) : say(response, 200, { status: 'ready' });
    // An App that was registered through the set-up page has its webhook at the root.
    const isWebhook = path === settings.webhookPath || (request.method === 'POST' && path === '/');
    if (!isWebhook) return say(response, 404, { error: 'There is nothing here.' });
    if (stopping) return say(response, 503, { error: 'Plumbline is stopping. Deliver this again.' });
    if (request.method === 'POST' && request.headers['x-hub-signature-256'] === undefined) {
      return say(response, 400, { error: 'The header X-Hub-Signature-256 is missing.' });
    }
    const body = await readBody(request);
    if (body === undefined) {
      response.setHeader('connection', 'close');
      return say(response, 413, { error: 'The body is larger than GitHub sends.' });
    }
    request.body = body;
    request.url = settings.webhookPath;
    await webhooks(request, response);
  }

  await listen(http, settings);
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  log.info(`Listening on http://${settings.host}:${String(port)}`);
  checkCredentials(identity, log);

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info('stopping: no more webhooks are taken');
    const undone = await queue.stop(options.stopLimitMs ?? 20_000);
    const marked = await Promise.allSettled(undone.map((job) => leaveUndone(worker, job)));
    for (const result of marked) if (result.status === 'rejected') log.error({ err: result.reason }, 'a waiting job could not be marked as not done');
    http.closeIdleConnections();
    await new Promise((resolve) => http.close(resolve));
    log.info({ notReviewed: undone.length }, 'stopped');
  }

  return { port, idle: () => queue.idle(), stop };
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** One line for each request that is not a health check: refused ones as warnings, none with its body. */
function logRequest(log: Logger, request: IncomingMessage, response: ServerResponse): void {
  const { method, url } = request;
  const started = Date.now();
  response.on('finish', () => {
    const fields = { status: response.statusCode, ms: Date.now() - started, delivery: request.headers['x-github-delivery'], event: request.headers['x-github-event'] };
    const line = `${method ?? ''} ${url?.split('?')[0] ?? ''} ${String(response.statusCode)}`;
    if (response.statusCode >= 400) log.warn(fields, `refused: ${line}`);
    else log.debug(fields, line);
  });
}

function listen(http: Server, { host, port }: ServeSettings): Promise<void> {
  // A webhook comes in one piece; a client that dawdles is not GitHub.
  http.requestTimeout = 60_000;
  return new Promise((resolve, reject) => {
    http.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      const message = taken ? `Port ${String(port)} is already in use.` : `Plumbline can't listen on ${host}:${String(port)}: ${error.message}.`;
      reject(new ConfigurationError(message, 'Set PORT (and HOST) to an address that is free.', { cause: error }));
    });
    http.listen({ host, port }, resolve);
  });
}

/** Tells early in the log when GitHub does not accept the App's credentials; webhooks are taken all the same. */
function checkCredentials(identity: () => Promise<{ login: string }>, log: Logger): void {
  identity().then(
    ({ login }) => {
      log.info(`GitHub knows this App as ${login}`);
    },
    (error: unknown) => {
      log.error(`GitHub does not accept this App (${messageOf(error)}). Check APP_ID, PRIVATE_KEY and, on GitHub Enterprise Server, GHE_HOST.`);
    },
  );
}
