import { expect, test } from 'vitest';
import { aiWorkload } from '../../src/concepts/ai-workload.ts';
import { understand } from '../../src/engine/understand.ts';

const evidence = (text: string) => {
  const { model } = understand(new Map([['m.yaml', { path: 'm.yaml', sha: text, text }]]), []);
  return model.worlds.flatMap((world) => world.resources.map((resource) => aiWorkload(resource)?.what));
};
const pod = (name: string, spec: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  containers:\n    - name: a\n${spec}`;

test.each([
  ['an image', pod('web', '      image: ghcr.io/huggingface/text-generation-inference:3.3.7\n'), 'Text Generation Inference'],
  ['NIM by its registry path', pod('web', '      image: nvcr.io/nim/meta/llama3-8b-instruct:1.0.3\n'), 'NVIDIA NIM'],
  ['a command', pod('web', '      image: acme/web:1\n      command: [sh, -c, "vllm serve acme/chat"]\n'), 'vLLM'],
  ['a GPU', pod('web', '      image: acme/web:1\n      resources: { limits: { nvidia.com/gpu: 1 } }\n'), 'a GPU workload'],
  [
    'an affinity to GPU nodes',
    pod(
      'web',
      '      image: acme/web:1\n  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: nvidia.com/gpu.present, operator: Exists }] }] } } }\n',
    ),
    'a GPU workload',
  ],
  ['a variable', pod('web', '      image: acme/web:1\n      env: [{ name: HF_TOKEN, value: x }]\n'), 'an AI application'],
  ['a name', pod('rag-api', '      image: acme/web:1\n'), 'an AI application'],
  ['a kind', 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: { name: web }\nspec: {}\n', 'a Ray cluster'],
])('%s tells it', (_, text, what) => {
  expect(evidence(text)).toEqual([what]);
});

test.each([
  ['an ordinary pod', pod('storage', '      image: nginx:1.27.3\n')],
  ['a word inside another', pod('tracker', '      image: acme/fragment:1\n')],
  ...['NotIn, values: ["true"]', 'DoesNotExist'].map((operator): [string, string] => [
    `an affinity that keeps it off GPU nodes (${operator})`,
    pod(
      'proxy',
      `      image: acme/proxy:1\n  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: nvidia.com/gpu.present, operator: ${operator} }] }] } } }\n`,
    ),
  ]),
])('%s is none', (_, text) => {
  expect(evidence(text)).toEqual([undefined]);
});
