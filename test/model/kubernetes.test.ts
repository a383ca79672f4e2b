import { describe, expect, test } from 'vitest';
import { podSpecs } from '../../src/model/kubernetes/pod-specs.ts';
import { brief, resource, say, worldsOf } from './support.ts';

describe('a manifest as a resource', () => {
  const text =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: llm\n  namespace: prod\nspec:\n  replicas: 2\n  template:\n    spec:\n      hostNetwork: yes\n';
  const files = { 'k8s/llm.yaml': text };
  const deployment = resource(files);
  test('identity', () => {
    expect(deployment).toMatchObject({
      dialect: 'kubernetes',
      type: 'Deployment',
      address: 'apps/v1/Deployment/prod/llm',
      name: 'llm',
      scope: 'k8s/llm.yaml',
      environment: { stage: 'prod', why: 'namespace `prod`' },
    });
    expect(text.slice(deployment.at.start, deployment.at.end)).toBe('kind: Deployment');
  });
  test('values', () => {
    expect(say(files, deployment.attr('spec', 'template', 'spec', 'hostNetwork'))).toBe('true | attribute* «yes»');
    expect(say(files, deployment.attr('spec', 'template', 'spec', 'hostPID'))).toBe('absent | container «hostNetwork: yes»');
  });
  test('an anchored value stands where it is used and where it is written', () => {
    const aliased = {
      'a.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nx: &s {privileged: true}\nspec:\n  containers:\n    - name: c\n      securityContext: *s\n    - name: d\n      securityContext:\n        <<: *s\n',
    };
    const pod = resource(aliased);
    expect(say(aliased, pod.attr('spec', 'containers', 0, 'securityContext', 'privileged'))).toBe('true | attribute «*s» | anchor* «true»');
    expect(say(aliased, pod.attr('spec', 'containers', 1, 'securityContext', 'privileged'))).toBe('true | attribute «*s» | anchor* «true»');
  });
  test('lists are unrolled, and a resource without a name is called by its place', () => {
    const list = {
      'a.yaml':
        'apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Secret, metadata: {name: a}}\n  - {apiVersion: v1, kind: Secret}\n',
    };
    expect(worldsOf(list).worlds.flatMap((world) => world.resources.map((r) => r.address))).toEqual(['v1/Secret/a', 'v1/Secret/#2']);
  });
  test('what envsubst fills in is not known, a script is', () => {
    const filled = {
      'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  image: ${IMAGE}:1\n  script: |\n    echo ${HOME}\n    ls\n',
    };
    expect(brief(resource(filled).attr('spec', 'image'))).toBe('unknown: filled in by another tool');
    expect(resource(filled).attr('spec', 'script').is).toBe('known');
  });
});

describe('pod specs', () => {
  const inGroup = (at: string) => `${at}:\n      template:\n        spec: {containers: [{name: head}]}`;
  test.each([
    ['v1', 'Pod', 'spec: {containers: []}', ['spec']],
    ['apps/v1', 'StatefulSet', 'spec: {template: {metadata: {}, spec: {}}}', ['spec.template.spec']],
    ['batch/v1', 'CronJob', 'spec: {jobTemplate: {spec: {template: {spec: {}}}}}', ['spec.jobTemplate.spec.template.spec']],
    [
      'serving.kserve.io/v1beta1',
      'InferenceService',
      'spec: {predictor: {model: {}}, transformer: {containers: []}}',
      ['spec.predictor', 'spec.transformer'],
    ],
    ['serving.kserve.io/v1alpha1', 'ServingRuntime', 'spec: {containers: []}', ['spec']],
    [
      'ray.io/v1',
      'RayCluster',
      `spec:\n    ${inGroup('headGroupSpec')}\n    workerGroupSpecs:\n      - template: {spec: {}}\n      - template: {spec: {}}`,
      ['spec.headGroupSpec.template.spec', 'spec.workerGroupSpecs.0.template.spec', 'spec.workerGroupSpecs.1.template.spec'],
    ],
    [
      'ray.io/v1',
      'RayService',
      `spec:\n  rayClusterConfig:\n    ${inGroup('headGroupSpec')}`,
      ['spec.rayClusterConfig.headGroupSpec.template.spec'],
    ],
    [
      'kubeflow.org/v1',
      'PyTorchJob',
      'spec: {pytorchReplicaSpecs: {Master: {template: {spec: {}}}, Worker: {template: {spec: {}}}}}',
      ['spec.pytorchReplicaSpecs.Master.template.spec', 'spec.pytorchReplicaSpecs.Worker.template.spec'],
    ],
    [
      'leaderworkerset.x-k8s.io/v1',
      'LeaderWorkerSet',
      'spec: {leaderWorkerTemplate: {workerTemplate: {spec: {}}}}',
      ['spec.leaderWorkerTemplate.workerTemplate.spec'],
    ],
    ['batch.volcano.sh/v1alpha1', 'Job', 'spec: {tasks: [{template: {spec: {}}}]}', ['spec.tasks.0.template.spec']],
    [
      'argoproj.io/v1alpha1',
      'Workflow',
      'spec: {serviceAccountName: runner, templates: [{name: train, container: {image: a}}, {name: all, steps: []}]}',
      ['spec', 'spec.templates.0', 'spec.templates.1'],
    ],
    ['serving.knative.dev/v1', 'Service', 'spec: {template: {spec: {}}}', ['spec.template.spec']],
    ['v1', 'Service', 'spec: {ports: []}', []],
    ['acme.io/v1', 'Deployment', 'spec: {template: {spec: {}}}', []],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'spec: {versions: [{schema: {template: {spec: {}}}}]}', []],
    ['apps/v1', 'Deployment', 'spec: {template: []}', []],
  ])('%s %s', (version, kind, spec, expected) => {
    const found = podSpecs(resource({ 'a.yaml': `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: a}\n${spec}\n` }));
    expect(found.map((pod) => pod.path.join('.'))).toEqual(expected);
  });
  test('know what holds their labels', () => {
    const files = {
      'a.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {metadata: {labels: {app: x}}, spec: {}}}\n',
    };
    const [pod] = podSpecs(resource(files));
    expect(pod && brief(pod.template.attr('metadata', 'labels', 'app'))).toBe('"x"');
  });
});

