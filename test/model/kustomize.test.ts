import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Key } from '../../src/model/resource.ts';
import { brief } from './support.ts';
import { modelOf, only, traced, worldNamed } from './lines.ts';

const base = {
  'app/base/kustomization.yaml': 'resources:\n  - deployment.yaml\n  - service.yaml\n',
  'app/base/deployment.yaml': [
    'apiVersion: apps/v1', // 1
    'kind: Deployment',
    'metadata:',
    '  name: llm',
    'spec:',
    '  replicas: 1',
    '  selector:',
    '    matchLabels: {app: llm}',
    '  template:',
    '    metadata:',
    '      labels: {app: llm}', // 11
    '    spec:',
    '      serviceAccountName: llm',
    '      containers:',
    '        - name: server',
    '          image: vllm/vllm-openai:v0.6.0', // 16
    '          args: [--port, "8000"]',
    '          env:',
    '            - {name: A, value: one}',
    '            - {name: B, value: two}', // 20
    '          securityContext:',
    '            privileged: false', // 22
    '            runAsNonRoot: true',
    '',
  ].join('\n'),
  'app/base/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: llm}\nspec:\n  selector: {app: llm}\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: llm}\n',
};
const overlay = (kustomization: string, more: Record<string, string> = {}): Record<string, string> => ({
  ...base,
  'app/overlays/prod/kustomization.yaml': `resources:\n  - ../../base\n${kustomization}`,
  ...more,
});
const file = 'app/overlays/prod/kustomization.yaml';
const container: readonly Key[] = ['spec', 'template', 'spec', 'containers', 0];
const deploymentOf = (files: Record<string, string>) => only(worldNamed(files, 'kustomize:app/overlays/prod'), 'kubernetes', 'Deployment');

describe('an overlay', () => {
  const files = overlay('namespace: serving\n');
  test('is an environment of its base: same scope and address', () => {
    const world = worldNamed(files, 'kustomize:app/overlays/prod');
    const deployment = only(world, 'kubernetes', 'Deployment');
    expect(deployment).toMatchObject({
      scope: 'app/base/deployment.yaml',
      address: 'apps/v1/Deployment/llm',
      environment: { stage: 'prod', name: 'prod' },
    });
    expect(worldNamed(files, 'kubernetes').resources.map((r) => [r.address, r.environment.name])).toEqual([
      ['apps/v1/Deployment/llm', ''],
      ['v1/Service/llm', ''],
      ['v1/ServiceAccount/llm', ''],
    ]);
    expect(world.graph.dependencies(deployment).map((r) => r.address)).toEqual(['v1/ServiceAccount/llm']);
    expect(world.graph.dependencies(only(world, 'kubernetes', 'Service'))).toEqual([deployment]);
  });
  test('whose path says nothing is called by its directory', () => {
    const unnamed = { ...base, 'app/gke/kustomization.yaml': 'bases: [../base]\nnamePrefix: x-\n' };
    const { environment } = only(worldNamed(unnamed, 'kustomize:app/gke'), 'kubernetes', 'Deployment');
    expect(environment).toMatchObject({ stage: 'unknown', name: 'app/gke' });
  });
  test('that changes nothing is not there a second time', () => {
    expect(modelOf(overlay('')).worlds.map((world) => world.id)).toEqual(['kubernetes']);
  });
});

