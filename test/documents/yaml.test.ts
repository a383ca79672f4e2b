import { describe, expect, test } from 'vitest';
import { maxDataLength, parseYaml } from '../../src/documents/data.ts';
import { child, type Node } from '../../src/documents/node.ts';

const parse = (text: string) => parseYaml('f.yaml', text);
const only = (text: string): Node => {
  const { roots, errors } = parse(text);
  expect(errors).toEqual([]);
  expect(roots).toHaveLength(1);
  const [root] = roots;
  if (!root) throw new Error('no root');
  return root;
};
const at = (node: Node | undefined, ...path: readonly (string | number)[]): Node => {
  const found = path.reduce<Node | undefined>(
    (n, key) => (typeof key === 'number' ? (n?.is === 'list' ? n.items[key] : undefined) : child(n, key)),
    node,
  );
  if (!found) throw new Error(`nothing at ${path.join('.')}`);
  return found;
};
const slice = (text: string, node: Node): string => text.slice(node.span.start, node.span.end);
const scalar = (node: Node): unknown => (node.is === 'scalar' ? node.value : node.is);

describe('scalars, as Kubernetes and Helm read them', () => {
  const table: readonly (readonly [string, unknown])[] = [
    ['true', true],
    ['yes', true],
    ['On', true],
    ['off', false],
    ['NO', false],
    ['y', 'y'],
    ['n', 'n'],
    ['"yes"', 'yes'],
    ["'no'", 'no'],
    ['yEs', 'yEs'],
    ['12', 12],
    ['-3', -3],
    ['+3', 3],
    ['1_000', 1000],
    ['0644', 420],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b101', 5],
    ['012345678901', 12345678901],
    ['1.10', 1.1],
    ['1.', 1],
    ['.5', 0.5],
    ['1e+3', 1000],
    ['1e3', 1000],
    ['1.5E-3', 0.0015],
    ['123e456', '123e456'],
    ['1.2.3', '1.2.3'],
    ['2012-10-17', '2012-10-17'],
    ['12:30:45', '12:30:45'],
    ['.inf', '.inf'],
    ['~', null],
    ['null', null],
    ['', null],
    ['!!str 12', '12'],
    ['!!int "12"', 12],
    ['!!bool "yes"', true],
    ['! 12', '12'],
    ['a#b', 'a#b'],
    ['a # comment', 'a'],
    ['"a\\tb\\u0041"', 'a\tbA'],
    ["'it''s'", "it's"],
  ];
  test.each(table)('%s', (text, value) => {
    const node = at(only(`k: ${text}\n`), 'k');
    expect(scalar(node)).toBe(value);
  });
});

describe('spans', () => {
  const text = [
    'name: llm # the name',
    'list:',
    '  - a',
    '  - b: "x"   ',
    '    c: [1, {d: 2}]',
    '',
    '  # a comment below',
    'text: |',
    '  one',
    '',
    '  two',
    '',
    'plain: a',
    '  b',
    'last:',
    '',
  ].join('\n');
  const root = only(text);
  test.each<[(string | number)[], string]>([
    [['name'], 'llm'],
    [['list'], '- a\n  - b: "x"   \n    c: [1, {d: 2}]'],
    [['list', 0], 'a'],
    [['list', 1], 'b: "x"   \n    c: [1, {d: 2}]'],
    [['list', 1, 'b'], '"x"'],
    [['list', 1, 'c'], '[1, {d: 2}]'],
    [['list', 1, 'c', 1], '{d: 2}'],
    [['text'], '|\n  one\n\n  two'],
    [['plain'], 'a\n  b'],
    [['last'], ''],
  ])('%j', (path, expected) => expect(slice(text, at(root, ...path))).toBe(expected));

  test('of entries and keys', () => {
    const entries = root.is === 'map' ? root.entries : [];
    expect(entries.map((e) => text.slice(e.keySpan.start, e.keySpan.end))).toEqual(['name', 'list', 'text', 'plain', 'last']);
    expect(entries.map((e) => text.slice(e.span.start, e.span.end))[0]).toBe('name: llm');
    expect(entries.at(-1)?.span).toEqual({ file: 'f.yaml', start: text.indexOf('last:'), end: text.indexOf('last:') + 'last:'.length });
  });

  test('with a byte order mark, CRLF and characters outside the basic plane', () => {
    const windows = '\uFEFFa: 🦙\r\nb:\r\n  - x\r\n  - |\r\n    y\r\n    z\r\n';
    const parsed = only(windows);
    expect(slice(windows, at(parsed, 'a'))).toBe('🦙');
    expect(slice(windows, at(parsed, 'b'))).toBe('- x\r\n  - |\r\n    y\r\n    z');
    expect(scalar(at(parsed, 'b', 1))).toBe('y\nz\n');
  });
});

