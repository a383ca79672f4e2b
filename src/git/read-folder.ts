import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Change, ChangedFile, Unread } from '../change.ts';
import { isConfiguration, settingsPath } from '../context.ts';
import { diffTexts } from '../diff/diff-texts.ts';
import { ConfigurationError } from '../errors.ts';
import { openBlobs } from './blobs.ts';
import { openDisk } from './disk.ts';
import { openGit } from './git.ts';
import { readSide, workingTree } from './read-change.ts';
import { findRepository } from './repository.ts';
import type { Side } from './side.ts';
import { decode, maxFileBytes, tooLarge } from './text.ts';
import type { Tree, TreeFile } from './tree.ts';
import { workingTreeSide } from './working-tree.ts';

/** Files that one scan judges, and, outside of a repository, entries that are looked at and how deep. */
const maxFiles = 5_000;
const maxEntries = 100_000;
const maxDepth = 30;
/** Where tools keep what they fetched or made; in a repository what git ignores is left out instead. */
const notOurs = new Set(['.git', '.terraform', '.terragrunt-cache', 'node_modules', 'venv', '.venv', 'cdk.out']);

/**
 * Reads a folder of a checkout, or a plain one, as a change that adds every file in it: then all that is wrong there is new. Files around it
 * give context where the folder lies in a checkout. Links are not followed, and nothing is run. Throws ConfigurationError when there is no
 * such folder.
 */
export async function readFolder(folder: string | undefined, cwd: string): Promise<Change> {
  const start = resolve(cwd, folder ?? '.');
  if (!lstatSync(start, { throwIfNoEntry: false })?.isDirectory())
    throw new ConfigurationError(`There is no directory \`${folder ?? start}\`.`, 'Name a directory that holds configuration.');
  const root = workTreeOf(start);
  if (root === undefined) return change(plainFolder(realpathSync(start)), '');
  const git = openGit(findRepository({ repo: start }, cwd));
  const blobs = openBlobs(git);
  try {
    const under = relative(root, realpathSync(start)).split(sep).join('/');
    return await change(await workingTreeSide(git, root, new Map(), blobs), under === '' ? '' : `${under}/`);
  } finally {
    blobs.close();
  }
}

function workTreeOf(start: string): string | undefined {
  try {
    return findRepository({ repo: start }, start).workTree;
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

async function change(side: Side, under: string): Promise<Change> {
  const paths = [...side.tree.keys()].filter((path) => path.startsWith(under) && isConfiguration(path)).sort();
  const judged = paths.slice(0, maxFiles).map((path) => ({ path, status: 'added' as const }));
  const { snapshot, unread } = await readSide(side, judged);
  const settings = side.tree.has(settingsPath) ? await side.read(settingsPath) : undefined;
  const beyond = paths.slice(maxFiles).map((path): Unread => ({ path, why: `more than ${maxFiles} files would have to be read` }));
  return {
    base: '',
    head: workingTree,
    files: judged.map((file): ChangedFile => {
      const patch = diffTexts('', snapshot.get(file.path)?.text ?? '');
      return patch === undefined ? file : { ...file, patch };
    }),
    before: new Map(),
    after: snapshot,
    unread: [...unread, ...beyond],
    truncated: false,
    governing: {
      repository:
        settings?.is === 'text' ? { path: settingsPath, sha: side.tree.get(settingsPath)?.sha ?? '', text: settings.text } : undefined,
      organisation: undefined,
    },
  };
}

/** A folder that is in no checkout. */
function plainFolder(root: string): Side {
  const disk = openDisk(root);
  const tree = new Map<string, TreeFile>();
  let entries = 0;
  const walk = (directory: string, depth: number): void => {
    for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
      if (++entries > maxEntries)
        throw new ConfigurationError(`There are more than ${maxEntries} files in this folder.`, 'Name a smaller one, or a checkout.');
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory() && depth < maxDepth && !notOurs.has(entry.name)) walk(path, depth + 1);
      // Each is read once, so its path tells it apart as well as git's id would.
      if (entry.isFile()) tree.set(path, { sha: `plain ${path}`, size: Number(disk.stat(path)?.size ?? 0) });
    }
  };
  walk('', 0);
  return { tree: tree satisfies Tree, read: (path) => Promise.resolve(readPlain(disk, path, tree.get(path)?.size ?? 0)) };
}

function readPlain(disk: ReturnType<typeof openDisk>, path: string, size: number) {
  if (size > maxFileBytes) return tooLarge(size);
  const bytes = disk.read(path);
  return bytes ? decode({ is: 'bytes', bytes }) : ({ is: 'unreadable', why: 'it could not be opened' } as const);
}
