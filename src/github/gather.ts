import type { ChangedFile, Unread } from '../change.ts';
import { relevantFiles, settingsPath, wantedFiles } from '../context.ts';
import type { Tree } from '../context.ts';
import type { Snapshot, SourceFile } from '../documents/snapshot.ts';
import type { BlobText } from './blob-cache.ts';
import type { BlobRef } from './read-blobs.ts';

/** What one review reads at most: bytes of one file, bytes of all, files of each commit, rounds of asking. */
const fileBytes = 1_000_000;
const totalBytes = 32_000_000;
const fileCount = 2000;
const rounds = 5;

export interface Gathered {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly unread: readonly Unread[];
}

/**
 * Reads the changed files and what gives them context at both commits, in rounds: what was read shows what else is needed. A path is read on
 * both sides or on neither, so that nothing looks introduced only because its old text was left out. The base's settings are the exception:
 * they hold whatever the change makes of that file, and however much else there is to read.
 */
export async function gather(
  changed: readonly ChangedFile[],
  trees: { readonly before: Tree; readonly after: Tree },
  read: (refs: readonly BlobRef[]) => Promise<ReadonlyMap<string, BlobText>>,
): Promise<Gathered> {
  const before = new Map<string, SourceFile>();
  const after = new Map<string, SourceFile>();
  const unread = new Map<string, string>();
  const asked = new Set<string>();
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const wanted = [...wantedFiles(changed, trees.after, after), ...wantedFiles(changed, trees.before, before)];
    const settings = wanted.filter((path) => path === settingsPath);
    const paths = [...new Set([...settings, ...wanted])].filter((path) => !asked.has(path));
    if (paths.length === 0) break;
    const refs = new Map<string, BlobRef>();
    for (const path of paths) {
      asked.add(path);
      const both = [trees.before.get(path), trees.after.get(path)].filter((entry) => entry !== undefined);
      const sides = path === settingsPath ? both.filter((entry) => entry.size <= fileBytes) : both;
      const size = sides.reduce((sum, entry) => sum + entry.size, 0);
      const why = asked.size > fileCount || bytes + size > totalBytes ? 'too much would have to be read for this review' : tooLarge(sides);
      if (why === undefined) {
        bytes += size;
        for (const entry of sides) refs.set(entry.sha, entry);
      } else unread.set(path, why);
    }
    const texts = await read([...refs.values()]);
    for (const path of paths) {
      if (unread.has(path)) continue;
      const [was, is] = [place(path, trees.before, before, texts), place(path, trees.after, after, texts)];
      const why = was ?? is;
      if (why === undefined) continue;
      unread.set(path, why);
      after.delete(path);
      if (path !== settingsPath) before.delete(path);
    }
  }
  return { ...onlyRelevant(changed, trees, before, after), unread: [...unread].map(([path, why]) => ({ path, why })) };
}

const tooLarge = (sides: readonly BlobRef[]): string | undefined =>
  sides.some((entry) => entry.size > fileBytes) ? 'it is larger than 1 MB' : undefined;

/** Adds a file to one side's snapshot; says why not when its text can't be used. */
function place(path: string, tree: Tree, snapshot: Map<string, SourceFile>, texts: ReadonlyMap<string, BlobText>): string | undefined {
  const entry = tree.get(path);
  if (entry === undefined) return undefined;
  const blob = texts.get(entry.sha);
  if (blob === undefined) return entry.size > fileBytes ? 'it is larger than 1 MB' : 'GitHub did not give its text';
  if (blob.is === 'unreadable') return blob.why;
  snapshot.set(path, { path, sha: entry.sha, text: blob.text });
  return undefined;
}

/** Drops what was read only to look for callers. What either side needs, both keep. */
function onlyRelevant(
  changed: readonly ChangedFile[],
  trees: { readonly before: Tree; readonly after: Tree },
  before: Snapshot,
  after: Snapshot,
): { before: Snapshot; after: Snapshot } {
  const relevant = new Set([...relevantFiles(changed, trees.before, before), ...relevantFiles(changed, trees.after, after)]);
  const keep = (snapshot: Snapshot): Snapshot => new Map([...snapshot].filter(([path]) => relevant.has(path)));
  return { before: keep(before), after: keep(after) };
}
