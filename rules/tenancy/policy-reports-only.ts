import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { reportingPolicy } from '../../src/concepts/quota-admission.ts';

export default defineRule({
  id: 'tenancy/policy-reports-only',
  title: 'Admission policy reports and does not refuse',
  severity: 'low',
  requirements: ['R25'],
  frameworks: { nist: ['CM-7', 'CM-5'], stride: ['elevation-of-privilege'] },
  why: `In audit mode a policy writes a report and lets the pod in. That is right for the week in which a policy is new; left there, nobody is held to it.`,
  links: [
    'https://kyverno.io/docs/policy-types/cluster-policy/validate/#failure-action',
    'https://open-policy-agent.github.io/gatekeeper/website/docs/violations/',
  ],
  looksAt: reportingPolicy,

  *check({ of, at, tool }) {
    yield {
      at,
      message: `The ${tool} policy ${code(of.name)} is set to ${code(at.is === 'known' ? at.value : '')}: it reports what it should refuse, and AI workloads of this cluster are let in against it. Use ${code(tool === 'Kyverno' ? 'Enforce' : 'deny')} once its reports are clean.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'Kyverno, and Gatekeeper',
        files: yaml`
          apiVersion: kyverno.io/v1
          kind: ClusterPolicy
          metadata: { name: no-privileged }
          spec:
            validationFailureAction: Audit # <- finds
            rules: []
          ---
          apiVersion: constraints.gatekeeper.sh/v1beta1
          kind: K8sPSPPrivilegedContainer
          metadata: { name: no-privileged }
          spec:
            enforcementAction: dryrun # <- finds
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
    ],
    good: [
      {
        name: 'enforced',
        files: yaml`
          apiVersion: kyverno.io/v1
          kind: ClusterPolicy
          metadata: { name: no-privileged }
          spec:
            validationFailureAction: Enforce
            rules: []
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: llm, namespace: team-a }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
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
        name: 'a cluster without AI workloads',
        files: yaml`
          apiVersion: kyverno.io/v1
          kind: ClusterPolicy
          metadata: { name: no-privileged }
          spec:
            validationFailureAction: Audit
            rules: []
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
          ...file('chart/templates/policy.yaml')`
            apiVersion: kyverno.io/v1
            kind: ClusterPolicy
            metadata: { name: no-privileged }
            spec:
              validationFailureAction: {{ .Values.action }}
              rules: []
            ---
            apiVersion: v1
            kind: Pod
            metadata: { name: llm }
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
