import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { tenantQuota } from '../../src/concepts/quota.ts';

export default defineRule({
  id: 'tenancy/quota-without-gpu',
  title: 'Quota of a GPU namespace leaves GPUs out',
  severity: 'medium',
  requirements: ['R25', 'R39'],
  frameworks: { nist: ['SC-5', 'SC-6'], stride: ['denial-of-service'], owasp: ['LLM10:2025'] },
  why: `A quota for memory and CPU does not count GPUs, which are what is scarce and dear. One team can take all of them, by mistake in a loop or with a stolen account.`,
  links: ['https://kubernetes.io/docs/concepts/policy/resource-quotas/#resource-quota-for-extended-resources'],
  looksAt: tenantQuota,

  *check({ of, hard, namespace, asks, limitsGpu }) {
    if (limitsGpu) return;
    yield {
      at: hard,
      message: `${code(of.name)} limits what ${code(namespace)} may use but not its GPUs, and ${code(asks)} asks for one: the namespace can take every GPU of the cluster. Add ${code('requests.nvidia.com/gpu')} (extended resources are limited by their requests).`,
    };
  },

  examples: {
    bad: [
      {
        name: 'memory and CPU only',
        files: yaml`
          apiVersion: v1
          kind: ResourceQuota
          metadata: { name: team-a, namespace: team-a }
          spec:
            hard:
              requests.cpu: 64 # <- finds
              requests.memory: 512Gi
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm, namespace: team-a }
          spec:
            template:
              metadata:
                labels: { app: llm }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
                    resources:
                      limits: { nvidia.com/gpu: 1, memory: 32Gi }
                      requests: { memory: 32Gi, cpu: 4 }
        `,
      },
    ],
    good: [
      {
        name: 'GPUs are counted',
        files: yaml`
          apiVersion: v1
          kind: ResourceQuota
          metadata: { name: team-a, namespace: team-a }
          spec:
            hard:
              requests.cpu: 64
              requests.nvidia.com/gpu: 4
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm, namespace: team-a }
          spec:
            template:
              metadata:
                labels: { app: llm }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
                    resources:
                      limits: { nvidia.com/gpu: 1, memory: 32Gi }
                      requests: { memory: 32Gi, cpu: 4 }
          ---
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: default-deny, namespace: team-a }
          spec:
            podSelector: {}
            policyTypes: [Ingress, Egress]
        `,
      },
    ],
    unknown: [
      {
        name: 'from the values',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: vllm
            version: 1.0.0
          `,
          ...file('chart/templates/quota.yaml')`
            apiVersion: v1
            kind: ResourceQuota
            metadata: { name: team-a, namespace: team-a }
            spec:
              hard:
                requests.cpu: 64
                {{- toYaml .Values.quota | nindent 4 }}
            ---
            apiVersion: v1
            kind: Pod
            metadata: { name: llm, namespace: team-a }
            spec:
              containers:
                - name: server
                  image: vllm/vllm-openai:v0.26.0
                  resources:
                    limits: { nvidia.com/gpu: 1 }
          `,
        },
      },
    ],
  },
});
