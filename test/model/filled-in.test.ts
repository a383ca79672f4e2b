import { expect, test } from 'vitest';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import { buildModel, readDocuments } from '../../src/model/model.ts';

/** The workloads of a repository, each as `world: name`. */
function workloads(files: Readonly<Record<string, string>>): readonly string[] {
  const snapshot: Snapshot = new Map(Object.entries(files).map(([path, text]) => [path, { path, sha: '', text }]));
  return buildModel(snapshot, readDocuments(snapshot)).worlds.flatMap(({ id, resources }) =>
    resources.filter(({ type }) => type === 'Deployment' || type === 'values').map(({ name }) => `${id}: ${name}`),
  );
}

const manifest = (name: string): string =>
  ['# The server.', 'apiVersion: apps/v1', 'kind: Deployment', `metadata: { name: ${name} }`, ''].join('\n');

test('manifests and values that a tool fills in are read by what they say', () => {
  const found = workloads({
    'manifests/llm.tftpl': manifest('llm'),
    'manifests/job.yaml.j2': manifest('job'),
    'stack/gpu.tpl': 'serving:\n  image:\n    repository: acme/llm\n    tag: ${tag}\n  resources: {}\n',
    'scripts/setup.tftpl': `#!/bin/bash\ncat <<END\n${manifest('script')}END\n`,
    'chart/templates/helpers.tpl': `{{- define "llm.name" -}}\n${manifest('helper')}{{- end -}}\n`,
    'notes.tpl': 'To begin with: nothing.\n',
  });
  expect(found.map((text) => text.replace(/^.*: /, '')).toSorted()).toEqual(['gpu.tpl', 'job', 'llm']);
});

test('what Terraform fills in is seen there, and not in its file once more', () => {
  const found = workloads({
    'main.tf':
      'resource "kubernetes_manifest" "llm" {\n  manifest = yamldecode(templatefile("${path.module}/llm.tftpl", { name = "chat" }))\n}\n',
    'llm.tftpl': manifest('${name}'),
  });
  expect(found).toEqual(['terraform:.: chat']);
});
