import { expect, test } from 'vitest';
import type { Fix } from '../../src/engine/rule.ts';
import { applyFixes } from '../../src/fix/apply-fixes.ts';
import type { Key } from '../../src/model/resource.ts';
import { fixture, type Fixture } from './located.ts';

const set = ({ at }: Fixture, path: readonly Key[], to: boolean): Fix => ({ do: 'set', at: at(...path), to });
const fixed = (one: Fixture, ...fixes: readonly Fix[]): string | undefined => applyFixes(fixes, one.documents)?.get(one.file);

const apart = fixture('a.yaml', 'x-open: &open\n  on: true\na: *open\nb: *open\n');
const first = fixture('a.yaml', 'a: &open\n  on: true\nb: *open\nc: *open\n');

test('an anchor is edited when everything that comes through it is fixed', () => {
  expect(fixed(apart, set(apart, ['a', 'on'], false))).toBeUndefined();
  expect(fixed(apart, set(apart, ['a', 'on'], false), set(apart, ['b', 'on'], false))).toBe(
    'x-open: &open\n  on: false\na: *open\nb: *open\n',
  );
});

test('the place of an anchor is a use of its own', () => {
  expect(fixed(first, set(first, ['b', 'on'], false), set(first, ['c', 'on'], false))).toBeUndefined();
  expect(fixed(first, set(first, ['a', 'on'], false), set(first, ['b', 'on'], false))).toBeUndefined();
  expect(fixed(first, ...['a', 'b', 'c'].map((key) => set(first, [key, 'on'], false)))).toBe('a: &open\n  on: false\nb: *open\nc: *open\n');
});

test('another value of the same file gives no way to an anchor', () => {
  const other = fixture('a.yaml', 'x-open: &open\n  on: true\n  off: true\na: *open\nb: *open\n');
  expect(fixed(other, set(other, ['a', 'on'], false), set(other, ['b', 'off'], false))).toBeUndefined();
});

test('what two findings add alike is added once; what they contradict is refused', () => {
  const one = fixture('a.tf', 'resource "aws_x" "y" {\n}\n');
  expect(fixed(one, set(one, ['on'], true), set(one, ['on'], true))).toBe('resource "aws_x" "y" {\n  on = true\n}\n');
  expect(fixed(one, set(one, ['on'], true), set(one, ['on'], false))).toBeUndefined();
});
