import { ProbotOctokit } from 'probot';

/** A client of GitHub's API with one installation's token, or with the App's own. */
export type Octokit = ProbotOctokit;

/** Which repository is spoken about. */
export interface Repo {
  readonly owner: string;
  readonly repo: string;
}

/**
 * The version of GitHub's REST API that this code was written against. It is the one that both github.com and GitHub Enterprise Server
 * know; nothing here reads `merge_commit_sha`, which later versions drop.
 */
export const apiVersion = '2022-11-28';

interface Log {
  debug(fields: object | string, message?: string): void;
  info(fields: object | string, message?: string): void;
  warn(fields: object | string, message?: string): void;
  error(fields: object | string, message?: string): void;
}

/**
 * Probot's client with three habits changed: it names the API version; it does not write request bodies to the log (they hold the
 * configuration under review); and it does not wait for hours inside a call when a limit is reached, but fails at once so that the job can
 * make way and come back.
 */
export const PlumblineOctokit: typeof ProbotOctokit = ProbotOctokit.plugin((octokit) => {
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = apiVersion;
  });
}).defaults((options: { log?: Log; throttle?: object }) => ({
  ...options,
  ...(options.log && { log: withoutBodies(options.log) }),
  throttle: { ...options.throttle, onRateLimit: () => false, onSecondaryRateLimit: () => false },
}));

/** Probot's clients log `(body, 'GitHub request: POST … - 201')`: only the second part is kept. */
function withoutBodies(log: Log): Log {
  const only = (level: keyof Log) => (fields: object | string, message?: string) => {
    log[level](typeof fields === 'string' ? fields : (message ?? 'GitHub client'));
  };
  return { debug: only('debug'), info: only('info'), warn: only('warn'), error: only('error') };
}

/**
 * Creates are sent once. A retry after a 5xx could say everything twice, since GitHub may have done what it reports as failed; the callers
 * look for what they meant to create instead.
 */
export const once = { request: { retries: 0 } } as const;
