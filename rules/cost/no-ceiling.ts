import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { scaler } from '../../src/concepts/autoscaling.ts';

export default defineRule({
  id: 'cost/no-ceiling',
  title: 'GPUs are added without a ceiling',
  severity: 'medium',
  requirements: ['R3', 'R39', 'R25'],
  frameworks: { nist: ['SC-5', 'SC-6'], stride: ['denial-of-service'], atlas: ['AML.T0029', 'AML.T0034'], owasp: ['LLM10:2025'] },
  why: `What scales by itself also scales for an attacker, or for a job that was started a thousand times by mistake. With GPUs an hour without a ceiling is a bill that somebody has to explain.`,
  links: [
    'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
    'https://keda.sh/docs/latest/reference/scaledobject-spec/',
    'https://knative.dev/docs/serving/autoscaling/scale-bounds/',
  ],
  looksAt: scaler,

  *check({ of, noun, most, withoutCeiling, scales }) {
    if (most.is !== 'known' || most.value > 0) return;
    yield {
      at: most.at,
      message: `${noun} ${code(of.name)} scales ${scales}, without a ceiling: ${withoutCeiling}. Set ${ceilings[noun] ?? 'one'} to what you are ready to pay for.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a Karpenter pool of GPU machines',
        files: yaml`
          apiVersion: karpenter.sh/v1
          kind: NodePool
          metadata: { name: gpu }
          spec:
            template: # <- finds
              spec:
                nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: gpu }
                requirements:
                  - key: karpenter.k8s.aws/instance-family
                    operator: In
                    values: [g6, p5]
        `,
      },
      {
        name: 'KEDA in front of a model server',
        files: yaml`
          apiVersion: keda.sh/v1alpha1
          kind: ScaledObject
          metadata: { name: llm, namespace: serving }
          spec:
            scaleTargetRef: { name: llm } # <- finds
            triggers:
              - type: prometheus
                metadata: { serverAddress: "http://prometheus:9090", query: "sum(vllm:num_requests_waiting)", threshold: "5" }
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm, namespace: serving }
          spec:
            template:
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
                    resources: { limits: { nvidia.com/gpu: 1 } }
        `,
      },
      {
        name: 'KServe with Knative',
        files: yaml`
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: llm, namespace: serving }
          spec:
            predictor:
              minReplicas: 0
              maxReplicas: 0 # <- finds
              model:
                modelFormat: { name: huggingface }
                storageUri: hf://acme/assistant
                resources: { limits: { nvidia.com/gpu: 1 } }
        `,
      },
    ],
    good: [
      {
        name: 'ceilings, and machines without GPUs',
        files: yaml`
          apiVersion: karpenter.sh/v1
          kind: NodePool
          metadata: { name: gpu }
          spec:
            limits: { nvidia.com/gpu: 16 }
            template:
              spec:
                requirements:
                  - { key: karpenter.k8s.aws/instance-family, operator: In, values: [g6] }
          ---
          apiVersion: karpenter.sh/v1
          kind: NodePool
          metadata: { name: web }
          spec:
            template:
              spec:
                requirements:
                  - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
          ---
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: llm, namespace: serving }
          spec:
            predictor:
              minReplicas: 0
              maxReplicas: 4
              model:
                modelFormat: { name: huggingface }
                storageUri: hf://acme/assistant
                resources: { limits: { nvidia.com/gpu: 1 } }
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: pools
            version: 1.0.0
          `,
          ...file('chart/templates/pool.yaml')`
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: { name: gpu }
            spec:
              limits: {{ .Values.limits }}
              template:
                spec:
                  requirements:
                    - { key: karpenter.k8s.aws/instance-family, operator: In, values: [g6] }
          `,
        },
      },
    ],
  },
});

const ceilings: Readonly<Record<string, string>> = {
  'Karpenter pool': `${code('spec.limits')} (${code('nvidia.com/gpu')})`,
  ScaledObject: code('maxReplicaCount'),
  InferenceService: code('maxReplicas'),
};
