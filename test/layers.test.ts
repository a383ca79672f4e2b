import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each folder may import itself and the ones before it. */
const order = ['documents', 'model', 'concepts', 'engine', 'config', 'diff', 'fix', 'impact', 'report'];
/** Reach the outside world; nothing but the entries may import them. */
const rims = ['github', 'git', 'queue', 'cli'];
const between: Readonly<Record<string, readonly string[]>> = { cli: ['git'], github: ['queue'] };
/** Anything may import these; they import what is named, or nothing. */
const everywhere: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'change.ts': ['documents'],
  facts: [],
  context: ['documents', 'change.ts', 'facts'],
  'context.ts': ['documents', 'change.ts', 'context'],
};
/** What the folders share against the order: the words of a rule and of a review. `types` must stay types. */
const shared: readonly { readonly from: readonly string[]; readonly file: string; readonly types: boolean }[] = [
  { from: ['concepts', 'facts'], file: 'engine/rule.ts', types: true },
  { from: ['concepts'], file: 'engine/words.ts', types: false },
  { from: ['impact'], file: 'report/review.ts', types: true },
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly types: boolean;
}

const sources = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name.replaceAll('\\', '/')));

/** Every `from '…'` and `import('…')` of a file, relative ones as paths of the repository. */
function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export)(\s+type)?\b[^;'"]*?from '([^']+)'|\bimport\('([^']+)'\)/gm);
  return Array.from(statements, ([, type, named, dynamic]) => {
    const specifier = named ?? dynamic ?? '';
    return { from: file, to: specifier.startsWith('.') ? normalize(join(file, '..', specifier)) : specifier, types: type !== undefined };
  });
}

const all = [...sources('src'), ...sources('rules')].flatMap(importsOf);
const inSource = all.filter(({ from, to }) => from.startsWith('src/') && to.startsWith('src/'));
const layerOf = (path: string): string => path.split('/')[1] ?? '';
const show = ({ from, to }: Import): string => `${from} imports ${to}`;

function mayImport({ from, to, types }: Import): boolean {
  const [a, b] = [layerOf(from), layerOf(to)];
  if (a === b || shared.some((one) => one.from.includes(a) && to === `src/${one.file}` && (types || !one.types))) return true;
  const only = everywhere[a];
  if (only) return only.includes(b);
  if (b in everywhere) return true;
  if (order.includes(a)) return order.includes(b) && order.indexOf(b) < order.indexOf(a);
  if (rims.includes(a)) return rims.includes(b) ? (between[a] ?? []).includes(b) : b !== 'review.ts';
  return true;
}

test('the reader of imports reads them', () => {
  expect(all.length).toBeGreaterThan(300);
  expect(importsOf('src/cli/run.ts')).toContainEqual({ from: 'src/cli/run.ts', to: 'src/isolation.ts', types: false });
  expect(importsOf('src/cli/run.ts')).toContainEqual({ from: 'src/cli/run.ts', to: 'src/change.ts', types: true });
  expect(importsOf('src/cli/run.ts')).toContainEqual({ from: 'src/cli/run.ts', to: 'node:fs', types: false });
});

test('imports point one way', () => {
  expect(inSource.filter((one) => !mayImport(one)).map(show)).toEqual([]);
});

test('every folder has its place in the order', () => {
  const folders = new Set(
    sources('src')
      .map(layerOf)
      .filter((layer) => !layer.endsWith('.ts')),
  );
  expect([...folders].filter((folder) => !order.includes(folder) && !rims.includes(folder) && !(folder in everywhere))).toEqual([]);
});

test('relative imports name the file with its extension', () => {
  expect(all.filter(({ to }) => /^(src|rules)\//.test(to) && !to.endsWith('.ts') && !to.endsWith('.json')).map(show)).toEqual([]);
});

describe('what is pure stays pure', () => {
  const pure = all.filter(({ from }) => order.includes(layerOf(from)) || layerOf(from) in everywhere || from.startsWith('rules/'));
  const exceptions: Readonly<Record<string, string>> = {
    // Rules are found by reading their folder; a review itself reads nothing.
    'src/engine/load-rules.ts': 'node:fs/promises',
    // isIP, which only looks at text.
    'src/model/terraform/functions/network.ts': 'node:net',
    // isDeepStrictEqual, which only compares.
    'src/model/data-memory.ts': 'node:util',
  };

  test('no network, no clock, no file system', () => {
    const builtIn = pure.filter(
      ({ from, to }) => to.startsWith('node:') && !/^node:(path|path\/posix|crypto)$/.test(to) && exceptions[from] !== to,
    );
    expect(builtIn.map(show)).toEqual([]);
    const clock = [...new Set(pure.map(({ from }) => from))].filter((file) =>
      /\bDate\.now\(|new Date\(\)|Math\.random\(|process\.|setTimeout\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(clock).toEqual([]);
  });

  test('GitHub’s client is known to the rim and to the server only', () => {
    const client = all.filter(
      ({ from, to }) => /^(probot|@octokit\/)/.test(to) && layerOf(from) !== 'github' && !/^src\/(app|main|server[a-z-]*)\.ts$/.test(from),
    );
    expect(client.map(show)).toEqual([]);
  });
});

test('rules know concepts, facts and the words of a rule, and no stage of the review', () => {
  const allowed = /^src\/(concepts|facts|model)\/|^src\/engine\/(define-rule|rule|words)\.ts$/;
  expect(all.filter(({ from, to }) => from.startsWith('rules/') && !allowed.test(to)).map(show)).toEqual([]);
});
