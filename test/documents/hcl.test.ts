import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHcl } from '../../src/documents/hcl.ts';
import type { Body, Expression, TemplatePart } from '../../src/documents/hcl-tree.ts';
import { lineAt, lineStarts, type Span } from '../../src/documents/span.ts';

function parse(text: string): { body: Body; errors: readonly { span: Span; message: string }[] } {
  const document = parseHcl('x.tf', text);
  if (document.is !== 'hcl') throw new Error('not HCL');
  return document;
}

/** An expression written out with every operation in parentheses, so that its structure can be compared. */
function shape(e: Expression): string {
  switch (e.is) {
    case 'literal':
      return JSON.stringify(e.value);
    case 'template':
      return `t(${e.parts.map(partShape).join(' ')})`;
    case 'variable':
      return e.name;
    case 'attribute':
      return `${shape(e.of)}.${e.name}`;
    case 'index':
      return `${shape(e.of)}[${shape(e.key)}]`;
    case 'splat':
      return `${shape(e.of)}[*]{${e.each.map((s) => (s.is === 'attribute' ? `.${s.name}` : s.is)).join('')}}`;
    case 'list':
      return `[${e.items.map(shape).join(', ')}]`;
    case 'object':
      return `{${e.entries.map((x) => `${shape(x.key)}=${shape(x.value)}`).join(', ')}}`;
    case 'call':
      return `${e.name}(${e.args.map(shape).join(', ')}${e.spread ? '...' : ''})`;
    case 'unary':
      return `(${e.operator}${shape(e.operand)})`;
    case 'binary':
      return `(${shape(e.left)} ${e.operator} ${shape(e.right)})`;
    case 'conditional':
      return `(${shape(e.condition)} ? ${shape(e.yes)} : ${shape(e.no)})`;
    case 'for':
      return `for(${e.keyName ?? ''},${e.valueName} in ${shape(e.over)}: ${e.key ? `${shape(e.key)} => ` : ''}${shape(e.value)}${e.grouped ? '...' : ''}${e.condition ? ` if ${shape(e.condition)}` : ''})`;
    case 'broken':
      return 'broken';
  }
}

function partShape(p: TemplatePart): string {
  if (p.is === 'text') return JSON.stringify(p.text);
  if (p.is === 'value') return `\${${shape(p.value)}}`;
  if (p.is === 'if') return `if(${shape(p.condition)}: ${p.yes.map(partShape).join(' ')} | ${p.no.map(partShape).join(' ')})`;
  return `for(${p.valueName} in ${shape(p.over)}: ${p.parts.map(partShape).join(' ')})`;
}

describe('expressions', () => {
  test.each([
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['1 + 2 * 3 == 7 && !x || y', '((((1 + (2 * 3)) == 7) && (!x)) || y)'],
    ['-a.b[0]', '(-a.b[0])'],
    ['a.0.b', 'a[0].b'],
    ['a.*.b.c[0]', 'a[*]{.b.c}[0]'],
    ['a[*].b[0].c', 'a[*]{.bindex.c}'],
    ['f(1, x...)', 'f(1, x...)'],
    ['f(\n  1,\n  2,\n)', 'f(1, 2)'],
    ['provider::aws::f(a)', 'provider::aws::f(a)'],
    ['{ x = foo\n (y) = 1 }', '{"x"=foo, y=1}'],
    ['{ a = 1, "b" : 2, "${c}" = 3 }', '{"a"=1, "b"=2, t(${c})=3}'],
    ['{\n  a = [ # one\n    1, // two\n    /* three */ 2\n  ]\n}', '{"a"=[1, 2]}'],
    ['[for k, v in m : v if k != ""]', 'for(k,v in m: v if (k != ""))'],
    ['{ for x in xs : x.id => x... }', 'for(,x in xs: x.id => x...)'],
    ['[format("a"), forest]', '[format("a"), forest]'],
    ['"a${b}c"', 't("a" ${b} "c")'],
    ['"${"${a}"}"', 't(${t(${a})})'],
    ['"\\n\\"\\u00e9"', 't("\\n" "\\"" "é")'],
    ['"$${a} %%{b} $5 100%"', 't("${" "a} " "%{" "b} $5 100%")'],
    ['"%{ if a ~} x %{ else }y%{ endif }"', 't(if(a: "x " | "y"))'],
    ['<<-EOT\n    a ${b}\n      c\n  EOT', 't("a " ${b} "\\n" "  c\\n")'],
    ['<<EOT\n%{ for x in y ~}\n  ${x}\n%{ endfor ~}\nEOT', 't(for(x in y: "  " ${x} "\\n"))'],
  ])('%s', (text, expected) => {
    const { body, errors } = parse(`it = ${text}\n`);
    expect(errors).toEqual([]);
    expect(body.attributes[0] && shape(body.attributes[0].value)).toBe(expected);
  });
});

