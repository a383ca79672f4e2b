import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson, parseYaml } from '../../src/documents/data.ts';
import type { Node } from '../../src/documents/node.ts';

/** Pieces that mean something to YAML, JSON or a template, so that random texts reach the parsers' corners. */
const piece = fc.constantFrom(
  'a', 'b: ', 'key: value\n', '- ', '\n', '\r\n', '  ', '    ', '\t', '"', "'", '{', '}', '[', ']', ',', ':', '#', '&x ', '*x', '<<: *x\n', '!Ref ', '!!int ',
  '|\n', '>-\n', '---\n', '...\n', '%YAML 1.1\n', '? ', '{{ .Values.a }}', '{{- if .x }}\n', '{{- end }}\n', '{{- toYaml .Values.b | nindent 4 }}\n', '${{ x }}',
  '${X}\n', '{{', '}}', '\\', '"k": 1', 'null', '1e9', '🦙', '\uFEFF', '\uE000', '__proto__: ', '\u0000',
); // prettier-ignore
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

function* nodes(node: Node): Generator<Node> {
  yield node;
  if (node.is === 'list') for (const item of node.items) yield* nodes(item);
  if (node.is === 'map') for (const e of node.entries) yield* nodes(e.value);
}

test('any text is read without a throw, and every span lies in it', () => {
  fc.assert(
    fc.property(text, (source) => {
      for (const { roots, errors } of [parseYaml('f', source), parseJson('f', source)]) {
        for (const span of [...errors.map((e) => e.span), ...roots.flatMap((root) => [...nodes(root)]).map((node) => node.span)]) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(source.length);
        }
      }
    }),
    { numRuns: 1500 },
  );
});

test('JSON is read as JSON.parse reads it, and so is JSON as YAML', () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(value, fc.constantFrom(0, 2), (data, indent) => {
      const source = JSON.stringify(data, null, indent);
      const [root] = parseJson('f', source).roots;
      expect(root && plain(root)).toEqual(JSON.parse(source));
    }),
    { numRuns: 500 },
  );
});

test('a text is valid JSON exactly when JSON.parse takes it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', '"', ',', '}', '0', 'x', '\n'), (data, at, insert) => {
      const source = JSON.stringify(data);
      const where = at % (source.length + 1);
      const mutated = source.slice(0, where) + insert + source.slice(where + 1);
      expect(parseJson('f', mutated).roots.length === 1).toBe(accepts(mutated));
    }),
    { numRuns: 1000 },
  );
});

test('a scalar of YAML stands where its span says', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const tree = fc.dictionary(word, fc.oneof(word, fc.array(word, { maxLength: 3 })), { minKeys: 1, maxKeys: 5, noNullPrototype: true });
  fc.assert(
    fc.property(tree, fc.constantFrom('\n', '\r\n'), (data, end) => {
      const source = Object.entries(data)
        .flatMap(([key, value]) =>
          typeof value === 'string' ? [`${key}: "${value}" # c`] : [`${key}:`, ...value.map((item) => `  - "${item}"`)],
        )
        .join(end);
      for (const root of parseYaml('f', source).roots) {
        for (const node of nodes(root))
          if (node.is === 'scalar' && node.value !== null) expect(source.slice(node.span.start, node.span.end)).toBe(`"${node.value}"`);
      }
    }),
    { numRuns: 200 },
  );
});

const accepts = (source: string): boolean => {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
};

function plain(node: Node): unknown {
  if (node.is === 'scalar') return node.value;
  if (node.is === 'list') return node.items.map(plain);
  const out: Record<string, unknown> = {};
  for (const { key, value } of node.entries)
    Object.defineProperty(out, key, { value: plain(value), enumerable: true, configurable: true, writable: true });
  return out;
}
