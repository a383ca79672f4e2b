import { execFile, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a commit does with a path: new text or bytes, a file with a mode (a symlink holds its target), or null to delete. */
export type FileChange = string | Buffer | { readonly mode: '100644' | '100755' | '120000'; readonly content: string | Buffer } | null;

export interface CommitRequest {
  readonly files?: Readonly<Record<string, FileChange>>;
  /** From path to path. The content comes along. */
  readonly moves?: Readonly<Record<string, string>>;
  /** The commit to build on; without it the commit has no parent and the tree is empty. */
  readonly parent?: string;
  /** Further parents, for a merge. */
  readonly merge?: readonly string[];
  readonly message?: string;
}

/** One file of a diff, as GitHub lists it. */
export interface DiffEntry {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  readonly additions: number;
  readonly deletions: number;
  /** The blob at the head, or at the base for a removed file. */
  readonly blob: string;
  /** Hunks with 3 context lines, no file header. Absent for binary files, pure renames and what is too large. */
  readonly patch?: string;
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly size?: number;
}

export interface CommitData {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string; readonly date: string };
  readonly message: string;
}

/** A bare repository in a temporary folder, through the git binary, without any configuration of the machine. */
export interface GitRepository {
  readonly directory: string;
  commit(request: CommitRequest): Promise<string>;
  setRef(name: string, sha: string): Promise<void>;
  /** The commit that a ref, sha or expression names. */
  commitOf(revision: string): Promise<string | undefined>;
  mergeBase(a: string, b: string): Promise<string | undefined>;
  /** Commits reachable from head and not from base, oldest first. */
  commitsBetween(base: string, head: string): Promise<readonly CommitData[]>;
  readCommit(sha: string): Promise<CommitData>;
  /** Two-dot diff; give it the merge base to get a pull request's. */
  diff(base: string, head: string): Promise<readonly DiffEntry[]>;
  /** The same as one text with file headers. */
  diffText(base: string, head: string): Promise<string>;
  /** Hunks without context of one path between two commits, following no renames. */
  lineChanges(from: string, to: string, path: string): Promise<string>;
  /** Reads any object by sha or by `revision:path`. */
  read(name: string): Promise<{ sha: string; type: string; data: Buffer } | undefined>;
  tree(treeish: string, recursive: boolean): Promise<readonly TreeEntry[]>;
  /** A tree like another one, with some files put over it. */
  writeTree(base: string, files: NonNullable<CommitRequest['files']>): Promise<string>;
  /** A commit of a tree that is there. */
  writeCommit(tree: string, parents: readonly string[], message: string): Promise<string>;
  isAncestor(ancestor: string, sha: string): Promise<boolean>;
  close(): Promise<void>;
}

/** From GitHub's repository limits: the diff of a single file. */
const PATCH_LIMIT = { lines: 20_000, bytes: 500_000 };
const FIRST_COMMIT = 1_700_000_000;
const SOMEBODY = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@users.noreply.github.com'];
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export async function createGitRepository(): Promise<GitRepository> {
  const directory = await mkdtemp(join(tmpdir(), 'plumbline-git-'));
  const git = (args: readonly string[], input?: Buffer): Promise<Buffer> => run(directory, args, input);
  await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', '.']);
  const reader = objectReader(directory);
  let commits = 0;

  const lines = async (args: readonly string[]): Promise<string> => (await git(args)).toString('utf8').trim();
  const quiet = (args: readonly string[]): Promise<string | undefined> => lines(args).catch(() => undefined);
  const readCommit = async (sha: string): Promise<CommitData> => {
    const object = await reader.read(`${sha}^{commit}`);
    if (object === undefined) throw new Error(`No commit ${sha} in the test repository.`);
    return parseCommit(object.sha, object.data.toString('utf8'));
  };

  const commit = async (request: CommitRequest): Promise<string> => {
    commits += 1;
    const out = await git(
      ['fast-import', '--quiet', '--force', '--done', '--date-format=raw'],
      importStream(request, FIRST_COMMIT + commits * 60),
    );
    return out.toString('utf8').trim();
  };

  return {
    directory,
    commit,
    async setRef(name, sha) {
      // A ref is a file; writing it saves a process, and nothing here packs refs.
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), `${sha}\n`);
    },
    commitOf: async (revision) => (await reader.read(`${revision}^{commit}`))?.sha,
    mergeBase: (a, b) => quiet(['merge-base', a, b]),
    async commitsBetween(base, head) {
      const shas = await lines(['rev-list', '--reverse', '--topo-order', `${base}..${head}`]);
      return Promise.all(shas.split('\n').filter(Boolean).map(readCommit));
    },
    readCommit,
    diff: async (base, head) => parseDiff(await git([...DIFF, '-z', '--raw', '--numstat', '-p', base, head])),
    diffText: async (base, head) => (await git([...DIFF, '-p', base, head])).toString('utf8'),
    lineChanges: async (from, to, path) =>
      (await git(['diff-tree', '-r', '-U0', '-p', '--no-renames', from, to, '--', `:(literal)${path}`])).toString('utf8'),
    read: (name) => reader.read(name),
    async tree(treeish, recursive) {
      const out = await git(['ls-tree', '-l', '-z', ...(recursive ? ['-r', '-t'] : []), treeish]);
      return out.toString('utf8').split('\0').filter(Boolean).map(parseTreeEntry);
    },
    async writeTree(base, files) {
      const parent = await lines([...SOMEBODY, 'commit-tree', base, '-m', 'scratch']);
      return (await readCommit(await commit({ parent, files }))).tree;
    },
    writeCommit: (tree, parents, message) =>
      lines([...SOMEBODY, 'commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', message]),
    isAncestor: (ancestor, sha) =>
      git(['merge-base', '--is-ancestor', ancestor, sha]).then(
        () => true,
        () => false,
      ),
    async close() {
      reader.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const DIFF = ['diff-tree', '-r', '-M', '-U3', '--full-index', '--no-ext-diff', '--no-textconv'];

function cleanEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
}

