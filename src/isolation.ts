import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Change } from './change.ts';
import { settingsPath } from './context.ts';
import { ReviewError } from './errors.ts';
import type { Fixes, Review } from './report/review.ts';

/** What the isolated process is asked for: the review of a change, or all the fixes of that review. */
export type Request =
  | { readonly want: 'review'; readonly change: Change }
  /** `except`: keys of findings that are to stay. */
  | { readonly want: 'fixes'; readonly change: Change; readonly except: readonly string[] };

/** What the isolated process says: which file it is about to read, and at last what was asked for or why there is none. */
export type Report = { readonly reading: string } | Answer | { readonly failed: string };
type Answer = { readonly review: Review } | { readonly fixes: Fixes };

export interface IsolationLimits {
  /** Milliseconds that one file may take to be read. */
  readonly perFile: number;
  /** Milliseconds that the whole review may take. */
  readonly total: number;
  /** Megabytes of JavaScript heap. */
  readonly heap: number;
}
const limits: IsolationLimits = { perFile: 10_000, total: 180_000, heap: 1536 };

// Sources run under a test runner that compiles them; a child process needs the compiled entry.
const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/src/isolated.js' : './isolated.js', import.meta.url));

/**
 * Node's permission model for the process: it may read this package and its dependencies, and may write nothing, start no process and load
 * no native code. Its flag lost the word experimental in Node 23.5.
 */
function confinement(): readonly string[] {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  const own = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../..', import.meta.url));
  const dependency = createRequire(import.meta.url).resolve('yaml');
  const modules = dependency.slice(0, dependency.lastIndexOf(`${sep}node_modules${sep}`) + `${sep}node_modules${sep}`.length);
  return [flag, `--allow-fs-read=${own}*`, `--allow-fs-read=${modules}*`];
}

/**
 * Reviews a change in a process of its own, with an empty environment and no rights: text from strangers never meets the App's key, and a
 * parser that hangs or eats all memory is ended. The file it was reading is then left out and named, and the review starts again without it.
 * Throws ReviewError when no review can be had at all.
 */
export async function reviewInIsolation(change: Change, bounds: IsolationLimits = limits, child = entry): Promise<Review> {
  const answer = await isolated({ change, want: 'review' }, bounds, child);
  if ('review' in answer) return answer.review;
  throw stopped('its process answered something else');
}

/** All the fixes of such a review, found in the same manner; those of findings in `except` (keys) are left out. Throws ReviewError. */
export async function fixInIsolation(
  change: Change,
  except: readonly string[] = [],
  bounds: IsolationLimits = limits,
  child = entry,
): Promise<Fixes> {
  const answer = await isolated({ change, want: 'fixes', except }, bounds, child);
  if ('fixes' in answer) return answer.fixes;
  throw stopped('its process answered something else');
}

async function isolated(request: Request, bounds: IsolationLimits, child: string): Promise<Answer> {
  const deadline = Date.now() + bounds.total;
  let { change } = request;
  for (let tries = 0; tries < 4; tries++) {
    const outcome = await attempt({ ...request, change }, bounds, deadline, child);
    if (outcome.is === 'answer') return outcome.answer;
    if (outcome.is === 'failed') throw stopped(outcome.why);
    change = without(change, outcome.file, outcome.why);
  }
  throw new ReviewError(
    'Several files of this pull request could not be read in the time they have.',
    'Make those files smaller, or review them by hand.',
  );
}

const stopped = (why: string): ReviewError =>
  new ReviewError(`The review stopped: ${why}.`, 'Re-run the check; when it stops again, open an issue with the file it names.');

type Outcome =
  | { readonly is: 'answer'; readonly answer: Answer }
  | { readonly is: 'failed'; readonly why: string }
  | { readonly is: 'stuck'; readonly file: string; readonly why: string };

function attempt(request: Request, bounds: IsolationLimits, deadline: number, entryFile: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child: ChildProcess = fork(entryFile, [], {
      env: {},
      execArgv: [`--max-old-space-size=${bounds.heap}`, ...confinement()],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let reading: string | undefined;
    let stderr = '';
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(outcome);
    };
    const patience = (): number => Math.max(0, Math.min(reading ? bounds.perFile : Infinity, deadline - Date.now()));
    const tooLong = (): void => {
      if (reading) settle({ is: 'stuck', file: reading, why: `reading it took longer than ${bounds.perFile / 1000} s` });
      else settle({ is: 'failed', why: `it took longer than ${bounds.total / 1000} s` });
    };
    let timer = setTimeout(tooLong, patience());
    child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString('utf8')).slice(-2000)));
    child.on('message', (report: Report) => {
      clearTimeout(timer);
      if ('failed' in report) return settle({ is: 'failed', why: report.failed });
      if (!('reading' in report)) return settle({ is: 'answer', answer: report });
      reading = report.reading || undefined;
      timer = setTimeout(tooLong, patience());
    });
    child.on('error', (error) => settle({ is: 'failed', why: error.message }));
    child.on('exit', (code, signal) => {
      const why = stderr.includes('heap out of memory')
        ? 'it needed more memory than it may have'
        : `its process ended (${signal ?? `code ${code}`})`;
      settle(reading ? { is: 'stuck', file: reading, why } : { is: 'failed', why });
    });
    child.send(request);
  });
}

function without(change: Change, path: string, why: string): Change {
  const omit = (files: Change['after']): Change['after'] => new Map([...files].filter(([name]) => name !== path));
  // The base's settings hold whatever the change makes of that file.
  const before = path === settingsPath ? change.before : omit(change.before);
  return { ...change, before, after: omit(change.after), unread: [...change.unread, { path, why }] };
}
