import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../src/documents/data.ts';
import { parseJson } from '../../src/documents/data.ts';
import { parseHcl } from '../../src/documents/hcl.ts';
import type { Document } from '../../src/documents/document.ts';
import { suppressionsIn } from '../../src/engine/suppress-comment.ts';

const rules = new Set(['storage/no-versioning', 'notebooks/root-access']);
const hcl = (text: string): Document => parseHcl('main.tf', text);
const yaml = (text: string): Document => parseYaml('m.yaml', text);
const found = (document: Document) => suppressionsIn(document, rules);
const ignore = 'plumbline:ignore storage/no-versioning';

describe('valid', () => {
  test.each([
    ['above', hcl(`# ${ignore} -- scratch\nresource "a" "b" {}\n`), { line: 1, covers: 2, reason: 'scratch' }],
    ['on the line', hcl(`a = 1 # ${ignore} -- scratch\n`), { line: 1, covers: 1, reason: 'scratch' }],
    ['with slashes', hcl(`a = 1 // ${ignore} -- scratch\n`), { covers: 1 }],
    ['slashes above, indented', hcl(`b {\n  //${ignore} -- x\n  a = 1\n}\n`), { line: 2, covers: 3 }],
    ['above other comments', hcl(`# ${ignore} -- x\n# why\n// really\na = 1\n`), { line: 1, covers: 4 }],
    ['with a last day', hcl(`a = 1 # ${ignore} until=2027-02-28 -- x\n`), { until: '2027-02-28', reason: 'x' }],
    ['in a leap year', hcl(`a = 1 # ${ignore} until=2028-02-29 -- x\n`), { until: '2028-02-29' }],
    ['a reason with dashes', hcl(`a = 1 # ${ignore} -- x -- y - z\n`), { reason: 'x -- y - z' }],
    ['many spaces', hcl(`a = 1    #    plumbline:ignore    storage/no-versioning    --    x\n`), { reason: 'x' }],
    ['CRLF', hcl(`# ${ignore} -- x\r\na = 1\r\n`), { covers: 2, reason: 'x' }],
    ['at the end of the file', hcl(`a = 1 # ${ignore} -- x`), { covers: 1, reason: 'x' }],
    ['YAML', yaml(`# ${ignore} -- x\na: 1\n`), { line: 1, covers: 2 }],
    ['YAML, on the line', yaml(`a: 1 # ${ignore} -- x\n`), { covers: 1 }],
    ['after a quoted text', hcl(`a = "b" # ${ignore} -- x\n`), { covers: 1 }],
    ['after another comment', hcl(`# why # ${ignore} -- x\na = 1\n`), { covers: 2 }],
  ])('%s', (_, document, expected) => {
    expect(found(document)).toMatchObject({ valid: [{ rule: 'storage/no-versioning', ...expected }], faulty: [] });
  });

  test('several above one resource', () => {
    const { valid } = found(hcl(`# ${ignore} -- x\n# plumbline:ignore notebooks/root-access -- y\nresource "a" "b" {}\n`));
    expect(valid.map(({ rule, covers }) => `${rule} ${covers}`)).toEqual(['storage/no-versioning 3', 'notebooks/root-access 3']);
  });
});

