import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { ExplainedError } from './errors.ts';
import { fixInIsolation, reviewInIsolation } from './isolation.ts';
import { createLog } from './server-log.ts';
import { readSettings } from './server-settings.ts';
import { projectDirectory, startSetup } from './server-setup.ts';
import { startServer } from './server.ts';

/** Variables from `.env` here and beside the project, where the set-up page puts them. What the environment says already stays. */
function loadEnvFiles(): void {
  for (const directory of new Set([process.cwd(), projectDirectory()])) {
    let text: string;
    try {
      text = readFileSync(join(directory, '.env'), 'utf8');
    } catch {
      continue; // Most installations have no such file.
    }
    for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
  }
}

async function start(): Promise<void> {
  loadEnvFiles();
  const settings = readSettings(process.env);
  const log = await createLog(process.env);
  const stop = settings.is === 'setup' ? await startSetup(log) : await serve(settings, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void stop()
        .then(() => pause(50)) // The log is written by a stream of its own.
        .then(() => process.exit(0));
    });
  }
}

async function serve(
  settings: Parameters<typeof startServer>[0]['settings'],
  log: Awaited<ReturnType<typeof createLog>>,
): Promise<() => Promise<void>> {
  if (process.env.REDIS_URL) log.warn('REDIS_URL is not used.');
  const server = await startServer({ settings, log, review: (change) => reviewInIsolation(change), fix: fixInIsolation });
  if (process.env.WEBHOOK_PROXY_URL) {
    log.info(
      `Webhooks go to WEBHOOK_PROXY_URL. Forward them: npx smee-client --url <channel> --target http://localhost:${String(server.port)}${settings.webhookPath}`,
    );
  }
  return () => server.stop();
}

start().catch((error: unknown) => {
  const said =
    error instanceof ExplainedError
      ? `${error.message}\n${error.remedy}`
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`Plumbline can't start.\n${said}\n`);
  process.exit(1);
});
