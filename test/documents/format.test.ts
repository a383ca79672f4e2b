import { expect, test } from 'vitest';
import { parseYaml } from '../../src/documents/data.ts';
import { formatOf, type DataFormat } from '../../src/documents/format.ts';

const table: readonly (readonly [DataFormat, string, string])[] = [
  ['kubernetes', 'any/where.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n'],
  ['kubernetes', 'crd.yaml', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {}\n'],
  ['none', 'kind.yaml', 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes: []\n'],
  ['none', 'kubeconfig', 'apiVersion: v1\nkind: Config\nclusters: []\n'],
  ['none', 'a.yaml', 'kind: Deployment\n'],
  ['cloudformation', 'a.yaml', 'AWSTemplateFormatVersion: 2010-09-09\nResources: {}\n'],
  ['cloudformation', 'a.yaml', 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n'],
  ['cloudformation', 'a.yaml', 'Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: AWS::Serverless::Function}\n'],
  ['none', 'a.yaml', 'Resources:\n  A:\n    Type: Something\n'],
  ['definition', 'a.yaml', 'model_endpoint:\n  name: llm\n'],
  ['definition', 'values.yaml', 'training_cluster:\n  - name: a\n'],
  ['none', 'a.yaml', 'model_endpoint: https://example.com\n'],
  ['chart', 'x/Chart.yaml', 'apiVersion: v2\nname: a\nversion: 1.0.0\n'],
  ['workflow', 'x.yml', 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n'],
  ['workflow', 'x.yml', 'on: {workflow_call: }\njobs:\n  a:\n    uses: acme/x/.github/workflows/y.yml@main\n'],
  ['workflow', 'action.yml', 'name: a\nruns:\n  using: composite\n  steps: []\n'],
  ['workflow', '.gitlab-ci.yml', 'deploy:\n  script: [terraform apply]\n'],
  ['kustomize', 'kustomization.yaml', 'resources: [a.yaml]\n'],
  ['kustomize', 'k.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n'],
  ['helm-values', 'values-prod.yaml', 'model: llama\n'],
  ['helm-values', 'envs/prod.yaml', 'image: {repository: a, tag: b}\nreplicaCount: 1\nservice: {type: ClusterIP}\n'],
  ['helm-values', 'overrides.yaml', 'llm:\n  image: {repository: a, tag: b}\n  resources: {}\n'],
  ['helm-values', 'stack/gpu-llm.tpl', 'llm:\n  image: {repository: a, tag: b}\n  resources: {}\n'],
  ['helm-values', 'stack/prod.yaml.tftpl', 'image: {repository: a, tag: b}\nreplicaCount: 1\nservice: {type: ClusterIP}\n'],
  ['helm-values', 'stack/gpu-llm.tpl', 'servingEngineSpec:\n  modelSpec: []\nrouterSpec: {}\n'],
  ['helm-values', 'config/config-selfauth.yaml', 'hub: {}\nproxy: {}\nsingleuser: {}\n'],
  ['none', 'config/config-selfauth.yaml', 'hub: {}\nproxy: {}\nsingleuser: {}\nrooms: 2\n'],
  ['none', 'stack/values.txt', 'image: {repository: a, tag: b}\nreplicaCount: 1\nservice: {type: ClusterIP}\n'],
  ['none', 'docker-compose.yml', 'services:\n  a:\n    image: x\nresources: 1\nimage: 2\ningress: 3\n'],
  ['none', 'openapi.yaml', 'openapi: 3.0.0\npaths: {}\n'],
  ['none', 'playbook.yml', '- hosts: all\n  tasks: []\n'],
  ['none', 'text.yaml', 'just text\n'],
];

test.each(table)('%s: %s %j', (format, file, text) => {
  expect(parseYaml(file, text).roots.map((root) => formatOf(root, file))).toEqual([format]);
});

test('beside a chart one conventional key is enough', () => {
  const [root] = parseYaml('chart/prod.yaml', 'replicaCount: 3\n').roots;
  expect(root && formatOf(root, 'chart/prod.yaml', true)).toBe('helm-values');
  expect(root && formatOf(root, 'chart/prod.yaml')).toBe('none');
});
