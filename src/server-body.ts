import type { IncomingMessage } from 'node:http';

/** GitHub sends no webhook larger than this. */
export const bodyLimit = 25 * 1024 * 1024;

/** Reads a request's body as text; undefined as soon as it is larger than the limit. The rest of it is then not read. */
export async function readBody(request: IncomingMessage, limit = bodyLimit): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a request gives bytes');
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