describe('anchors', () => {
  const text = 'base: &b\n  a: 1\n  in: {x: secure}\nuse: *b\nmore:\n  <<: *b\n  a: 2\n';
  const root = only(text);
  const anchor = { file: 'f.yaml', start: text.indexOf('a: 1'), end: text.indexOf('\nuse') };
  test('an alias stands at its own place and says where the anchor is', () => {
    const use = at(root, 'use');
    expect(slice(text, use)).toBe('*b');
    expect(use.via).toEqual(anchor);
    expect(slice(text, at(use, 'in', 'x'))).toBe('secure');
  });
  test('merged entries stand at the merge key, and written ones win', () => {
    const more = at(root, 'more');
    expect(scalar(at(more, 'a'))).toBe(2);
    const merged = at(more, 'in');
    expect(slice(text, merged)).toBe('*b');
    expect(merged.via && text.slice(merged.via.start, merged.via.end)).toBe('{x: secure}');
  });
  test('the first of several merged maps wins, wherever the merge key stands', () => {
    const parsed = only('a: &a {k: 1, l: 1}\nb: &b {k: 2, m: 2}\nc:\n  l: 3\n  <<: [*a, *b]\n');
    expect(['k', 'l', 'm'].map((key) => scalar(at(parsed, 'c', key)))).toEqual([1, 3, 2]);
  });
  test('an anchor may be set again', () => {
    expect(scalar(at(only('a: &x 1\nb: *x\nc: &x 2\nd: *x\n'), 'd'))).toBe(2);
  });
  test.each([
    ['an alias to nothing', 'a: *x\n', /Nothing above carries the anchor `&x`/],
    ['an alias inside its own anchor', 'a: &x\n  b: *x\n', /Nothing above carries the anchor/],
    [
      'a document that multiplies itself',
      [
        'a0: &a0 [x, x, x, x, x, x, x, x, x]',
        ...Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`),
      ].join('\n'),
      /stand for too many values/,
    ],
    [
      'a chain of aliases that is too deep',
      ['a0: &a0 [x]', ...Array.from({ length: 150 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`)].join('\n'),
      /stand for too many values/,
    ],
  ])('%s', (_name, broken, message) => {
    const { roots, errors } = parse(broken);
    expect(roots).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(message);
  });
});

describe('tags', () => {
  test('are kept without the exclamation mark', () => {
    const root = only('a: !Ref Name\nb: !Sub\n  - "${x}"\n  - {x: 1}\nc: !If [A, !Ref B, !Ref "AWS::NoValue"]\n');
    expect(at(root, 'a')).toMatchObject({ tag: 'Ref', value: 'Name' });
    expect(at(root, 'b')).toMatchObject({ tag: 'Sub', is: 'list' });
    expect(at(root, 'c', 2)).toMatchObject({ tag: 'Ref', value: 'AWS::NoValue' });
  });
  test('keep the text of what they tag', () => expect(at(only('a: !GetAtt 12\n'), 'a')).toMatchObject({ value: '12' }));
});

describe('errors', () => {
  test('a duplicate key names both lines, and the last one counts', () => {
    const text = 'a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n';
    const { roots, errors } = parse(text);
    expect(errors.map((e) => e.message)).toEqual(['The key `c` stands twice in the same map (lines 3 and 5); the last one counts.']);
    expect(errors[0]?.span.start).toBe(text.lastIndexOf('c'));
    expect(scalar(at(roots[0], 'b', 'c'))).toBe(3);
  });
  test('a broken document leaves the others', () => {
    const text = 'a: 1\n---\nb: c: d\n---\ne: 2\n';
    const { roots, errors } = parse(text);
    expect(roots.map((root) => (root.is === 'map' ? root.entries[0]?.key : ''))).toEqual(['a', 'e']);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      span: { start: text.indexOf('c: d') },
      message: 'A second `key:` stands on the same line, where only a value may be.',
    });
    expect(errors[0]?.remedy).not.toBe('');
  });
  test.each([
    ['tab', 'a:\n\tb: 1\n'],
    ['unclosed quote', 'a: "x\nb: 1\n'],
    ['bad indentation', 'a:\n    b: 1\n  c: 2\n'],
    ['unclosed bracket', 'a: [1, 2\nb: 3\n'],
    ['no colon', 'a: 1\nb\nc: 2\n'],
  ])('%s: one error with words of our own', (_name, text) => {
    const { errors } = parse(text);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(/^[A-Z].*\.$/);
  });
  test('never repeat the text of the file', () => {
    const { errors } = parse('password: "hunter2-hunter2\nb: @hunter2\n}hunter2');
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });
});

