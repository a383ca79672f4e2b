import { messageOf } from '../errors.ts';
import { createMemoryQueue } from '../queue/memory-queue.ts';
import { stoppedEnd, supersededEnd } from './ends.ts';
import type { CheckEnd } from './check-run.ts';
import type { Job } from './job.ts';
import { createWorker, giveUp } from './worker.ts';
import type { WorkerOptions } from './worker.ts';

export interface ReviewQueue {
  enqueue(job: Job): void;
  idle(): Promise<void>;
  /** Lets running reviews end within the limit and says of all others, on GitHub, that they were not done. Resolves with how many never began. */
  stop(limitMs: number): Promise<number>;
}

/** The head that a job's webhook spoke of: who asks again speaks of none. */
const headOf = (job: Job): string | undefined => ('head' in job ? job.head : undefined);

/** The queue of reviews, with its workers. `parallel`: how many run at the same time. */
export function createReviewQueue(options: Omit<WorkerOptions, 'enqueue'>, parallel: number): ReviewQueue {
  const enqueue = (job: Job): void => {
    queue.add(job);
  };
  const worker: WorkerOptions = { ...options, enqueue };
  const onError = (error: unknown, job: Job): void => {
    options.log.error({ err: error, job: job.key }, `the end of a job could not be written to GitHub: ${messageOf(error)}`);
  };
  const sayUndone = (job: Job, end: CheckEnd): Promise<void> =>
    giveUp(worker, job, end).catch((error: unknown) => {
      onError(error, job);
    });
  const queue = createMemoryQueue<Job>({
    work: createWorker(worker),
    parallel,
    onError,
    isAgain: (running, by) => headOf(by) === undefined || headOf(by) === headOf(running),
    onReplaced: (job, by) => {
      // The same head again takes up the check that is there.
      if (job.is === 'pull' && by.is === 'pull' && job.head !== by.head) void sayUndone(job, supersededEnd(by.head));
    },
  });
  return {
    enqueue,
    idle: () => queue.idle(),
    async stop(limitMs) {
      const undone = await queue.stop(limitMs);
      await Promise.all(undone.map((job) => sayUndone(job, stoppedEnd)));
      return undone.length;
    },
  };
}
