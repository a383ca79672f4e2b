import { expect, test } from 'vitest';
import type { Change } from '../../src/change.ts';
import { diffTexts } from '../../src/diff/diff-texts.ts';
import { review } from '../../src/review.ts';
import { renderNote } from '../../src/report/github.ts';

type Files = Readonly<Record<string, string>>;
const snapshot = (files: Files) => new Map(Object.entries(files).map(([path, text]) => [path, { path, sha: `${path}:${text}`, text }]));

/** What a review says of environments when files become others. */
async function apart(before: Files, after: Files) {
  const changed = Object.keys({ ...before, ...after }).filter((path) => before[path] !== after[path]);
  const change: Change = {
    base: '0'.repeat(40),
    head: '1'.repeat(40),
    files: changed.map((path) => ({ path, status: 'modified', patch: diffTexts(before[path] ?? '', after[path] ?? '') ?? '' })),
    before: snapshot(before),
    after: snapshot(after),
    unread: [],
    truncated: false,
  };
  return review(change, [], '2026-01-01');
}
const rows = async (before: Files, after: Files): Promise<string[]> =>
  (await apart(before, after)).differences.map(
    ({ aspect, values }) => `${aspect}: ${values.map(({ environment, value }) => `${environment} ${value}`).join(', ')}`,
  );

const server = (environment: string, tag: string, args = '--max-model-len=8192'): Files => ({
  [`deploy/${environment}/llm.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata: { name: llm, namespace: llm-${environment} }
spec:
  template:
    spec:
      containers:
        - name: server
          image: vllm/vllm-openai:${tag}
          args: ["${args}"]
`,
});
const policy = (environment: string): Files => ({
  [`deploy/${environment}/policy.yaml`]: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: llm, namespace: llm-${environment} }
spec:
  podSelector: {}
`,
});
const terraform = (prod: string, dev: string): Files => ({
  'infra/main.tf': `variable "isolated" { type = bool }
variable "model" { type = string }
resource "aws_sagemaker_model" "ranker" {
  name                     = "ranker"
  execution_role_arn       = "arn:aws:iam::123456789012:role/ranker"
  enable_network_isolation = var.isolated
}
`,
  'infra/prod.tfvars': `isolated = ${prod}\nmodel = "a"\n`,
  'infra/dev.tfvars': `isolated = ${dev}\nmodel = "b"\n`,
});
const same = { ...server('prod', 'v0.26.0'), ...server('dev', 'v0.26.0') };

test('a change that makes an image differ is told, with each environment’s', async () => {
  expect(await rows(same, { ...same, ...server('prod', 'v0.25.0') })).toEqual([
    'image of server: llm-dev vllm/vllm-openai:v0.26.0, llm-prod vllm/vllm-openai:v0.25.0',
  ]);
});

test('serving parameters are compared, and no secret among them is repeated', async () => {
  expect(await rows(same, { ...same, ...server('dev', 'v0.26.0', '--max-model-len=4096') })).toEqual([
    'arguments of server: llm-dev --max-model-len=4096, llm-prod --max-model-len=8192',
  ]);
  expect(await rows(same, { ...same, ...server('dev', 'v0.26.0', '--api-key=topsecret1') })).toEqual([
    'arguments of server: llm-dev --api-key, llm-prod --max-model-len=8192',
  ]);
});

test('what differed before, and what the change makes alike, is not told', async () => {
  const old = { ...server('prod', 'v0.25.0'), ...server('dev', 'v0.26.0') };
  expect(await rows(old, { ...old, ...server('prod', 'v0.24.0') })).toEqual([]);
  expect(await rows(old, same)).toEqual([]);
});

test('variables files of environments are compared; one that nobody knows is not', async () => {
  expect(await rows(terraform('true', 'true'), terraform('true', 'false'))).toEqual(['enable_network_isolation: dev false, prod true']);
  expect(await rows(terraform('true', 'true'), terraform('true', 'null'))).toEqual([]);
});

test('a guard that goes in one environment only', async () => {
  const guarded = { ...same, ...policy('prod'), ...policy('dev') };
  expect(await rows(guarded, { ...same, ...policy('prod') })).toEqual(['NetworkPolicy: llm-dev missing, llm-prod there']);
});

test('a difference that a comment gives the reason of is not told', async () => {
  const [path = '', text = ''] = Object.entries(server('prod', 'v0.25.0'))[0] ?? [];
  const explained = {
    [path]: text.replace(/(image: .*)/, '$1 # plumbline:ignore parity/environments-differ -- the new release is tried first'),
  };
  expect(await rows(same, { ...same, ...explained })).toEqual([]);
});

test('an ordinary application is nobody’s concern', async () => {
  const shop = (files: Files): Files =>
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path.replace('llm', 'shop'),
        text.replace('vllm/vllm-openai', 'acme/shop').replaceAll('llm', 'shop'),
      ]),
    );
  expect(await rows(shop(same), shop({ ...same, ...server('prod', 'v0.25.0') }))).toEqual([]);
});

test('the note shows it once, as a table', async () => {
  const note = renderNote(await apart(same, { ...same, ...server('prod', 'v0.25.0') })) ?? '';
  expect(note).toContain('**Environments differ after this change**\n\n| Resource | Setting | Values |');
  expect(note.match(/v0\.25\.0/g)).toHaveLength(1);
});
