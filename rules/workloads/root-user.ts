import { defineRule, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { productOf } from '../../src/concepts/ai-workload.ts';
import { effective, isFalse, securitySettings, subject, type SecuritySettings } from '../../src/concepts/container-security.ts';

export default defineRule({
  id: 'workloads/root-user',
  title: 'Container runs as root',
  severity: 'medium',
  requirements: ['R23', 'R36', 'R41'],
  frameworks: { cis: ['Kubernetes 5.2.7'], nist: ['AC-6'], stride: ['elevation-of-privilege'] },
  why: `A process that is root in its container is one kernel or runtime bug away from root on the node, and can change its own server, libraries and model files. Serving a model needs neither.`,
  links: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  ],
  looksAt: securitySettings,

  *check(settings) {
    if (settings.infrastructure) return;
    const user = settings.field('runAsUser');
    const nonRoot = settings.field('runAsNonRoot');
    if (user.is === 'known' && Number(user.value) === 0) {
      yield {
        at: user,
        severity: settings.container?.init === true ? 'low' : settings.ai ? 'medium' : 'low',
        message: `${subject(settings)} runs as root (${code('runAsUser: 0')}): whoever breaks into it is root in the container and one bug away from the node. Use a user id that the image supports, such as 1000, with ${code('runAsNonRoot: true')}.`,
      };
      return;
    }
    if (isFalse(nonRoot) && user.is === 'absent') {
      yield {
        at: nonRoot,
        severity: settings.ai ? 'medium' : 'low',
        message: `${subject(settings)} may run as root: ${code('runAsNonRoot: false')} lets the image decide, and most AI images start as root.`,
        fix: [{ do: 'set', at: nonRoot, to: true }],
      };
      return;
    }
    const product = settings.container?.init === false ? productOf(settings.container) : undefined;
    if (!product?.root) return;
    const [anyUser, anyNonRoot] = [effective(settings, 'runAsUser'), effective(settings, 'runAsNonRoot')];
    if (anyUser.is !== 'absent' || anyNonRoot.is !== 'absent' || isLeftToValues(settings)) return;
    yield {
      at: settings.header,
      severity: 'low',
      message: `${subject(settings)} runs as root, because the ${product.name} image does and nothing here says otherwise. Say ${code('runAsNonRoot: true')} and a ${code('runAsUser')} in its ${code('securityContext')}.`,
      // TensorFlow Serving runs as any user that can read its model.
      ...(product.name === 'TensorFlow Serving'
        ? {
            fix: [
              { do: 'set', at: anyNonRoot, to: true },
              { do: 'set', at: anyUser, to: 1000 },
            ],
          }
        : {}),
    };
  },

  examples: {
    bad: [
      {
        name: 'user 0',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm }
          spec:
            template:
              spec:
                securityContext:
                  runAsUser: 0 # <- finds
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
        `,
      },
      {
        name: 'non-root switched off inside an InferenceService',
        files: yaml`
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: scorer }
          spec:
            predictor:
              containers:
                - name: kserve-container
                  image: acme/scorer:1.4.0
                  securityContext:
                    runAsNonRoot: false # <- finds
        `,
        suggests: '          runAsNonRoot: true',
      },
      {
        name: 'TensorFlow Serving that says nothing',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: classifier }
          spec:
            template:
              spec:
                containers:
                  - name: serving # <- finds
                    image: tensorflow/serving:2.19.0
        `,
        suggests:
          '          image: tensorflow/serving:2.19.0\n          securityContext:\n            runAsNonRoot: true\n            runAsUser: 1000\n            readOnlyRootFilesystem: true',
      },
      {
        name: 'chart values',
        files: values`
          image:
            repository: qdrant/qdrant
            tag: v1.16.0
          podSecurityContext:
            runAsUser: 0 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a user of its own',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm }
          spec:
            template:
              spec:
                securityContext:
                  runAsNonRoot: true
                  runAsUser: 1000
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
                    resources:
                      limits: { nvidia.com/gpu: 1, memory: 32Gi }
        `,
      },
      {
        name: 'a user that only the pod names, and a promise that only the pod gives',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            securityContext: { runAsUser: 1000 }
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                securityContext: { runAsNonRoot: false, runAsUser: 1000 }
                resources:
                  limits: { nvidia.com/gpu: 1, memory: 32Gi }
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: llm-two }
          spec:
            securityContext: { runAsNonRoot: true }
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                resources:
                  limits: { nvidia.com/gpu: 1, memory: 32Gi }
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
                  runAsUser: 0
        `,
      },
    ],
    unknown: [
      {
        name: 'a chart that takes the whole context from its values',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: vllm\nversion: 1.0.0\n',
          'chart/templates/deployment.yaml': [
            'apiVersion: apps/v1',
            'kind: Deployment',
            'metadata: { name: llm }',
            'spec:',
            '  template:',
            '    spec:',
            '      securityContext:',
            '        {{- toYaml .Values.podSecurityContext | nindent 8 }}',
            '      containers:',
            '        - name: server',
            '          image: vllm/vllm-openai:v0.26.0',
            '          resources:',
            '            {{- toYaml .Values.resources | nindent 12 }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});

/** A chart that takes a whole `securityContext` from its values leaves it to whoever installs it. */
const isLeftToValues = ({ container, pod }: SecuritySettings): boolean =>
  container?.attr('securityContext').is === 'unknown' || pod?.attr('securityContext').is === 'unknown';
