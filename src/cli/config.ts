import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { effectiveSettings } from '../config/effective.ts';
import { readSettings } from '../config/read.ts';
import { settingsPath } from '../context.ts';
import { lineAt, lineStarts } from '../documents/span.ts';
import { loadRules } from '../engine/load-rules.ts';
import { ConfigurationError } from '../errors.ts';
import { openBlobs } from '../git/blobs.ts';
import { openGit, type Git } from '../git/git.ts';
import { findRepository } from '../git/repository.ts';
import { mergeBase, resolveCommit } from '../git/revisions.ts';
import { commitSide } from '../git/side.ts';
import { decode, maxFileBytes, tooLarge, type Text } from '../git/text.ts';
import { readTree } from '../git/tree.ts';
import { printable } from '../report/printable.ts';
import type { Command } from './arguments.ts';
import type { Surroundings } from './run.ts';

/** Prints the settings that hold, each with where it comes from. Exit status 2 when something in the file is wrong. */
export async function configCommand(command: Extract<Command, { is: 'config' }>, { cwd, stdout, stderr }: Surroundings): Promise<number> {
  const repository = findRepository(command, cwd);
  const git = openGit(repository);
  const commit = command.base === undefined && repository.workTree !== undefined ? undefined : await commitOf(git, command.base);
  const found = commit === undefined ? onDisk(join(repository.workTree ?? cwd, settingsPath)) : await inCommit(git, commit);
  if (found?.is === 'unreadable')
    throw new ConfigurationError(`${settingsPath} can't be used: ${found.why}.`, 'Make it a plain, small text file.');

  const text = found?.text ?? '';
  const read = readSettings(found && { path: settingsPath, sha: '', text }, { rules: await loadRules() });
  const at = commit === undefined ? '' : ` at ${commit.slice(0, 7)}`;
  const none = found ? '' : `# There is no ${settingsPath}${at}: every setting has its default.\n\n`;
  stdout.write(printable(`${none}${effectiveSettings(read, settingsPath)}`));
  const starts = lineStarts(text);
  for (const { span, message, remedy } of read.problems)
    stderr.write(`plumbline: ${printable(`${settingsPath}:${lineAt(starts, span.start)}${at}: ${message} ${remedy}`)}\n`);
  return read.problems.length > 0 ? 2 : 0;
}

/** The commit whose settings a review with this base obeys. */
async function commitOf(git: Git, base: string | undefined): Promise<string> {
  const head = await resolveCommit(git, 'HEAD', 'The current commit');
  return base === undefined ? head : mergeBase(git, await resolveCommit(git, base, '--base'), head);
}

function onDisk(file: string): Text | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (!stat.isFile()) return { is: 'unreadable', why: 'it is not a plain file' };
  return stat.size > maxFileBytes ? tooLarge(stat.size) : decode({ is: 'bytes', bytes: readFileSync(file) });
}

async function inCommit(git: Git, commit: string): Promise<Text | undefined> {
  const tree = await readTree(git, commit);
  if (!tree.has(settingsPath)) return undefined;
  const blobs = openBlobs(git);
  try {
    return await commitSide(tree, blobs).read(settingsPath);
  } finally {
    blobs.close();
  }
}