test.each([
  [
    'a typing error in the rule',
    'plumbline:ignore storage/no-versoning -- x',
    'unknown',
    'There is no rule `storage/no-versoning`, so this suppresses nothing. Did you mean `storage/no-versioning`?',
  ],
  [
    'a rule of nobody',
    'plumbline:ignore everything -- x',
    'unknown',
    'There is no rule `everything`, so this suppresses nothing. The rule’s id',
  ],
  ['a family', 'plumbline:ignore storage/* -- x', 'unknown', 'There is no rule `storage/*`'],
  ['no rule', 'plumbline:ignore -- x', 'malformed', 'This suppression names no rule.'],
  ['nothing at all', 'plumbline:ignore', 'malformed', 'This suppression names no rule.'],
  ['no reason', ignore, 'unreasoned', 'This suppression of `storage/no-versioning` gives no reason and so does not count.'],
  ['an empty reason', `${ignore} --  `, 'unreasoned', 'This suppression of'],
  ['a reason without dashes', `${ignore} because it is scratch`, 'unreasoned', 'This suppression of'],
  ['no day', `${ignore} until=soon -- x`, 'malformed', '`until=soon` is not one day.'],
  ['a day that never comes', `${ignore} until=2027-02-30 -- x`, 'malformed', '`until=2027-02-30` is not one day.'],
  ['two days', `${ignore} until=2027-02-01 until=2027-03-01 -- x`, 'malformed', '`until=2027-02-01 until=2027-03-01` is not one day.'],
  ['another option', `${ignore} for=2027 -- x`, 'malformed', '`for=2027` means nothing in a suppression.'],
  ['a misspelt word', 'plumbline:ignroe storage/no-versioning -- x', 'malformed', 'This looks like a suppression but is none.'],
  ['a space', 'plumbline: ignore storage/no-versioning -- x', 'malformed', 'This looks like a suppression but is none.'],
])('faulty: %s', (_, comment, fault, message) => {
  for (const document of [hcl(`# ${comment}\na = 1\n`), yaml(`a: 1 # ${comment}\n`)]) {
    expect(found(document)).toMatchObject({ valid: [], faulty: [{ fault, line: 1, message: expect.stringContaining(message) as string }] });
  }
});

test.each([
  '# plumbline:ignore storage/no-versioning -- x\n\na = 1\n',
  '# plumbline:ignore storage/no-versioning -- x\n',
  'b {\n  # plumbline:ignore storage/no-versioning -- x\n  # more\n\n}\n',
])('above nothing: %j', (text) => {
  expect(found(hcl(text))).toMatchObject({
    valid: [],
    faulty: [{ fault: 'malformed', message: expect.stringContaining('above an empty line') as string }],
  });
});

test.each([
  ['a text in quotes', hcl(`a = "# ${ignore} -- x"\n`)],
  ['no comment', yaml(`a: ${ignore}\n`)],
  ['no comment sign of YAML', yaml(`// ${ignore} -- x\na: 1\n`)],
  ['an image', hcl('a = 1 # see registry/plumbline:latest\n')],
  ['another word of a comment', hcl('# plumbline: it looks at this\na = 1\n')],
  ['a sign inside a word', yaml(`a: b#${ignore} -- x\n`)],
  ['JSON', parseJson('a.json', `{"a": "x # ${ignore} -- x"}`)],
])('none: %s', (_, document) => {
  expect(found(document)).toEqual({ valid: [], faulty: [] });
});

describe('hostile text', () => {
  test('a reason cannot write Markdown, and long lines are not understood', () => {
    expect(found(hcl(`a = 1 # ${ignore} -- ${'x'.repeat(2000)}\n`))).toEqual({ valid: [], faulty: [] });
    expect(found(hcl(`${' '.repeat(2000)}# ${ignore} -- x\na = 1\n`))).toEqual({ valid: [], faulty: [] });
    expect(found(hcl(`# plumbline:ignore ${'`x` @octocat '.repeat(20)}-- x\na = 1\n`)).faulty[0]?.message).not.toContain('@octocat');
  });

  test('very many and very long ones take no time', () => {
    const started = performance.now();
    const { valid, faulty } = found(yaml(`# ${ignore} -- x\na: 1\n`.repeat(1) + `# plumbline:ignore\n`.repeat(20_000)));
    expect(valid.length + faulty.length).toBeLessThanOrEqual(500);
    found(yaml(`# ${'plumbline:'.repeat(90_000)}`));
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('any comment is read without throwing, and never covers a line that is not there', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 10 }),
      fc.constantFrom('plumbline:', 'ignore ', '# ', '// ', 'storage/no-versioning ', '-- ', 'until=', '2027-01-01 ', '\n', '"'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        for (const { covers, reason, at } of found(yaml(text)).valid) {
          expect(covers).toBeLessThanOrEqual(text.split('\n').length);
          expect(reason).not.toBe('');
          expect(text.slice(at.start, at.end)).toMatch(/^(#|\/\/)/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
