import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import type { BlobReader } from './blobs.ts';
import { openDisk, type Disk } from './disk.ts';
import type { Git } from './git.ts';
import { readIndex, type IndexEntry } from './index-entries.ts';
import { readBlob, type Side } from './side.ts';
import { decode, maxFileBytes, tooLarge, type Text } from './text.ts';
import { records, type Tree, type TreeFile } from './tree.ts';

/** Stands for the content of a file that is too large to be read, and so has no known id. */
const unhashed = '0'.repeat(40);

/**
 * The files on disk: those that git tracks, and new ones that it does not ignore. Git itself is not asked what changed, because it would run
 * the repository's clean filters to find out. A file whose times and size are as the index recorded them is taken from the index, as git
 * does; every other one is read and hashed. `base` gives the sizes of files too large to hash.
 */
export async function workingTreeSide(git: Git, root: string, base: Tree, blobs: BlobReader): Promise<Side> {
  const [entries, untracked] = await Promise.all([readIndex(git), git.run('ls-files', '-z', '--others', '--exclude-standard')]);
  const disk = openDisk(root);
  const clean = new Map<string, TreeFile>();
  const edited = new Map<string, { readonly file: TreeFile; readonly text: Text }>();

  for (const entry of entries) {
    const { path, sha } = entry;
    if (entry.skipped) {
      clean.set(path, { sha, size: entry.size });
      continue;
    }
    const stat = disk.stat(path);
    if (!stat) continue;
    if (isUntouched(entry, stat)) clean.set(path, { sha, size: Number(stat.size) });
    else edited.set(path, await readEdited(disk, path, Number(stat.size), entry, base.get(path), blobs));
  }
  for (const path of records(untracked)) {
    const stat = path.endsWith('/') ? undefined : disk.stat(path);
    if (stat) edited.set(path, await readEdited(disk, path, Number(stat.size), undefined, base.get(path), blobs));
  }

  const tree = new Map(clean);
  for (const [path, { file }] of edited) tree.set(path, file);
  return { tree, read: (path) => Promise.resolve(edited.get(path)?.text ?? readBlob(clean, path, blobs)) };
}

/** Git's own test, made strict: the same size, the same times, and written before the index was. */
function isUntouched(entry: IndexEntry, stat: BigIntStats): boolean {
  return entry.settled && entry.size === Number(stat.size) && entry.mtime === stat.mtimeNs && entry.ctime === stat.ctimeNs;
}

async function readEdited(
  disk: Disk,
  path: string,
  size: number,
  entry: IndexEntry | undefined,
  base: TreeFile | undefined,
  blobs: BlobReader,
): Promise<{ readonly file: TreeFile; readonly text: Text }> {
  if (size > maxFileBytes) return { file: { sha: base?.size === size ? base.sha : unhashed, size }, text: tooLarge(size) };
  const bytes = disk.read(path);
  if (!bytes) return { file: { sha: unhashed, size }, text: { is: 'unreadable', why: 'it could not be opened' } };
  const sha = blobId(bytes, entry?.sha ?? base?.sha);
  if (sha === entry?.sha || !entry || !bytes.includes('\r\n')) return { file: { sha, size }, text: decode({ is: 'bytes', bytes }) };
  return withoutCheckoutLineEndings(bytes, entry.sha, blobs);
}

/** A checkout may turn line feeds into CRLF (`core.autocrlf`, `eol=crlf`). Where git's own copy has none, they are no change by a person. */
async function withoutCheckoutLineEndings(
  bytes: Buffer,
  indexed: string,
  blobs: BlobReader,
): Promise<{ readonly file: TreeFile; readonly text: Text }> {
  const recorded = await blobs.read(indexed);
  const keep = recorded.is === 'unreadable' || recorded.bytes.includes('\r\n') || bytes.includes(0);
  const content = keep ? bytes : Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return { file: { sha: blobId(content, indexed), size: content.length }, text: decode({ is: 'bytes', bytes: content }) };
}

/** Git's id of a content, in the same hash as a known id of the repository. */
export function blobId(content: Buffer, like: string | undefined): string {
  return createHash(like?.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}