function run(directory: string, args: readonly string[], input?: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { cwd: directory, env: cleanEnvironment(), encoding: 'buffer', maxBuffer: 1 << 28 } as const;
    const child = execFile('git', ['-c', 'core.quotePath=false', '-c', 'gc.auto=0', ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`git ${args.slice(0, 2).join(' ')} failed: ${stderr.toString('utf8').trim() || error.message}`));
    });
    child.stdin?.on('error', () => undefined); // git may end before it has read everything; its exit code tells
    child.stdin?.end(input);
  });
}

function importStream(request: CommitRequest, time: number): Buffer {
  const parts: Buffer[] = [];
  const line = (text: string): void => void parts.push(Buffer.from(`${text}\n`));
  const data = (content: Buffer): void => {
    line(`data ${String(content.length)}`);
    parts.push(content, Buffer.from('\n'));
  };
  line('commit refs/scratch/commit');
  line('mark :1');
  line(`author octocat <octocat@users.noreply.github.com> ${String(time)} +0000`);
  line(`committer octocat <octocat@users.noreply.github.com> ${String(time)} +0000`);
  data(Buffer.from(request.message ?? 'Change files'));
  if (request.parent === undefined) line('deleteall');
  else line(`from ${request.parent}`);
  for (const parent of request.merge ?? []) line(`merge ${parent}`);
  for (const [from, to] of Object.entries(request.moves ?? {})) line(`R ${quotePath(from)} ${quotePath(to)}`);
  for (const [path, change] of Object.entries(request.files ?? {})) {
    if (change === null) {
      line(`D ${quotePath(path)}`);
      continue;
    }
    const file = typeof change === 'string' || Buffer.isBuffer(change) ? { mode: '100644', content: change } : change;
    line(`M ${file.mode} inline ${quotePath(path)}`);
    data(Buffer.from(file.content));
  }
  line('');
  if (request.parent === undefined) parts.splice(0, 1, Buffer.from('reset refs/scratch/commit\ncommit refs/scratch/commit\n'));
  line('get-mark :1');
  line('reset refs/scratch/commit');
  line(`from ${'0'.repeat(40)}`);
  line('');
  line('done');
  return Buffer.concat(parts);
}

