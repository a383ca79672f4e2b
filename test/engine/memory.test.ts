import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/documents/snapshot.ts';
import { loadRules } from '../../src/engine/load-rules.ts';
import { makeMemory, understand, type Understanding } from '../../src/engine/understand.ts';
import type { Model, World } from '../../src/model/world.ts';

const rules = await loadRules();

type Files = Readonly<Record<string, string>>;

/** A snapshot whose blob ids are those of its texts, as git's are. */
const snapshotOf = (files: Files): Snapshot =>
  new Map(Object.entries(files).map(([path, text]) => [path, { path, text, sha: `blob of ${text}` }]));

const notebook = (name: string, access: string): string =>
  `resource "aws_sagemaker_notebook_instance" "${name}" {\n  name = "${name}"\n  direct_internet_access = ${access}\n  tags = { note = try(file("\${path.module}/note.txt"), "none") }\n}\n`;

const deployment = (name: string, image: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec:\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec:\n      containers:\n        - name: server\n          image: ${image}\n${more}`;
const service = (selected: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: llm }\nspec: { selector: { app: ${selected} } }\n`;

/** What each file can hold; the first is what it holds at the start, undefined that it is not there. */
const variants: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'a/main.tf': [
    `module "lab" {\n  source = "../modules/lab"\n  access = "Enabled"\n}\n`,
    `module "lab" {\n  source = "../modules/lab"\n}\n`,
    `module "lab" {\n  source = "../modules/gone"\n}\n`,
    undefined,
  ],
  'a/more.tf': [notebook('own', 'var.access'), undefined, `variable "access" {}\n${notebook('own', 'var.access')}`],
  'a/prod.tfvars': ['access = "Enabled"\n', 'access = "Disabled"\n', undefined],
  'b/main.tf': [
    `module "lab" {\n  source = "../modules/lab"\n}\n`,
    `module "lab" {\n  source = "../modules/lab"\n  for_each = fileset(path.module, "labs/*.yaml")\n}\n`,
    `locals {\n  labs = fileset("\${path.module}/labs", "*.yaml")\n}\n${notebook('b', 'length(local.labs) > 0 ? "Enabled" : "Disabled"')}`,
    'resource "x" {',
  ],
  'b/labs/one.yaml': [undefined, 'name: one\n'],
  'b/note.txt': [undefined, 'first', 'second'],
  'modules/lab/main.tf': [
    `variable "access" {\n  default = "Disabled"\n}\n${notebook('lab', 'var.access')}`,
    `variable "access" {\n  default = "Enabled"\n}\n${notebook('lab', 'var.access')}`,
    `variable "access" {}\nmodule "inner" {\n  source = "../inner"\n  access = var.access\n}\n`,
  ],
  'modules/lab/note.txt': [undefined, 'a note', 'another note'],
  'modules/inner/main.tf': [`variable "access" {}\n${notebook('inner', 'var.access')}`, undefined],
  'chart/Chart.yaml': ['apiVersion: v2\nname: serving\nversion: 1.0.0\n', 'apiVersion: v2\nname: serving\nversion: 1.1.0\n', undefined],
  'chart/values.yaml': ['image: vllm/vllm-openai:latest\nhost: false\n', 'image: vllm/vllm-openai:v0.11.0\nhost: true\n', undefined],
  'chart/templates/llm.yaml': [
    deployment('llm', '"{{ .Values.image }}"', '      hostNetwork: {{ .Values.host }}\n'),
    deployment('llm', 'vllm/vllm-openai:latest'),
    undefined,
  ],
  // Its values say nothing of AI: the chart's name does.
  'hub/Chart.yaml': ['apiVersion: v2\nname: web\nversion: 1.0.0\n', 'apiVersion: v2\nname: jupyterhub\nversion: 1.0.0\n', undefined],
  'hub/values.yaml': ['service: { type: LoadBalancer }\nimage: { repository: acme/app, tag: "1.0" }\n'],
  'k8s/llm.yaml': [
    deployment('llm', 'vllm/vllm-openai:latest'),
    deployment('other', 'vllm/vllm-openai:latest'),
    `${deployment('llm', 'nginx:1.27')}---\n${service('llm')}`,
    'kind: [',
  ],
  'k8s/service.yaml': [service('llm'), service('other'), undefined],
  'k8s/kustomization.yaml': ['resources: [llm.yaml, service.yaml]\n', undefined],
  'prod/kustomization.yaml': [
    'resources: [../k8s]\nimages: [{ name: vllm/vllm-openai, newTag: v0.9.0 }]\nnamespace: prod\n',
    'resources: [../k8s]\nimages: [{ name: vllm/vllm-openai, newTag: v0.8.0 }]\n',
    undefined,
  ],
  'stack.yaml': [
    'Resources:\n  Data: { Type: AWS::SageMaker::NotebookInstance, Properties: { DirectInternetAccess: Enabled } }\n',
    'Resources:\n  Data: { Type: AWS::SageMaker::NotebookInstance, Properties: { DirectInternetAccess: Disabled } }\n',
  ],
  'c/main.tf.json': [
    '{"resource": {"aws_sagemaker_notebook_instance": {"c": {"direct_internet_access": "Enabled"}}}}',
    '{"resource": {"aws_sagemaker_notebook_instance": {"c": {"direct_internet_access": "${bad"}}}}',
  ],
};
const paths = Object.keys(variants);

