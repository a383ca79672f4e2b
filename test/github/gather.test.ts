import { expect, test } from 'vitest';
import type { ChangedFile } from '../../src/change.ts';
import type { BlobText } from '../../src/github/blob-cache.ts';
import { gather } from '../../src/github/gather.ts';
import type { BlobRef } from '../../src/github/read-blobs.ts';

/** Two commits by path and text; the sha of a blob is its text. */
async function gathered(before: Record<string, string>, after: Record<string, string>, sizes: Record<string, number> = {}) {
  const treeOf = (files: Record<string, string>) =>
    new Map(Object.entries(files).map(([path, text]) => [path, { sha: text, size: sizes[path] ?? text.length }]));
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]);
  const changed: ChangedFile[] = paths.map((path) => ({
    path,
    status: before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'modified',
  }));
  const asked: string[] = [];
  const read = (refs: readonly BlobRef[]) => {
    asked.push(...refs.map(({ sha }) => sha));
    return Promise.resolve(
      new Map(
        refs.map(({ sha }): [string, BlobText] => [
          sha,
          sha.includes('\0') ? { is: 'unreadable', why: 'it is not text' } : { is: 'text', text: sha },
        ]),
      ),
    );
  };
  const result = await gather(changed, { before: treeOf(before), after: treeOf(after) }, read);
  return { before: [...result.before.keys()].sort(), after: [...result.after.keys()].sort(), unread: result.unread, asked };
}

test('both sides have the same context, and equal blobs are asked for once', async () => {
  const { before, after, asked } = await gathered({ 'm/a.tf': 'old', 'm/b.tf': 'same' }, { 'm/a.tf': 'new', 'm/b.tf': 'same' });
  expect(before).toEqual(['m/a.tf', 'm/b.tf']);
  expect(after).toEqual(['m/a.tf', 'm/b.tf']);
  expect(asked.sort()).toEqual(['new', 'old', 'same']);
});

test('context that only one side asks for is read on both', async () => {
  const call = 'module "m" { source = "../m" }';
  const { before, after } = await gathered(
    { 'root/main.tf': 'x', 'm/main.tf': 'same', 'z/main.tf': 'z' },
    { 'root/main.tf': call, 'm/main.tf': 'same', 'z/main.tf': 'z' },
  );
  expect(before).toEqual(['m/main.tf', 'root/main.tf']);
  expect(after).toEqual(['m/main.tf', 'root/main.tf']);
});

test('what is too large or no text on one side is on neither, and is named', async () => {
  const files = { 'm/a.tf': 'old', 'm/b.tf': 'b', 'm/big.tf': 'B' };
  const { before, after, unread, asked } = await gathered(files, { ...files, 'm/a.tf': 'n\0w' }, { 'm/big.tf': 1_000_001 });
  expect(before).toEqual(['m/b.tf']);
  expect(after).toEqual(['m/b.tf']);
  expect(unread).toEqual([
    { path: 'm/big.tf', why: 'it is larger than 1 MB' },
    { path: 'm/a.tf', why: 'it is not text' },
  ]);
  expect(asked).not.toContain('B');
});

test('a removed file is read where it was', async () => {
  const { before, after, unread } = await gathered({ 'm/a.tf': 'old', 'm/b.tf': 'b' }, { 'm/b.tf': 'b' });
  expect(before).toEqual(['m/a.tf', 'm/b.tf']);
  expect(after).toEqual(['m/b.tf']);
  expect(unread).toEqual([]);
});

test('what goes beyond the total is named', async () => {
  const sizes = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`m/f${String(i)}.tf`, 999_999]));
  const after = Object.fromEntries(Object.keys(sizes).map((path) => [path, path]));
  const result = await gathered({}, after, sizes);
  expect(result.after).toHaveLength(32);
  expect(result.unread).toHaveLength(8);
});
