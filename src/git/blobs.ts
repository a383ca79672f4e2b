import { ReviewError } from '../errors.ts';
import { cannotStart, type Git } from './git.ts';

/** A file's bytes, or in words why they can't be had. */
export type Bytes = { readonly is: 'bytes'; readonly bytes: Buffer } | { readonly is: 'unreadable'; readonly why: string };

/** Reads blobs by id, all through one `git cat-file --batch`. `close` ends it. */
export interface BlobReader {
  read(sha: string): Promise<Bytes>;
  close(): void;
}

interface Waiting {
  resolve(bytes: Bytes): void;
  reject(error: Error): void;
}

/**
 * Answers come in the order of the questions: a header line `<id> <type> <size>`, then the content and a line break; or `<id> missing`.
 * Callers ask only for blobs whose size they know to be small: the content is held in memory.
 */
export function openBlobs(git: Git): BlobReader {
  const child = git.start('cat-file', '--batch');
  const waiting: Waiting[] = [];
  let held: Buffer[] = [];
  let heldSize = 0;
  let needed = 1;
  let failure: Error | undefined;

  const fail = (error: Error): void => {
    failure ??= error;
    for (const one of waiting.splice(0)) one.reject(failure);
  };

  child.stdout.on('data', (chunk: Buffer) => {
    held.push(chunk);
    heldSize += chunk.length;
    // Joining only when an answer can be whole keeps a large blob from being copied once per chunk.
    if (heldSize < needed) return;
    let buffer = Buffer.concat(held);
    for (let answer = parseAnswer(buffer); ; answer = parseAnswer(buffer)) {
      if (answer.is === 'partial') {
        needed = answer.needed;
        break;
      }
      waiting.shift()?.resolve(answer.bytes);
      buffer = buffer.subarray(answer.length);
    }
    held = [buffer];
    heldSize = buffer.length;
  });
  child.on('error', (error) => fail(cannotStart(error)));
  child.stdin.on('error', fail);
  child.on('close', () => fail(new ReviewError('git cat-file ended early.', 'Check the repository with `git fsck`.')));

  return {
    read: (sha) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        waiting.push({ resolve, reject });
        child.stdin.write(`${sha}\n`);
      }),
    close: () => child.stdin.end(),
  };
}

type Answer =
  { readonly is: 'partial'; readonly needed: number } | { readonly is: 'whole'; readonly bytes: Bytes; readonly length: number };

function parseAnswer(buffer: Buffer): Answer {
  const lineEnd = buffer.indexOf(10);
  if (lineEnd === -1) return { is: 'partial', needed: buffer.length + 1 };
  const [, type, size] = buffer.toString('latin1', 0, lineEnd).split(' ');
  const start = lineEnd + 1;
  if (size === undefined) return { is: 'whole', bytes: { is: 'unreadable', why: 'its content is not in this repository' }, length: start };
  const end = start + Number(size);
  if (buffer.length < end + 1) return { is: 'partial', needed: end + 1 };
  const bytes: Bytes =
    type === 'blob' ? { is: 'bytes', bytes: Buffer.from(buffer.subarray(start, end)) } : { is: 'unreadable', why: 'it is not a file' };
  return { is: 'whole', bytes, length: end + 1 };
}