const start: Files = Object.fromEntries(paths.flatMap((path) => (variants[path]?.[0] === undefined ? [] : [[path, variants[path][0]]])));

const edited = (files: Files, path: string, which: number): Files => {
  const all = variants[path] ?? [];
  const text = all[which % all.length];
  const rest = Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));
  return text === undefined ? rest : { ...rest, [path]: text };
};

/** All that can be seen of an understanding, as plain data. */
const seen = ({ model, findings }: Understanding): unknown => ({
  worlds: model.worlds.map((world) => ({
    id: world.id,
    resources: world.resources.map((r) => [r.address, r.type, r.environment, r.at, JSON.stringify(r.value, mapsToo)]),
    edges: world.resources.map((r) => world.graph.dependencies(r).map((to) => to.address)),
  })),
  problems: model.problems,
  findings: findings.map(({ key, message, origins, environments }) => ({ key, message, origins, environments })),
});
const mapsToo = (_: string, value: unknown): unknown => (value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : value);

describe('what a review remembers', () => {
  test('changes nothing: each of many edits is understood as if it were the first', () => {
    const edits = fc.array(fc.tuple(fc.constantFrom(...paths), fc.nat(3)), { maxLength: 8 });
    fc.assert(
      fc.property(edits, (all) => {
        const memory = makeMemory();
        let files = start;
        for (const [path, which] of [['a/main.tf', 0] as const, ...all]) {
          files = edited(files, path, which);
          expect(seen(understand(snapshotOf(files), rules, memory))).toEqual(seen(understand(snapshotOf(files), rules)));
        }
      }),
      { numRuns: 60 },
    );
  });

  const worldsAfter = (path: string, which: number): { readonly before: readonly World[]; readonly after: readonly World[] } => {
    const memory = makeMemory();
    const before = understand(snapshotOf(start), rules, memory).model.worlds;
    return { before, after: understand(snapshotOf(edited(start, path, which)), rules, memory).model.worlds };
  };
  test.each([
    ['a/prod.tfvars', 1, ['terraform:a#prod.tfvars']],
    ['b/note.txt', 1, []],
    ['modules/lab/note.txt', 1, ['terraform:a#prod.tfvars', 'terraform:b']],
    ['b/main.tf', 2, ['terraform:b']],
    ['modules/inner/main.tf', 1, []],
    ['chart/values.yaml', 1, ['helm:chart', 'helm-templates:chart']],
    ['chart/templates/llm.yaml', 1, ['helm-templates:chart']],
    ['k8s/service.yaml', 1, ['kubernetes', 'kustomize:prod']],
    ['prod/kustomization.yaml', 1, ['kustomize:prod']],
    ['stack.yaml', 1, ['cloudformation:stack.yaml']],
  ])('an edit of %s makes only these worlds anew', (path, which, expected) => {
    const { before, after } = worldsAfter(path, which);
    expect(after.filter((world) => !before.includes(world)).map(({ id }) => id)).toEqual(expected);
  });

  test('a file that is as it was is judged anew by what changed beside it', () => {
    const memory = makeMemory();
    const rulesAfter = (which: number): readonly string[] =>
      understand(snapshotOf(edited(start, 'hub/Chart.yaml', which)), rules, memory)
        .findings.filter(({ resource }) => resource.scope === 'hub')
        .map(({ rule }) => rule);
    expect([0, 1, 0].map(rulesAfter)).toEqual([[], ['network/public-service'], []]);
  });

  test('settings are laid over a world once', () => {
    const memory = makeMemory();
    const adapt = (model: Model): Model => ({ ...model, worlds: model.worlds.map((world) => ({ ...world })) });
    const [one, two] = [1, 2].map(() => understand(snapshotOf(start), rules, memory, undefined, adapt).model.worlds);
    expect(two).toEqual(one);
    expect(two?.every((world, i) => world === one?.[i])).toBe(true);
  });
});
