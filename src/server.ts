import { createNodeMiddleware, Probot } from 'probot';
import type { Logger, ProbotOctokit } from 'probot';
import { createApp } from './app.ts';
import { messageOf } from './errors.ts';
import { createBlobCache } from './github/blob-cache.ts';
import { createIdentity } from './github/identity.ts';
import { PlumblineOctokit } from './github/octokit.ts';
import { createReviewQueue } from './github/review-queue.ts';
import { createSettingsCache } from './github/settings-cache.ts';
import type { Reviewing, Waits } from './github/worker.ts';
import { closeServer, createHttpServer, listen } from './server-http.ts';
import type { ServeSettings } from './server-settings.ts';

export interface ServerOptions extends Reviewing {
  readonly settings: ServeSettings;
  readonly log: Logger;
  /** How many reviews run at the same time; 4 when absent. */
  readonly parallel?: number;
  /** How long running reviews may go on when the server stops; 20 s when absent. */
  readonly stopLimitMs?: number;
  /** For tests: a client without pauses, and shorter waits. */
  readonly Octokit?: typeof ProbotOctokit;
  readonly waits?: Waits;
}

export interface RunningServer {
  readonly port: number;
  /** Resolves when no review runs or waits. */
  idle(): Promise<void>;
  /** Takes no more webhooks, lets running reviews end, marks the others as not done on GitHub, and closes. */
  stop(): Promise<void>;
}

/** Starts the App: webhooks in, reviews out. */
export async function startServer({ settings, log, review, fix, ...options }: ServerOptions): Promise<RunningServer> {
  const probot = new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    secret: settings.webhookSecret,
    baseUrl: settings.baseUrl,
    log,
    Octokit: options.Octokit ?? PlumblineOctokit,
  });
  const identity = createIdentity(probot);
  const queue = createReviewQueue(
    {
      probot,
      identity,
      log,
      review,
      fix,
      cache: createBlobCache(),
      settings: createSettingsCache(),
      waits: options.waits ?? {},
      ...(options.rules && { rules: options.rules }),
    },
    options.parallel ?? 4,
  );
  const { webhookPath } = settings;
  const webhooks = await createNodeMiddleware(createApp(queue), { probot, webhooksPath: webhookPath });
  let stopping = false;
  const http = createHttpServer({ webhookPath, webhooks, log, stopping: () => stopping });
  const port = await listen(http, settings.host, settings.port);
  log.info(`Listening on http://${settings.host}:${port}`);
  identity().then(
    ({ login }) => log.info(`GitHub knows this App as ${login}`),
    // Webhooks are taken all the same: it may be GitHub that is down.
    (error: unknown) => log.error(`GitHub does not accept this App (${messageOf(error)}). Check APP_ID, PRIVATE_KEY and GHE_HOST.`),
  );
  return {
    port,
    idle: () => queue.idle(),
    async stop() {
      if (stopping) return;
      stopping = true;
      log.info('stopping: no more webhooks are taken');
      const notReviewed = await queue.stop(options.stopLimitMs ?? 20_000);
      await closeServer(http);
      log.info({ notReviewed }, 'stopped');
    },
  };
}
