import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { dirname } from 'node:path';
import { ConfigurationError, ReviewError } from '../errors.ts';
import type { Repository } from './repository.ts';

/** Git's plumbing on one repository. Nothing that the repository configures is run, and nothing in it is written. */
export interface Git {
  /** The whole output of a command. Throws ReviewError when git says no. */
  run(...args: readonly string[]): Promise<Buffer>;
  /** The trimmed output, or undefined when git says no. */
  ask(...args: readonly string[]): Promise<string | undefined>;
  /** A command that lives on and is spoken to over its pipes. */
  start(...args: readonly string[]): ChildProcessWithoutNullStreams;
}

/** Whatever a repository's own config says, these win: the command line has the last word. */
const overrides = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.alternateRefsCommand=',
  'diff.external=',
  'protocol.allow=never',
  'credential.helper=',
];

const hardened = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  // Reading must not refresh the index, ask for a password, or fetch what a partial clone lacks. Versions of git that do not know
  // GIT_NO_LAZY_FETCH still find no protocol that they may speak: this list beats any `protocol.*.allow` of the repository.
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
  // Commits are read as they are, not as a local replacement says.
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  LC_ALL: 'C',
};

const patience = 120_000;
const maxOutput = 512 * 1024 * 1024;

/**
 * The directory is always named, never searched for by git: git then asks no question about its owner (`safe.directory`), which only a
 * global setting could answer. The question guards against settings that run programs; those are overridden here.
 */
export function openGit(repository: Repository): Git {
  const prefix = [
    `--git-dir=${repository.gitDir}`,
    ...(repository.workTree === undefined ? [] : [`--work-tree=${repository.workTree}`]),
    '--no-pager',
    '--literal-pathspecs',
    ...overrides.flatMap((setting) => ['-c', setting]),
  ];
  const start = (...args: readonly string[]): ChildProcessWithoutNullStreams =>
    spawn('git', [...prefix, ...args], {
      env: environment(),
      cwd: repository.workTree ?? dirname(repository.gitDir),
      shell: false,
      windowsHide: true,
    });

  async function run(...args: readonly string[]): Promise<Buffer> {
    const { code, stdout, stderr } = await collect(start(...args));
    if (code === 0) return stdout;
    throw new ReviewError(`git ${args[0] ?? ''} failed: ${firstLine(stderr)}.`, 'Check the repository with `git fsck`.');
  }

  async function ask(...args: readonly string[]): Promise<string | undefined> {
    const { code, stdout } = await collect(start(...args));
    return code === 0 ? stdout.toString('utf8').trim() : undefined;
  }

  return { run, ask, start };
}

/** The caller's environment without any of git's own variables: they could name programs to run or another repository. */
function environment(): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))), ...hardened };
}

function collect(child: ChildProcessWithoutNullStreams): Promise<{ code: number | null; stdout: Buffer; stderr: string }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let stderr = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.stdin.end();
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxOutput) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString('utf8')).slice(0, 4000)));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(cannotStart(error));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: Buffer.concat(chunks), stderr });
    });
  });
}

/** What to say when the `git` program itself cannot be run. */
export function cannotStart(error: Error): Error {
  return 'code' in error && error.code === 'ENOENT'
    ? new ConfigurationError('The program `git` was not found.', 'Install git, or add its directory to PATH.', { cause: error })
    : error;
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').replace(/^fatal: /, '').replace(/\.$/, '') || 'it gave no reason';
