import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Patterns } from '../../src/concepts/grants.ts';
import { covers, matches, reachesAll, reachesEvery } from '../../src/concepts/policy.ts';
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
