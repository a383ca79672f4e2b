import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setPath } from '../../src/model/kubernetes/release-values.ts';
import type { Key } from '../../src/model/resource.ts';
import { brief } from './support.ts';
import { listed, modelOf, only, traced, worldNamed } from './lines.ts';

const release = (body: string): string => `resource "helm_release" "vllm" {\n  name  = "vllm"\n  chart = "vllm-stack"\n${body}}\n`;

describe('a helm_release', () => {
  const files = {
    'main.tf': `variable "type" { default = "LoadBalancer" }
${release(`  values = [
    <<-EOT
      service:
        type: \${var.type}
        port: 80
      securityContext: {privileged: true}
    EOT
    , yamlencode({ image = { tag = "latest" }, service = { port = 8000 } }),
    file("\${path.module}/more.yaml"),
    "nodeSelector: {gpu: yes}",
    "",
  ]
  set {
    name  = "ingress.hosts[0].host"
    value = "llm.acme.dev"
  }
  set {
    name  = "securityContext.privileged"
    value = false
  }
  set_sensitive {
    name  = "hub\\\\.token"
    value = var.type
  }
  set {
    name  = "count"
    value = "3"
    type  = "string"
  }
  set_list {
    name  = "args"
    value = ["--a", "--b"]
  }
  set {
    name  = "names"
    value = "{x,y}"
  }
`)}`,
    'more.yaml': 'resources:\n  limits: {cpu: 1}\nimage:\n  pullPolicy: Always\n',
  };
  const world = worldNamed(files, 'terraform:.');
  const values = only(world, 'helm-values', 'values');
  const rows: readonly (readonly [readonly Key[], string])[] = [
    [['service', 'type'], '"LoadBalancer" < main.tf:8 main.tf:1* main.tf:6 main.tf:1'],
    [['service', 'port'], '8000 < main.tf:12*'],
    [['image', 'tag'], '"latest" < main.tf:12*'],
    [['image', 'pullPolicy'], '"Always" < more.yaml:4* main.tf:13 more.yaml:1'],
    [['resources', 'limits', 'cpu'], '1 < more.yaml:2* main.tf:13 more.yaml:1'],
    [['nodeSelector', 'gpu'], 'true < main.tf:14'],
    [['ingress', 'hosts', 0, 'host'], '"llm.acme.dev" < main.tf:19*'],
    [['securityContext', 'privileged'], 'false < main.tf:23*'],
    [['hub.token'], '"LoadBalancer" < main.tf:27 main.tf:1*'],
    [['count'], '"3" < main.tf:31*'],
    [['args'], '["--a", "--b"] < main.tf:36*'],
    [['names'], '["x", "y"] < main.tf:40'],
    [['missing'], 'absent < main.tf:2'],
  ];
  test.each(rows)('%j', (path, expected) => expect(traced(files, values.attr(...path))).toBe(expected));
  test('names its chart, in a scope of its own', () => {
    expect(listed(world, 'helm-values')).toEqual(['chart helm_release.vllm#chart', 'values helm_release.vllm']);
    expect(values).toMatchObject({ name: 'vllm', scope: '.#helm_release.vllm' });
    expect(world.resources.filter((r) => r.scope === values.scope).map((r) => brief(r.attr('name')))[0]).toBe('"vllm-stack"');
  });
  test('a file that it reads whole is seen there and not a second time', () => {
    expect(modelOf({ ...files, 'values.yaml': 'a: 1\n' }).worlds.map((w) => w.id)).toEqual(['terraform:.', 'helm:values.yaml']);
    expect(modelOf(files).read.get('more.yaml')).toBeUndefined();
    const read = { 'main.tf': release('  values = [file("values.yaml")]\n'), 'values.yaml': 'service: {type: NodePort}\n' };
    expect(modelOf(read).worlds.map((w) => w.id)).toEqual(['terraform:.']);
    expect(modelOf(read).read.get('values.yaml')).toBe('helm-values');
  });
});

test('a template of which a part is unknown is placed in its own file', () => {
  const files = {
    'main.tf': `variable "x" {}\nvariable "on" { default = true }\n${release('  values = [templatefile("v.yaml.tftpl", { x = var.x, on = var.on })]\n')}`,
    'v.yaml.tftpl': 'a: ${x}\n%{ if on ~}\nb:\n  c: true\n%{ endif ~}\nd: ${on}\n',
  };
  const values = only(worldNamed(files, 'terraform:.'), 'helm-values', 'values');
  expect(traced(files, values.attr('b', 'c')).split(' ', 3)).toEqual(['true', '<', 'v.yaml.tftpl:4*']);
  expect(traced(files, values.attr('d')).split(' ', 3)).toEqual(['true', '<', 'v.yaml.tftpl:6']);
  expect(traced(files, values.attr('a'))).toMatch(/^unknown: the variable `x` has no value here -> var\.x < v\.yaml\.tftpl:1 /);
});

describe('what is not known of the values', () => {
  test.each([
    ['a layer behind', 'values = [var.x, "a: {b: 1}"]', '{a: {b: 1}, ...}'],
    ['a layer above', 'values = ["a: {b: 1}", var.x]', undefined],
    [
      'a key that is unknown',
      'values = ["a: {b: 1}", yamlencode({ a = { b = var.x }, c = 2 })]',
      '{a: {b: unknown: something unknown is laid over it -> var.x}, c: 2}',
    ],
    [
      'what is set',
      'values = ["a: {b: 1}"]\nset {\n  name = "a.b"\n  value = var.x\n}',
      '{a: {b: unknown: the variable `x` has no value here -> var.x}}',
    ],
    ['the name that is set', 'values = ["a: {b: 1}"]\nset {\n  name = var.x\n  value = 1\n}', '{a: {b: 1, ...}, ...}'],
    ['null takes a key away', 'values = ["a: {b: 1}\\nc: 2", "a: null"]', '{c: 2}'],
    ['a list instead of blocks', 'set = [{ name = "a", value = "true" }]', '{a: true}'],
    ['nothing', 'version = "1.0"', undefined],
  ])('%s', (_name, body, expected) => {
    const world = worldNamed({ 'main.tf': `variable "x" {}\n${release(`${body}\n`)}` }, 'terraform:.');
    const [values] = world.resources.filter((r) => r.type === 'values');
    expect(values && brief(values.value)).toBe(expected);
  });
});

