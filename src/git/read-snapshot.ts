import { isConfiguration } from '../context.ts';
import type { Snapshot, SourceFile } from '../documents/snapshot.ts';
import { openBlobs } from './blobs.ts';
import { openGit } from './git.ts';
import { findRepository } from './repository.ts';
import { resolveCommit } from './revisions.ts';
import { commitSide } from './side.ts';
import { readTree } from './tree.ts';

/** Every file of one commit that may be configuration, for measuring. Files that can't be read are left out. */
export async function readLocalSnapshot(options: {
  readonly gitDir?: string;
  readonly repo?: string;
  readonly rev: string;
}): Promise<Snapshot> {
  const git = openGit(findRepository(options, process.cwd()));
  const tree = await readTree(git, await resolveCommit(git, options.rev, 'The revision'));
  const blobs = openBlobs(git);
  try {
    const side = commitSide(tree, blobs);
    const files = await Promise.all(
      [...tree]
        .filter(([path]) => isConfiguration(path))
        .map(async ([path, { sha }]): Promise<SourceFile[]> => {
          const text = await side.read(path);
          return text.is === 'text' ? [{ path, sha, text: text.text }] : [];
        }),
    );
    return new Map(files.flat().map((file) => [file.path, file]));
  } finally {
    blobs.close();
  }
}
