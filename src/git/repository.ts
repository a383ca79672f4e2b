import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigurationError } from '../errors.ts';

/** Absolute paths. Without a work tree only commits can be read. */
export interface Repository {
  readonly gitDir: string;
  readonly workTree: string | undefined;
}

/**
 * Finds the repository: the git directory itself when one is named, else the nearest one at or above `repo` (by default `cwd`).
 * Throws ConfigurationError when there is none.
 */
export function findRepository(
  options: { readonly gitDir?: string | undefined; readonly repo?: string | undefined },
  cwd: string,
): Repository {
  if (options.gitDir !== undefined) return bare(resolve(cwd, options.gitDir), options.gitDir);
  const start = resolve(cwd, options.repo ?? '.');
  if (!isDirectory(start))
    throw new ConfigurationError(
      `There is no directory \`${options.repo ?? start}\`.`,
      'Give --repo the path of a checked-out repository.',
    );
  for (let directory = realpathSync(start); ; directory = dirname(directory)) {
    // A file named .git points to the real directory (linked worktrees, submodules); git follows it.
    const gitDir = join(directory, '.git');
    if (isGitDirectory(gitDir) || isFile(gitDir)) return { gitDir, workTree: directory };
    if (isGitDirectory(directory)) return { gitDir: directory, workTree: undefined };
    if (dirname(directory) === directory) break;
  }
  throw new ConfigurationError(
    `\`${options.repo ?? start}\` is not in a git repository.`,
    'Run plumbline inside a repository, or name one with --repo DIR or --git-dir DIR.',
  );
}

function bare(path: string, asGiven: string): Repository {
  if (isGitDirectory(path)) return { gitDir: realpathSync(path), workTree: undefined };
  if (isFile(path)) return { gitDir: path, workTree: undefined };
  const remedy = existsSync(join(path, '.git'))
    ? `It is a checkout: use --repo ${asGiven}.`
    : 'Give --git-dir a bare repository, or the .git directory of a checkout.';
  throw new ConfigurationError(`\`${asGiven}\` is not a git directory.`, remedy);
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
const isGitDirectory = (path: string): boolean =>
  existsSync(join(path, 'HEAD')) && (isDirectory(join(path, 'objects')) || isFile(join(path, 'commondir')));
