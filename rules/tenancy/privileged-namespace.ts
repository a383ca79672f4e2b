import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiNamespace } from '../../src/concepts/quota.ts';

export default defineRule({
  id: 'tenancy/privileged-namespace',
  title: 'Namespace of AI workloads admits privileged pods',
  severity: 'medium',
  requirements: ['R25', 'R42'],
  frameworks: { cis: ['Kubernetes 5.2.1'], nist: ['AC-6', 'CM-7'], stride: ['elevation-of-privilege'] },
  why: `With the level "privileged" the API server admits any pod: on the host's network, with its disk, as root on the node. Model servers and training need none of that to use a GPU; whoever may create a pod in the namespace has the node.`,
  links: [
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
  looksAt: aiNamespace,

  *check({ of, pod, ai, enforced, keepsBaseline }) {
    if (enforced.is !== 'known' || enforced.value !== 'privileged' || ai.role === 'GPU infrastructure') return;
    yield {
      at: enforced,
      message: `Namespace ${code(of.name)} admits privileged pods, and ${code(pod.of.name)} (${ai.what}) runs there: whoever may create a pod in it can take over its node. Use ${code('baseline')} or ${code('restricted')}, and keep drivers and device plugins in a namespace of their own.`,
      fix: keepsBaseline ? [{ do: 'set', at: enforced, to: 'baseline' }] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'a tenant',
        files: yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: team-a
            labels:
              pod-security.kubernetes.io/enforce: privileged # <- finds
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
        suggests: '    pod-security.kubernetes.io/enforce: baseline',
      },
      {
        name: 'with pods that the baseline would refuse',
        files: yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: team-b
            labels:
              pod-security.kubernetes.io/enforce: privileged # <- finds
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: llm, namespace: team-b }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                ports: [{ containerPort: 8000, hostPort: 8000 }]
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: lab, namespace: team-b }
          spec:
            volumes: [{ name: cache, emptyDir: {} }]
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                securityContext: { capabilities: { add: [CHOWN] } }
        `,
      },
    ],
    good: [
      {
        name: 'baseline, and a driver',
        files: yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: team-a
            labels:
              pod-security.kubernetes.io/enforce: baseline
          ---
          apiVersion: v1
          kind: Namespace
          metadata:
            name: gpu-operator
            labels:
              pod-security.kubernetes.io/enforce: privileged
          ---
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: nvidia-device-plugin, namespace: gpu-operator }
          spec:
            template:
              spec:
                containers:
                  - name: plugin
                    image: nvcr.io/nvidia/k8s-device-plugin:v0.20.0
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
        name: 'the chart decides',
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
                pod-security.kubernetes.io/enforce: {{ .Values.level }}
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
