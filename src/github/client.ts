import { setTimeout as pause } from 'node:timers/promises';
import type { Probot } from 'probot';
import { TryLaterError } from '../errors.ts';
import { rateLimitSeconds } from './api-error.ts';
import type { Octokit } from './octokit.ts';

/** Seconds that a job waits inside a call for a limit to pass; for longer ones it makes way and comes back. */
const patience = 90;
const waits = 3;

/** A client for one job. */
export interface Client {
  readonly octokit: Octokit;
  /** How many requests it sent, the token's own aside. */
  calls(): number;
}

/**
 * A client with the installation's token whose requests end with the signal's reason once that is aborted, and which waits when GitHub says
 * so. `probot.auth` is used, not an event's client: only that one keeps a pace per installation.
 */
export async function openClient(probot: Probot, installation: number, signal: AbortSignal): Promise<Client> {
  const octokit = await probot.auth(installation);
  let calls = 0;
  octokit.hook.wrap('request', async (request, options) => {
    for (let tries = 1; ; tries++) {
      signal.throwIfAborted();
      calls++;
      try {
        return await request(options);
      } catch (error) {
        const seconds = rateLimitSeconds(error);
        if (seconds === undefined) throw error;
        if (seconds > patience || tries > waits) {
          throw new TryLaterError(`GitHub asks to wait ${seconds} s.`, 'It is tried again after that.', seconds, { cause: error });
        }
        octokit.log.info(`GitHub asks to wait ${seconds} s before ${options.method} ${options.url}`);
        await pause(seconds * 1000, undefined, { signal }).catch(() => undefined);
      }
    }
  });
  return { octokit, calls: () => calls };
}
