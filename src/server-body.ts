import type { IncomingMessage, ServerResponse } from 'node:http';

const megabyte = 1024 * 1024;

/** What is held of requests' bodies, in bytes. */
export interface BodyLimits {
  /** Of one body. GitHub sends no webhook larger than 25 MB. */
  readonly one: number;
  /** Of all large bodies at once. */
  readonly large: number;
  /** A body up to this size is not a large one: ordinary webhooks are taken even while somebody fills the room for large ones. */
  readonly small: number;
}
const usual: BodyLimits = { one: 25 * megabyte, large: 100 * megabyte, small: megabyte / 4 };

export type Body = { readonly is: 'text'; readonly text: string } | { readonly is: 'too large' } | { readonly is: 'no room' };

/**
 * Reads requests' bodies as text. As soon as one is larger than the limit, or there is no room for it, the rest of it is not read. A large body
 * takes its room until its request is answered.
 */
export function createBodyReader(limits: BodyLimits = usual): (request: IncomingMessage, response: ServerResponse) => Promise<Body> {
  let held = 0;
  return async (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) > limits.one) return { is: 'too large' };
    const chunks: Buffer[] = [];
    let length = 0;
    let mine = 0;
    response.once('close', () => (held -= mine));
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('a request gives bytes');
      length += chunk.length;
      if (length > limits.one) return { is: 'too large' };
      if (length > limits.small) {
        held += length - mine;
        mine = length;
        if (held > limits.large) return { is: 'no room' };
      }
      chunks.push(chunk);
    }
    return { is: 'text', text: Buffer.concat(chunks).toString('utf8') };
  };
}
