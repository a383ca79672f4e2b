/** Reads what GitHub's client throws. Everything here is told by status, header or field, and by wording only where GitHub gives no more. */

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

/** The HTTP status of a failed request; undefined when it was not GitHub that answered. */
export function statusOf(error: unknown): number | undefined {
  const status = fieldOf(error, 'status');
  return typeof status === 'number' ? status : undefined;
}

/** GitHub failed, or the connection did: what was asked may have been done all the same. */
export const isServerFailure = (error: unknown): boolean => (statusOf(error) ?? 0) >= 500;

function header(error: unknown, name: string): string | undefined {
  const value = fieldOf(fieldOf(fieldOf(error, 'response'), 'headers'), name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/**
 * How many seconds GitHub wants us to wait; undefined when the error is no rate limit. Secondary limits say `retry-after` or nothing (then
 * it is a minute); the primary limit says when it is reset.
 */
export function rateLimitSeconds(error: unknown, now = Date.now()): number | undefined {
  const status = statusOf(error);
  const limited = status === 403 || status === 429 || isGraphqlRateLimit(error);
  if (!limited) return undefined;
  const retryAfter = Number(header(error, 'retry-after'));
  if (Number.isFinite(retryAfter) && retryAfter > 0) return retryAfter;
  const reset = Number(header(error, 'x-ratelimit-reset'));
  if (header(error, 'x-ratelimit-remaining') === '0' && Number.isFinite(reset)) return Math.max(1, Math.ceil(reset - now / 1000) + 1);
  const message = error instanceof Error ? error.message : '';
  if (status === 429 || isGraphqlRateLimit(error) || /\bsecondary rate\b/i.test(message)) return 60;
  return undefined;
}

function isGraphqlRateLimit(error: unknown): boolean {
  const errors = fieldOf(fieldOf(fieldOf(error, 'response'), 'data'), 'errors') ?? fieldOf(error, 'errors');
  return Array.isArray(errors) && errors.some((one) => fieldOf(one, 'type') === 'RATE_LIMITED');
}

/** Why GitHub did not accept a comment. */
export type Refusal = 'place' | 'pending-review' | 'other';

const placeFields = new Set(['line', 'path', 'start_line', 'side', 'start_side', 'diff_hunk', 'position']);

/**
 * Why a review or a comment was refused with 422: its place is not in the diff, an own review is still pending, or another reason. Undefined
 * when it was not refused. Create-review gives its reasons as sentences, the single-comment endpoint as objects with a field.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (statusOf(error) !== 422) return undefined;
  const reasons = fieldOf(fieldOf(fieldOf(error, 'response'), 'data'), 'errors');
  for (const reason of Array.isArray(reasons) ? reasons : [reasons]) {
    const text = typeof reason === 'string' ? reason : fieldOf(reason, 'message');
    const field = fieldOf(reason, 'field');
    if (typeof text === 'string' && /one pending review/i.test(text)) return 'pending-review';
    if (typeof field === 'string' && placeFields.has(field.replace(/^pull_request_review_thread\./, ''))) return 'place';
    if (
      typeof reason === 'string' &&
      /(line|path) could not be resolved|review thread (start )?(line|path|diff hunk)|start line must precede/i.test(reason)
    ) {
      return 'place';
    }
  }
  return 'other';
}
