import { isUtf8 } from 'node:buffer';
import type { BlobCache, BlobText } from './blob-cache.ts';
import type { Octokit, Repo } from './octokit.ts';

/** One query asks for at most so many blobs and so many bytes of text: larger answers take GitHub longer than it allows itself. */
const batchCount = 250;
const batchBytes = 2_000_000;

export interface BlobRef {
  readonly sha: string;
  readonly size: number;
}

interface GraphqlBlob {
  readonly text?: string | null;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
}

/** The texts of blobs, many in one call. Every sha that was asked for is in the answer. */
export async function readBlobs(octokit: Octokit, repo: Repo, refs: readonly BlobRef[], cache: BlobCache): Promise<Map<string, BlobText>> {
  const found = new Map<string, BlobText>();
  const missing = new Map<string, BlobRef>();
  for (const ref of refs) {
    const cached = cache.get(ref.sha);
    if (cached === undefined) missing.set(ref.sha, ref);
    else found.set(ref.sha, cached);
  }
  const batches = await Promise.all(inBatches([...missing.values()]).map((batch) => readBatch(octokit, repo, batch)));
  for (const [sha, blob] of batches.flat()) {
    found.set(sha, blob);
    cache.set(sha, blob);
  }
  return found;
}

function inBatches(refs: readonly BlobRef[]): BlobRef[][] {
  const batches: BlobRef[][] = [];
  let current: BlobRef[] = [];
  let bytes = 0;
  for (const ref of refs) {
    if (current.length === batchCount || (current.length > 0 && bytes + ref.size > batchBytes)) {
      batches.push(current);
      current = [];
      bytes = 0;
    }
    current.push(ref);
    bytes += ref.size;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}

async function readBatch(octokit: Octokit, repo: Repo, batch: readonly BlobRef[]): Promise<[string, BlobText][]> {
  const ids = batch.map((_, i) => `$id${i}: GitObjectID!`).join(' ');
  const objects = batch.map((_, i) => `b${i}: object(oid: $id${i}) { ... on Blob { text isBinary isTruncated } }`).join('\n');
  const answer = await octokit.graphql<{ repository: Record<string, GraphqlBlob | null> | null }>(
    `query($owner: String!, $repo: String!, ${ids}) { repository(owner: $owner, name: $repo) {\n${objects}\n} }`,
    { ...repo, ...Object.fromEntries(batch.map((ref, i) => [`id${i}`, ref.sha])) },
  );
  const read: [string, BlobText][] = [];
  for (const [i, { sha }] of batch.entries()) {
    const blob = answer.repository?.[`b${i}`];
    const whole = blob?.isBinary === false && blob.isTruncated === false && typeof blob.text === 'string';
    if (blob?.isBinary === true) read.push([sha, { is: 'unreadable', why: 'it is not text' }]);
    else if (whole) read.push([sha, { is: 'text', text: blob.text ?? '' }]);
    else read.push([sha, await readWhole(octokit, repo, sha)]);
  }
  return read;
}

/** One blob by itself: for those that GraphQL cuts, or whose encoding it can't tell. */
async function readWhole(octokit: Octokit, repo: Repo, sha: string): Promise<BlobText> {
  const { data } = await octokit.rest.git.getBlob({ ...repo, file_sha: sha });
  const bytes = Buffer.from(data.content, 'base64');
  if (bytes.includes(0) || !isUtf8(bytes)) return { is: 'unreadable', why: 'it is not text in UTF-8' };
  return { is: 'text', text: bytes.toString('utf8') };
}
