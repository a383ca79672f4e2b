import { defineRule, values, yaml } from '../../src/engine/define-rule.ts';
import { isTrue, securitySettings, subject } from '../../src/concepts/container-security.ts';

export default defineRule({
  id: 'workloads/privilege-escalation',
  title: 'Container may gain privileges',
  severity: 'medium',
  requirements: ['R36', 'R25'],
  frameworks: { cis: ['Kubernetes 5.2.6'], nist: ['AC-6'], stride: ['elevation-of-privilege'] },
  why: `With privilege escalation allowed, a set-user-id program in the image turns an ordinary user into root. Code that a model file or a request smuggles in gets that for nothing.`,
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  looksAt: securitySettings,

  *check(settings) {
    const allowed = settings.field('allowPrivilegeEscalation');
    // A privileged container can always escalate: that is the finding to make.
    if (!isTrue(allowed) || isTrue(settings.field('privileged')) || settings.infrastructure) return;
    yield {
      at: allowed,
      severity: settings.ai ? 'medium' : 'low',
      message: `${subject(settings)} may gain more privileges than it starts with, through any set-user-id program in its image. No model server needs that.`,
      fix: [{ do: 'set', at: allowed, to: false }],
    };
  },

  examples: {
    bad: [
      {
        name: 'allowed',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: embedder }
          spec:
            containers:
              - name: server
                image: acme/embedder:1.2.0
                securityContext:
                  allowPrivilegeEscalation: true # <- finds
        `,
        suggests: '        allowPrivilegeEscalation: false',
      },
      {
        name: 'chart values of a notebook hub',
        files: values`
          image:
            repository: ghcr.io/open-webui/open-webui
            tag: 0.11.0
          containerSecurityContext:
            allowPrivilegeEscalation: true # <- finds
        `,
        suggests: '  allowPrivilegeEscalation: false',
      },
      {
        name: 'beside a privileged container, where that is the finding',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: embedder }
          spec:
            containers:
              - name: server
                image: acme/embedder:1.2.0
                securityContext:
                  allowPrivilegeEscalation: true # <- finds
              - name: tuner
                image: acme/tuner:1.2.0
                securityContext:
                  allowPrivilegeEscalation: true
                  privileged: true
        `,
        suggests: '        allowPrivilegeEscalation: false',
      },
    ],
    good: [
      {
        name: 'forbidden',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: embedder }
          spec:
            containers:
              - name: server
                image: acme/embedder:1.2.0
                securityContext:
                  allowPrivilegeEscalation: false
        `,
      },
      {
        name: 'what serves the GPUs of a node has to reach it',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: dcgm-exporter, namespace: gpu-operator }
          spec:
            containers:
              - name: exporter
                image: nvcr.io/nvidia/k8s/dcgm-exporter:4.5.1
                securityContext:
                  allowPrivilegeEscalation: true
        `,
      },
    ],
    unknown: [
      {
        name: 'a chart value without a default',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: embedder\nversion: 1.0.0\n',
          'chart/templates/pod.yaml': [
            'apiVersion: v1',
            'kind: Pod',
            'metadata: { name: embedder }',
            'spec:',
            '  containers:',
            '    - name: server',
            '      image: acme/embedder:1.2.0',
            '      securityContext:',
            '        allowPrivilegeEscalation: {{ .Values.escalation }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
