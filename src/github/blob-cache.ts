/** A blob as far as a review can use it. */
export type BlobText = { readonly is: 'text'; readonly text: string } | { readonly is: 'unreadable'; readonly why: string };

/** Texts by git's blob id: equal ids are equal texts, in whatever repository. */
export interface BlobCache {
  get(sha: string): BlobText | undefined;
  set(sha: string, blob: BlobText): void;
}

/** Remembers the most recently used blobs, up to so many bytes of text. */
export function createBlobCache(limitBytes = 64 * 1024 * 1024): BlobCache {
  const blobs = new Map<string, BlobText>();
  let total = 0;
  // A JavaScript string takes up to two bytes a character; the rest is the entry itself.
  const weight = (blob: BlobText): number => (blob.is === 'text' ? 2 * blob.text.length : 0) + 200;

  function forget(sha: string): void {
    const blob = blobs.get(sha);
    if (blob === undefined) return;
    blobs.delete(sha);
    total -= weight(blob);
  }

  return {
    get(sha) {
      const blob = blobs.get(sha);
      if (blob === undefined) return undefined;
      blobs.delete(sha);
      blobs.set(sha, blob);
      return blob;
    },
    set(sha, blob) {
      forget(sha);
      if (weight(blob) > limitBytes) return;
      blobs.set(sha, blob);
      total += weight(blob);
      for (const oldest of blobs.keys()) {
        if (total <= limitBytes) break;
        forget(oldest);
      }
    },
  };
}
