import { absent, known, type Dict, type Origin, type Value } from '../value.ts';
import { chain, makeDict, makeList } from './origins.ts';

/** The attributes of a statement by the names that they have in the JSON of a policy. */
const plainNames: readonly (readonly [string, string])[] = [
  ['sid', 'Sid'],
  ['effect', 'Effect'],
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
];

/**
 * The policy that a `data.aws_iam_policy_document` renders, as the map that its JSON would hold. Each part has the origins of the block
 * that it is written in. An open list of statements (from `source_policy_documents` or a dynamic block) stays open.
 */
export function policyDocument(read: (name: string) => Value | undefined, header: Origin): Value {
  const statements = read('statement');
  const items = statements?.is === 'list' ? statements.items.map((item) => (item.is === 'map' ? statement(item) : item)) : [];
  const merged = ['source_policy_documents', 'override_policy_documents', 'source_json', 'override_json']
    .map(read)
    .filter((value) => value !== undefined && value.is !== 'absent');
  const others = merged.flatMap((value) => (value.is === 'list' ? value.items : [value]));
  const open = (statements?.is === 'list' && statements.open === true) || others.length > 0 || statements?.is === 'unknown';
  const version = read('version') ?? known('2012-10-17', [header]);
  const list = makeList([...items, ...others.map(withoutStructure)], statements?.origins ?? [header], open ? { open } : {});
  return makeDict(
    new Map([
      ['Version', version],
      ['Statement', inlined(list, others)],
    ]),
    [header],
  );
}

const withoutStructure = (value: Value): Value => ({
  is: 'unknown',
  why: 'statements of another document',
  origins: value.origins,
  refs: value.is === 'unknown' || value.is === 'known' ? (value.refs ?? []) : [],
});

/** Statements of the documents that are merged in, where we know them. */
function inlined(list: Value, others: readonly Value[]): Value {
  if (list.is !== 'list' || others.length === 0) return list;
  const own = list.items.slice(0, list.items.length - others.length);
  const more = others
    .map((other) => (other.is === 'unknown' || other.is === 'known' ? other.structure : undefined))
    .map((s) => (s?.is === 'map' ? s.entries.get('Statement') : undefined));
  if (!more.every((s) => s?.is === 'list' && !s.open)) return list;
  const items = more.flatMap((s) => (s?.is === 'list' ? s.items : []));
  return makeList([...items, ...own], list.origins);
}

function statement(block: Dict): Value {
  const entries = new Map<string, Value>();
  for (const [from, to] of plainNames) {
    const value = block.entries.get(from);
    if (value && value.is !== 'absent') entries.set(to, value);
  }
  if (!entries.has('Effect')) entries.set('Effect', known('Allow', container(block.origins)));
  for (const [from, to] of [
    ['principals', 'Principal'],
    ['not_principals', 'NotPrincipal'],
  ] as const) {
    const value = principals(block.entries.get(from));
    if (value) entries.set(to, value);
  }
  const conditions = condition(block.entries.get('condition'));
  if (conditions) entries.set('Condition', conditions);
  return makeDict(entries, block.origins, block.open ? { open: true } : {});
}

/** `principals { type = "AWS" identifiers = [...] }` -> `{ AWS = [...] }`; type `*` is written as `"*"`. */
function principals(blocks: Value | undefined): Value | undefined {
  if (blocks?.is !== 'list') return blocks;
  const entries = new Map<string, Value>();
  for (const item of blocks.items) {
    const type = item.is === 'map' ? item.entries.get('type') : undefined;
    const identifiers = item.is === 'map' ? (item.entries.get('identifiers') ?? absent(container(item.origins))) : undefined;
    if (type?.is !== 'known' || !identifiers) return { is: 'unknown', why: 'who this is for is unknown', origins: item.origins, refs: [] };
    const only = identifiers.is === 'list' && identifiers.items.length === 1 ? identifiers.items[0] : undefined;
    if (type.value === '*' && only?.is === 'known' && only.value === '*') return { ...only, origins: chain(only.origins, type.origins) };
    const before = entries.get(String(type.value));
    entries.set(
      String(type.value),
      before?.is === 'list' && identifiers.is === 'list' ? makeList([...before.items, ...identifiers.items], before.origins) : identifiers,
    );
  }
  return makeDict(entries, blocks.origins, blocks.open ? { open: true } : {});
}

/** `condition { test variable values }` -> `{ test = { variable = values } }`. */
function condition(blocks: Value | undefined): Value | undefined {
  if (blocks?.is !== 'list') return blocks;
  const tests = new Map<string, Map<string, Value>>();
  let open = blocks.open === true;
  for (const item of blocks.items) {
    const [test, variable, values] = ['test', 'variable', 'values'].map((name) => (item.is === 'map' ? item.entries.get(name) : undefined));
    if (test?.is !== 'known' || variable?.is !== 'known' || !values) {
      open = true;
      continue;
    }
    const inner = tests.get(String(test.value)) ?? new Map<string, Value>();
    inner.set(String(variable.value), values);
    tests.set(String(test.value), inner);
  }
  return makeDict(
    new Map(Array.from(tests, ([test, inner]) => [test, makeDict(inner, blocks.origins)])),
    blocks.origins,
    open ? { open } : {},
  );
}

const container = (origins: readonly Origin[]): readonly Origin[] =>
  origins.slice(0, 1).map(({ span }) => ({ span, what: 'container' as const }));
