import { expect, test } from 'vitest';
import { createBlobCache } from '../../src/github/blob-cache.ts';

const text = (length: number) => ({ is: 'text' as const, text: 'x'.repeat(length) });

test('the least recently used blobs go first', () => {
  const cache = createBlobCache(3 * 2200);
  for (const sha of ['a', 'b', 'c']) cache.set(sha, text(1000));
  cache.get('a');
  cache.set('d', text(1000));
  expect(['a', 'b', 'c', 'd'].filter((sha) => cache.get(sha) !== undefined)).toEqual(['a', 'c', 'd']);
});

test('a blob that is larger than the cache is not kept, and drives out nothing', () => {
  const cache = createBlobCache(5000);
  cache.set('a', text(1000));
  cache.set('b', text(5000));
  expect(cache.get('a')).toEqual(text(1000));
  expect(cache.get('b')).toBeUndefined();
});

test('the same blob is counted once', () => {
  const cache = createBlobCache(3 * 2200);
  for (let i = 0; i < 10; i++) cache.set('a', text(1000));
  cache.set('b', text(1000));
  expect(cache.get('a')).toBeDefined();
});
