import { describe, expect, test } from 'vitest';
import { isMissing, noYes, number, setting, text, textsOf, words, yesNo } from '../../src/concepts/setting.ts';
import { makeResource } from '../../src/model/resource.ts';
import { absent, known, unknown, type Value } from '../../src/model/value.ts';

const span = { file: 'main.tf', start: 0, end: 1 };
const at = (value: Value | undefined) =>
  makeResource({
    dialect: 'terraform',
    type: 't',
    address: 't.t',
    name: 't',
    scope: '.',
    environment: { stage: 'unknown', name: '', why: '' },
    at: span,
    span,
    value: { is: 'map', entries: new Map(value ? [['a', value]] : []), origins: [] },
  }).attr('a');

describe('a setting', () => {
  test.each([
    ['a truth value', setting(at(known(true, [])), yesNo), true],
    ['the same as text', setting(at(known('false', [])), yesNo), false],
    ['one that is written the other way round', setting(at(known(true, [])), noYes), false],
    ['a word in any case', setting(at(known('disabled', [])), words('Enabled', 'Disabled')), false],
    ['a number as text', setting(at(known('2', [])), number), 2],
    ['a text', setting(at(known('PUBLIC', [])), text), 'PUBLIC'],
  ])('reads %s', (_, found, value) => {
    expect(found).toMatchObject({ is: 'known', value, written: true });
  });

  test('takes the default when nothing is written, and says so', () => {
    expect(setting(at(undefined), yesNo, true)).toMatchObject({ is: 'known', value: true, written: false });
  });

  test.each([
    ['absent without a default', undefined],
    ['an unknown value', unknown('a variable', [])],
    ['a word that it does not know', known('Perhaps', [])],
  ])('is unknown for %s', (_, value) => {
    expect(setting(at(value), words('Enabled', 'Disabled')).is).toBe('unknown');
  });

  test.each([
    [yesNo, false],
    [noYes, true],
  ])('is written in its own words', (spelling, written) => {
    expect(setting(at(undefined), spelling, true).writes(false)).toMatchObject({ do: 'set', to: written });
  });
});

test.each([
  ['nothing', absent([]), true],
  ['an empty text', known('', []), true],
  ['an empty list', { is: 'list', items: [], origins: [] }, true],
  ['a list that may have more', { is: 'list', items: [], origins: [], open: true }, false],
  ['an unknown value', unknown('a variable', []), false],
  ['a text', known('x', []), false],
] as const)('%s is missing: %s', (_, value, expected) => {
  expect(isMissing(value)).toBe(expected);
});

test('texts of a list, and whether they are all', () => {
  expect(textsOf({ is: 'list', items: [known('a', []), unknown('?', [])], origins: [] })).toEqual({ texts: ['a'], complete: false });
  expect(textsOf(known('a', []))).toEqual({ texts: ['a'], complete: true });
});
