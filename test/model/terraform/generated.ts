import fc from 'fast-check';

/** Expressions of the language, made at random, of types that mostly fit: what Terraform refuses is compared one by one in `expressions.ts`. */

const text = fc.constantFrom('""', '"a"', '"ab-c"', '"A b"', '"10"', '"true"', '"a,b"', '"x.y"', '"ä"', '"a\\nb"', '"$${x}"');
const number = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom('0', '1.5', '0.1', '100', '-0.5', '1e3', '2147483648'),
);
const truth = fc.constantFrom('true', 'false');
const key = fc.constantFrom('a', 'b', 'c_d', 'x');

/** Lists and maps whose items can have one type, which is what most functions ask for. */
const scalars = fc.array(fc.oneof(text, number), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
const texts = fc.array(text, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
const flat = fc
  .uniqueArray(key, { maxLength: 3 })
  .chain((keys) =>
    fc.tuple(...keys.map(() => fc.oneof(text, number))).map((items) => `{ ${keys.map((k, i) => `${k} = ${items[i] ?? ''}`).join(', ')} }`),
  );

const words = fc.uniqueArray(key, { maxLength: 3 }).map((keys) => `{ ${keys.map((k) => `${k} = "${k}-1"`).join(', ')} }`);

const call =
  (...names: readonly string[]) =>
  (...args: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(fc.constantFrom(...names), ...args).map(([name, ...given]) => `${name}(${given.join(', ')})`);
const infix = (a: fc.Arbitrary<string>, operators: readonly string[], b: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(a, fc.constantFrom(...operators), b).map(([left, operator, right]) => `(${left} ${operator} ${right})`);

export const { any: expression } = fc.letrec<Record<'any' | 'string' | 'number' | 'bool' | 'list' | 'map', string>>((tie) => {
  const [s, n, b, l, m, any] = [tie('string'), tie('number'), tie('bool'), tie('list'), tie('map'), tie('any')];
  const choice = (of: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.tuple(b, of, of).map(([c, x, y]) => `(${c} ? ${x} : ${y})`);
  const weighted = (leaf: fc.Arbitrary<string>, ...inner: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { arbitrary: leaf, weight: 2 + inner.length },
      ...inner.map((arbitrary) => ({ arbitrary, weight: 1 })),
    );
  return {
    any: fc.oneof(s, n, b, l, m, fc.constant('null')),
    string: weighted(
      text,
      call('upper', 'lower', 'title', 'trimspace', 'strrev', 'chomp', 'base64encode', 'md5', 'sha256', 'urlencode', 'jsonencode')(s),
      call('jsonencode')(any),
      call('tostring')(fc.oneof(n, b)),
      fc.tuple(s, n).map(([x, y]) => `"\${${x}}-\${${y}}"`),
      fc.tuple(s, b).map(([x, c]) => `"%{ if ${c} }\${${x}}%{ else }no%{ endif }"`),
      fc.tuple(scalars).map(([x]) => `join("-", [for e in ${x} : "\${e}"])`),
      call('trimprefix', 'trimsuffix', 'trim')(s, s),
      call('replace')(s, text, s),
      call('substr')(s, fc.constantFrom('0', '1', '-1'), fc.constantFrom('1', '2', '-1')),
      call('format')(fc.constantFrom('"%s"', '"%q"', '"%v"', '"<%5s>"', '"%-5s|"'), fc.oneof(s, n)),
      call('format')(fc.constantFrom('"%05.1f"', '"%.2f"', '"%s"'), n),
      call('coalesce')(s, s),
      call('lookup')(
        words,
        key.map((k) => `"${k}"`),
        s,
      ),
      call('join')(fc.constant('","'), call('split')(fc.constantFrom('","', '""', '"-"'), s)),
      call('try')(s, s),
      choice(s),
    ),
    number: weighted(
      number,
      infix(n, ['+', '-', '*', '/'], n),
      infix(fc.integer({ min: 1, max: 50 }).map(String), ['%'], fc.constantFrom('3', '7')),
      call('length')(fc.oneof(l, m, s)),
      call('abs', 'ceil', 'floor')(n),
      call('max', 'min')(n, n),
      call('parseint')(fc.constantFrom('"10"', '"-7"', '"1f"'), fc.constant('16')),
      call('tonumber')(fc.oneof(n, fc.constantFrom('"10"', '"1.5"'))),
      n.map((x) => `(-${x})`),
      call('sum')(fc.tuple(n, n).map((items) => `[${items.join(', ')}]`)),
      call('signum')(fc.integer({ min: -3, max: 3 }).map(String)),
      choice(n),
    ),
    bool: weighted(
      truth,
      infix(n, ['<', '<=', '>', '>='], n),
      infix(b, ['&&', '||', '==', '!='], b),
      fc.oneof(infix(s, ['==', '!='], s), infix(n, ['==', '!='], n)),
      call('contains')(texts, s),
      call('startswith', 'endswith', 'strcontains')(s, s),
      call('can')(any),
      call('alltrue', 'anytrue')(fc.tuple(b, b).map((items) => `[${items.join(', ')}]`)),
      call('tobool')(fc.oneof(b, fc.constantFrom('"true"', '"false"'))),
      b.map((x) => `(!${x})`),
    ),
    list: weighted(
      fc.array(fc.oneof(text, number), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.array(any, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      call('concat')(texts, choice(texts)),
      fc.oneof(call('reverse', 'flatten')(l), call('compact', 'sort', 'distinct', 'tolist')(scalars)),
      call('keys', 'values')(m),
      fc.tuple(s, s).map(([x, y]) => `slice([${x}, ${y}], 1, 2)`),
      call('range')(fc.constantFrom('0', '3', '5')),
      call('chunklist')(texts, fc.constantFrom('1', '2')),
      call('setproduct')(scalars, texts),
      call('tolist')(fc.oneof(call('toset')(scalars), call('setunion', 'setsubtract', 'setintersection')(texts, texts))),
      fc.tuple(l, any).map(([x, y]) => `[for i, v in ${x} : ${y}]`),
      fc.tuple(scalars, fc.constantFrom('v', '"<${v}>"', 'i', '[v]')).map(([x, y]) => `[for i, v in ${x} : ${y} if i != 1]`),
      fc.tuple(m).map(([x]) => `[for k, v in ${x} : k]`),
      l.map((x) => `${x}[*]`),
      choice(texts),
    ),
    map: weighted(
      fc
        .uniqueArray(fc.tuple(key, any), { maxLength: 3, selector: ([k]) => k })
        .map((pairs) => `{ ${pairs.map(([k, v]) => `${k} = ${v}`).join(', ')} }`),
      call('merge')(m, m),
      m.map((x) => `zipmap(keys(${x}), values(${x}))`),
      fc.tuple(l).map(([x]) => `{ for i, v in ${x} : "k\${i}" => v }`),
      fc.tuple(m).map(([x]) => `{ for k, v in ${x} : upper(k) => v if k != "a" }`),
      call('jsondecode')(call('jsonencode')(m)),
      call('yamldecode')(call('yamlencode')(m)),
      choice(flat),
    ),
  };
});

/** As many of them as asked for, always the same for a seed. */
export const generated = (count: number, seed: number): readonly string[] => [...new Set(fc.sample(expression, { numRuns: count, seed }))];
