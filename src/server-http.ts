import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Logger } from 'probot';
import { ConfigurationError } from './errors.ts';
import { createBodyReader } from './server-body.ts';
import type { Body } from './server-body.ts';

export interface HttpOptions {
  readonly webhookPath: string;
  /** Probot's middleware: checks the signature and calls the App. */
  readonly webhooks: (request: IncomingMessage, response: ServerResponse) => unknown;
  readonly stopping: () => boolean;
  readonly log: Logger;
}

/** The HTTP side: webhooks of at most 25 MB, `GET /healthz` (it runs) and `GET /readyz` (it takes webhooks). */
export function createHttpServer(options: HttpOptions): Server {
  const read = createBodyReader();
  const server = createServer((request, response) => {
    logRequest(options.log, request, response);
    answer(options, read, request, response).catch((error: unknown) => {
      options.log.error({ err: error }, 'a request could not be answered');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  // A webhook comes in one piece; a client that dawdles is not GitHub.
  server.requestTimeout = 60_000;
  return server;
}

interface Reply {
  readonly status: number;
  readonly words: object;
}
const stoppingReply: Reply = { status: 503, words: { error: 'Plumbline is stopping. Deliver this again.' } };

type ReadBody = ReturnType<typeof createBodyReader>;

async function answer(options: HttpOptions, read: ReadBody, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = await replyTo(options, (incoming) => read(incoming, response), request);
  if (reply === undefined) {
    await options.webhooks(request, response);
    return;
  }
  // What was refused may still be on its way: there is no next request on this connection.
  if (reply.status === 413 || reply.status === 503) response.setHeader('connection', 'close');
  response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.words));
}

/** The reply to a request; undefined when it is a webhook, which then has its body and waits for Probot. */
async function replyTo(
  { webhookPath, stopping }: HttpOptions,
  read: (request: IncomingMessage) => Promise<Body>,
  request: IncomingMessage,
): Promise<Reply | undefined> {
  const path = request.url?.split('?')[0];
  if (request.method === 'GET' && path === '/healthz') return { status: 200, words: { status: 'alive' } };
  if (request.method === 'GET' && path === '/readyz') return stopping() ? stoppingReply : { status: 200, words: { status: 'ready' } };
  // An App that was registered through the set-up page has its webhook at the root.
  const isWebhook = path === webhookPath || (request.method === 'POST' && path === '/');
  if (!isWebhook) return { status: 404, words: { error: 'There is nothing here.' } };
  if (stopping()) return stoppingReply;
  if (request.method === 'POST' && request.headers['x-hub-signature-256'] === undefined) {
    return { status: 400, words: { error: 'The header X-Hub-Signature-256 is missing.' } };
  }
  const body = await read(request);
  if (body.is === 'too large') return { status: 413, words: { error: 'The body is larger than GitHub sends.' } };
  if (body.is === 'no room') return { status: 503, words: { error: 'Too many large webhooks came at once. Deliver this again.' } };
  if (stopping()) return stoppingReply;
  request.body = body.text;
  request.url = webhookPath;
  return undefined;
}

/** One line for each request: refused ones as warnings, none with its body. */
function logRequest(log: Logger, request: IncomingMessage, response: ServerResponse): void {
  const line = `${request.method ?? ''} ${request.url?.split('?')[0] ?? ''}`;
  const started = Date.now();
  response.on('finish', () => {
    const { 'x-github-delivery': delivery, 'x-github-event': event } = request.headers;
    const fields = { status: response.statusCode, ms: Date.now() - started, delivery, event };
    if (response.statusCode >= 400) log.warn(fields, `refused: ${line} ${response.statusCode}`);
    else log.debug(fields, `${line} ${response.statusCode}`);
  });
}

/** Listens, and resolves with the port. Throws ConfigurationError when the address can't be had. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      const message = taken ? `Port ${port} is already in use.` : `Plumbline can't listen on ${host}:${port}: ${error.message}.`;
      reject(new ConfigurationError(message, 'Set PORT (and HOST) to an address that is free.', { cause: error }));
    });
    server.listen({ host, port }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Closes a server. Who still holds a connection after a second loses it. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, 1000);
  await closed;
  clearTimeout(timer);
}
