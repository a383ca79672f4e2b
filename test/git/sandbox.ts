import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository in a directory of its own, removed by `[Symbol.dispose]`. */
export interface Sandbox extends Disposable {
  readonly root: string;
  git(...args: readonly string[]): string;
  write(path: string, content: string | Uint8Array): void;
  remove(path: string): void;
  read(path: string): string;
  /** A shell script outside the repository; its path. */
  script(name: string, body: string): string;
  /** Commits everything on disk; the commit's id. */
  commit(message?: string): string;
}

const environment = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'octocat',
  GIT_AUTHOR_EMAIL: 'octocat@example.com',
  GIT_COMMITTER_NAME: 'octocat',
  GIT_COMMITTER_EMAIL: 'octocat@example.com',
};

export function sandbox(files: Readonly<Record<string, string>> = {}): Sandbox {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-git-')));
  const root = join(home, 'repo');
  mkdirSync(root);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], { cwd: root, env: environment, encoding: 'utf8', stdio: 'pipe' }).trim();
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  git('init', '-q', '-b', 'main');
  for (const [path, content] of Object.entries(files)) write(path, content);
  const repository: Sandbox = {
    root,
    git,
    write,
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    read: (path) => readFileSync(join(root, path), 'utf8'),
    script(name, body) {
      const path = join(home, name);
      writeFileSync(path, `#!/bin/sh\n${body}\n`);
      chmodSync(path, 0o755);
      return path;
    },
    commit(message = 'change') {
      git('add', '--all');
      git('commit', '-q', '--allow-empty', '-m', message);
      return git('rev-parse', 'HEAD');
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
  if (Object.keys(files).length > 0) repository.commit('start');
  return repository;
}
