import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/documents/data.ts';
import { child } from '../../src/documents/node.ts';

const parse = (text: string) => parseJson('f.json', text);

test('every node has its place', () => {
  const text = '{\r\n  "a" : [1, "x\\n\\u0041", {"b": null}],\r\n  "c": -1.5e3\r\n}\r\n';
  const [root] = parse(text).roots;
  const list = child(root, 'a');
  const items = list?.is === 'list' ? list.items : [];
  expect(items.map((item) => text.slice(item.span.start, item.span.end))).toEqual(['1', '"x\\n\\u0041"', '{"b": null}']);
  expect(items.map((item) => (item.is === 'scalar' ? item.value : item.is))).toEqual([1, 'x\nA', 'map']);
  expect(root?.is === 'map' && root.entries.map((e) => text.slice(e.span.start, e.span.end))).toEqual([
    '"a" : [1, "x\\n\\u0041", {"b": null}]',
    '"c": -1.5e3',
  ]);
  expect(child(root, 'c')).toMatchObject({ value: -1500 });
});

describe('what JSON rejects', () => {
  test.each([
    ['{"a": 1,}', 8, 'A key in double quotes is expected here.'],
    ['[1 2]', 3, 'A `,` or `]` is expected here.'],
    ["{'a': 1}", 1, 'A key in double quotes is expected here.'],
    ['{"a" 1}', 5, 'A `:` is expected after the key.'],
    ['[01]', 2, 'A `,` or `]` is expected here.'],
    ['[yes]', 1, 'A JSON value is expected here.'],
    ['// c\n{}', 0, 'A JSON value is expected here.'],
    ['{} {}', 3, 'More text follows after the end of the JSON value.'],
    ['["a\nb"]', 3, 'A line break or control character stands inside a text.'],
    ['["a', 1, 'This text is never closed with a double quote.'],
    ['["\\x"]', 1, 'A text holds an escape that JSON does not know.'],
    ['{"a":', 5, 'The JSON ends too early.'],
    ['', 0, 'The JSON ends too early.'],
    ['['.repeat(101), 100, 'The JSON is nested more than 100 levels deep.'],
  ])('%j', (text, at, message) => {
    const { roots, errors } = parse(text);
    expect(roots).toEqual([]);
    expect(errors).toMatchObject([{ message, span: { start: at } }]);
  });
});

test('a duplicate key names both lines', () => {
  const { roots, errors } = parse('{\n "a": 1,\n "b": 2,\n "a": 3\n}');
  expect(errors.map((e) => e.message)).toEqual(['The key `a` stands twice in the same map (lines 2 and 4); the last one counts.']);
  expect(child(roots[0], 'a')).toMatchObject({ value: 3 });
});

test('a document inside a text keeps its places', () => {
  const text = '{"policy": "{\\"Statement\\": [{\\"Action\\": \\"s3:*\\"}]}"}';
  const policy = child(parse(text).roots[0], 'policy');
  if (policy?.is !== 'scalar' || !policy.offsets) throw new Error('no offsets');
  const [inner] = parseJson('f.json', String(policy.value), { offsets: policy.offsets }).roots;
  const statements = child(inner, 'Statement');
  const action = statements?.is === 'list' ? child(statements.items[0], 'Action') : undefined;
  expect(action && text.slice(action.span.start, action.span.end)).toBe('\\"s3:*\\"'.slice(0, -1));
});
