import { statSync } from 'node:fs';
import type { Git } from './git.ts';
import { isRegular } from './tree.ts';

/** What git's index knows of a tracked regular file. Times are in nanoseconds since 1970. */
export interface IndexEntry {
  readonly path: string;
  readonly sha: string;
  readonly size: number;
  readonly mtime: bigint;
  readonly ctime: bigint;
  /** The times prove something: the file was last written before the index was, and the entry is not a placeholder or a conflict. */
  readonly settled: boolean;
  /** Left out of a sparse checkout, or declared unchanged: absent from the disk without being deleted. */
  readonly skipped: boolean;
}

const skipWorktree = 0x40000000;
const assumeUnchanged = 0x8000;
const intentToAdd = 0x20000000;

// One entry of `ls-files --stage --debug -z`: the path ends with NUL, what follows is for people and has kept its form since 2010. An entry
// of another form has no times here, and its file is then read.
const entryLine = /^(\d{6}) ([0-9a-f]{40,64}) ([0-3])\t([^]*)$/;
const details = /^ {2}ctime: (\d+):(\d+)\n {2}mtime: (\d+):(\d+)\n.*\n.*\n {2}size: (\d+)\tflags: ([0-9a-f]+)\n/;

export async function readIndex(git: Git): Promise<readonly IndexEntry[]> {
  const [output, indexPath] = await Promise.all([
    git.run('ls-files', '-z', '--stage', '--debug'),
    git.ask('rev-parse', '--git-path', 'index'),
  ]);
  const written = indexPath === undefined ? undefined : statSync(indexPath, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
  return parseIndex(output.toString('utf8'), written ?? 0n);
}

/** `written`: when the index itself was written. Of the several entries of a conflict the first is kept. */
export function parseIndex(output: string, written: bigint): readonly IndexEntry[] {
  const chunks = output.split('\0');
  const entries = new Map<string, IndexEntry>();
  for (let i = 0; i + 1 < chunks.length; i++) {
    const text = chunks[i] ?? '';
    const line = entryLine.exec(text.slice(details.exec(text)?.[0].length ?? 0));
    const [, mode = '', sha = '', stage = '', path = ''] = line ?? [];
    if (!line || !isRegular(mode) || entries.has(path)) continue;
    const [, cs = '0', cn = '0', ms = '0', mn = '0', size = '-1', flagText = '0'] = details.exec(chunks[i + 1] ?? '') ?? [];
    const flags = Number.parseInt(flagText, 16);
    const mtime = nanoseconds(ms, mn);
    entries.set(path, {
      path,
      sha,
      size: Number(size),
      mtime,
      ctime: nanoseconds(cs, cn),
      settled: stage === '0' && mtime > 0n && mtime < written && (flags & intentToAdd) === 0,
      skipped: (flags & (skipWorktree | assumeUnchanged)) !== 0,
    });
  }
  return [...entries.values()];
}

const nanoseconds = (seconds: string, rest: string): bigint => BigInt(seconds) * 1_000_000_000n + BigInt(rest);
