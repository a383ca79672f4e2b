import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { isFalse, securitySettings, subject } from '../../src/concepts/container-security.ts';

export default defineRule({
  id: 'workloads/writable-root',
  title: 'Container can change its own files',
  severity: 'low',
  requirements: ['R23', 'R36'],
  frameworks: { nist: ['CM-5', 'SI-7'], stride: ['tampering'] },
  why: `With a writable root file system, whoever gets into the server can replace its binaries, libraries and model files, and stay until the pod is deleted. Servers that only read a model work read-only, with an \`emptyDir\` for scratch files.`,
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  looksAt: securitySettings,

  *check(settings) {
    const readOnly = settings.field('readOnlyRootFilesystem');
    const { container, ai } = settings;
    if (!ai || settings.infrastructure) return;
    // Only of TensorFlow Serving is it known that it needs no writable files of its own.
    const works = ai.product?.name === 'TensorFlow Serving' && container?.init === false && readOnly.is === 'absent';
    if (!works && !isFalse(readOnly)) return;
    yield {
      at: readOnly,
      message: `${subject(settings)} can change its own files${works ? ' (the default)' : ''}: whoever gets in can replace the server or its model. Set ${code('readOnlyRootFilesystem: true')}, with an ${code('emptyDir')} where it writes.`,
      ...(works ? { fix: [{ do: 'set', at: readOnly, to: true }] } : {}),
    };
  },

  examples: {
    bad: [
      {
        name: 'TensorFlow Serving with the default',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: classifier }
          spec:
            template:
              spec:
                containers:
                  - name: serving
                    image: tensorflow/serving:2.19.0
                    securityContext:
                      runAsNonRoot: true # <- finds
                      runAsUser: 1000
        `,
        suggests: '            runAsUser: 1000\n            readOnlyRootFilesystem: true',
      },
      {
        name: 'written out',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: embedder }
          spec:
            containers:
              - name: server
                image: acme/embedder:1.2.0
                securityContext:
                  readOnlyRootFilesystem: false # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'read-only',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: classifier }
          spec:
            template:
              spec:
                containers:
                  - name: serving
                    image: tensorflow/serving:2.19.0
                    securityContext:
                      readOnlyRootFilesystem: true
                      runAsNonRoot: true
                      runAsUser: 1000
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
                  readOnlyRootFilesystem: false
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: classifier\nversion: 1.0.0\n',
          'chart/templates/pod.yaml': [
            'apiVersion: v1',
            'kind: Pod',
            'metadata: { name: classifier }',
            'spec:',
            '  containers:',
            '    - name: serving',
            '      image: tensorflow/serving:2.19.0',
            '      securityContext:',
            '        {{- toYaml .Values.securityContext | nindent 8 }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
