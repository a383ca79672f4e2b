import { getPrivateKey } from '@probot/get-private-key';
import { ConfigurationError, messageOf } from './errors.ts';

/** What the environment says about how to run. */
export type ServerSettings =
  /** No App is registered yet. */
  { readonly is: 'setup' } | ({ readonly is: 'serve' } & ServeSettings);

export interface ServeSettings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly host: string;
  readonly port: number;
  /** Where GitHub's REST API is. */
  readonly baseUrl: string;
  readonly webhookPath: string;
}

const secretBytes = 32;
const howToMakeASecret =
  'Make one with `openssl rand -hex 32`, set it as WEBHOOK_SECRET and as the webhook secret in the settings of your GitHub App.';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads Probot's standard environment. Throws ConfigurationError when Plumbline can't or must not start with it. */
export function readSettings(environment: Environment, cwd: string = process.cwd()): ServerSettings {
  const env: Environment = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const appId = env['APP_ID']?.trim();
  if (appId === undefined) {
    if (env['NODE_ENV'] !== 'production') return { is: 'setup' };
    throw new ConfigurationError(
      'APP_ID is not set, and with NODE_ENV=production there is no set-up page.',
      'Set APP_ID, PRIVATE_KEY (or PRIVATE_KEY_PATH) and WEBHOOK_SECRET; to register the App first, start without NODE_ENV=production.',
    );
  }
  if (!/^[1-9][0-9]{0,14}$/.test(appId)) {
    throw new ConfigurationError(
      'APP_ID is not a number.',
      'Set it to the "App ID" in the settings of your GitHub App (not the client ID).',
    );
  }
  return {
    is: 'serve',
    appId: Number(appId),
    webhookSecret: readSecret(env['WEBHOOK_SECRET'] ?? ''),
    privateKey: readPrivateKey(env, cwd),
    host: env['HOST'] ?? 'localhost',
    port: readPort(env['PORT'] ?? ''),
    baseUrl: env['GHE_HOST'] === undefined ? 'https://api.github.com' : `${env['GHE_PROTOCOL'] ?? 'https'}://${env['GHE_HOST']}/api/v3`,
    webhookPath: env['WEBHOOK_PATH'] ?? '/api/github/webhooks',
  };
}

function readPrivateKey(env: Environment, cwd: string): string {
  const remedy = 'Set PRIVATE_KEY to the contents of the .pem file that GitHub gave you for the App, or PRIVATE_KEY_PATH to its path.';
  let key: string | null;
  try {
    key = getPrivateKey({ env: { ...env }, cwd });
  } catch (error) {
    throw new ConfigurationError(messageOf(error).replace('[@probot/get-private-key] ', ''), remedy, { cause: error });
  }
  if (key) return key;
  throw new ConfigurationError('APP_ID is set, but there is no private key.', remedy);
}

/**
 * Who knows the secret can make Plumbline act. Without one Probot would take a public word, so there is no start without a real one.
 */
function readSecret(secret: string): string {
  if (secret === '') {
    throw new ConfigurationError(
      "APP_ID is set, but WEBHOOK_SECRET is not. Without it anyone could send webhooks that look like GitHub's.",
      howToMakeASecret,
    );
  }
  if (secret === 'development') {
    throw new ConfigurationError('WEBHOOK_SECRET is "development", a default that everyone knows.', howToMakeASecret);
  }
  if (Buffer.byteLength(secret) < secretBytes) {
    throw new ConfigurationError(
      `WEBHOOK_SECRET is shorter than ${String(secretBytes)} characters and could be guessed.`,
      howToMakeASecret,
    );
  }
  return secret;
}

function readPort(port: string): number {
  if (port === '') return 3000;
  if (/^[0-9]{1,5}$/.test(port) && Number(port) < 65_536) return Number(port);
  throw new ConfigurationError('PORT is not a port number.', 'Set it to a number from 1 to 65535, or leave it out for 3000.');
}