test('blocks have types, labels and headers', () => {
  const text = 'resource "aws_s3_bucket" "b" {\n  bucket = "x" # name\n  versioning { enabled = true }\n  empty {}\n}\nlocals {}\n';
  const { body, errors } = parse(text);
  expect(errors).toEqual([]);
  const [first, second] = body.blocks;
  expect(first?.labels).toEqual(['aws_s3_bucket', 'b']);
  expect(first && text.slice(first.header.start, first.header.end)).toBe('resource "aws_s3_bucket" "b"');
  expect(first?.body.blocks.map((b) => b.type)).toEqual(['versioning', 'empty']);
  expect(second && text.slice(second.span.start, second.span.end)).toBe('locals {}');
  const attribute = first?.body.attributes[0];
  expect(attribute && text.slice(attribute.span.start, attribute.span.end)).toBe('bucket = "x"');
});

test('positions count UTF-16 units, also behind emoji, umlauts, a byte order mark and CRLF', () => {
  const text = '\ufeffa = "😀ä"\r\nb = "ü${c}"\r\nd = <<-X\r\n    ö ${e}\r\n  X\r\nf = 1\r\n';
  const { body, errors } = parse(text);
  expect(errors).toEqual([]);
  const sliced = body.attributes.map((a) => [a.name, text.slice(a.value.span.start, a.value.span.end)]);
  expect(sliced).toEqual([
    ['a', '"😀ä"'],
    ['b', '"ü${c}"'],
    ['d', '<<-X\r\n    ö ${e}\r\n  X'],
    ['f', '1'],
  ]);
});

/** Every span holds what its node says: names, plain texts, numbers; and lies inside the span around it. */
function checkSpans(text: string): void {
  const at = (span: Span): string => text.slice(span.start, span.end);
  const inside = (inner: Span, outer: Span): void => {
    expect(inner.start >= outer.start && inner.end <= outer.end && inner.start <= inner.end).toBe(true);
  };
  const checkBody = (body: Body): void => {
    for (const a of body.attributes) {
      expect(at(a.nameSpan)).toBe(a.name);
      inside(a.value.span, a.span);
      checkExpression(a.value);
    }
    for (const b of body.blocks) {
      expect(at(b.header).startsWith(b.type)).toBe(true);
      inside(b.header, b.span);
      inside(b.body.span, b.span);
      checkBody(b.body);
    }
  };
  const checkExpression = (e: Expression): void => {
    const under = (child: Expression): void => {
      inside(child.span, e.span);
      checkExpression(child);
    };
    if (e.is === 'literal')
      expect(at(e.span)).toBe(
        typeof e.value === 'string' && at(e.span).startsWith('"')
          ? `"${e.value}"`
          : typeof e.value === 'number'
            ? at(e.span)
            : String(e.value),
      );
    if (e.is === 'variable') expect(at(e.span)).toBe(e.name);
    if (e.is === 'attribute' || e.is === 'index') under(e.of);
    if (e.is === 'list') e.items.forEach(under);
    if (e.is === 'object') for (const x of e.entries) [x.key, x.value].forEach(under);
    if (e.is === 'call') e.args.forEach(under);
    if (e.is === 'binary') [e.left, e.right].forEach(under);
    if (e.is === 'conditional') [e.condition, e.yes, e.no].forEach(under);
    if (e.is === 'template') {
      for (const p of e.parts) {
        inside(p.span, e.span);
        if (p.is === 'text' && p.text.length === p.span.end - p.span.start) expect(at(p.span)).toBe(p.text);
        if (p.is === 'value') under(p.value);
      }
    }
  };
  checkBody(parse(text).body);
}

const name = fc.constantFrom('a', 'bucket', 'tags', 'x1', 'ünï');
const source = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      '1',
      '2.5',
      'true',
      'null',
      '"plain"',
      '"😀 ä"',
      '"a${b.c}d"',
      'var.x',
      'local.y["k"]',
      'a.b[*].c',
      '<<-EOT\n    line ${z}\n      ü\n    EOT\n',
    ),
    fc.tuple(tie('e'), tie('e')).map(([x, y]) => (x.includes('EOT') || y.includes('EOT') ? '[]' : `[${x}, ${y}]`)),
    fc.tuple(tie('e'), tie('e')).map(([x, y]) => `{\n  k = ${x}\n  "l" = ${y}\n}`),
    fc.tuple(tie('e'), tie('e')).map(([x, y]) => (x.includes('EOT') || y.includes('EOT') ? '0' : `(${x} == ${y} ? ${y} : f(${x}))`)),
  ),
})).e;
const file = fc
  .array(
    fc.oneof(
      fc.tuple(name, source).map(([n, e]) => `${n} = ${e}\n`),
      fc.tuple(name, name, source).map(([n, l, e]) => `${n} "${l}" {\n  # 😀\n  it = ${e}\n}\n`),
    ),
    { maxLength: 5 },
  )
  .map((items) => items.join('\n'));

