import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { gpuNodeClass } from '../../src/concepts/karpenter.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'gpu/node-role-reach',
  title: 'Pods on GPU nodes reach the role of the node',
  severity: 'medium',
  requirements: ['R6', 'R14', 'R38'],
  frameworks: { cis: ['AWS 5.6'], nist: ['AC-6', 'SC-7'], stride: ['information-disclosure', 'elevation-of-privilege'] },
  why: `Karpenter starts nodes whose metadata service no pod can reach. Taken back, code in any pod of the node (a notebook, a model with code of its own, a forged request through a server) reads the credentials of the node's role, which may pull every image and act for every pod there.`,
  links: [
    'https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  looksAt: gpuNodeClass,

  *check({ of, starts, tokens, hops, answers }) {
    if (!answers) return;
    if (holds(tokens, 'optional'))
      yield {
        at: tokens.at,
        message: `${code(of.name)} starts ${starts} with version 1 of the metadata service (IMDSv1): one forged request through a workload reads the credentials of the node’s role.`,
        fix: [tokens.writes('required')],
      };
    if (hops.is === 'known' && Number(hops.value) > 1)
      yield {
        at: hops,
        severity: 'low',
        message: `${code(of.name)} lets answers of the metadata service of ${starts} travel ${code(hops.value)} hops, which is into the pods: each can take the credentials of the node’s role. Leave it at ${code('1')}, and give pods that need AWS a role of their own (EKS Pod Identity or IRSA).`,
      };
  },

  examples: {
    bad: [
      {
        name: 'the old version, and one hop more',
        files: yaml`
          apiVersion: karpenter.k8s.aws/v1
          kind: EC2NodeClass
          metadata: { name: gpu }
          spec:
            role: karpenter
            amiSelectorTerms: [{ alias: al2023@v20260801 }]
            subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            metadataOptions:
              httpEndpoint: enabled
              httpPutResponseHopLimit: 2 # <- finds
              httpTokens: optional # <- finds
        `,
        suggests: '    httpTokens: required',
      },
    ],
    good: [
      {
        name: 'the default, switched off, and nodes without GPUs',
        files: yaml`
          apiVersion: karpenter.k8s.aws/v1
          kind: EC2NodeClass
          metadata: { name: gpu }
          spec:
            role: karpenter
            amiSelectorTerms: [{ alias: al2023@v20260801 }]
            subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            metadataOptions: { httpPutResponseHopLimit: 1 }
          ---
          apiVersion: karpenter.k8s.aws/v1
          kind: EC2NodeClass
          metadata: { name: neuron }
          spec:
            role: karpenter
            amiSelectorTerms: [{ alias: al2023@v20260801 }]
            subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            metadataOptions: { httpEndpoint: disabled, httpTokens: optional }
          ---
          apiVersion: karpenter.k8s.aws/v1
          kind: EC2NodeClass
          metadata: { name: default }
          spec:
            role: karpenter
            amiSelectorTerms: [{ alias: al2023@v20260801 }]
            subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
            metadataOptions: { httpTokens: optional, httpPutResponseHopLimit: 2 }
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
              amiSelectorTerms: [{ alias: al2023@v20260801 }]
              subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
              securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: ml } }]
              metadataOptions:
                httpTokens: {{ .Values.tokens }}
                httpPutResponseHopLimit: {{ .Values.hops }}
          `,
        },
      },
    ],
  },
});
