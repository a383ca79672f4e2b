import { describe, expect, test } from 'vitest';
import { validateHcl } from '../../src/documents/hcl2json.ts';
import { parseHcl } from '../../src/documents/hcl.ts';
import { lineAt, lineStarts } from '../../src/documents/span.ts';

test('a valid file has no error', async () => {
  expect(await validateHcl('main.tf', 'a = [1, 2]\nb "c" {}\n')).toBeUndefined();
});

test('an error has the line and words of the parser', async () => {
  const text = 'resource "a" "b" {\n  x = [1,2\n}\n';
  const error = await validateHcl('main.tf', text);
  expect(error?.message).toBe('Missing item separator.');
  expect(error?.remedy).toBe('Expected a comma to mark the beginning of the next item.');
  expect(lineAt(lineStarts(text), error?.span.start ?? 0)).toBe(3);
});

test('nesting that exhausts the parser is an error too, and the parser goes on working', async () => {
  expect((await validateHcl('main.tf', `a = ${'['.repeat(20_000)}`))?.message).toContain('nested too deeply');
  expect(await validateHcl('main.tf', 'a = 1\n')).toBeUndefined();
});

describe('both parsers agree on what is valid', () => {
  test.each([
    'a = b ? c : d ? e : f\n',
    'a = {\n  x = foo\n  (y) = 1\n}\n',
    'a = {\n  x = 1, y = 2\n  z : 3\n}\n',
    'a = [\n  1,\n  2,\n]\n',
    'a = [1 2]\n',
    'a = {x = 1 y = 2}\n',
    'a = 1 b = 2\n',
    'a {\n}\n',
    'a { b = 1 }\n',
    'a "x" y {\n  b = 1\n}\n',
    'a\n',
    'a = \n',
    'a = "x\n"\n',
    'a = "${"\n',
    'a = "${1}\n',
    'a = "\\q"\n',
    'a = <<E\nx\nE\n',
    'a = <<-E\n  x\n  E\n',
    'a = <<E\nx\n',
    'a = <<E x\nE\n',
    'a = f(1,)\n',
    'a = f(1,,2)\n',
    'a = f(x...)\n',
    'a = x.*.y\n',
    'a = x[*].y[0]\n',
    'a = x.0\n',
    'a = (1 +\n 2)\n',
    'a = 1 +\n 2\n',
    'a = [for x in y : x]\n',
    'a = [for x in y : x if z]\n',
    'a = {for k, v in y : k => v...}\n',
    'a = [for x y : x]\n',
    'a = "%{ if x }y%{ endif }"\n',
    'a = "%{ if x }y"\n',
    'a = "%{ endif }"\n',
    'a = "%{ for x in y }z%{ endfor }"\n',
    'a = !x\n',
    'a = -x\n',
    'a = x == \n',
    '}\n',
    'a {\n',
    '# only a comment',
    '/* open\n',
    'a = 0x1F\n',
    'a = 1e5\n',
    'a = .5\n',
    'a = x.y.\n',
    'a = "a" "b"\n',
    'a = null // end\nb = 1 # end\n',
  ])('%j', async (text) => {
    const ours = parseHcl('x.tf', text).errors.length === 0;
    expect(ours).toBe((await validateHcl('x.tf', text)) === undefined);
  });
});
