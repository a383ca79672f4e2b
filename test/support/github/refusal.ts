import type { JsonObject } from './json.ts';

/** An answer that refuses. Thrown by the handlers, written by the server. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, more: JsonObject = {}, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.body = { message, ...more, documentation_url: 'https://docs.github.com/rest', status: String(status) };
    this.headers = headers;
  }
}

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

export function forbidden(): Refusal {
  return new Refusal(403, 'Resource not accessible by integration');
}

/** 422 as most endpoints say it: `errors` are objects. */
export function invalid(resource: string, field: string, message: string, code = 'custom'): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [{ resource, code, field, message }] });
}

/** 422 as the create-review endpoint says it: `errors` are strings, and nothing tells which comment is meant. */
export function unprocessable(...errors: readonly string[]): Refusal {
  return new Refusal(422, 'Unprocessable Entity', { errors });
}

/** 422 for a request that the description already forbids. */
export function invalidRequest(problem: string): Refusal {
  return new Refusal(422, `Invalid request.\n\n${problem}`);
}

const BODY_LIMIT = 65_536;

/** Refuses comment texts that are blank or too long. */
export function checkBody(resource: string, body: string, blankAllowed = false): void {
  if (!blankAllowed && body.trim() === '') throw invalid(resource, 'body', 'body cannot be blank', 'missing_field');
  if (body.length > BODY_LIMIT)
    throw invalid(resource, 'data', `Body is too long (maximum is ${String(BODY_LIMIT)} characters)`, 'unprocessable');
}
