import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parse as parseYamlText,
  stringify,
  type CreateNodeOptions,
  type DocumentOptions,
  type SchemaOptions,
  type ToStringOptions,
} from 'yaml';
import type { Fix, Literal } from '../../src/engine/rule.ts';
import { applyFixes } from '../../src/fix/apply-fixes.ts';
import type { Located } from '../../src/model/resource.ts';
import { fixture } from './located.ts';

type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

const key = fc.constantFrom('name', 'image', 'spec', 'security-context', 'a.b/c', 'on', 'x y');
const text = fc.constantFrom(
  'x',
  'true',
  '12',
  'a: b',
  "it's",
  'say "x"',
  '',
  ' # x',
  'nvcr.io/nim:1.0',
  '{}',
  '- a',
  'é',
  'two\nlines\n',
  '0x1f',
  '1e3',
  '~',
  '@x',
  '\\',
  '10:20',
  'null',
  '*',
  '<<',
);
const scalar: fc.Arbitrary<Plain> = fc.oneof(text, fc.integer({ min: -5, max: 70_000 }), fc.boolean(), fc.constant(0.5));
const { value: plain } = fc.letrec<{ value: Plain; map: Plain }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalar, tie('map'), fc.array(tie('value'), { maxLength: 3 })),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));
const document = fc.dictionary(key, plain, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

const isList = (value: Plain | undefined): value is readonly Plain[] => Array.isArray(value);

/** A path into a document: to something that is there (`missing` 0), or so many steps beyond a map that is there. */
interface Aim {
  readonly path: readonly (string | number)[];
  readonly there: boolean;
}

function* aims(value: Plain, path: readonly (string | number)[] = []): Generator<Aim> {
  if (path.length > 0) yield { path, there: true };
  if (isList(value)) for (const [i, item] of value.entries()) yield* aims(item, [...path, i]);
  else if (typeof value === 'object') {
    yield { path: [...path, 'added'], there: false };
    yield { path: [...path, 'added', 'deeper'], there: false };
    for (const [name, item] of Object.entries(value)) yield* aims(item, [...path, name]);
  }
}

/** The document with a value set at a path, or without what stands there. */
function changed(value: Plain | undefined, [step, ...rest]: readonly (string | number)[], to: Plain | undefined): Plain | undefined {
  if (step === undefined) return to;
  if (isList(value)) {
    const inner = changed(value[Number(step)], rest, to);
    return inner === undefined ? value.toSpliced(Number(step), 1) : value.with(Number(step), inner);
  }
  const entries = new Map<string, Plain>(typeof value === 'object' ? Object.entries(value) : []);
  const inner = changed(entries.get(String(step)), rest, to);
  if (inner === undefined) entries.delete(String(step));
  else entries.set(String(step), inner);
  return Object.fromEntries(entries);
}

interface Style {
  readonly name: string;
  readonly file: string;
  readonly write: (value: Plain) => string;
  readonly read: (text: string) => unknown;
}
const yamlStyle = (
  name: string,
  options: CreateNodeOptions & DocumentOptions & SchemaOptions & ToStringOptions,
  after: (text: string) => string = (written) => written,
): Style => ({
  name,
  file: 'values.yaml',
  write: (value) => after(stringify(value, options)),
  read: (written): unknown => parseYamlText(written),
});
const jsonStyle = (name: string, step: string | number): Style => ({
  name,
  file: 'template.json',
  write: (value) => `${JSON.stringify(value, null, step)}\n`,
  read: (written): unknown => JSON.parse(written),
});

const styles: readonly Style[] = [
  yamlStyle('YAML', {}),
  yamlStyle('YAML with dashes under the key, quoted', {
    indentSeq: false,
    indent: 4,
    defaultStringType: 'QUOTE_SINGLE',
    defaultKeyType: 'PLAIN',
  }),
  yamlStyle('YAML in flow style', { collectionStyle: 'flow' }),
  yamlStyle('YAML without a line break at the end', {}, (written) => written.trimEnd()),
  yamlStyle('YAML with CRLF and comments', { blockQuote: false }, (written) =>
    written.replace(/$(?=\n)/gm, ' # why').replaceAll('\n', '\r\n'),
  ),
  jsonStyle('JSON', 2),
  jsonStyle('JSON with tabs', '\t'),
  jsonStyle('JSON on one line', 0),
];

describe.each(styles)('$name', ({ file, write, read }) => {
  test('an edit changes what it is to change and nothing else', () => {
    let made = 0;
    fc.assert(
      fc.property(document, fc.nat(), plain, fc.boolean(), (before, pick, to, remove) => {
        const source = write(before);
        fc.pre(JSON.stringify(read(source)) === JSON.stringify(before));
        const f = fixture(file, source, 'helm-values');
        const all = [...aims(before)].filter(({ there }) => there || !remove);
        const aim = all[pick % all.length];
        if (!aim) return;
        const at: Located = f.at(...aim.path);
        const fix: Fix = remove ? { do: 'remove', at } : { do: 'set', at, to: asLiteral(to) };
        const after = applyFixes([fix], f.documents)?.get(file);
        if (after === undefined) return;
        made++;
        expect(read(after)).toEqual(changed(before, aim.path, remove ? undefined : to));
        expect(after.endsWith('\n')).toBe(source.endsWith('\n'));
        expect(after.includes('\r')).toBe(source.includes('\r'));
        if (source.includes('\r')) expect(after).not.toMatch(/(?<!\r)\n/);
      }),
      { numRuns: 150 },
    );
    expect(made).toBeGreaterThan(50);
  });
});

const asLiteral = (value: Plain): Literal => value;