describe('references', () => {
  const deployment = (name: string, extra = '') =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  template:\n    metadata: {labels: {app: ${name}, tier: serving}}\n    spec:\n      serviceAccountName: ${name}\n      containers:\n        - envFrom: [{secretRef: {name: token}}]\n${extra}---\n`;
  const account = (name: string) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}}\n---\n`;
  const service = (app: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  selector: {app: ${app}, tier: serving}\n---\n`;
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: token}\n---\n';
  const dependencies = (files: Record<string, string>): Record<string, readonly string[]> => {
    const [world] = worldsOf(files).worlds;
    return Object.fromEntries(
      (world?.resources ?? []).map((r) => [`${r.scope} ${r.type}`, world?.graph.dependencies(r).map((to) => to.address) ?? []]),
    );
  };

  test('by name and by labels', () => {
    expect(dependencies({ 'a.yaml': deployment('llm') + account('llm') + service('llm') + secret })).toEqual({
      'a.yaml Deployment': ['v1/ServiceAccount/llm', 'v1/Secret/token'],
      'a.yaml ServiceAccount': [],
      'a.yaml Service': ['apps/v1/Deployment/llm'],
      'a.yaml Secret': [],
    });
  });
  test('a selector that does not match, or is only known in part, selects nothing', () => {
    expect(dependencies({ 'a.yaml': deployment('llm') + service('other') })['a.yaml Service']).toEqual([]);
    expect(dependencies({ 'a.yaml': deployment('llm') + service('"${APP}"') })['a.yaml Service']).toEqual([]);
  });
  test('another namespace is another resource', () => {
    const files = {
      'a.yaml': `${deployment('llm').replace('{name: llm}', '{name: llm, namespace: a}')}${account('llm').replace('{name: llm}', '{name: llm, namespace: b}')}`,
    };
    expect(dependencies(files)['a.yaml Deployment']).toEqual([]);
  });
  test('a role binding, an autoscaler, an ingress', () => {
    const files = {
      'a.yaml': [
        deployment('llm'),
        account('llm'),
        service('llm'),
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n---\n',
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: r}\n',
        'subjects: [{kind: ServiceAccount, name: llm, namespace: x}]\n---\n',
        'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: s}\nspec: {scaleTargetRef: {name: llm}}\n---\n',
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {rules: [{http: {paths: [{backend: {service: {name: s}}}]}}]}\n',
      ].join(''),
    };
    expect(dependencies(files)).toMatchObject({
      'a.yaml ClusterRoleBinding': ['rbac.authorization.k8s.io/v1/ClusterRole/r', 'v1/ServiceAccount/llm'],
      'a.yaml ScaledObject': ['apps/v1/Deployment/llm'],
      'a.yaml Ingress': ['v1/Service/s'],
    });
  });
});
