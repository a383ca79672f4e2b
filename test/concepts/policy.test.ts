import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Patterns } from '../../src/concepts/grants.ts';
import { coverage, covers, matches, overlaps, reachesAll, reachesEvery, subsumes } from '../../src/concepts/policy.ts';
import { makeResource } from '../../src/model/resource.ts';

const span = { file: 'main.tf', start: 0, end: 1 };
const resource = makeResource({
  dialect: 'terraform',
  type: 'aws_iam_policy',
  address: 'aws_iam_policy.p',
  name: 'p',
  scope: '.',
  environment: { stage: 'unknown', name: '', why: '' },
  at: span,
  span,
  value: { is: 'map', entries: new Map(), origins: [] },
});
const patterns = (texts: readonly string[], rest: Partial<Patterns> = {}): Patterns => ({
  at: resource.attr('policy'),
  except: false,
  complete: true,
  texts,
  places: [],
  ...rest,
});

describe('patterns of the policy language', () => {
  test.each([
    ['s3:*', 's3:GetObject', true],
    ['s3:Get*', 's3:getobject', true],
    ['s3:?etObject', 's3:GetObject', true],
    ['*', 'anything:at all', true],
    ['s3:Get*Acl', 's3:GetObjectAcl', true],
    ['s3:Get*Acl', 's3:GetObject', false],
    ['s3:GetObject', 's3:GetObjectAcl', false],
    ['s3:*', 's3express:CreateSession', false],
    ['', 's3:GetObject', false],
  ])('%s and %s: %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected);
  });

  test('a pattern that is made from a name by putting stars in matches it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ':', '/') }), fc.nat(), fc.nat(), (name, a, b) => {
        const [from, to] = [a % (name.length + 1), b % (name.length + 1)].toSorted((x, y) => x - y);
        return matches(`${name.slice(0, from)}*${name.slice(to)}`, name);
      }),
    );
  });

  test('many stars take no time', () => {
    expect(matches('*a'.repeat(200), `${'a'.repeat(5000)}b`)).toBe(false);
  });
});

test.each([
  [['*'], true],
  [['arn:aws:s3:::*'], true],
  [['arn:aws:ssm:*:*:*'], true],
  [['arn:aws:s3:::acme-models/*'], false],
  [['arn:aws:iam::111122223333:role/*'], false],
  [[], false],
])('%j reaches everything: %s', (texts, expected) => {
  expect(reachesAll(patterns(texts))).toBe(expected);
});

test('all roles of an account are every role', () => {
  expect(reachesEvery(patterns(['arn:aws:iam::111122223333:role/*']), 'role')).toBe(true);
  expect(reachesEvery(patterns(['arn:aws:iam::111122223333:role/training-*']), 'role')).toBe(false);
});

test('everything but some: sure only when the exceptions are known', () => {
  expect(covers(patterns(['iam:*'], { except: true }), 's3:GetObject')).toBe(true);
  expect(covers(patterns(['iam:*'], { except: true }), 'iam:CreateRole')).toBe(false);
  expect(covers(patterns(['iam:*'], { except: true, complete: false }), 's3:GetObject')).toBe(false);
  expect(reachesAll(patterns(['arn:aws:s3:::logs/*'], { except: true, complete: false }))).toBe(false);
});

/** The obvious way, by trying every length for a star. */
function slow(pattern: string, name: string): boolean {
  const [c] = pattern;
  if (c === undefined) return name === '';
  const rest = pattern.slice(1);
  if (c === '*') return Array.from({ length: name.length + 1 }, (_, n) => name.slice(n)).some((left) => slow(rest, left));
  return name !== '' && (c === '?' || c === name[0]) && slow(rest, name.slice(1));
}

describe('patterns against a slow, obvious matcher', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });
  const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 7 });
  // Up to six letters: two patterns that both have a star may share no letter, `*baaa` and `aa*`.
  const names = Array.from({ length: 7 }, (_, n) =>
    Array.from({ length: 2 ** n }, (_u, i) => (n === 0 ? '' : i.toString(2).padStart(n, '0').replaceAll('0', 'a').replaceAll('1', 'b'))),
  ).flat();

  test('a name', () => {
    fc.assert(
      fc.property(pattern, name, (p, n) => {
        expect(matches(p, n)).toBe(slow(p, n));
        expect(subsumes(p, n)).toBe(slow(p, n));
      }),
      { numRuns: 2000 },
    );
  });

  test('a pattern that takes another in matches all that it matches', () => {
    fc.assert(
      fc.property(pattern, pattern, name, (wide, narrow, n) => {
        fc.pre(subsumes(wide, narrow) && slow(narrow, n));
        expect(slow(wide, n)).toBe(true);
      }),
    );
  });

  test('two patterns overlap exactly when some text matches both', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 }),
        fc.string({ unit: fc.constantFrom('a', '*', '?'), maxLength: 3 }),
        (a, b) => {
          const least = [a, b].map((p) => p.replaceAll('*', '').length);
          fc.pre(least.every((length) => length <= 5));
          expect(overlaps(a, b)).toBe(names.some((n) => slow(a, n) && slow(b, n)));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('upper and lower case differ in resources', () => {
  expect(subsumes('arn:aws:s3:::*SageMaker*', 'arn:aws:s3:::sagemaker-models/m')).toBe(false);
});

test('an unknown part is taken in by a star or by itself only', () => {
  expect(subsumes('a-*', 'a-\u0000')).toBe(true);
  expect(subsumes('a-\u0000', 'a-\u0000')).toBe(false);
  expect(subsumes('a-?', 'a-*')).toBe(false);
  expect(subsumes('\uE010var.x\uE011-m', '\uE010var.x\uE011-m')).toBe(true);
  expect(overlaps('\uE010var.x\uE011-m', 'acme-m')).toBe(true);
  expect(overlaps('\uE010var.x\uE011-m', 'acme-n')).toBe(false);
});

test('an action is unknown when some actions are', () => {
  expect(coverage(patterns(['s3:Get*'], { complete: false }), 's3:PutObject')).toBe('unknown');
  expect(coverage(patterns(['s3:Get*'], { complete: false }), 's3:GetObject')).toBe('yes');
  expect(coverage(patterns(['s3:Get*']), 's3:PutObject')).toBe('no');
});
