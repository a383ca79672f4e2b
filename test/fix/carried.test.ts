import { expect, test } from 'vitest';
import type { Literal } from '../../src/engine/rule.ts';
import { applyFixes } from '../../src/fix/apply-fixes.ts';
import { buildModel, readDocuments } from '../../src/model/model.ts';
import type { Dialect, Key } from '../../src/model/resource.ts';

interface Row {
  readonly name: string;
  readonly text: string;
  readonly dialect: Dialect;
  readonly path: readonly Key[];
  /** A value to set; nothing to remove. */
  readonly to?: Literal;
  /** The line that the fix writes; none when it is refused. */
  readonly line?: string;
}

const release = (values: string, rest = ''): string => `resource "helm_release" "a" {\n  chart  = "a"\n  values = [${values}]\n${rest}}\n`;
const heredoc = release('<<-EOT\n    on: yes\n    name: \'one\'\n    kind: "two"\n    plain: three\n    list: [1]\n  EOT\n  ');
const typed =
  'resource "kubernetes_pod" "a" {\n  metadata {\n    name = "a"\n  }\n  spec {\n    container {\n      image = "a:1"\n    }\n  }\n}\n';
const object =
  'resource "kubernetes_manifest" "a" {\n  manifest = {\n    apiVersion = "v1"\n    kind       = "Pod"\n    metadata   = { name = "a" }\n    spec = {\n      hostNetwork = true\n    }\n  }\n}\n';
const set = release('', '  set {\n    name  = "a.b"\n    value = "true"\n  }\n');
const values = 'helm-values';
const kubernetes = 'kubernetes';
const container: readonly Key[] = ['spec', 'containers', 0];

const rows: readonly Row[] = [
  { name: 'a plain text keeps its manner', text: heredoc, dialect: values, path: ['plain'], to: 'four', line: '    plain: four' },
  { name: 'a text in quotes keeps them', text: heredoc, dialect: values, path: ['name'], to: 'it', line: "    name: 'it'" },
  { name: 'a text in double quotes keeps them', text: heredoc, dialect: values, path: ['kind'], to: 'it', line: '    kind: "it"' },
  { name: 'a text that Terraform would read as its own is refused', text: heredoc, dialect: values, path: ['kind'], to: '${it}' },
  { name: 'a text that needs quotes is refused where it has none', text: heredoc, dialect: values, path: ['plain'], to: '- [' },
  { name: 'a list in a text is refused', text: heredoc, dialect: values, path: ['plain'], to: ['a'] },
  { name: 'a list for a list in a text is refused', text: heredoc, dialect: values, path: ['list'], to: [2] },
  { name: 'a missing key in a text is refused', text: heredoc, dialect: values, path: ['more'], to: true },
  { name: 'removing from a text is refused', text: heredoc, dialect: values, path: ['plain'] },
  { name: 'a switch that is set', text: set, dialect: values, path: ['a', 'b'], to: false, line: '    value = false' },
  { name: 'a list for what is set is refused', text: set, dialect: values, path: ['a', 'b'], to: ['x'] },
  { name: 'removing what is set is refused', text: set, dialect: values, path: ['a', 'b'] },
  { name: 'a missing value of a release is refused', text: set, dialect: values, path: ['c'], to: true },
  {
    name: 'a block of a typed resource has its own names',
    text: typed,
    dialect: kubernetes,
    path: [...container, 'securityContext', 'runAsNonRoot'],
    to: true,
    line: '        run_as_non_root = true',
  },
  {
    name: 'an attribute of a typed resource too',
    text: typed,
    dialect: kubernetes,
    path: ['spec', 'hostNetwork'],
    to: false,
    line: '    host_network = false',
  },
  { name: 'a list of blocks is refused', text: typed, dialect: kubernetes, path: ['spec', 'tolerations', 0, 'key'], to: 'a' },
  { name: 'a list as an attribute is refused', text: typed, dialect: kubernetes, path: [...container, 'args'], to: ['a'] },
  { name: 'a part beside the spec is refused', text: typed, dialect: kubernetes, path: ['status', 'phase'], to: 'a' },
  { name: 'removing the object is not removing what carries it', text: typed, dialect: kubernetes, path: [] },
  {
    name: 'a key of an object',
    text: object,
    dialect: kubernetes,
    path: ['spec', 'hostPID'],
    to: false,
    line: '      hostPID     = false',
  },
  {
    name: 'a value of an object',
    text: object,
    dialect: kubernetes,
    path: ['spec', 'hostNetwork'],
    to: false,
    line: '      hostNetwork = false',
  },
];

test.each(rows)('$name', ({ text, dialect, path, to, line }) => {
  const snapshot = new Map([['main.tf', { path: 'main.tf', text, sha: text }]]);
  const documents = readDocuments(snapshot);
  const resource = buildModel(snapshot, documents)
    .worlds.flatMap(({ resources }) => resources)
    .find((one) => one.dialect === dialect && one.type !== 'chart');
  if (!resource) throw new Error('nothing is carried');
  const at = resource.attr(...path);
  const fixed = applyFixes([to === undefined ? { do: 'remove', at: path.length === 0 ? resource : at } : { do: 'set', at, to }], (file) =>
    documents.get(file),
  )?.get('main.tf');
  if (line === undefined) expect(fixed).toBeUndefined();
  else {
    const before = new Set(text.split('\n'));
    expect(fixed?.split('\n').filter((one) => !before.has(one))).toContain(line);
  }
});

test('a companion in another language is refused', () => {
  const snapshot = new Map([['main.tf', { path: 'main.tf', text: typed, sha: typed }]]);
  const documents = readDocuments(snapshot);
  const resource = buildModel(snapshot, documents)
    .worlds.flatMap(({ resources }) => resources)
    .find((one) => one.dialect === kubernetes);
  expect(
    resource && applyFixes([{ do: 'append', after: resource, text: 'kind: NetworkPolicy' }], (file) => documents.get(file)),
  ).toBeUndefined();
});
