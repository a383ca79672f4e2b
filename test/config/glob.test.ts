import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPath } from '../../src/config/glob.ts';

test.each([
  ['a/b.tf', 'a/b.tf', true],
  ['a/b.tf', 'a/c.tf', false],
  ['a', 'a/b/c.tf', true],
  ['a/', 'a/b/c.tf', true],
  ['a', 'b/a/c.tf', false],
  ['a', 'ab/c.tf', false],
  ['*.tf', 'a.tf', true],
  ['*.tf', 'a/b.tf', false],
  ['a/*', 'a/b.tf', true],
  ['a/*', 'a/b/c.tf', false],
  ['a/*/c.tf', 'a/b/c.tf', true],
  ['*/b', 'a/b/c.tf', true],
  ['a/**', 'a/b/c.tf', true],
  ['a/**', 'a', true],
  ['a/**', 'ab/c.tf', false],
  ['**/c.tf', 'c.tf', true],
  ['**/c.tf', 'a/b/c.tf', true],
  ['**/testdata/**', 'a/testdata/b/c.tf', true],
  ['**/testdata', 'a/testdata/b/c.tf', true],
  ['**/testdata/**', 'a/data/c.tf', false],
  ['a/**/c/*.tf', 'a/c/x.tf', true],
  ['a/**/c/*.tf', 'a/b/b/c/x.tf', true],
  ['**', 'anything/at.all', true],
  ['**', '.', true],
  ['env-?.tfvars', 'env-a.tfvars', true],
  ['env-?.tfvars', 'env-ab.tfvars', false],
  ['*a*b*', 'xxaxxbxx', true],
  ['*a*b*', 'xxbxxaxx', false],
  ['a.b', 'axb', false],
  ['A', 'a', false],
])('%s %s: %s', (glob, path, expected) => {
  expect(matchesPath(glob, path)).toBe(expected);
});

test('a path matches itself, and everything in its directories', () => {
  const name = fc.stringMatching(/^[a-z.-]{1,6}$/).filter((text) => text !== '.' && text !== '..');
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), fc.nat(), (parts, cut) => {
      const path = parts.join('/');
      const directory = parts.slice(0, 1 + (cut % parts.length)).join('/');
      expect([path, directory, `${directory}/**`, `**/${parts.at(-1) ?? ''}`].map((glob) => matchesPath(glob, path))).toEqual([
        true,
        true,
        true,
        true,
      ]);
    }),
  );
});

test('a hostile pattern or path takes no time', () => {
  const started = performance.now();
  expect(matchesPath('**/a*'.repeat(40), `${'a/'.repeat(1000)}b`)).toBe(false);
  expect(matchesPath('*a'.repeat(99), 'a'.repeat(4000))).toBe(true);
  expect(matchesPath(`${'*a'.repeat(99)}b`, 'a'.repeat(4000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});
