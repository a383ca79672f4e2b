import type { BlobReader } from './blobs.ts';
import { decode, maxFileBytes, tooLarge, type Text } from './text.ts';
import type { Tree } from './tree.ts';

/** One of the two states that a review compares. */
export interface Side {
  readonly tree: Tree;
  read(path: string): Promise<Text>;
}

/** The state that a commit recorded. */
export function commitSide(tree: Tree, blobs: BlobReader): Side {
  return { tree, read: (path) => readBlob(tree, path, blobs) };
}

export async function readBlob(tree: Tree, path: string, blobs: BlobReader): Promise<Text> {
  const file = tree.get(path);
  if (!file) return { is: 'unreadable', why: 'it is not there' };
  if (file.size > maxFileBytes) return tooLarge(file.size);
  if (file.size < 0) return { is: 'unreadable', why: 'its content is not in this repository' };
  return decode(await blobs.read(file.sha));
}
