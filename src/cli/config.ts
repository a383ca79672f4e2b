import { join } from 'node:path';
import { effectiveSettings } from '../config/effective.ts';
import { mergeSettings } from '../config/merge.ts';
import { readOrganisation, readSettings } from '../config/read.ts';
import { settingsPath } from '../context.ts';
import type { ParseError } from '../documents/document.ts';
import type { SourceFile } from '../documents/snapshot.ts';
import { lineAt, lineStarts } from '../documents/span.ts';
import { loadRules } from '../engine/load-rules.ts';
import { ConfigurationError } from '../errors.ts';
import { openBlobs } from '../git/blobs.ts';
import { openGit, type Git } from '../git/git.ts';
import { findRepository } from '../git/repository.ts';
import { resolveCommit } from '../git/revisions.ts';
import { commitSide } from '../git/side.ts';
import type { Text } from '../git/text.ts';
import { readTree } from '../git/tree.ts';
import { printable } from '../report/printable.ts';
import type { Command } from './arguments.ts';
import { onDisk, organisationFile } from './organisation.ts';
import type { Surroundings } from './run.ts';

/** Prints the settings that hold, each with where it comes from. Exit status 2 when something in the file is wrong. */
export async function configCommand(command: Extract<Command, { is: 'config' }>, { cwd, stdout, stderr }: Surroundings): Promise<number> {
  const repository = findRepository(command, cwd);
  const git = openGit(repository);
  const commit = command.base === undefined && repository.workTree !== undefined ? undefined : await commitOf(git, command.base);
  const found = commit === undefined ? onDisk(join(repository.workTree ?? cwd, settingsPath)) : await inCommit(git, commit);
  if (found?.is === 'unreadable')
    throw new ConfigurationError(`${settingsPath} can't be used: ${found.why}.`, 'Make it a plain, small text file.');

  const known = { rules: await loadRules() };
  const above = command.organisation === undefined ? undefined : organisationFile(command.organisation, cwd);
  const organisation = above && readOrganisation(above, known);
  const own = found && { path: settingsPath, sha: '', text: found.text };
  const effective = mergeSettings(organisation, readSettings(own, known));
  const at = commit === undefined ? '' : ` at ${commit.slice(0, 7)}`;
  const none = found
    ? ''
    : `# There is no ${settingsPath}${at}: every setting has ${above ? 'what the organisation says, or ' : ''}its default.\n\n`;
  stdout.write(printable(`${none}${effectiveSettings(effective, { repository: settingsPath, organisation: above?.path ?? '' })}`));
  for (const line of [...said(own, effective.problems, at), ...said(above, organisation?.problems ?? [], '')]) stderr.write(line);
  return effective.problems.length + (organisation?.problems.length ?? 0) > 0 ? 2 : 0;
}

function said(file: SourceFile | undefined, problems: readonly ParseError[], at: string): readonly string[] {
  const starts = lineStarts(file?.text ?? '');
  return problems.map(
    ({ span, message, remedy }) =>
      `plumbline: ${printable(`${file?.path ?? ''}:${lineAt(starts, span.start)}${at}: ${message} ${remedy}`)}\n`,
  );
}

/** The commit whose settings a review with this base obeys. */
function commitOf(git: Git, base: string | undefined): Promise<string> {
  return base === undefined ? resolveCommit(git, 'HEAD', 'The current commit') : resolveCommit(git, base, '--base');
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
