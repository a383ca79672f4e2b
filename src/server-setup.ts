import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from 'probot';
import type { Logger } from 'probot';
import { ConfigurationError } from './errors.ts';

/** The directory of the project: the one with app.yml, wherever this module was compiled to. */
export function projectDirectory(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    if (existsSync(join(at, 'app.yml'))) return at;
    if (at === dirname(at)) throw new ConfigurationError('app.yml was not found beside Plumbline.', 'Install Plumbline anew.');
  }
}

/**
 * Probot's page that registers the App on GitHub with what app.yml asks for, and writes the credentials to `.env`. Both are files of the
 * working directory to Probot, so that is moved to the project. Returns what stops it.
 */
export async function startSetup(log: Logger): Promise<() => Promise<void>> {
  const directory = projectDirectory();
  try {
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw new ConfigurationError(
      `There is no APP_ID yet, and the set-up page could not keep the App's credentials: ${directory} is not writable.`,
      'Set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET, or run the set-up where the directory is writable.',
      { cause: error },
    );
  }
  process.chdir(directory);
  // Otherwise Probot may fetch and run a package to make a channel.
  process.env.NO_SMEE_SETUP ??= 'true';
  log.info('No APP_ID: this is the set-up. Open the page below in a browser to register the App on GitHub, then start again.');
  if (!process.env.WEBHOOK_PROXY_URL) {
    log.info(
      "GitHub must reach the address under which you open the page. If it can't, set WEBHOOK_PROXY_URL to a forwarding channel first.",
    );
  }
  const server = await run(() => undefined, { log });
  return () => server.stop();
}
