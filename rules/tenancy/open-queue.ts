import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { openQueue } from '../../src/concepts/quota-admission.ts';

export default defineRule({
  id: 'tenancy/open-queue',
  title: 'Queue for GPUs is open to every namespace',
  severity: 'low',
  requirements: ['R25', 'R39'],
  frameworks: { nist: ['AC-3', 'SC-6'], stride: ['denial-of-service'] },
  why: `The queue is where a platform decides whose work gets GPUs. An empty selector takes the work of every namespace that makes itself a LocalQueue, also of teams that the quota was not made for.`,
  links: ['https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/#namespace-selector'],
  looksAt: openQueue,

  *check({ of, at }) {
    yield {
      at,
      message: `Queue ${code(of.name)} gives GPUs to the work of every namespace: its ${code('namespaceSelector')} is empty. Select the namespaces of the teams it is for, for example by a label.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'an empty selector',
        files: yaml`
          apiVersion: kueue.x-k8s.io/v1beta1
          kind: ClusterQueue
          metadata: { name: gpu }
          spec:
            namespaceSelector: {} # <- finds
            resourceGroups:
              - coveredResources: [cpu, memory, nvidia.com/gpu]
                flavors:
                  - name: h100
                    resources:
                      - { name: nvidia.com/gpu, nominalQuota: 16 }
        `,
      },
    ],
    good: [
      {
        name: 'a label, and a queue without GPUs',
        files: yaml`
          apiVersion: kueue.x-k8s.io/v1beta1
          kind: ClusterQueue
          metadata: { name: gpu }
          spec:
            namespaceSelector: { matchLabels: { team: research } }
            resourceGroups:
              - coveredResources: [nvidia.com/gpu]
                flavors: []
          ---
          apiVersion: kueue.x-k8s.io/v1beta1
          kind: ClusterQueue
          metadata: { name: cpu }
          spec:
            namespaceSelector: {}
            resourceGroups:
              - coveredResources: [cpu]
                flavors: []
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
          ...file('chart/templates/queue.yaml')`
            apiVersion: kueue.x-k8s.io/v1beta1
            kind: ClusterQueue
            metadata: { name: gpu }
            spec:
              namespaceSelector: {{ .Values.selector }}
              resourceGroups:
                - coveredResources: [nvidia.com/gpu]
                  flavors: []
          `,
        },
      },
    ],
  },
});
