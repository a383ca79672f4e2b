import { expect, test } from 'vitest';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { defaultsInForce } from '../../src/concepts/chart-install-defaults.ts';
import { asksForLogin, exposedBy } from '../../src/concepts/chart-install-login.ts';
import type { Files } from '../../src/engine/rule.ts';
import { buildModel, readDocuments } from '../../src/model/model.ts';
import { charts } from '../../src/facts/helm-defaults.ts';

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
  [
    'keys that only one chart has, wherever the file lies',
    { 'stack/gpu-llm.tpl': 'servingEngineSpec: { modelSpec: [] }\nrouterSpec: { serviceType: NodePort }\n' },
    ['the vLLM production stack port of every node'],
  ],
  [
    'a file of a common name, which says it all',
    { 'hub/config.yaml': 'hub: {}\nsingleuser: {}\n' },
    ['JupyterHub hub.config.JupyterHub.authenticator_class proxy.service.type load balancer'],
  ],
  ['any other name, beside which there may be more', { 'hub/common.yaml': 'hub: {}\nsingleuser: {}\n' }, ['JupyterHub inside']],
  ['a layer in the directory of the chart', { 'jupyterhub/common.yaml': 'hub: {}\nsingleuser: {}\n' }, ['JupyterHub inside']],
  ['those keys beside others', { 'stack/gpu-llm.tpl': 'servingEngineSpec: { modelSpec: [] }\ndatabase: { enabled: true }\n' }, []],
  [
    'a default of older versions',
    release('kuberay-apiserver', 'https://ray-project.github.io/kuberay-helm/', 'version = "1.6.2"'),
    ['the KubeRay API server security.env.SECURITY_TOKEN inside'],
  ],
  [
    'a newer version of it',
    release('kuberay-apiserver', 'https://ray-project.github.io/kuberay-helm/', 'version = "1.7.0"'),
    ['the KubeRay API server inside'],
  ],
  [
    'a version that is not said',
    release('kuberay-apiserver', 'https://ray-project.github.io/kuberay-helm/'),
    ['the KubeRay API server inside'],
  ],
  ['keys that the chart does not have', { 'weaviate/values.yaml': 'replicas: 2\nservice: { type: LoadBalancer }\nmyKey: 1\n' }, []],
])('%s', (_, files, expected) => {
  expect(installs(files)).toEqual(expected);
});

const logins = (file: string, text: string): string[] => {
  const snapshot = new Map([[file, { path: file, sha: '', text }]]);
  const { worlds } = buildModel(snapshot, readDocuments(snapshot));
  return worlds.flatMap((world) => world.resources.flatMap((resource) => [...chartInstall.view(resource, world)].map(asksForLogin)));
};

test.each<[string, string, string, string]>([
  ['Ray by default', 'ray-cluster/values.yaml', 'image: { tag: 2.52.0 }\nhead: {}\n', 'no'],
  ['a token', 'ray-cluster/values.yaml', 'common: { containerEnv: [{ name: RAY_AUTH_MODE, value: token }] }\nhead: {}\n', 'yes'],
  ['a version that asks by itself', 'ray-cluster/values.yaml', 'image: { tag: 2.61.0-gpu }\nhead: {}\n', 'yes'],
  ['a version that is not known', 'ray-cluster/values.yaml', 'image: { tag: "${tag}" }\nhead: {}\n', 'maybe'],
  ['variables that say something else', 'qdrant/values.yaml', 'env: [{ name: QDRANT__LOG_LEVEL, value: INFO }]\nservice: {}\n', 'no'],
  ['a key as a variable', 'qdrant/values.yaml', 'env: [{ name: QDRANT__SERVICE__API_KEY, value: x }]\nservice: {}\n', 'yes'],
  [
    'a key among the arguments of one model',
    'llm.yaml',
    'servingEngineSpec: { modelSpec: [{ vllmConfig: { extraArgs: [--api-key=x] } }] }\n',
    'yes',
  ],
  ['arguments that are not known', 'llm.yaml', 'servingEngineSpec: { modelSpec: [{ vllmConfig: { extraArgs: ["${more}"] } }] }\n', 'maybe'],
])('whether it asks for a log-in: %s', (_, file, text, expected) => {
  expect(logins(file, text)).toEqual([expected]);
});

test('every row names where and when it was read, and only keys of its chart', () => {
  for (const { product, source, keys, telling, exposed, login, defaults } of charts) {
    expect(source.date, product).toMatch(/^202\d-\d\d-\d\d$/);
    expect(source.commit, product).toMatch(/^[0-9a-f]{7,9}$/);
    const paths = [...exposed, ...defaults]
      .map(({ path }) => path)
      .concat(login?.switches ?? [], login?.offSwitches ?? [], login?.signs?.flatMap((sign) => sign.paths) ?? [], login?.perhaps ?? []);
    expect(
      paths.filter(([first = '']) => !keys.includes(first)),
      product,
    ).toEqual([]);
    expect(
      telling?.filter((key) => !keys.includes(key)),
      product,
    ).toEqual(telling && []);
  }
});
