import { expect, test } from 'vitest';
import { chartInstall, defaultsInForce, exposedBy } from '../../src/concepts/chart-install.ts';
import type { Files } from '../../src/engine/rule.ts';
import { buildModel, readDocuments } from '../../src/model/model.ts';
import { charts } from '../../src/facts/helm-defaults-charts.ts';

function installs(files: Files): string[] {
  const snapshot = new Map(Object.entries(files).map(([path, text]) => [path, { path, sha: '', text }]));
  const { worlds } = buildModel(snapshot, readDocuments(snapshot));
  return worlds.flatMap((world) =>
    world.resources.flatMap((resource) =>
      [...chartInstall.view(resource, world)].map((install) => {
        const open = ['open', 'published', 'credential'] as const;
        const rows = open
          .flatMap((kind) => defaultsInForce(install, kind))
          .map(({ row, written }) => `${row.path.join('.')}${written ? '!' : ''}`);
        return [install.chart.product, ...rows, exposedBy(install)?.how ?? 'inside'].join(' ');
      }),
    ),
  );
}

const release = (chart: string, repository: string, more = ''): Files => ({
  'main.tf': `resource "helm_release" "x" {\n  name = "x"\n  chart = "${chart}"\n  ${repository && `repository = "${repository}"`}\n  ${more}\n}\n`,
});
const weaviate = 'https://weaviate.github.io/weaviate-helm';

test.each<[string, Files, string[]]>([
  [
    'a release that says nothing',
    release('weaviate', weaviate),
    ['Weaviate authentication.anonymous_access.enabled service.type grpcService.type load balancer'],
  ],
  [
    'a release that sets all of it',
    release(
      'weaviate',
      weaviate,
      'values = [yamlencode({ authentication = { anonymous_access = { enabled = true } }, service = { type = "ClusterIP" }, grpcService = { enabled = false, type = "ClusterIP" } })]',
    ),
    ['Weaviate authentication.anonymous_access.enabled! inside'],
  ],
  ['a chart of one’s own', release('./charts/weaviate', ''), []],
  ['another publisher', release('weaviate', 'https://charts.example.com'), []],
  ['a name that several publishers use, without a repository', release('mlflow', ''), []],
  [
    'values that are not known',
    { ...release('weaviate', weaviate, 'values = [var.values]'), 'variables.tf': 'variable "values" {\n  type = string\n}\n' },
    [],
  ],
  [
    'a values file in a directory of that name',
    { 'weaviate/values.yaml': 'replicas: 2\nservice: { type: ClusterIP }\ngrpcService: { type: ClusterIP }\n' },
    ['Weaviate authentication.anonymous_access.enabled inside'],
  ],
  [
    'the same for a stage lies over another file',
    { 'weaviate/values-prod.yaml': 'replicas: 2\nservice: { type: ClusterIP }\n' },
    ['Weaviate inside'],
  ],
  ['keys that the chart does not have', { 'weaviate/values.yaml': 'replicas: 2\nservice: { type: LoadBalancer }\nmyKey: 1\n' }, []],
])('%s', (_, files, expected) => {
  expect(installs(files)).toEqual(expected);
});

test('every row names where and when it was read, and only keys of its chart', () => {
  for (const { product, source, keys, exposed, login, defaults } of charts) {
    expect(source.date, product).toMatch(/^202\d-\d\d-\d\d$/);
    expect(source.commit, product).toMatch(/^[0-9a-f]{7,9}$/);
    const paths = [...exposed, ...defaults].map(({ path }) => path).concat(login?.switches ?? [], login?.offSwitches ?? []);
    expect(
      paths.filter(([first = '']) => !keys.includes(first)),
      product,
    ).toEqual([]);
  }
});