const cases: readonly (readonly [string, string, Record<string, string>, readonly Key[], string])[] = [
  [
    'a strategic merge patch in a file',
    'patches:\n  - path: open.yaml\n',
    {
      'app/overlays/prod/open.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llm}\nspec:\n  template:\n    spec:\n      containers:\n        - name: server\n          securityContext:\n            privileged: true\n',
    },
    [...container, 'securityContext', 'privileged'],
    'true < app/overlays/prod/open.yaml:10* app/base/deployment.yaml:22',
  ],
  [
    'what a patch leaves',
    'patchesStrategicMerge:\n  - open.yaml\n',
    {
      'app/overlays/prod/open.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llm}\nspec:\n  template:\n    spec:\n      containers:\n        - name: server\n          securityContext:\n            privileged: true\n',
    },
    [...container, 'securityContext', 'runAsNonRoot'],
    'true < app/base/deployment.yaml:23*',
  ],
  [
    'a patch written in the kustomization',
    'patches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: llm}\n      spec:\n        template:\n          spec:\n            hostNetwork: true\n',
    {},
    ['spec', 'template', 'spec', 'hostNetwork'],
    `true < ${file}:11* ${file}:4`,
  ],
  [
    'null takes away',
    'patchesStrategicMerge:\n  - |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: llm}\n    spec: {template: {spec: {containers: [{name: server, securityContext: null}]}}}\n',
    {},
    [...container, 'securityContext'],
    `absent < app/base/deployment.yaml:15`,
  ],
  [
    'items are merged by their names, and new ones added',
    'patchesStrategicMerge:\n  - |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: llm}\n    spec: {template: {spec: {containers: [{name: server, env: [{name: B, value: other}, {name: A, $patch: delete}, {name: C, value: new}]}]}}}\n',
    {},
    [...container, 'env'],
    `[{name: "B", value: "other"}, {name: "C", value: "new"}] < app/base/deployment.yaml:19 ${file}:8 ${file}:4`,
  ],
  [
    'a list of plain values is replaced',
    'patchesStrategicMerge:\n  - |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: llm}\n    spec: {template: {spec: {containers: [{name: server, args: [--trust-remote-code]}]}}}\n',
    {},
    [...container, 'args'],
    `["--trust-remote-code"] < ${file}:8 ${file}:4 app/base/deployment.yaml:17`,
  ],
  [
    'a JSON patch',
    'patches:\n  - target: {kind: Deployment, name: llm}\n    patch: |-\n      - op: replace\n        path: /spec/template/spec/containers/0/securityContext/privileged\n        value: true\n',
    {},
    [...container, 'securityContext', 'privileged'],
    `true < ${file}:8* ${file}:5 app/base/deployment.yaml:22`,
  ],
  [
    'a JSON patch in a file, for a name with a pattern',
    'patchesJson6902:\n  - target: {group: apps, version: v1, kind: Deployment, name: l.*}\n    path: p.yaml\n',
    {
      'app/overlays/prod/p.yaml':
        '- op: add\n  path: /spec/template/spec/hostPID\n  value: true\n- op: remove\n  path: /spec/template/spec/serviceAccountName\n- op: add\n  path: /spec/template/spec/containers/0/args/-\n  value: --x\n',
    },
    ['spec', 'template', 'spec', 'hostPID'],
    'true < app/overlays/prod/p.yaml:3*',
  ],
  [
    'an operation that is not followed',
    'patches:\n  - target: {kind: Deployment}\n    patch: |-\n      - {op: copy, from: /a, path: /spec/replicas}\n',
    {},
    ['spec', 'replicas'],
    `unknown: a patch that is not followed < ${file}:6 ${file}:5 app/base/deployment.yaml:6`,
  ],
  [
    'a target of another name',
    'patches:\n  - target: {kind: Deployment, name: other}\n    patch: "[{op: remove, path: /spec/replicas}]"\nnameSuffix: -x\n',
    {},
    ['spec', 'replicas'],
    '1 < app/base/deployment.yaml:6*',
  ],
  [
    'an image’s tag',
    'images:\n  - name: vllm/vllm-openai\n    newTag: latest\n',
    {},
    [...container, 'image'],
    `"vllm/vllm-openai:latest" < ${file}:5 app/base/deployment.yaml:16`,
  ],
  [
    'an image’s name and digest',
    'images:\n  - name: vllm/vllm-openai\n    newName: mirror.acme.dev:5000/vllm\n    digest: sha256:abc\n',
    {},
    [...container, 'image'],
    `"mirror.acme.dev:5000/vllm@sha256:abc" < ${file}:6 ${file}:5 app/base/deployment.yaml:16`,
  ],
  ['the namespace', 'namespace: serving\n', {}, ['metadata', 'namespace'], `"serving" < ${file}:3*`],
  [
    'the name',
    'namePrefix: prod-\nnameSuffix: -v2\n',
    {},
    ['metadata', 'name'],
    `"prod-llm-v2" < ${file}:3 ${file}:4 app/base/deployment.yaml:4`,
  ],
  [
    'names that refer to what is renamed',
    'namePrefix: prod-\n',
    {},
    ['spec', 'template', 'spec', 'serviceAccountName'],
    `"prod-llm" -> v1/ServiceAccount/llm < ${file}:3 app/base/deployment.yaml:13`,
  ],
  [
    'common labels',
    'commonLabels: {team: ml}\n',
    {},
    ['spec', 'template', 'metadata', 'labels'],
    '{app: "llm", team: "ml"} < app/base/deployment.yaml:11',
  ],
  [
    'labels in selectors',
    'labels:\n  - pairs: {team: ml}\n    includeSelectors: true\n',
    {},
    ['spec', 'selector', 'matchLabels', 'team'],
    `"ml" < ${file}:4*`,
  ],
  ['replicas', 'replicas:\n  - {name: llm, count: 5}\n', {}, ['spec', 'replicas'], `5 < ${file}:4* app/base/deployment.yaml:6`],
  [
    'a component',
    'components: [../../open]\n',
    {
      'app/open/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - target: {kind: Deployment}\n    patch: "[{op: add, path: /spec/template/spec/hostNetwork, value: true}]"\n',
    },
    ['spec', 'template', 'spec', 'hostNetwork'],
    'true < app/open/kustomization.yaml:5* app/open/kustomization.yaml:5',
  ],
];

