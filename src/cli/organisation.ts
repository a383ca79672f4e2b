import { lstatSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SourceFile } from '../documents/snapshot.ts';
import { ConfigurationError } from '../errors.ts';
import { decode, maxFileBytes, tooLarge, type Text } from '../git/text.ts';

/** The organisation's settings, as a file on disk. Throws ConfigurationError when it can't be used. */
export function organisationFile(name: string, cwd: string): SourceFile {
  const found = onDisk(resolve(cwd, name));
  if (!found) throw new ConfigurationError(`There is no file \`${name}\`.`, 'Name the organisation’s plumbline.yml.');
  if (found.is === 'unreadable') throw new ConfigurationError(`${name} can't be used: ${found.why}.`, 'Make it a plain, small text file.');
  return { path: name, sha: '', text: found.text };
}

/** A settings file on disk; undefined when there is none. */
export function onDisk(file: string): Text | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (!stat.isFile()) return { is: 'unreadable', why: 'it is not a plain file' };
  return stat.size > maxFileBytes ? tooLarge(stat.size) : decode({ is: 'bytes', bytes: readFileSync(file) });
}
