import { AbandonedError } from '../errors.ts';
import { createTurns } from './turns.ts';
import type { Queue, Queued, Worker } from './queue.ts';

export interface MemoryQueueOptions<J> {
  readonly work: Worker<J>;
  /** How many jobs run at the same time. */
  readonly parallel: number;
  /** Told of what a worker threw. A worker is expected to deal with its own errors; this is the last resort. */
  readonly onError: (error: unknown, job: J) => void;
  /** Told of a job that was put back and then replaced by a newer one before it ran again. */
  readonly onReplaced?: (job: J, by: J) => void;
  /** Whether a job that comes in while another one of its key runs asks for the same as that, and not for something newer. */
  readonly isAgain?: (running: J, by: J) => boolean;
  /** How long an aborted job may take to tidy up before the queue no longer waits for it. */
  readonly graceMs?: number;
}

interface Active<J> {
  readonly job: J;
  readonly lane: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

const laneOf = (job: Queued): string => job.lane ?? job.key;

/** A queue that lives as long as the process: one active job per key, the newest wins, owners served in turn. */
export function createMemoryQueue<J extends Queued>(options: MemoryQueueOptions<J>): Queue<J> {
  const waiting = createTurns<J>();
  const active = new Map<string, Active<J>>();
  const delayed = new Map<string, { readonly job: J; readonly timer: NodeJS.Timeout }>();
  let idleListeners: (() => void)[] = [];
  const left: J[] = [];
  let stopped = false;

  const isIdle = (): boolean => active.size === 0 && waiting.size() === 0 && delayed.size === 0;

  function add(job: J): void {
    if (stopped) return void left.push(job);
    const replaced = delayed.get(job.key)?.job;
    cancelDelay(job.key);
    if (replaced !== undefined) options.onReplaced?.(replaced, job);
    waiting.put(job);
    const running = active.get(job.key);
    running?.abort.abort(new AbandonedError(options.isAgain?.(running.job, job) === true ? 'again' : 'superseded'));
    fill();
  }

  function fill(): void {
    while (active.size < options.parallel) {
      const busy = new Set([...active.values()].map(({ lane }) => lane));
      const job = waiting.take((candidate) => !busy.has(laneOf(candidate)));
      if (job === undefined) break;
      start(job);
    }
    if (!isIdle()) return;
    for (const listener of idleListeners) listener();
    idleListeners = [];
  }

  function start(job: J): void {
    const abort = new AbortController();
    const ended = run(job, abort.signal).finally(() => {
      active.delete(job.key);
      fill();
    });
    active.set(job.key, { job, lane: laneOf(job), abort, ended });
  }

  async function run(job: J, signal: AbortSignal): Promise<void> {
    try {
      // A job starts in a turn of its own, so that `add` never runs a worker's first steps.
      await Promise.resolve();
      const outcome = await options.work(job, signal);
      if (outcome.is === 'again') delay(outcome.job, outcome.afterMs);
    } catch (error) {
      options.onError(error, job);
    }
  }

  /** A job that came in meanwhile is newer than one that wants to run again. */
  function delay(job: J, afterMs: number): void {
    if (stopped) return void left.push(job);
    if (waiting.has(job.key) || delayed.has(job.key)) return;
    const timer = setTimeout(() => {
      delayed.delete(job.key);
      add(job);
    }, afterMs);
    delayed.set(job.key, { job, timer });
  }

  function cancelDelay(key: string): void {
    clearTimeout(delayed.get(key)?.timer);
    delayed.delete(key);
  }

  async function stop(limitMs: number): Promise<readonly J[]> {
    stopped = true;
    left.push(...waiting.clear(), ...[...delayed.values()].map(({ job }) => job));
    for (const key of [...delayed.keys()]) cancelDelay(key);
    const running = (): Promise<unknown> => Promise.allSettled([...active.values()].map(({ ended }) => ended));
    await within(limitMs, running());
    for (const { abort } of active.values()) abort.abort(new AbandonedError('stopping'));
    await within(options.graceMs ?? 10_000, running());
    return left;
  }

  return {
    add,
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => idleListeners.push(resolve))),
    stop,
  };
}

/** Waits for the work, at most so long. */
async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
