import { expect, test } from 'vitest';
import { parseImage } from '../../src/concepts/image-name.ts';

test.each([
  ['vllm/vllm-openai:v0.6.3', { path: 'vllm/vllm-openai', tag: 'v0.6.3' }],
  ['nvcr.io/nvidia/tritonserver:24.05-py3', { host: 'nvcr.io', path: 'nvidia/tritonserver', tag: '24.05-py3' }],
  ['localhost:5000/llm', { host: 'localhost:5000', path: 'llm' }],
  ['registry.example.com:5000/a/B:1@sha256:00', { host: 'registry.example.com:5000', path: 'a/b', tag: '1', digest: 'sha256:00' }],
  ['ubuntu', { path: 'ubuntu' }],
])('%s', (reference, name) => {
  expect(parseImage(reference)).toEqual(name);
});
