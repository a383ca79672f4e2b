import { readFileSync } from 'node:fs';
import type { Change } from '../change.ts';
import { ConfigurationError, ReviewError } from '../errors.ts';
import type { FixSet } from '../fix/fix-all.ts';
import type { Review } from '../report/review.ts';
import { printable } from '../report/printable.ts';
import { parseCommand, type Command } from './arguments.ts';
import { helpText } from './help.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** What a command line program is given by the system. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export type Reviewer = (change: Change) => Promise<Review>;
export type Fixer = (change: Change) => Promise<FixSet>;

/** Runs one command and gives its exit status: 0 clean, 1 a blocking finding, 2 the command or its input is wrong. */
export async function run(
  args: readonly string[],
  surroundings: Surroundings,
  reviewer: Reviewer = isolated,
  fixer: Fixer = isolatedFixer,
): Promise<number> {
  const terminal = openTerminal(surroundings);
  try {
    return await perform(parseCommand(args), surroundings, terminal, { reviewer, fixer });
  } catch (error) {
    terminal.progress('');
    if (!(error instanceof ConfigurationError || error instanceof ReviewError)) throw error;
    surroundings.stderr.write(`plumbline: ${printable(error.message)} ${printable(error.remedy)}\n`);
    return 2;
  }
}

async function perform(
  command: Command,
  surroundings: Surroundings,
  terminal: Terminal,
  { reviewer, fixer }: { readonly reviewer: Reviewer; readonly fixer: Fixer },
): Promise<number> {
  switch (command.is) {
    case 'help':
      surroundings.stdout.write(helpText(command.of));
      return 0;
    case 'version':
      surroundings.stdout.write(`${version()}\n`);
      return 0;
    case 'init': {
      const { initCommand } = await import('./init.ts');
      return initCommand(command, surroundings);
    }
    case 'config': {
      const { configCommand } = await import('./config.ts');
      return configCommand(command, surroundings);
    }
    case 'review': {
      // Only a review needs what a review is made of: help and version answer at once.
      const { reviewCommand } = await import('./review.ts');
      return reviewCommand(command, surroundings, terminal, reviewer);
    }
    case 'scan': {
      const { scanCommand } = await import('./scan.ts');
      return scanCommand(command, surroundings, terminal, reviewer);
    }
    case 'fix': {
      const { fixCommand } = await import('./fix.ts');
      return fixCommand(command, surroundings, terminal, fixer);
    }
  }
}

const isolated: Reviewer = async (change) => {
  const { reviewInIsolation } = await import('../isolation.ts');
  return reviewInIsolation(change);
};
const isolatedFixer: Fixer = async (change) => {
  const { fixInIsolation } = await import('../isolation.ts');
  return fixInIsolation(change);
};

/** The package's own version. Compiled, this file lies one directory deeper than as a source. */
function version(): string {
  const up = import.meta.url.endsWith('.ts') ? '../../package.json' : '../../../package.json';
  const manifest: unknown = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}