describe('bounds', () => {
  const quick = (text: string) => {
    const start = performance.now();
    const document = parse(text);
    expect(performance.now() - start).toBeLessThan(3000);
    return document;
  };
  test.each(['[', '{a: ', '- ', '? ', 'a: ', '{a: [', '[\n'])('deep nesting of %j', (piece) => {
    const { roots, errors } = quick(piece.repeat(100_000));
    expect(roots).toEqual([]);
    expect(errors.map((e) => e.message)).toEqual(['The YAML is nested more than 100 levels deep.']);
  });
  test('depth up to the limit is fine', () => expect(quick(`${'['.repeat(90)}${']'.repeat(90)}`).errors).toEqual([]));
  test('size', () =>
    expect(quick(`a: ${'x'.repeat(maxDataLength)}`)).toMatchObject({ roots: [], errors: [{ message: /larger than 1,000,000/ }] }));
  test('number of documents', () => {
    const { roots, errors } = quick('a: 1\n---\n'.repeat(1500));
    expect(roots).toHaveLength(1000);
    expect(errors).toHaveLength(1);
  });
  test.each(['&a ', '!a ', '%a\n', '"', '...\n', '*a ', "'a\n\n", '<<: *a\n'])('many of %j', (piece) => {
    expect(quick(piece.repeat(20_000)).errors.length).toBeLessThanOrEqual(20);
  });
  test('many texts before one pair of braces', () => expect(quick(`${'- aaaa\n'.repeat(20_000)}- "{{ x }}"\n`).roots).toHaveLength(1));
  test('keys that JavaScript gives a meaning are keys', () => {
    const root = only('__proto__: {polluted: 1}\nconstructor: 2\ntoString: 3\n');
    expect(root.is === 'map' && root.entries.map((e) => e.key)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('documents inside a text', () => {
  const inner = (text: string, ...path: string[]) => {
    const node = at(only(text), ...path);
    if (node.is !== 'scalar' || typeof node.value !== 'string' || !node.offsets) throw new Error('no text with offsets');
    return { value: node.value, offsets: node.offsets };
  };
  test.each([
    ['literal', 'data:\n  c: |\n    image: a\n    list:\n      - secret\n'],
    ['literal, CRLF', 'data:\r\n  c: |\r\n    image: a\r\n    list:\r\n      - secret\r\n'],
    ['literal, stripped, with blank lines', 'data:\n  c: |-\n\n    image: a\n\n    list:\n      - secret\n\n'],
    ['literal with an explicit indentation', 'data:\n  c: |2\n    image: a\n    list:\n      - secret\n'],
    ['folded', 'data:\n  c: >\n    {image: a,\n    list:\n    [secret]}\n'],
    ['single-quoted', "data:\n  c: '{image: a, list: [secret]}'\n"],
    ['double-quoted', 'data:\n  c: "{\\"image\\": \\"a\\", \\"list\\": [secret]}"\n'],
  ])('%s', (_name, text) => {
    const { value, offsets } = inner(text, 'data', 'c');
    const { roots, errors } = parseYaml('f.yaml', value, { offsets });
    expect(errors).toEqual([]);
    expect(slice(text, at(roots[0], 'list', 0))).toBe('secret');
    expect(slice(text, at(roots[0], 'image')).replaceAll(/["\\]/g, '')).toBe('a');
  });
});

describe('quoted texts whose lines are not indented, which Go and PyYAML read', () => {
  const text = [
    'spec:',
    '  env:',
    '    - name: ARGS',
    '      value: "--trace cuda \\',
    '  --delay 150"',
    '    - name: CONFIG',
    "      value: '{",
    '"a": 1',
    "}'",
    '  image: acme/llm:1.2.0',
    '',
  ].join('\n');

  test('say what they say there, and everything stands where it is written', () => {
    const root = only(text);
    expect(scalar(at(root, 'spec', 'env', 0, 'value'))).toBe('--trace cuda --delay 150');
    expect(scalar(at(root, 'spec', 'env', 1, 'value'))).toBe('{ "a": 1 }');
    expect(slice(text, at(root, 'spec', 'env', 0, 'value'))).toBe('"--trace cuda \\\n  --delay 150"');
    expect(slice(text, at(root, 'spec', 'env', 1, 'value'))).toBe('\'{\n"a": 1\n}\'');
    expect(slice(text, at(root, 'spec', 'image'))).toBe('acme/llm:1.2.0');
    expect(parse(text).text).toBe(text);
  });

  test.each([
    ['no quote closes it', 'a:\n  b: "x\ny\n'],
    ['a document ends in it', 'a:\n  b: "x\n---\ny"\n'],
    ['what follows it is no YAML', 'a:\n  b: "x\nc: "y"\n'],
    ['there are too many', `a:\n${'  - "x\ny"\n'.repeat(11)}`],
  ])('are not read where %s', (_, broken) => {
    const { roots, errors } = parse(broken);
    expect(roots).toHaveLength(broken.includes('---') ? 1 : 0);
    expect(errors.length).toBeGreaterThan(0);
  });

  test('stand in templates, too', () => {
    const root = only('a:\n  b: "x\n{{ .Values.y }}"\n  c: 1\n');
    expect(at(root, 'a', 'b')).toMatchObject({ is: 'scalar', templated: true });
    expect(scalar(at(root, 'a', 'c'))).toBe(1);
  });
});

describe('definitions of custom resources', () => {
  const definition = (spec: string): string =>
    `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n${spec}metadata:\n  name: llms.acme.dev\n`;
  const schema = 'spec:\n  group: acme.dev\n  # a note\n\n  versions:\n  - name: v1\n    text: |\n      a: [\n';
  const after = '---\nkind: Deployment\nmetadata: { name: llm }\n';

  test('their schemas are not read, and all else stays where it is', () => {
    const text = `${definition(schema)}${after}`;
    const { roots, errors } = parse(text);
    expect(errors).toEqual([]);
    expect(roots.map((root) => (root.is === 'map' ? root.entries.map(({ key }) => key) : root.is))).toEqual([
      ['apiVersion', 'kind', 'spec', 'metadata'],
      ['kind', 'metadata'],
    ]);
    expect(scalar(at(roots[0], 'spec'))).toBeNull();
    expect(scalar(at(roots[0], 'metadata', 'name'))).toBe('llms.acme.dev');
    expect(slice(text, at(roots[1], 'metadata', 'name'))).toBe('llm');
  });

  test.each([
    ['in quotes', definition(schema).replace('CustomResourceDefinition', '"CustomResourceDefinition"'), null],
    ['with lines that end as on Windows', definition(schema).replaceAll('\n', '\r\n'), null],
    ['at the end of the file', 'kind: CustomResourceDefinition\nspec:\n  a: [', null],
    ['as a template', `{{- if .Values.crds }}\n${definition(schema)}{{- end }}\n`, null],
    ['in one line', definition('spec: { group: acme.dev }\n'), 'map'],
    ['as somebody’s kind', definition(schema.replace('a: [', 'a')).replace('kind: Custom', 'kind: Not'), 'map'],
  ])('%s', (_, text, expected) => {
    const { roots, errors } = parse(text);
    expect(errors).toEqual([]);
    expect(scalar(at(roots[0], 'spec'))).toBe(expected);
  });

  test.each(['kind: Deployment\n', '"kind": Deployment\n', '? kind\n: Deployment\n'])(
    'nothing is hidden by a second kind: %j',
    (second) => {
      expect(scalar(at(parse(definition(`spec:\n  a: b\n${second}`)).roots[0], 'spec'))).toBe('map');
    },
  );

  test('in the text of a ConfigMap they are text', () => {
    const text = `kind: ConfigMap\ndata:\n  crd.yaml: |\n    kind: CustomResourceDefinition\n    spec:\n      group: acme.dev\n`;
    expect(scalar(at(only(text), 'data', 'crd.yaml'))).toBe('kind: CustomResourceDefinition\nspec:\n  group: acme.dev\n');
  });
});
