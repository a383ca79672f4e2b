import type { Queued } from './queue.ts';

/** Jobs that wait, at most one per key. Owners take turns; the jobs of one owner keep their order. */
export interface Turns<J> {
  /** Adds a job, in the place of one with the same key if there is one. */
  put(job: J): void;
  /** The first startable job of the owner whose turn it is; that owner goes to the end of the row. */
  take(startable: (job: J) => boolean): J | undefined;
  has(key: string): boolean;
  size(): number;
  clear(): J[];
}

export function createTurns<J extends Queued>(): Turns<J> {
  /** Owners in the order of their turns, each with its jobs by key in the order of their coming. */
  const owners = new Map<string, Map<string, J>>();

  function put(job: J): void {
    const jobs = owners.get(job.owner) ?? new Map<string, J>();
    jobs.set(job.key, job);
    owners.set(job.owner, jobs);
  }

  function take(startable: (job: J) => boolean): J | undefined {
    for (const [owner, jobs] of owners) {
      for (const [key, job] of jobs) {
        if (!startable(job)) continue;
        jobs.delete(key);
        owners.delete(owner);
        if (jobs.size > 0) owners.set(owner, jobs);
        return job;
      }
    }
    return undefined;
  }

  const all = (): J[] => [...owners.values()].flatMap((jobs) => [...jobs.values()]);

  return {
    put,
    take,
    has: (key) => [...owners.values()].some((jobs) => jobs.has(key)),
    size: () => all().length,
    clear: () => {
      const jobs = all();
      owners.clear();
      return jobs;
    },
  };
}
