import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiNamespace } from '../../src/concepts/quota.ts';

export default defineRule({
  id: 'tenancy/no-pod-security',
  title: 'Namespace of AI workloads holds its pods to no standard',
  severity: 'low',
  requirements: ['R25', 'R36'],
  frameworks: { cis: ['Kubernetes 5.2.1'], nist: ['CM-6', 'AC-6'], stride: ['elevation-of-privilege'] },
  why: `PodSecurityPolicy is gone, and without a label on the namespace nothing took its place: whoever may create a pod there may create a privileged one. One label makes the API server refuse it.`,
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/'],
  looksAt: aiNamespace,

  *check({ of, pod, ai, enforced, keepsBaseline }) {
    if (enforced.is !== 'absent' || ai.role === 'GPU infrastructure') return;
    yield {
      at: enforced,
      message: `Namespace ${code(of.name)}, where ${code(pod.of.name)} (${ai.what}) runs, has no ${code('pod-security.kubernetes.io/enforce')} label, so the API server admits privileged pods to it. Set ${code('baseline')}, or ${code('restricted')} where the images allow it.`,
      fix: keepsBaseline ? [{ do: 'set', at: enforced, to: 'baseline' }] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'no label',
        files: yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: team-a # <- finds
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
        suggests: '  name: team-a\n  labels:\n    pod-security.kubernetes.io/enforce: baseline',
      },
      {
        name: 'a mesh, whose sidecar the baseline would refuse',
        files: yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: team-b
            labels:
              istio-injection: enabled # <- finds
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: llm, namespace: team-b }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
        `,
      },
    ],
    good: [
      {
        name: 'restricted, and a shop',
        files: yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: team-a
            labels:
              pod-security.kubernetes.io/enforce: restricted
          ---
          apiVersion: v1
          kind: Namespace
          metadata: { name: shop }
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
      {
        name: 'what serves the GPUs of the nodes',
        files: yaml`
          apiVersion: v1
          kind: Namespace
          metadata: { name: gpu-operator }
          ---
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: nvidia-device-plugin, namespace: gpu-operator }
          spec:
            template:
              metadata:
                labels: { app: nvidia-device-plugin }
              spec:
                containers:
                  - name: plugin
                    image: nvcr.io/nvidia/k8s-device-plugin:v0.20.0
                    resources:
                      limits: { memory: 256Mi }
                      requests: { memory: 256Mi, cpu: 1 }
          ---
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: default-deny, namespace: gpu-operator }
          spec:
            podSelector: {}
            policyTypes: [Ingress, Egress]
        `,
      },
    ],
    unknown: [
      {
        name: 'labels from the values',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: vllm
            version: 1.0.0
          `,
          ...file('chart/templates/namespace.yaml')`
            apiVersion: v1
            kind: Namespace
            metadata:
              name: team-a
              labels:
                {{- toYaml .Values.labels | nindent 4 }}
            ---
            apiVersion: v1
            kind: Pod
            metadata: { name: llm, namespace: team-a }
            spec:
              containers:
                - name: server
                  image: vllm/vllm-openai:v0.26.0
          `,
        },
      },
    ],
  },
});
