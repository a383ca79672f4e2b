import { test } from 'vitest';
import { checkRow, type Row } from './origins.ts';

const server = (name: string, context: string, indent = '        '): string =>
  [
    `- name: ${name}`,
    '  image: vllm/vllm-openai:v0.26.0',
    '  resources:',
    '    limits: { nvidia.com/gpu: 1, memory: 32Gi }',
    ...context.split('\n').map((line) => `  ${line}`),
  ]
    .map((line) => `${indent}${line}\n`)
    .join('');
const deployment = (containers: string, top = ''): string => `${top}apiVersion: apps/v1
kind: Deployment
metadata: { name: llm }
spec:
  selector: { matchLabels: { app: llm } }
  template:
    metadata: { labels: { app: llm } }
    spec:
      containers:
${containers}`;
const privileged = 'gpu/privileged-container';
const flip = (
  path: string,
  make: (value: boolean) => string,
  others: Readonly<Record<string, string>> = {},
): Pick<Row, 'before' | 'changes'> => ({ before: { ...others, [path]: make(false) }, changes: { [path]: make(true) } });
const chart = 'apiVersion: v2\nname: llm\nversion: 1.0.0\n';
const template = deployment(server('server', 'securityContext: {{ toYaml .Values.securityContext | nindent 12 }}'));

const base = {
  'app/base/kustomization.yaml': 'resources:\n  - llm.yaml\n',
  'app/base/llm.yaml': deployment(server('server', 'securityContext:\n  runAsNonRoot: true\n  privileged: false')),
};

const rows: readonly Row[] = [
  {
    name: 'an anchor that one other place uses',
    ...flip('llm.yaml', (v) =>
      deployment(server('a', `securityContext: &context\n  privileged: ${v}`) + server('b', 'securityContext: *context')),
    ),
    says: [`${privileged} llm.yaml:15`],
    mends: ['suggestion llm.yaml:15 privileged: false'],
  },
  {
    name: 'an anchor apart, used in two places',
    ...flip('llm.yaml', (v) =>
      deployment(
        server('a', 'securityContext: *context') + server('b', 'securityContext: *context'),
        `x-context: &context\n  privileged: ${v}\n`,
      ),
    ),
    says: [`${privileged} llm.yaml:2`],
    mends: ['suggestion llm.yaml:2 privileged: false'],
  },
  {
    name: 'an anchor apart, used once',
    ...flip('llm.yaml', (v) => deployment(server('a', 'securityContext: *context'), `x-context: &context\n  privileged: ${v}\n`)),
    says: [`${privileged} llm.yaml:2`],
    mends: ['suggestion llm.yaml:2 privileged: false'],
  },
  {
    name: 'a merge key',
    ...flip('llm.yaml', (v) =>
      deployment(server('a', 'securityContext:\n  <<: *context\n  runAsNonRoot: true'), `x-context: &context\n  privileged: ${v}\n`),
    ),
    says: [`${privileged} llm.yaml:2`],
    mends: ['suggestion llm.yaml:2 privileged: false'],
  },
  {
    name: 'a line of values that a template uses',
    ...flip('chart/values.yaml', (v) => `image:\n  repository: vllm/vllm-openai\n  tag: v0.26.0\nsecurityContext:\n  privileged: ${v}\n`, {
      'chart/Chart.yaml': chart,
      'chart/templates/deployment.yaml': template,
    }),
    says: [`${privileged} chart/values.yaml:5`],
    mends: ['suggestion chart/values.yaml:5 privileged: false'],
  },
  {
    name: 'values of one environment',
    ...flip('chart/values-prod.yaml', (v) => `image:\n  repository: ollama/ollama\n  tag: 0.17.1\nsecurityContext:\n  privileged: ${v}\n`, {
      'chart/Chart.yaml': chart,
      'chart/values.yaml': 'image:\n  repository: ollama/ollama\n  tag: 0.17.1\nsecurityContext:\n  privileged: false\n',
    }),
    says: [`${privileged} chart/values-prod.yaml:5 in values-prod`],
    mends: ['suggestion chart/values-prod.yaml:5 privileged: false'],
  },
  {
    name: 'a patch of an overlay',
    ...flip(
      'app/prod/privileges.yaml',
      (v) =>
        `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: llm }\nspec:\n  template:\n    spec:\n      containers:\n        - name: server\n          securityContext:\n            privileged: ${v}\n`,
      {
        ...base,
        'app/prod/kustomization.yaml': 'resources:\n  - ../base\npatches:\n  - path: privileges.yaml\n',
      },
    ),
    says: [`${privileged} app/prod/privileges.yaml:10 in prod`],
    mends: ['suggestion app/prod/privileges.yaml:10 privileged: false'],
  },
  {
    name: 'a JSON patch in an overlay',
    ...flip(
      'app/prod/kustomization.yaml',
      (v) =>
        `resources:\n  - ../base\npatches:\n  - target: { kind: Deployment, name: llm }\n    patch: |-\n      - op: replace\n        path: /spec/template/spec/containers/0/securityContext/privileged\n        value: ${v}\n`,
      base,
    ),
    says: [`${privileged} app/prod/kustomization.yaml:8 in prod`],
    mends: ['suggestion app/prod/kustomization.yaml:8 value: false'],
  },
  {
    name: 'an image of an overlay',
    before: {
      ...base,
      'app/prod/kustomization.yaml': 'resources:\n  - ../base\nimages:\n  - name: vllm/vllm-openai\n    newTag: v0.26.0\n',
    },
    changes: { 'app/prod/kustomization.yaml': 'resources:\n  - ../base\nimages:\n  - name: vllm/vllm-openai\n    newTag: latest\n' },
    says: ['supply-chain/floating-image app/prod/kustomization.yaml:5 in prod'],
    mends: { none: 'which release to run is not to be known from here' },
  },
];

test.each(rows)('$name', checkRow);
