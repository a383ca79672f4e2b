import { expect, test } from 'vitest';
import { compareVersions, versionOf, vulnerabilityOf } from '../../src/facts/versions.ts';

test.each([
  ['v0.6.3.post1', [0, 6, 3]],
  ['24.08-py3', [24, 8]],
  ['2.9.0-py310-gpu', [2, 9, 0]],
  ['latest', undefined],
  ['nightly', undefined],
  ['7', undefined],
  ['sha-1a2b3c4', undefined],
])('%s', (tag, version) => {
  expect(versionOf(tag)).toEqual(version);
});

test('numbers are compared as numbers', () => {
  expect(compareVersions([0, 10, 0], [0, 9, 9])).toBeGreaterThan(0);
  expect(compareVersions([1, 2], [1, 2, 0])).toBe(0);
});

test.each([
  ['vllm/vllm-openai', 'v0.6.3', true],
  ['vllm/vllm-openai', 'v0.26.0', false],
  ['vllm/vllm-openai', 'latest', false],
  ['acme/vllm', 'v0.1.0', false],
  ['nvidia/tritonserver', '24.05-py3', true],
])('%s:%s', (path, tag, vulnerable) => {
  expect(vulnerabilityOf(path, tag) !== undefined).toBe(vulnerable);
});
