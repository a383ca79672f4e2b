import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffTexts, unifiedDiff } from '../../src/diff/diff-texts.ts';
import { parsePatch } from '../../src/diff/hunks.ts';
import { anyText } from './texts.ts';

describe('parsePatch', () => {
  test('reads a header without counts', () => {
    expect(parsePatch('@@ -1 +1 @@\n-a\n+b')).toEqual([
      {
        oldStart: 1,
        oldLines: 1,
        newStart: 1,
        newLines: 1,
        lines: [
          { kind: 'removed', old: 1, text: 'a' },
          { kind: 'added', new: 1, text: 'b' },
        ],
      },
    ]);
  });

  test('numbers lines on both sides, over several hunks', () => {
    const hunks = parsePatch('@@ -1,3 +1,4 @@ resource "a"\n a\n-b\n+B\n+B2\n c\n@@ -10,2 +11,1 @@\n x\n-@@ -1 +1 @@');
    expect(hunks.map(({ lines }) => lines.map(({ kind, old, new: now }) => [kind, old, now]))).toEqual([
      [
        ['context', 1, 1],
        ['removed', 2, undefined],
        ['added', undefined, 2],
        ['added', undefined, 3],
        ['context', 3, 4],
      ],
      [
        ['context', 10, 11],
        ['removed', 11, undefined],
      ],
    ]);
  });

  test('marks the line without a line break, which is no line itself', () => {
    const [hunk] = parsePatch('@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file');
    expect(hunk?.lines.map(({ text, unended }) => [text, unended])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  test('keeps carriage returns and takes an empty line for an empty context line', () => {
    const [hunk] = parsePatch('@@ -1,3 +1,3 @@\n a\r\n\n-b\r\n+c\r');
    expect(hunk?.lines.map(({ text }) => text)).toEqual(['a\r', '', 'b\r', 'c\r']);
  });

  test('keeps what a cut hunk has, and passes over what is not a hunk', () => {
    expect(parsePatch('--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b').map(({ lines }) => lines.length)).toEqual([2]);
    expect(parsePatch('Binary files differ')).toEqual([]);
    expect(parsePatch('')).toEqual([]);
  });
});

describe('diffTexts', () => {
  test('gives 3 lines of context, without file headers', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i + 1}\n`);
    const after = lines.with(9, 'changed\n');
    expect(diffTexts(lines.join(''), after.join(''))).toBe(
      ['@@ -7,7 +7,7 @@', ' line 7', ' line 8', ' line 9', '-line 10', '+changed', ' line 11', ' line 12', ' line 13'].join('\n'),
    );
  });

  test('tells new and deleted files', () => {
    expect(diffTexts('', 'a\nb\n')).toBe('@@ -0,0 +1,2 @@\n+a\n+b');
    expect(diffTexts('', 'a')).toBe('@@ -0,0 +1 @@\n+a\n\\ No newline at end of file');
    expect(diffTexts('a\n', '')).toBe('@@ -1 +0,0 @@\n-a');
    expect(diffTexts('a\n', 'a\n')).toBe('');
  });

  test('gives up on what is too large', () => {
    expect(diffTexts('', 'x'.repeat(500_001))).toBeUndefined();
    expect(diffTexts('', '\n'.repeat(20_001))).toBeUndefined();
  });

  test('tells texts that differ too much as one hunk', () => {
    const lines = (word: string): string => Array.from({ length: 2_500 }, (_, i) => `${word} ${i}\n`).join('');
    const before = `1\n2\n3\n4\n${lines('a')}5\n6\n7\n8`;
    const after = `1\n2\n3\n4\n${lines('b')}5\n6\n7\n8`;
    const patch = diffTexts(before, after) ?? '';
    expect(patch.startsWith('@@ -2,2506 +2,2506 @@\n 2\n 3\n 4\n-a 0\n')).toBe(true);
    expect(patched(before, patch)).toBe(after);
    const gone = diffTexts(`${lines('a')}x`, lines('b')) ?? '';
    expect(patched(`${lines('a')}x`, gone)).toBe(lines('b'));
  });

  test('its hunks lead from one text to the other', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const patch = diffTexts(before, after) ?? '';
        expect(patched(before, patch)).toBe(after);
      }),
    );
  });
});

test('a unified diff has a file header', () => {
  expect(unifiedDiff('envs/prod/main.tf', 'a\n', 'b\n')).toBe(
    '--- a/envs/prod/main.tf\n+++ b/envs/prod/main.tf\n@@ -1,1 +1,1 @@\n-a\n+b\n',
  );
  expect(unifiedDiff('x', 'a\n', 'a\n')).toBeUndefined();
});

/** Applies hunks to a text, checking the removed and context lines on the way. */
function patched(before: string, patch: string): string {
  const old = before.split(/(?<=\n)/);
  const out: string[] = [];
  let at = 0;
  for (const hunk of parsePatch(patch)) {
    const start = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
    out.push(...old.slice(at, start));
    at = start;
    for (const { kind, text, unended } of hunk.lines) {
      const line = unended ? text : `${text}\n`;
      if (kind !== 'added') expect(old[at++]).toBe(line);
      if (kind !== 'removed') out.push(line);
    }
  }
  return [...out, ...old.slice(at)].join('');
}
