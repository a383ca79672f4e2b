import { describe, expect, test } from 'vitest';
import { brief, resource, worldsOf } from './support.ts';

describe('definitions', () => {
  test('one endpoint', () => {
    const text = '# ours\nmodel_endpoint:\n  name: llm\n  network:\n    public_access: true\n';
    const endpoint = resource({ 'prod/llm.yaml': text });
    expect(endpoint).toMatchObject({
      dialect: 'definition',
      type: 'model_endpoint',
      address: 'model_endpoint.llm',
      name: 'llm',
      scope: 'prod/llm.yaml',
    });
    expect(text.slice(endpoint.at.start, endpoint.at.end)).toBe('model_endpoint');
    expect(brief(endpoint.attr('network', 'public_access'))).toBe('true');
  });
  test('several, and one without a name', () => {
    const files = { 'a.yaml': 'model_endpoint:\n  - name: a\n  - instance_type: x\ntraining_cluster:\n  max_nodes: 4\n' };
    expect(worldsOf(files).worlds.map((world) => [world.id, world.resources.map((r) => r.address)])).toEqual([
      ['definition:a.yaml', ['model_endpoint.a', 'model_endpoint.#2', 'training_cluster']],
    ]);
  });
});

test('a workflow', () => {
  const files = {
    '.github/workflows/ci.yml':
      'on: push\npermissions: write-all\njobs:\n  a:\n    runs-on: x\n    steps: [{run: "echo ${{ github.ref }} ${HOME}"}]\n',
  };
  const workflow = resource(files);
  expect(workflow).toMatchObject({ dialect: 'workflow', type: 'workflow', address: 'ci.yml', scope: '.github/workflows/ci.yml' });
  expect(brief(workflow.attr('permissions'))).toBe('"write-all"');
  expect(brief(workflow.attr('jobs', 'a', 'steps', 0, 'run'))).toBe('"echo ${{ github.ref }} ${HOME}"');
});

describe('problems', () => {
  const messages = (files: Record<string, string>) => worldsOf(files).problems.map((problem) => problem.span.file);
  test.each([
    ['a broken manifest', { 'a.yaml': 'apiVersion: v1\nkind: Pod\nspec: a: b\n' }, ['a.yaml']],
    ['a broken template', { 'a.yaml': 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n   B: 1\n' }, ['a.yaml']],
    ['a broken definition', { 'a.yaml': 'model_endpoint:\n  a: b: c\n' }, ['a.yaml']],
    ['broken values', { 'values.yaml': 'a: b: c\n' }, ['values.yaml']],
    ['a broken workflow', { '.github/workflows/a.yml': 'a: b: c\n' }, ['.github/workflows/a.yml']],
    ['a file that is none of ours', { 'notes.yaml': 'a: b: c\n' }, []],
    ['a duplicate key in a file that is none of ours', { 'notes.yaml': 'a: 1\na: 2\n' }, []],
    ['a duplicate key in values', { 'values.yaml': 'a: 1\na: 2\n' }, ['values.yaml']],
  ])('%s', (_name, files, expected) => expect(messages(files)).toEqual(expected));
});

test('every file is named with what it was taken for', () => {
  const files = {
    'a.yaml': 'apiVersion: v1\nkind: Pod\n',
    'kustomization.yaml': 'resources: [a.yaml]\n',
    'notes.yaml': 'a: 1\n',
    't.json': '{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}',
  };
  expect([...worldsOf(files).read]).toEqual([
    ['a.yaml', 'kubernetes'],
    ['kustomization.yaml', 'kustomize'],
    ['t.json', 'cloudformation'],
  ]);
});
