import { expect, test } from 'vitest';
import { publishedService } from '../../src/concepts/kubernetes-service.ts';
import { understand } from '../../src/engine/understand.ts';

const servicesIn = (path: string, text: string) => {
  const { model } = understand(new Map([[path, { path, sha: text, text }]]), []);
  return model.worlds.flatMap((world) => world.resources.flatMap((resource) => [...publishedService.view(resource, world)]));
};
const service = (annotations: string, spec = '') =>
  servicesIn(
    'svc.yaml',
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: vllm\n  annotations: {${annotations}}\nspec:\n  type: LoadBalancer\n  selector: { app: x }\n${spec}`,
  ).map((found) => found.restricted);

test.each([
  ['', 'no'],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme: internal', 'internal'],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing', 'no'],
  ['service.beta.kubernetes.io/aws-load-balancer-type: external', 'internal'],
  [
    '"service.beta.kubernetes.io/aws-load-balancer-type": external, "service.beta.kubernetes.io/aws-load-balancer-scheme": internet-facing',
    'no',
  ],
  ['networking.gke.io/load-balancer-type: Internal', 'internal'],
  ['service.beta.kubernetes.io/azure-load-balancer-internal: "true"', 'internal'],
  ['service.beta.kubernetes.io/azure-load-balancer-internal: "false"', 'no'],
])('annotations {%s}: %s', (annotations, restricted) => {
  expect(service(annotations)).toEqual([restricted]);
});

test('source ranges restrict unless they hold everybody', () => {
  expect(service('', '  loadBalancerSourceRanges: [198.51.100.0/24]\n')).toEqual(['source ranges']);
  expect(service('', '  loadBalancerSourceRanges: [198.51.100.0/24, 0.0.0.0/0]\n')).toEqual(['no']);
});

test('a Service is AI by the pods that it selects, not by pods with other labels', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: one, labels: { app: one } }\nspec: { containers: [{ name: a, image: "vllm/vllm-openai:v0.26.0" }] }\n---\n';
  const of = (label: string) =>
    servicesIn(
      'all.yaml',
      `${pod}apiVersion: v1\nkind: Service\nmetadata: { name: front }\nspec: { type: LoadBalancer, selector: { app: ${label} } }\n`,
    );
  expect(of('one').map((found) => found.ai.what)).toEqual(['vLLM']);
  expect(of('two')).toEqual([]);
});

test('values: a switched-off service is none', () => {
  const values = (enabled: boolean) =>
    `image:\n  repository: semitechnologies/weaviate\ngrpcService:\n  enabled: ${String(enabled)}\n  type: LoadBalancer\n`;
  expect(servicesIn('values.yaml', values(true))).toHaveLength(1);
  expect(servicesIn('values.yaml', values(false))).toHaveLength(0);
});
