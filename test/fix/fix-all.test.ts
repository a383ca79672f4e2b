import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/change.ts';
import type { Files, Fix, Literal, Rule, Severity } from '../../src/engine/rule.ts';
import { patchOf, type FixSet } from '../../src/fix/fix-all.ts';
import type { Located, Resource } from '../../src/model/resource.ts';
import { fix } from '../../src/review.ts';
import { changeOf, notebook, open, rules, safe, today } from '../config/reviewed.ts';
import { sandbox } from '../git/sandbox.ts';

const named = (subjects: FixSet['mended']): readonly string[] => subjects.map(({ rule, file, line }) => `${rule} ${file}:${line}`);

/** What `git apply` makes of the patch on a checkout of the head. */
function applied(after: Files, fixes: FixSet): Files {
  using checkout = sandbox(after);
  checkout.write('../all.patch', patchOf(fixes));
  checkout.git('apply', '--whitespace=nowarn', '../all.patch');
  return Object.fromEntries(Object.keys(after).map((path) => [path, checkout.read(path)]));
}

describe('a review’s fixes, all at once', () => {
  const module = `variable "internet" {\n  type    = string\n  default = "Enabled"\n}\n${notebook('  direct_internet_access = var.internet', 'old')}`;
  const before: Files = { 'main.tf': '', 'other.tf': notebook(open, 'other'), 'modules/lab/main.tf': module };
  const after: Files = {
    ...before,
    'main.tf': `${notebook(open)}\r\n`.replaceAll(/\r?\n/g, '\r\n'),
    'live/main.tf': 'module "lab" {\n  source = "../modules/lab"\n}\n',
    'odd "name" ü.tf': notebook(open, 'odd').replace('root_access            = "Disabled"', 'root_access            = "Enabled"').trimEnd(),
  };
  const fixes = fix(changeOf(before, after), rules, today, new Set());

  test('mend several findings of one file, and of several files', () => {
    expect(named(fixes.mended)).toEqual([
      'notebooks/direct-internet live/main.tf:1',
      'notebooks/direct-internet main.tf:9',
      'notebooks/direct-internet odd "name" ü.tf:9',
      'notebooks/root-access odd "name" ü.tf:8',
    ]);
    expect(fixes.left).toEqual([]);
  });

  test('leave what was there before as it was', () => {
    expect(fixes.files.map(({ path }) => path)).toEqual(['main.tf', 'modules/lab/main.tf', 'odd "name" ü.tf']);
  });

  test('are one patch that git applies to the head, whatever its line breaks, its end and its names', () => {
    expect(applied(after, fixes)).toEqual({ ...after, ...Object.fromEntries(fixes.files.map((file) => [file.path, file.after])) });
  });

  test('leave nothing that they would mend again', () => {
    const mended = { ...after, ...Object.fromEntries(fixes.files.map((file) => [file.path, file.after])) };
    expect(fix(changeOf(before, mended), rules, today, new Set())).toMatchObject({ files: [], mended: [], left: [] });
  });

  test('are none where nothing is introduced', () => {
    expect(fix(changeOf(after, after), rules, today, new Set())).toEqual({
      files: [],
      mended: [],
      left: [],
      unfixed: [],
      applyFixes: 'button',
    });
  });

  test('name what no fix is known for', () => {
    const files = { 'main.tf': notebook(safe).replace(/ {2}kms_key_id.*\n/, '') };
    const { unfixed, mended } = fix(changeOf({}, files), rules, today, new Set());
    expect(named(unfixed)).toEqual(['notebooks/encryption-key main.tf:1']);
    expect(mended).toEqual([]);
  });
});

/** A rule that wants one attribute of `thing` to be something else than it is. */
function wants(
  id: string,
  severity: Severity,
  key: string,
  bad: Literal,
  fixes: (at: Located, of: Resource) => readonly Fix[],
): Rule<Resource> {
  return {
    id,
    title: id,
    severity,
    requirements: [],
    frameworks: {},
    why: '',
    links: [],
    looksAt: {
      name: 'thing',
      *view(resource) {
        if (resource.type === 'thing') yield resource;
      },
    },
    *check(resource) {
      const at = resource.attr(key);
      if (at.is === 'known' && at.value === bad) yield { at, message: '', fix: fixes(at, resource) };
    },
    examples: { bad: [], good: [], unknown: [] },
  };
}
const to =
  (value: Literal) =>
  (at: Located): readonly Fix[] => [{ do: 'set', at, to: value }];

describe('fixes that can’t all be made', () => {
  const thing = (lines: string): Change => changeOf({}, { 'main.tf': `resource "thing" "one" {\n${lines}}\n` });
  const fixed = (change: Change, ...some: readonly Rule<Resource>[]): FixSet => fix(change, some, today, new Set());

  test('the more severe wins, and the other is named', () => {
    const set = fixed(
      thing('  a = 1\n  b = 1\n'),
      wants('x/low', 'low', 'a', 1, to(2)),
      wants('x/high', 'high', 'a', 1, to(3)),
      wants('x/b', 'low', 'b', 1, to(2)),
    );
    expect(set.files.map(({ after }) => after)).toEqual(['resource "thing" "one" {\n  a = 3\n  b = 2\n}\n']);
    // The low one is gone with it.
    expect(named(set.mended)).toEqual(['x/high main.tf:2', 'x/low main.tf:2', 'x/b main.tf:3']);
  });

  test('one that breaks another is left out with the reason', () => {
    const undo = wants('x/undo', 'low', 'b', 1, (at, resource) => [...to(2)(at), ...to(9)(resource.attr('a'))]);
    const set = fixed(thing('  a = 1\n  b = 1\n'), wants('x/a', 'high', 'a', 1, to(2)), undo);
    expect(set.files.map(({ after }) => after)).toEqual(['resource "thing" "one" {\n  a = 2\n  b = 1\n}\n']);
    expect(set.left).toEqual([
      {
        rule: 'x/undo',
        title: 'x/undo',
        file: 'main.tf',
        line: 3,
        why: 'not together with the other fixes: the fix cannot be written safely at its place',
      },
    ]);
  });

  test('one that is not right alone does not keep the others from being made', () => {
    const lines = Array.from({ length: 9 }, (_, i) => `  a${i} = 1\n`).join('');
    const some = Array.from({ length: 9 }, (_, i) => wants(`x/${i}`, 'low', `a${i}`, 1, to(i === 5 ? 1 : 2)));
    const set = fixed(thing(lines), ...some);
    expect(set.mended).toHaveLength(8);
    expect(set.left.map(({ rule, why }) => `${rule}: ${why}`)).toEqual(['x/5: the fix cannot be written safely at its place']);
  });

  test('so many are tried, and no more', () => {
    const count = 100;
    const lines = Array.from({ length: count }, (_, i) => `  a${i} = 1\n`).join('');
    const some = Array.from({ length: count }, (_, i) => wants(`x/${i}`, 'low', `a${i}`, 1, to(i % 2 === 0 ? 1 : 2)));
    const set = fixed(thing(lines), ...some);
    expect(set.mended.length + set.left.length).toBe(count);
    expect(set.left.some(({ why }) => why.includes('was not tried'))).toBe(true);
  });
});