test('generated files parse without an error and every span says what it should', () => {
  fc.assert(
    fc.property(file, (text) => {
      expect(parse(text).errors).toEqual([]);
      checkSpans(text);
    }),
    { numRuns: 150 },
  );
});

test('mutated files never throw, and their spans stay in the text', () => {
  const edit = fc.tuple(
    fc.nat(),
    fc.nat(12),
    fc.constantFrom('', '{', '}', '"', '[', '${', '%{', '~', '\n', '<<E\n', '=', '/*', '\\', '😀'),
  );
  fc.assert(
    fc.property(file, fc.array(edit, { minLength: 1, maxLength: 4 }), (text, edits) => {
      const mutated = edits.reduce(
        (t, [at, cut, put]) => t.slice(0, at % (t.length + 1)) + put + t.slice((at % (t.length + 1)) + cut),
        text,
      );
      const { errors } = parse(mutated);
      for (const { span } of errors) expect(span.start <= span.end && span.end <= mutated.length).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('random text never throws', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(
          'a',
          '=',
          '"',
          '{',
          '}',
          '[',
          ']',
          '(',
          ')',
          '\n',
          ' ',
          '$',
          '%',
          '~',
          '<',
          '-',
          'E',
          '.',
          '*',
          '#',
          '/',
          '\\',
          ':',
          '?',
          ',',
        ),
      }),
      (text) => {
        parse(text);
      },
    ),
    { numRuns: 500 },
  );
});

describe('broken files', () => {
  const good = 'resource "a" "after" {\n  x = 1\n}\n';
  test.each([
    ['an unclosed list', 'resource "a" "b" {\n  x = [1, 2\n  y = 2\n}\n', 3, ['x', 'y']],
    ['a missing value', 'resource "a" "b" {\n  x =\n  y = 2\n}\n', 2, ['x', 'y']],
    ['an unclosed text', 'resource "a" "b" {\n  x = "abc\n  y = 2\n}\n', 2, ['x', 'y']],
    ['an unclosed block', 'resource "a" "b" {\n  y = 2\n\n', 1, ['y']],
    ['a stray bracket', 'resource "a" "b" {\n  x = 1]\n  y = 2\n}\n', 2, ['x', 'y']],
    ['a word too many', 'resource "a" "b" {\n  what is this\n  y = 2\n}\n', 2, ['y']],
    ['a merge conflict', 'resource "a" "b" {\n<<<<<<< HEAD\n  y = 2\n=======\n  y = 3\n>>>>>>> x\n}\n', 2, ['y', 'y']],
  ])('%s: one error on its line, and the rest is read', (_, text, line, names) => {
    const { body, errors } = parse(text + good);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(5);
    expect(lineAt(lineStarts(text), errors[0]?.span.start ?? 0)).toBe(line);
    expect(body.blocks[0]?.body.attributes.map((a) => a.name)).toEqual(names);
    expect(body.blocks.at(-1)?.labels).toEqual(['a', 'after']);
  });

  test('the message says what is wrong and never repeats a value', () => {
    const { errors } = parse('password = "hunter2 \nb = 1\n');
    expect(errors[0]?.message).toBe('This string is not closed on its line.');
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });

  test('at most five errors are reported', () => {
    expect(parse('a = [\n'.repeat(100)).errors).toHaveLength(5);
  });
});

describe('hostile files end soon', () => {
  const n = 20_000;
  test.each([
    ['brackets', `a = ${'['.repeat(n)}`],
    ['parentheses', `a = ${'('.repeat(n)}1${')'.repeat(n)}`],
    ['interpolations', `a = ${'"${'.repeat(n)}`],
    ['heredocs', 'a = <<X\n'.repeat(n)],
    ['blocks', 'a {\n'.repeat(n)],
    ['operators', `a = 1${'+1'.repeat(n)}`],
    ['signs', `a = ${'-'.repeat(n)}1`],
    ['steps', `a = b${'.c[*]'.repeat(n)}`],
    ['conditionals', `a = ${'b ? '.repeat(n)}`],
    ['quotes', '"\n'.repeat(n)],
    ['directives', `a = "${'%{ if true }'.repeat(n)}"`],
    ['comments', '/*'.repeat(n)],
  ])('%s', (_, text) => {
    const start = performance.now();
    const { errors } = parse(text);
    expect(errors.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test('a file of more than a million characters is refused in words', () => {
    const { body, errors } = parse('# x\n'.repeat(300_000));
    expect(body.attributes).toEqual([]);
    expect(errors[0]?.message).toContain('not read');
  });
});
