import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Body } from '../../src/documents/hcl-tree.ts';
import type { Fix } from '../../src/engine/rule.ts';
import { applyFixes } from '../../src/fix/apply-fixes.ts';
import { alignedAsFmt } from '../../src/fix/terraform-format.ts';
import type { Located } from '../../src/model/resource.ts';
import { plain } from '../../src/model/value.ts';
import { fixture, type Fixture } from './located.ts';

describe('alignedAsFmt', () => {
  test.each<[string, string, string]>([
    ['aligns a run', 'a = 1\nlonger = 2\n', 'a      = 1\nlonger = 2\n'],
    ['closes a gap', 'a      = 1\nb = 2\n', 'a = 1\nb = 2\n'],
    ['stops at a blank line', 'a = 1\n\nlonger = 2\n', 'a = 1\n\nlonger = 2\n'],
    ['stops at a comment line', 'a = 1\n# c\nlonger = 2\n', 'a = 1\n# c\nlonger = 2\n'],
    ['leaves values over several lines out', 'a = 1\nlonger = [\n  1,\n]\n', 'a = 1\nlonger = [\n  1,\n]\n'],
    [
      'takes heredocs in',
      'a = 1\nlonger = <<EOT\nx = 1\nlongest = 2\nEOT\nb = 1\n',
      'a      = 1\nlonger = <<EOT\nx = 1\nlongest = 2\nEOT\nb      = 1\n',
    ],
    ['aligns comments', 'a = 1 # x\nbb = 22 # y\n', 'a  = 1  # x\nbb = 22 # y\n'],
    ['does not take text for code', 'a = "x = # {"\nbb = "${c == "}" ? 1 : 2}"\n', 'a  = "x = # {"\nbb = "${c == "}" ? 1 : 2}"\n'],
    ['counts columns as they are seen', '"é" = 1\n"ab" = 2\n', '"é"  = 1\n"ab" = 2\n'],
    ['keeps CRLF', 'a = 1\r\nbb = 2\r\n', 'a  = 1\r\nbb = 2\r\n'],
  ])('%s', (_, before, after) => expect(alignedAsFmt(before, 0)).toBe(after));
});

const word = fc.constantFrom('a', 'name', 'kms_key_id', 'enable_network_isolation', 'tags', 'x1', 'role');
const value = fc.constantFrom(
  '1',
  '"x"',
  'true',
  'null',
  '["a", "b"]',
  '[\n"a",\n"b", # two\n]',
  '{ one = 1 }',
  '{\none = 1\nthree = 3\n}',
  '<<EOT\n  x = 1\nEOT',
  'aws_kms_key.k.arn',
  '"${var.a == "}" ? "#" : "x"}"',
  '!true',
);
const comment = fc.constantFrom('', '', ' # why', ' // why');
const attribute = fc
  .tuple(word, value, comment)
  .map(([name, text, after]) => ({ name, text: `${name} = ${text}${text.startsWith('<<') ? '' : after}` }));
const gap = fc.constantFrom('', '', '\n', '# c\n');
const attributes = fc
  .uniqueArray(attribute, { maxLength: 5, selector: ({ name }) => name })
  .chain((all) => fc.tuple(...all.map(({ text }) => gap.map((before) => before + text))))
  .map((lines) => lines.join('\n'));
const body = fc.tuple(
  attributes,
  fc.uniqueArray(fc.tuple(fc.constantFrom('vpc_config', 'nested'), attributes), { maxLength: 2, selector: ([name]) => name }),
);
const resource = body.map(
  ([own, blocks]) => `resource "aws_x" "y" {\n${own}\n${blocks.map(([name, text]) => `\n${name} {\n${text}\n}\n`).join('')}}\n`,
);
const path = fc
  .tuple(
    fc.constantFrom([], ['vpc_config'], ['nested'], ['tags'], ['missing', 'deeper']),
    fc.constantFrom('name', 'new', 'a_much_longer_name_than_all', 'one', 'x1'),
  )
  .map(([container, name]) => [...container, name]);
