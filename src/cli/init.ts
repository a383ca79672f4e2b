import { lstatSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settingsTemplate } from '../config/reference.ts';
import { settingsPath } from '../context.ts';
import { ConfigurationError, messageOf } from '../errors.ts';
import { findRepository } from '../git/repository.ts';
import type { Command } from './arguments.ts';
import type { Surroundings } from './run.ts';

/** Writes the commented settings file of a checkout. Throws ConfigurationError when there is one, or it would land outside the checkout. */
export function initCommand({ repo }: Extract<Command, { is: 'init' }>, { cwd, stdout }: Surroundings): number {
  const { workTree } = findRepository({ repo }, cwd);
  if (workTree === undefined) throw new ConfigurationError('This repository has no files on disk.', 'Name a checkout with --repo DIR.');
  const file = join(workTree, settingsPath);
  if (lstatSync(file, { throwIfNoEntry: false }))
    throw new ConfigurationError(
      `${settingsPath} is there already.`,
      'Edit it, or move it away first; `plumbline config` shows what it says.',
    );
  try {
    mkdirSync(dirname(file), { recursive: true });
    // A checkout may hold links that lead elsewhere.
    if (realpathSync(dirname(file)) !== join(realpathSync(workTree), dirname(settingsPath)))
      throw new Error(`${dirname(settingsPath)} leads out of the checkout`);
    writeFileSync(file, settingsTemplate(), { flag: 'wx' });
  } catch (error) {
    throw new ConfigurationError(`${settingsPath} can't be written: ${messageOf(error)}.`, 'Check the directory and its rights.', {
      cause: error,
    });
  }
  stdout.write(`Wrote ${settingsPath}: every setting, commented out.\n`);
  return 0;
}