describe('a value and its lines', () => {
  test.each(cases)('%s', (_name, kustomization, more, path, expected) => {
    const files = overlay(kustomization, more);
    expect(traced(files, deploymentOf(files).attr(...path))).toBe(expected);
  });
  test('an overlay of an overlay: the nearest line is the last one', () => {
    const files = {
      ...overlay('images: [{name: vllm/vllm-openai, newTag: v2}]\n'),
      'app/eu/kustomization.yaml': 'resources: [../overlays/prod]\nimages: [{name: vllm/vllm-openai, newTag: v3}]\n',
    };
    const deployment = only(worldNamed(files, 'kustomize:app/eu'), 'kubernetes', 'Deployment');
    expect(traced(files, deployment.attr(...container, 'image'))).toBe(
      `"vllm/vllm-openai:v3" < app/eu/kustomization.yaml:2 ${file}:3 app/base/deployment.yaml:16`,
    );
    expect(modelOf(files).worlds.map((world) => world.id)).not.toContain('kustomize:app/overlays/prod');
  });
});

describe('patches', () => {
  const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llm}\nspec:\n  template:\n    spec:\n      hostNetwork: true\n';
  test('are no resources of their own', () => {
    const files = overlay('patches: [{path: p.yaml}]\n', { 'app/overlays/prod/p.yaml': patch });
    expect(worldNamed(files, 'kubernetes').resources.map((r) => r.scope)).not.toContain('app/overlays/prod/p.yaml');
  });
  test('of something that is not here say what they write, and no more', () => {
    const files = {
      'k/kustomization.yaml': 'resources: ["https://github.com/acme/base?ref=v1"]\npatches: [{path: p.yaml}]\n',
      'k/p.yaml': patch,
    };
    const loose = only(worldNamed(files, 'kubernetes'), 'kubernetes', 'Deployment');
    expect(traced(files, loose.attr('spec', 'template', 'spec', 'hostNetwork'))).toBe('true < k/p.yaml:7*');
    expect(loose.attr('spec', 'template', 'spec', 'securityContext').is).toBe('unknown');
  });
  test('of a custom resource replace its lists', () => {
    const ray = (spec: string): string => `apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: r}\nspec: ${spec}\n`;
    const files = {
      'b/ray.yaml': ray('{containers: [{name: a, image: x}]}'),
      'k/kustomization.yaml': 'resources: [../b/ray.yaml]\npatches: [{path: p.yaml}]\n',
      'k/p.yaml': ray('{containers: [{name: a}]}'),
    };
    expect(brief(only(worldNamed(files, 'kustomize:k'), 'kubernetes', 'RayCluster').attr('spec'))).toBe('{containers: [{name: "a"}]}');
  });
});

describe('what is hostile or broken ends soon', () => {
  test('kustomizations in a circle', () => {
    const files = {
      ...base,
      'a/kustomization.yaml': 'resources: [../b]\nnamePrefix: a-\n',
      'b/kustomization.yaml': 'resources: [../a, ../b]\nnamePrefix: b-\n',
    };
    expect(modelOf(files).worlds.map((world) => world.id)).toEqual(['kubernetes']);
  });
  test('kustomizations that double', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 18 }, (_, i) => [
        `k${i}/kustomization.yaml`,
        i === 0 ? 'resources: [../app/base]\n' : `resources: [../k${i - 1}, ../k${i - 1}]\nnamePrefix: p\n`,
      ]),
    );
    const start = performance.now();
    expect(worldNamed({ ...base, ...doubling }, 'kustomize:k17').resources.length).toBeLessThan(1001);
    expect(performance.now() - start).toBeLessThan(4000);
  });
  test('nothing throws', () => {
    const text =
      'resources: [../../base]\npatches:\n  - target: {kind: Deployment, name: "l.*"}\n    patch: |-\n      - {op: replace, path: /spec/replicas, value: 3}\n  - patch: |-\n      kind: Deployment\n      metadata: {name: llm}\n      spec: {template: null}\nimages: [{name: a, newTag: b}]\ncommonLabels: {a: b}\n';
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(30),
        fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('[', '{', '- ', '/', 'null', '~1', '$patch: delete', '__proto__')),
        (at, cut, put) => {
          modelOf({ ...base, [file]: text.slice(0, at) + put + text.slice(at + cut) });
        },
      ),
      { numRuns: 100 },
    );
  });
});
