import { expect, test } from 'vitest';
import type { Literal } from '../../src/engine/rule.ts';
import { applyFixes } from '../../src/fix/apply-fixes.ts';
import { buildModel, readDocuments } from '../../src/model/model.ts';
import type { Key, Resource } from '../../src/model/resource.ts';
import { plain } from '../../src/model/value.ts';
import { snapshotOf } from './lines.ts';

// What Terraform carries is mended where it is written, in the words of that place, or not at all: a fix that can't be right must leave the value
// as it was, so that its proof fails.
const typed =
  'resource "kubernetes_pod" "x" {\n  spec {\n    container {\n      image = "a"\n      security_context {\n        privileged = true\n      }\n    }\n  }\n}\n';
const heredoc =
  'resource "kubectl_manifest" "x" {\n  yaml_body = <<-EOT\n    apiVersion: v1\n    kind: Pod\n    spec:\n      type: open\n      containers:\n        - securityContext:\n            privileged: true\n  EOT\n}\n';
const object =
  'resource "kubernetes_manifest" "x" {\n  manifest = {\n    apiVersion = "v1"\n    kind       = "Pod"\n    spec = {\n      containers = [{\n        securityContext = {\n          privileged = true\n        }\n      }]\n    }\n  }\n}\n';
const release =
  'resource "helm_release" "x" {\n  chart  = "x"\n  values = [<<-EOT\n    a: {b: open}\n    c: 1\n  EOT\n  ]\n  set {\n    name  = "service.type"\n    value = "LoadBalancer"\n  }\n  set {\n    name  = "on"\n    value = "true"\n  }\n}\n';
const file = {
  'main.tf': 'resource "kubectl_manifest" "x" {\n  yaml_body = file("pod.yaml")\n}\n',
  'pod.yaml': 'apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n',
};
const security: readonly Key[] = ['spec', 'containers', 0, 'securityContext'];

/** What the text must have in it when a fix is made; where it may also be refused, the value then stays as it was. */
interface Right {
  readonly text: RegExp;
  readonly orRefused?: true;
}
const right = (text: RegExp): Right => ({ text });
const mayBeRefused = (text: RegExp): Right => ({ text, orRefused: true });

test.each<readonly [string, Readonly<Record<string, string>>, readonly Key[], Literal, Right]>([
  ['a literal of a typed resource', { 'main.tf': typed }, [...security, 'privileged'], false, right(/^ {8}privileged = false$/m)],
  [
    'a missing attribute of a typed resource',
    { 'main.tf': typed },
    [...security, 'runAsNonRoot'],
    true,
    mayBeRefused(/security_context \{[^}]*\n {8}run_as_non_root\s+= true\n/),
  ],
  [
    'a missing block of a typed resource',
    { 'main.tf': typed },
    ['spec', 'securityContext', 'runAsNonRoot'],
    true,
    mayBeRefused(/^ {4}security_context \{\n {6}run_as_non_root = true\n/m),
  ],
  ['a literal of a heredoc', { 'main.tf': heredoc }, [...security, 'privileged'], false, right(/^ {12}privileged: false$/m)],
  ['a text of a heredoc', { 'main.tf': heredoc }, ['spec', 'type'], 'closed', right(/^ {6}type: "?closed"?$/m)],
  ['a missing key of a heredoc', { 'main.tf': heredoc }, [...security, 'runAsNonRoot'], true, mayBeRefused(/^ {12}runAsNonRoot: true$/m)],
  ['a literal of an object', { 'main.tf': object }, [...security, 'privileged'], false, right(/^ {10}privileged = false$/m)],
  ['a missing key of an object', { 'main.tf': object }, [...security, 'runAsNonRoot'], true, mayBeRefused(/^ {10}runAsNonRoot = true$/m)],
  ['values in a heredoc', { 'main.tf': release }, ['a', 'b'], 'closed', right(/^ {4}a: \{b: "?closed"?\}$/m)],
  ['a missing value', { 'main.tf': release }, ['d'], true, mayBeRefused(/^ {4}d: true$/m)],
  [
    'a missing value beside one that is set',
    { 'main.tf': release },
    ['service', 'internal'],
    true,
    mayBeRefused(/name\s+= "service\.internal"/),
  ],
  ['a value that is set', { 'main.tf': release }, ['service', 'type'], 'ClusterIP', right(/^ {4}value = "ClusterIP"$/m)],
  ['a switch that is set', { 'main.tf': release }, ['on'], false, right(/^ {4}value = "?false"?$/m)],
  ['a literal of a file', file, ['spec', 'hostNetwork'], false, right(/^ {2}hostNetwork: false$/m)],
])('%s', (_name, files, path, to, expected) => {
  const snapshot = snapshotOf(files);
  const documents = readDocuments(snapshot);
  const before = carried(buildModel(snapshot, documents).worlds.flatMap(({ resources }) => resources));
  const texts = applyFixes([{ do: 'set', at: before.attr(...path), to }], (name) => documents.get(name));
  const fixed = snapshotOf({ ...files, ...Object.fromEntries(texts ?? []) });
  const after = carried(buildModel(fixed, readDocuments(fixed)).worlds.flatMap(({ resources }) => resources));
  const value = plain(after.attr(...path));
  if (expected.orRefused && value !== to) expect(value).toEqual(plain(before.attr(...path)));
  else {
    expect([...(texts?.values() ?? [])].join('')).toMatch(expected.text);
    expect(value).toEqual(to);
  }
});

function carried(resources: readonly Resource[]): Resource {
  const [found] = resources.filter(({ dialect, type }) => dialect === 'kubernetes' || type === 'values');
  if (!found) throw new Error('nothing is carried');
  return found;
}
