import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { gpuNodeClass } from '../../src/concepts/karpenter.ts';
import { textOf } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'gpu/newest-image',
  title: 'GPU nodes change their image by themselves',
  severity: 'low',
  requirements: ['R1', 'R8'],
  frameworks: { nist: ['CM-2', 'CM-3'], stride: ['denial-of-service'] },
  why: `The image of a node brings its GPU driver, container toolkit and kernel. With "latest" Karpenter takes every image on the day it is published and replaces the running nodes by it: a driver that does not fit the CUDA of your containers arrives without a commit, and long jobs are moved for it.`,
  links: ['https://karpenter.sh/docs/tasks/managing-amis/', 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms'],
  looksAt: gpuNodeClass,

  *check({ of, starts, aliases }) {
    for (const at of aliases) {
      const family = /^(.+)@latest$/.exec(textOf(at) ?? '')?.[1];
      // Windows has no other.
      if (family === undefined || family.startsWith('windows')) continue;
      yield {
        at,
        message: `${code(of.name)} starts ${starts} from the newest ${code(family)} image, whatever driver it brings, and Karpenter replaces running nodes whenever there is a newer one. Name a version (${code(`${family}@v…`)}) and move on when it has been tested.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'for a pool of GPU machines, and by name',
        files: yaml`
          apiVersion: karpenter.k8s.aws/v1
          kind: EC2NodeClass
          metadata: { name: accelerated }
          spec:
            role: karpenter
            amiSelectorTerms:
              - alias: al2023@latest # <- finds
            subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
          ---
          apiVersion: karpenter.sh/v1
          kind: NodePool
          metadata: { name: training }
          spec:
            limits: { nvidia.com/gpu: 16 }
            template:
              spec:
                nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: accelerated }
                requirements:
                  - { key: karpenter.k8s.aws/instance-family, operator: In, values: [p5] }
          ---
          apiVersion: karpenter.k8s.aws/v1
          kind: EC2NodeClass
          metadata: { name: team-gpu }
          spec:
            role: karpenter
            amiSelectorTerms:
              - alias: bottlerocket@latest # <- finds
            subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
        `,
      },
    ],
    good: [
      {
        name: 'a version, and nodes without GPUs',
        files: yaml`
          apiVersion: karpenter.k8s.aws/v1
          kind: EC2NodeClass
          metadata: { name: gpu }
          spec:
            role: karpenter
            amiSelectorTerms:
              - alias: al2023@v20260801
              - alias: windows2025@latest
            subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
          ---
          apiVersion: karpenter.k8s.aws/v1
          kind: EC2NodeClass
          metadata: { name: default }
          spec:
            role: karpenter
            amiSelectorTerms:
              - alias: al2023@latest
            subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: nodes
            version: 1.0.0
          `,
          ...file('chart/templates/nodeclass.yaml')`
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: { name: gpu }
            spec:
              role: karpenter
              amiSelectorTerms:
                - alias: {{ .Values.image }}
              subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
              securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
          `,
        },
      },
    ],
  },
});
