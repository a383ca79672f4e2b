import { createHash } from 'node:crypto';
import type { JsonObject } from './json.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** What goes wrong on purpose. */
export type Fault =
  /** 403 with x-ratelimit-remaining 0 and the reset so many seconds from now. */
  | { readonly is: 'primary limit'; readonly resetIn: number }
  /** 403 or 429; without `retryAfter` there is no header. Seconds. */
  | { readonly is: 'secondary limit'; readonly retryAfter?: number; readonly status?: 403 | 429 }
  /** The request is carried out and answered 502. */
  | { readonly is: 'bad gateway after success' }
  /** Answered so without being carried out, for example 500, or 422 with `errors` of a platform incident. */
  | { readonly is: 'refusal'; readonly status: number; readonly message: string; readonly errors?: JsonObject['errors'] }
  | { readonly is: 'delay'; readonly milliseconds: number }
  /** The connection is cut without an answer. */
  | { readonly is: 'disconnect' };

export interface FaultPlan {
  readonly method?: string;
  /** Matched against the path below /api/v3/, or "graphql". */
  readonly path?: RegExp;
  /** For how many requests; 1 when absent. */
  readonly times?: number;
  readonly fault: Fault;
}

export interface Faults {
  add(plan: FaultPlan): void;
  /** The fault that is due for a request, used up by asking. */
  take(method: string, path: string): Fault | undefined;
}

export function createFaults(): Faults {
  const plans: { plan: FaultPlan; left: number }[] = [];
  return {
    add: (plan) => void plans.push({ plan, left: plan.times ?? 1 }),
    take(method, path) {
      const due = plans.find(({ plan, left }) => left > 0 && (plan.method ?? method) === method && (plan.path?.test(path) ?? true));
      if (due === undefined) return undefined;
      due.left -= 1;
      return due.plan.fault;
    },
  };
}

export function refusalOf(fault: Fault): Refusal | undefined {
  if (fault.is === 'primary limit') {
    const reset = String(Math.ceil(Date.now() / 1000 + fault.resetIn));
    return new Refusal(403, 'API rate limit exceeded for installation.', {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset });
  }
  if (fault.is === 'secondary limit') return secondaryLimit(fault.status ?? 403, fault.retryAfter);
  if (fault.is === 'refusal') return new Refusal(fault.status, fault.message, fault.errors === undefined ? {} : { errors: fault.errors });
  return undefined;
}

function secondaryLimit(status: number, retryAfter: number | undefined): Refusal {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return new Refusal(status, message, {}, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
}

export interface Rate {
  readonly used: number;
  readonly reset: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RateLimits {
  /** Counts a request; throws when it is one too many. */
  count(bearer: string, resource: 'core' | 'graphql'): Rate;
  /** Counts what notifies people: 80 in a minute. */
  readonly countContent: () => void;
  /** Gives a request back: a 304 costs nothing. */
  refund(bearer: string, resource: 'core' | 'graphql'): void;
}

export function createRateLimits(state: State): RateLimits {
  const used = new Map<string, number>();
  const contents: number[] = [];
  const reset = Math.floor(Date.now() / 1000) + 3600;
  const key = (bearer: string, resource: string): string => `${resource} ${bearer}`;
  return {
    count(bearer, resource) {
      const limit = state.options.requestsPerHour;
      const count = (used.get(key(bearer, resource)) ?? 0) + 1;
      if (count > limit)
        throw refusalOf({ is: 'primary limit', resetIn: reset - Date.now() / 1000 }) ?? new Refusal(403, 'API rate limit exceeded');
      used.set(key(bearer, resource), count);
      const headers = {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(limit - count),
        'x-ratelimit-used': String(count),
        'x-ratelimit-reset': String(reset),
        'x-ratelimit-resource': resource,
      };
      return { used: count, reset, headers };
    },
    countContent() {
      const minute = Date.now() - 60_000;
      if (contents.filter((at) => at > minute).length >= state.options.contentPerMinute) throw secondaryLimit(403, 60);
      contents.push(Date.now());
    },
    refund: (bearer, resource) => void used.set(key(bearer, resource), (used.get(key(bearer, resource)) ?? 1) - 1),
  };
}

export function etagOf(data: Buffer): string {
  return `W/"${createHash('sha256').update(data).digest('hex')}"`;
}
