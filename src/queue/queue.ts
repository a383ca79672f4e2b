/** What the queue must know of a job: whose it is, and what it is about. */
export interface Queued {
  /** Jobs of one key are about the same thing: the newest replaces one that waits and supersedes one that runs. */
  readonly key: string;
  /** Jobs of one lane never run at the same time; the key when absent. */
  readonly lane?: string;
  /** Who pays: the queue serves owners in turn, so that one busy owner does not hold up the others. */
  readonly owner: string;
}

/** What a worker says when it is done: finished, or the job that should run instead, after a while. */
export type Outcome<J> = { readonly is: 'done' } | { readonly is: 'again'; readonly job: J; readonly afterMs: number };

/** Does one job. `signal` is aborted with an AbandonedError when the job is superseded or the queue stops. */
export type Worker<J> = (job: J, signal: AbortSignal) => Promise<Outcome<J>>;

/** Where jobs wait. In memory today; a durable queue fills the same interface. */
export interface Queue<J> {
  add(job: J): void;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
  /** Takes no more jobs, lets the running ones end within the limit, then aborts them. Resolves with the jobs that never started. */
  stop(limitMs: number): Promise<readonly J[]>;
}
