import { expect, test } from 'vitest';
import { compareVersions, driverVulnerability, versionOf, vulnerabilityOf } from '../../src/facts/versions.ts';

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

test.each([
  ['nvidia/k8s/container-toolkit', 'v1.17.6-ubuntu20.04', 'CVE-2025-23266', '1.17.8'],
  // Before 1.17.5 only with CDI, which is not known: then what holds in every mode is named.
  ['nvidia/k8s/container-toolkit', 'v1.17.4-ubuntu20.04', 'CVE-2026-24260', '1.19.1'],
  ['nvidia/k8s/container-toolkit', 'v1.16.1', 'CVE-2024-0132', '1.16.2'],
  ['nvidia/gpu-operator', 'v24.6.1', 'CVE-2024-0132', '24.6.2'],
])('%s:%s has %s, fixed in %s', (path, tag, id, fixedIn) => {
  expect(vulnerabilityOf(path, tag)?.worst).toMatchObject({ id, fixedIn });
});

test.each([
  ['550.54.14', '550.163.01'],
  ['550.163.01-ubuntu22.04', undefined],
  ['570.86.15-ubuntu22.04', '570.211.01'],
  // A later branch is not newer than an earlier one's fix: each is fixed by itself.
  ['580.95.05', '580.159.03'],
  ['560.35.03', undefined],
  ['550', undefined],
  ['latest', undefined],
])('driver %s is fixed in %s', (version, fixedIn) => {
  expect(driverVulnerability(version)?.fixedIn).toBe(fixedIn);
});
