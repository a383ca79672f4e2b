import { plural } from '../engine/words.ts';
import { patchOf, type FixSet } from '../fix/fix-all.ts';
import { findRepository } from '../git/repository.ts';
import { readLocalChange } from '../git/read-change.ts';
import { writeFiles } from '../git/write-files.ts';
import { renderFixes } from '../report/fixes.ts';
import { maskDiff } from '../report/mask.ts';
import { printable } from '../report/printable.ts';
import { ConfigurationError } from '../errors.ts';
import type { Command } from './arguments.ts';
import type { Fixer, Surroundings } from './run.ts';
import type { Terminal } from './terminal.ts';

/** Prints every proven fix of a change as one patch, or writes it to the files on disk. What it is about goes to stderr: stdout is the patch. */
export async function fixCommand(
  command: Extract<Command, { is: 'fix' }>,
  { stdout, stderr, cwd }: Surroundings,
  terminal: Terminal,
  fixer: Fixer,
): Promise<number> {
  const root = command.write ? workTree(command, cwd) : undefined;
  terminal.progress('Reading the change…');
  const { change } = await readLocalChange(command, cwd);
  terminal.progress('Proving the fixes…');
  const fixes = await fixer(change);
  terminal.progress('');
  if (root === undefined) stdout.write(stdout.isTTY === true ? printable(maskDiff(patchOf(fixes))) : patchOf(fixes));
  else writeFiles(root, fixes.files);
  stderr.write(renderFixes(fixes, terminal.width));
  if (root !== undefined && fixes.files.length > 0) stdout.write(printable(`${written(fixes)}\n`));
  return 0;
}

const written = ({ files }: FixSet): string =>
  [`Wrote ${plural(files.length, 'file')}:`, ...files.map(({ path }) => `  ${path}`)].join('\n');

function workTree(command: { readonly repo: string | undefined }, cwd: string): string {
  const { workTree: root } = findRepository({ repo: command.repo }, cwd);
  if (root === undefined)
    throw new ConfigurationError(
      'This repository has no files on disk to write.',
      'Leave out --write, or name a checkout with --repo DIR.',
    );
  return root;
}