const literal = fc.constantFrom(true, 'text', ['a'], { one: 1, three: 'x' });

interface Case {
  readonly source: string;
  readonly paths: readonly (readonly string[])[];
  readonly to: string | boolean | readonly string[] | { readonly one: number; readonly three: string };
  readonly remove: boolean;
}
const cases = fc.record<Case>({
  source: resource,
  paths: fc.uniqueArray(path, { minLength: 1, maxLength: 2, selector: String }),
  to: literal,
  remove: fc.boolean(),
});

function fixesOf(f: Fixture, { paths, to, remove }: Case): readonly Fix[] {
  const located = paths.map((steps): Located => f.at(...steps));
  return remove
    ? located.filter((at) => at.is !== 'absent').map((at): Fix => ({ do: 'remove', at }))
    : located.map((at): Fix => ({ do: 'set', at, to }));
}

const terraform = spawnSync('terraform', ['-version']).status === 0;

describe(terraform ? 'compared with terraform fmt' : 'NOT compared with terraform fmt: there is no terraform on the PATH', () => {
  test('edits of formatted files change what they are to change, and leave the files formatted and valid', () => {
    const samples = fc.sample(cases, { numRuns: 300, seed: 7 });
    const formatted = format(samples.map(({ source }) => source));
    const fixed = formatted.map((source, i) => {
      const f = fixture('main.tf', source);
      const sample = samples[i];
      expect(f.documents('main.tf')?.errors).toEqual([]);
      const after = sample && applyFixes(fixesOf(f, sample), f.documents)?.get('main.tf');
      if (sample && after !== undefined) expectOnlyMeant(f, fixture('main.tf', after), sample);
      return after;
    });
    const made = fixed.filter((text) => text !== undefined);
    expect(made.length).toBeGreaterThan(120);
    for (const text of made) expect(fixture('main.tf', text).documents('main.tf')?.errors).toEqual([]);
    expect(format(made)).toEqual(made);
  });
});

/** The paths that were edited have the new value, or none; every other attribute is written as it was, but for blanks. */
function expectOnlyMeant(before: Fixture, after: Fixture, { paths, to, remove }: Case): void {
  for (const path of paths) {
    if (remove) expect(after.at(...path).is).toBe('absent');
    else expect(plain(after.at(...path))).toEqual(to);
  }
  const edited = new Set(
    paths.map(([first, second]) => (first === 'nested' || first === 'vpc_config' ? `${first}.${second ?? ''}` : first)),
  );
  const others = (f: Fixture): Record<string, string> =>
    Object.fromEntries(attributesOf(f).filter(([name]) => !edited.has(name) && !edited.has(name.split('.')[0])));
  expect(others(after)).toEqual(others(before));
}

function attributesOf({ text, documents }: Fixture): readonly (readonly [name: string, written: string])[] {
  const document = documents('main.tf');
  const block = document?.is === 'hcl' ? document.body.blocks[0] : undefined;
  const written = (body: Body, prefix: string) =>
    body.attributes.map(({ name, value: { span } }) => [prefix + name, text.slice(span.start, span.end).replace(/[ \t]+/g, ' ')] as const);
  return block ? [...written(block.body, ''), ...block.body.blocks.flatMap(({ type, body: inner }) => written(inner, `${type}.`))] : [];
}

/** What `terraform fmt` makes of texts; the texts themselves where there is no terraform. */
function format(texts: readonly string[]): readonly string[] {
  if (!terraform) return texts;
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-fmt-'));
  try {
    for (const [i, text] of texts.entries()) writeFileSync(join(directory, `${i}.tf`), text);
    execFileSync('terraform', ['fmt', '-list=false', directory], {
      env: { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return texts.map((_, i) => readFileSync(join(directory, `${i}.tf`), 'utf8'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
