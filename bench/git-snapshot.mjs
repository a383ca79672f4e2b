import { openBlobs } from '../dist/src/git/blobs.js';
import { openGit } from '../dist/src/git/git.js';
import { findRepository } from '../dist/src/git/repository.js';
import { resolveCommit } from '../dist/src/git/revisions.js';
import { commitSide } from '../dist/src/git/side.js';
import { readTree } from '../dist/src/git/tree.js';

const configuration = /\.(?:tf|tfvars|ya?ml|json|template)$/;

/** Every file of a git directory's HEAD that may be configuration, at most 1 MB each. */
export async function snapshotOf(gitDir) {
  const git = openGit(findRepository({ gitDir }, process.cwd()));
  const tree = await readTree(git, await resolveCommit(git, 'HEAD', 'HEAD'));
  const blobs = openBlobs(git);
  const side = commitSide(tree, blobs);
  const snapshot = new Map();
  for (const [path, { sha }] of tree) {
    const read = configuration.test(path) ? await side.read(path) : undefined;
    if (read?.is === 'text') snapshot.set(path, { path, sha, text: read.text });
  }
  blobs.close();
  return snapshot;
}