function quotePath(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function parseCommit(sha: string, text: string): CommitData {
  const blank = text.indexOf('\n\n');
  const header = text.slice(0, blank).split('\n');
  const of = (key: string): string[] => header.filter((row) => row.startsWith(`${key} `)).map((row) => row.slice(key.length + 1));
  const author = /^(.*) <(.*)> (\d+) /.exec(of('author')[0] ?? '');
  return {
    sha,
    tree: of('tree')[0] ?? EMPTY_TREE,
    parents: of('parent'),
    author: {
      name: author?.[1] ?? '',
      email: author?.[2] ?? '',
      date: new Date(Number(author?.[3] ?? 0) * 1000).toISOString().replace('.000Z', 'Z'),
    },
    message: text.slice(blank + 2).trimEnd(),
  };
}

function parseTreeEntry(row: string): TreeEntry {
  const tab = row.indexOf('\t');
  const [mode = '', type = '', sha = '', size = '-'] = row.slice(0, tab).split(/ +/);
  const kind = type === 'tree' || type === 'commit' ? type : 'blob';
  return { path: row.slice(tab + 1), mode, type: kind, sha, ...(size === '-' ? {} : { size: Number(size) }) };
}

/** Reads `git diff-tree -z --raw --numstat -p`: NUL-separated records, then an empty one, then the patches in the same order. */
function parseDiff(output: Buffer): readonly DiffEntry[] {
  const text = output.toString('utf8');
  if (text === '') return [];
  const end = text.indexOf('\0\0');
  const records = text.slice(0, end === -1 ? text.length : end).split('\0');
  const sections = (end === -1 ? '' : text.slice(end + 2)).split(/^(?=diff --git )/m).filter(Boolean);
  const entries: Omit<DiffEntry, 'additions' | 'deletions' | 'patch'>[] = [];
  const counts = new Map<string, { additions: number; deletions: number; binary: boolean }>();
  for (let at = 0; at < records.length;) {
    const record = records[at] ?? '';
    if (record.startsWith(':')) {
      const [, , oldBlob = '', newBlob = '', status = ''] = record.split(' ');
      const moved = status.startsWith('R');
      const path = records[at + (moved ? 2 : 1)] ?? '';
      const previous = moved ? { previousPath: records[at + 1] ?? '' } : {};
      entries.push({ path, ...previous, status: statusOf(status), blob: status === 'D' ? oldBlob : newBlob });
      at += moved ? 3 : 2;
    } else {
      const [added = '', deleted = '', path = ''] = record.split('\t');
      const moved = path === '';
      counts.set(moved ? (records[at + 2] ?? '') : path, {
        additions: Number(added) || 0,
        deletions: Number(deleted) || 0,
        binary: added === '-',
      });
      at += moved ? 3 : 1;
    }
  }
  let section = 0;
  return entries.map((entry) => {
    const { additions = 0, deletions = 0, binary = false } = counts.get(entry.path) ?? {};
    const parts = sections.slice(section, section + (entry.status === 'changed' ? 2 : 1));
    section += parts.length;
    const patch = binary ? '' : parts.map(hunksOf).filter(Boolean).join('\n');
    const shown = patch !== '' && patch.length <= PATCH_LIMIT.bytes && patch.split('\n').length <= PATCH_LIMIT.lines;
    return { ...entry, additions, deletions, ...(shown ? { patch } : {}) };
  });
}

function statusOf(letter: string): DiffEntry['status'] {
  if (letter === 'A') return 'added';
  if (letter === 'D') return 'removed';
  if (letter === 'T') return 'changed';
  return letter.startsWith('R') ? 'renamed' : 'modified';
}

function hunksOf(section: string): string {
  const start = section.search(/^@@ /m);
  return start === -1 ? '' : section.slice(start).replace(/\n$/, '');
}

/** One long-lived `git cat-file --batch`: reading an object costs a tenth of a millisecond instead of a process. */
function objectReader(directory: string): {
  read(name: string): Promise<{ sha: string; type: string; data: Buffer } | undefined>;
  close(): void;
} {
  const waiting: ((object: { sha: string; type: string; data: Buffer } | undefined) => void)[] = [];
  let child: ChildProcessWithoutNullStreams | undefined;
  let pending: Buffer = Buffer.alloc(0);

  const drain = (): void => {
    for (;;) {
      const newline = pending.indexOf(10);
      if (newline === -1) return;
      const [sha = '', type = '', size = ''] = pending.subarray(0, newline).toString('utf8').split(' ');
      const found = /^[0-9a-f]{40}$/.test(sha) && /^\d+$/.test(size);
      const end = newline + 1 + (found ? Number(size) + 1 : 0);
      if (pending.length < end) return;
      const data = Buffer.from(pending.subarray(newline + 1, Math.max(newline + 1, end - 1)));
      pending = pending.subarray(end);
      waiting.shift()?.(found ? { sha, type, data } : undefined);
    }
  };
  const start = (): ChildProcessWithoutNullStreams => {
    const started = spawn('git', ['cat-file', '--batch'], { cwd: directory, env: cleanEnvironment() });
    started.stdout.on('data', (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      drain();
    });
    started.on('exit', () => {
      for (const answer of waiting.splice(0)) answer(undefined);
    });
    return started;
  };
  return {
    read(name) {
      if (name.includes('\n')) return Promise.resolve(undefined);
      child ??= start();
      return new Promise((resolve) => {
        waiting.push(resolve);
        child?.stdin.write(`${name}\n`);
      });
    },
    close: () => child?.kill(),
  };
}
