import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryQueue } from '../../src/queue/memory-queue.ts';
import type { Outcome } from '../../src/queue/queue.ts';

interface TestJob {
  readonly key: string;
  readonly owner: string;
  readonly head: string;
  readonly lane?: string;
}
const job = (key: string, head = '1', owner = 'acme'): TestJob => ({ key, owner, head });
const name = ({ key, head }: TestJob): string => `${key}@${head}`;
const done: Outcome<TestJob> = { is: 'done' };

/** A queue whose jobs run until the test lets them end. */
function controlled(parallel: number) {
  const started: string[] = [];
  const aborted: string[] = [];
  const errors: unknown[] = [];
  const ends = new Map<string, (outcome: Outcome<TestJob>) => void>();
  const queue = createMemoryQueue<TestJob>({
    parallel,
    graceMs: 20,
    onError: (error) => errors.push(error),
    work: (one, signal) =>
      new Promise((resolve) => {
        started.push(name(one));
        ends.set(name(one), resolve);
        signal.addEventListener('abort', () => {
          aborted.push(name(one));
          resolve(done);
        });
      }),
  });
  const end = async (which: string, outcome = done): Promise<void> => {
    ends.get(which)?.(outcome);
    await turn();
  };
  return { queue, started, aborted, errors, end };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('one key', () => {
  test('of jobs that wait only the newest runs', async () => {
    const { queue, started, end } = controlled(1);
    queue.add(job('busy'));
    queue.add(job('a', '1'));
    queue.add(job('a', '2'));
    queue.add(job('a', '3'));
    await turn();
    await end('busy@1');
    expect(started).toEqual(['busy@1', 'a@3']);
  });

  test('a newer job ends the active one and runs after it, never beside it', async () => {
    const { queue, started, aborted } = controlled(5);
    queue.add(job('a', '1'));
    await turn();
    queue.add(job('a', '2'));
    expect(started).toEqual(['a@1']);
    await turn();
    expect(aborted).toEqual(['a@1']);
    expect(started).toEqual(['a@1', 'a@2']);
  });

  test('jobs of one lane run one after another, and do not replace each other', async () => {
    const { queue, started, aborted, end } = controlled(5);
    queue.add(job('a', '1'));
    queue.add({ ...job('a/x'), lane: 'a' });
    queue.add({ ...job('a/y'), lane: 'a' });
    queue.add(job('b', '1'));
    await turn();
    expect(started).toEqual(['a@1', 'b@1']);
    await end('a@1');
    expect(started).toEqual(['a@1', 'b@1', 'a/x@1']);
    await end('a/x@1');
    expect(started).toEqual(['a@1', 'b@1', 'a/x@1', 'a/y@1']);
    expect(aborted).toEqual([]);
  });

  test('a job that wants to run again waits its time, and makes way for a newer one', async () => {
    const { queue, started, end } = controlled(1);
    queue.add(job('a', '1'));
    await turn();
    await end('a@1', { is: 'again', job: job('a', '1 again'), afterMs: 10 });
    expect(started).toEqual(['a@1']);
    await expect.poll(() => started).toEqual(['a@1', 'a@1 again']);
    await end('a@1 again', { is: 'again', job: job('a', 'late'), afterMs: 5 });
    queue.add(job('a', '2'));
    await turn();
    await end('a@2');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(started).toEqual(['a@1', 'a@1 again', 'a@2']);
  });
});

test('owners take turns: one with many jobs does not hold up another', async () => {
  const { queue, started, end } = controlled(1);
  for (const key of ['a1', 'a2', 'a3']) queue.add(job(key, '1', 'acme'));
  queue.add(job('b1', '1', 'octocat'));
  for (const key of ['a1', 'a2', 'b1', 'a3']) {
    await turn();
    await end(`${key}@1`);
  }
  expect(started).toEqual(['a1@1', 'a2@1', 'b1@1', 'a3@1']);
});

test('what a worker throws is told, and the queue goes on', async () => {
  const errors: unknown[] = [];
  const queue = createMemoryQueue<TestJob>({
    parallel: 1,
    work: () => Promise.reject(new Error('broken')),
    onError: (error) => errors.push(error),
  });
  queue.add(job('a'));
  queue.add(job('b'));
  await queue.idle();
  expect(errors).toEqual([new Error('broken'), new Error('broken')]);
});

describe('stopping', () => {
  test('lets running jobs end, gives back the others, takes no more', async () => {
    const { queue, started, aborted, end } = controlled(1);
    queue.add(job('a'));
    queue.add(job('b'));
    await turn();
    const stopped = queue.stop(1000);
    queue.add(job('c'));
    await end('a@1', { is: 'again', job: job('a', 'again'), afterMs: 0 });
    expect((await stopped).map(name)).toEqual(['b@1', 'c@1', 'a@again']);
    expect(started).toEqual(['a@1']);
    expect(aborted).toEqual([]);
  });

  test('aborts what takes too long', async () => {
    const { queue, aborted } = controlled(1);
    queue.add(job('a'));
    await turn();
    expect(await queue.stop(5)).toEqual([]);
    expect(aborted).toEqual(['a@1']);
  });
});

test('whatever comes in: never two of a key at once, never too many, and the newest of each key is done last', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y'), fc.nat(3)), { maxLength: 30 }),
      async (steps) => {
        const active = new Map<string, number>();
        const last = new Map<string, string>();
        const queue = createMemoryQueue<TestJob>({
          parallel: 2,
          onError: (error) => {
            throw error;
          },
          work: async (one) => {
            active.set(one.key, (active.get(one.key) ?? 0) + 1);
            expect(active.get(one.key)).toBe(1);
            expect([...active.values()].reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(2);
            await turn();
            active.set(one.key, 0);
            last.set(one.key, one.head);
            return done;
          },
        });
        const newest = new Map<string, string>();
        for (const [i, [key, owner, wait]] of steps.entries()) {
          const full = `${owner}/${key}`;
          queue.add(job(full, String(i), owner));
          newest.set(full, String(i));
          for (let n = 0; n < wait; n++) await turn();
        }
        await queue.idle();
        expect(last).toEqual(newest);
      },
    ),
    { numRuns: 50 },
  );
});
