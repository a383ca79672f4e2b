import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
  type BigIntStats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { maxFileBytes } from './text.ts';

/** Files under a directory. Symbolic links are not followed, neither the file's own nor one of a directory on the way to it. */
export interface Disk {
  stat(path: string): BigIntStats | undefined;
  read(path: string): Buffer | undefined;
  /**
   * Puts a file's new content in its place at once, so that nobody ever sees half of it; its mode stays. Only where `read` would read a file:
   * throws an Error with the reason elsewhere, and what the file system throws.
   */
  replace(path: string, content: Buffer): void;
}

export function openDisk(root: string): Disk {
  const realRoot = realpathSync(root);
  const inside = new Map<string, boolean>();
  const isInside = (directory: string): boolean => {
    const seen = inside.get(directory);
    if (seen !== undefined) return seen;
    // An index that somebody made by hand may name anything.
    if (/^\.git(\/|$)|(^|\/)\.\.(\/|$)/i.test(directory)) return false;
    const path = join(realRoot, directory);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    const result = (stat?.isDirectory() ?? false) && (directory === '.' || isInside(dirname(directory)));
    inside.set(directory, result);
    return result;
  };
  return {
    stat(path) {
      if (!isInside(dirname(path))) return undefined;
      const stat = lstatSync(join(realRoot, path), { bigint: true, throwIfNoEntry: false });
      return stat?.isFile() ? stat : undefined;
    },
    read: (path) => (isInside(dirname(path)) ? readBounded(join(realRoot, path)) : undefined),
    replace(path, content) {
      inside.clear(); // It may be long since the directories were looked at.
      const file = join(realRoot, path);
      const stat = isInside(dirname(path)) ? lstatSync(file, { throwIfNoEntry: false }) : undefined;
      if (!stat?.isFile()) throw new Error('it is not a plain file of the working tree');
      const beside = `${file}.plumbline-${randomBytes(6).toString('hex')}`;
      try {
        writeFileSync(beside, content, { flag: 'wx', mode: 0o600 });
        chmodSync(beside, stat.mode & 0o777);
        renameSync(beside, file);
      } catch (error) {
        rmSync(beside, { force: true });
        throw error;
      }
    },
  };
}

/** Undefined when it cannot be opened, is no regular file, or is too large. O_NONBLOCK: a named pipe must not be waited for. */
function readBounded(path: string): Buffer | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.size > maxFileBytes) return undefined;
    // One byte more than expected, so that a file that grows meanwhile is noticed.
    const buffer = Buffer.alloc(stat.size + 1);
    let length = 0;
    while (length < buffer.length) {
      const count = readSync(descriptor, buffer, length, buffer.length - length, null);
      if (count === 0) return buffer.subarray(0, length);
      length += count;
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
