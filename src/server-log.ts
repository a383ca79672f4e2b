import { getTransformStream } from '@probot/pino';
import { pino } from 'pino';
import type { Logger } from 'probot';
import { ConfigurationError } from './errors.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Probot's log (LOG_LEVEL, LOG_FORMAT, LOG_LEVEL_IN_STRING, LOG_MESSAGE_KEY), except that errors are written without what hangs on them:
 * the clients' errors carry requests, answers and webhook payloads, which hold what people wrote.
 */
export async function createLog(env: Environment, out: NodeJS.WritableStream = process.stdout): Promise<Logger> {
  const set = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const level = set('LOG_LEVEL') ?? 'info';
  if (!levels.includes(level)) throw new ConfigurationError(`LOG_LEVEL is "${level}".`, `Set it to one of ${levels.join(', ')}.`);
  const format = set('LOG_FORMAT') ?? (env['NODE_ENV'] === 'production' ? 'json' : 'pretty');
  const transform = await getTransformStream({
    logFormat: format === 'pretty' ? 'pretty' : 'json',
    logLevelInString: env['LOG_LEVEL_IN_STRING'] === 'true',
  });
  transform.pipe(out);
  return pino({ level, name: 'plumbline', messageKey: set('LOG_MESSAGE_KEY') ?? 'msg', serializers: { err: plainError } }, transform);
}

/** An error as the log may have it: what it is and where it came from, nothing of what it was about. */
export function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const status: unknown = Reflect.get(error, 'status');
  return {
    type: error.name,
    message: error.message.slice(0, 1000),
    stack: error.stack?.slice(0, 4000) ?? '',
    ...(typeof status === 'number' && { status }),
    ...(error.cause instanceof Error && { cause: `${error.cause.name}: ${error.cause.message}`.slice(0, 1000) }),
  };
}