test.each([
  ['a', ['a']],
  ['a.b[0].c', ['a', 'b', 0, 'c']],
  ['a[0][1]', ['a', 0, 1]],
  ['nodeSelector.kubernetes\\.io/arch', ['nodeSelector', 'kubernetes.io/arch']],
  ['a..b', undefined],
  ['a[x]', undefined],
  ['a[99999]', undefined],
  ['a[0', undefined],
  ['', undefined],
])('the path of %j', (name, expected) => expect(setPath(name)).toEqual(expected));

test.each([
  ['oci://registry.acme.dev/charts/vllm', 'vllm'],
  ['./charts/vllm', 'vllm'],
  ['https://acme.dev/vllm-1.2.3.tgz', 'vllm'],
  ['bitnami/qdrant', 'qdrant'],
])('the name of the chart %s', (chart, expected) => {
  const world = worldNamed({ 'main.tf': `resource "helm_release" "x" {\n  chart = "${chart}"\n}\n` }, 'terraform:.');
  expect(brief(only(world, 'helm-values', 'chart').attr('name'))).toBe(`"${expected}"`);
});

describe('delivery tools', () => {
  const manifest = (kind: string, spec: string): Record<string, string> => ({
    'app.yaml': `apiVersion: ${kind}\nmetadata: {name: vllm, namespace: argocd}\nspec:\n${spec}`,
  });
  const argo = 'argoproj.io/v1alpha1\nkind: Application';
  const flux = 'helm.toolkit.fluxcd.io/v2\nkind: HelmRelease';
  const cases: readonly (readonly [string, Record<string, string>, readonly Key[], string])[] = [
    [
      'Argo CD values',
      manifest(argo, '  source:\n    chart: vllm\n    helm:\n      values: |\n        service:\n          type: LoadBalancer\n'),
      ['service', 'type'],
      '"LoadBalancer" < app.yaml:10* app.yaml:8',
    ],
    [
      'Argo CD valuesObject',
      manifest(argo, '  source:\n    path: charts/vllm\n    helm:\n      valuesObject:\n        service: {type: NodePort}\n'),
      ['service', 'type'],
      '"NodePort" < app.yaml:9*',
    ],
    [
      'Argo CD parameters',
      manifest(
        argo,
        '  sources:\n    - chart: vllm\n      helm:\n        parameters:\n          - name: service.type\n            value: NodePort\n',
      ),
      ['service', 'type'],
      '"NodePort" < app.yaml:10*',
    ],
    [
      'Argo CD with files',
      manifest(argo, '  source:\n    chart: vllm\n    helm:\n      valueFiles: [x.yaml]\n      valuesObject: {a: {b: 1}}\n'),
      ['a', 'c'],
      'unknown: part of the map is not known < app.yaml:9',
    ],
    [
      'an ApplicationSet',
      manifest(
        'argoproj.io/v1alpha1\nkind: ApplicationSet',
        '  template:\n    spec:\n      source:\n        chart: vllm\n        helm: {valuesObject: {hostNetwork: true}}\n',
      ),
      ['hostNetwork'],
      'true < app.yaml:9*',
    ],
    [
      'Flux',
      manifest(flux, '  chart: {spec: {chart: vllm}}\n  values:\n    image: {tag: latest}\n'),
      ['image', 'tag'],
      '"latest" < app.yaml:7*',
    ],
    [
      'Flux with values from elsewhere',
      manifest(flux, '  chart: {spec: {chart: vllm}}\n  valuesFrom: [{kind: Secret}]\n  values: {image: {}}\n'),
      ['image', 'tag'],
      'unknown: part of the map is not known < app.yaml:7',
    ],
    [
      'k3s',
      manifest('helm.cattle.io/v1\nkind: HelmChart', '  chart: vllm\n  valuesContent: |\n    a: 1\n    b: 2\n'),
      ['b'],
      '2 < app.yaml:8* app.yaml:6',
    ],
  ];
  test.each(cases)('%s', (_name, files, path, expected) => {
    const world = worldNamed(files, 'kubernetes');
    expect(traced(files, only(world, 'helm-values', 'values').attr(...path))).toBe(expected);
    expect(brief(only(world, 'helm-values', 'chart').attr('name'))).toBe('"vllm"');
  });
  test('anything else installs nothing', () => {
    expect(
      listed(worldNamed(manifest('acme.dev/v1\nkind: Application', '  source: {helm: {values: "a: 1"}}\n'), 'kubernetes'), 'helm-values'),
    ).toEqual([]);
  });
  test('nothing throws', () => {
    const { 'app.yaml': text = '' } = manifest(
      argo,
      '  sources:\n    - chart: vllm\n      helm:\n        values: |\n          a: {b: 1}\n        parameters: [{name: "a.b[0]", value: "{1}"}]\n',
    );
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(20),
        fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('[', '{{', '\\', 'null', '|')),
        (at, cut, put) => {
          modelOf({ 'app.yaml': text.slice(0, at) + put + text.slice(at + cut) });
        },
      ),
      { numRuns: 200 },
    );
  });
});
