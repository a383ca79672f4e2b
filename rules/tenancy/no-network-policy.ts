import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { unfencedPod } from '../../src/concepts/network-policy.ts';

export default defineRule({
  id: 'tenancy/no-network-policy',
  title: 'No NetworkPolicy fences the AI service',
  severity: 'low',
  requirements: ['R19', 'R38', 'R40', 'R17'],
  frameworks: { cis: ['Kubernetes 5.3.2'], nist: ['SC-7', 'AC-4'], stride: ['elevation-of-privilege', 'information-disclosure'] },
  why: `Without a NetworkPolicy every pod of the cluster can call this one, and it can call every other and the internet. A takeover anywhere then reaches the model, and a takeover of the model reaches everything.`,
  links: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  looksAt: unfencedPod,

  *check({ pod, ai, othersAreFenced }) {
    yield {
      at: pod.of,
      severity: othersAreFenced ? 'medium' : 'low',
      message: `No NetworkPolicy selects ${code(pod.of.name)} (${ai.what})${othersAreFenced ? ', although its namespace has policies for others' : ''}: every pod of the cluster can call it, and it can call out anywhere. Allow only its callers in, and out only to what it loads from.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a policy for somebody else only',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment # <- finds
          metadata: { name: llm, namespace: serving }
          spec:
            template:
              metadata:
                labels: { app: llm }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: web, namespace: serving }
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Ingress]
        `,
      },
      {
        name: 'several servers of one namespace, said once',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment # <- finds
          metadata: { name: llm, namespace: serving }
          spec:
            template:
              metadata:
                labels: { app: llm }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: embedder, namespace: serving }
          spec:
            template:
              metadata:
                labels: { app: embedder }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
        `,
      },
    ],
    good: [
      {
        name: 'the controller of a model server',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: kserve-controller-manager, namespace: kserve }
          spec:
            template:
              metadata: { labels: { app: kserve } }
              spec:
                containers:
                  - name: manager
                    image: kserve/kserve-controller:v0.16.0
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: perf, namespace: kserve }
          spec:
            template:
              metadata: { labels: { app: perf } }
              spec:
                containers:
                  - name: perf
                    image: nvcr.io/nvidia/tritonserver:26.06-py3-sdk
                    command: [sleep, infinity]
        `,
      },
      {
        name: 'one that selects it',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm, namespace: serving }
          spec:
            template:
              metadata:
                labels: { app: llm }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: default-deny, namespace: serving }
          spec:
            podSelector: {}
            policyTypes: [Ingress, Egress]
        `,
      },
    ],
    unknown: [
      {
        name: 'labels that the chart makes',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: llm\nversion: 1.0.0\n',
          'chart/templates/all.yaml': [
            'apiVersion: apps/v1',
            'kind: Deployment',
            'metadata: { name: llm }',
            'spec:',
            '  template:',
            '    metadata:',
            '      labels:',
            '        app: {{ include "llm.name" . }}',
            '    spec:',
            '      containers:',
            '        - name: server',
            '          image: vllm/vllm-openai:v0.26.0',
            '---',
            'apiVersion: networking.k8s.io/v1',
            'kind: NetworkPolicy',
            'metadata: { name: llm }',
            'spec:',
            '  podSelector:',
            '    matchLabels:',
            '      app: {{ include "llm.name" . }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
