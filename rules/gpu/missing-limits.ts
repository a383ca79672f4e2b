import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiPod, asksForGpu, productOf } from '../../src/concepts/ai-workload.ts';
import { container } from '../../src/concepts/container.ts';

const serves = new Set(['model server', 'Ray cluster', 'vector database', 'notebook']);

export default defineRule({
  id: 'gpu/missing-limits',
  title: 'AI container has no resource limits',
  severity: 'low',
  requirements: ['R36', 'R39'],
  frameworks: { nist: ['SC-5', 'SC-6'], stride: ['denial-of-service'], atlas: ['AML.T0029'] },
  why: `Without a memory limit one large request or batch takes the node's memory, and the kernel kills whichever pod it likes. Without a GPU limit the pod gets no GPU from the scheduler, and if the runtime gives it all of them, it shares them with whoever else is there.`,
  links: [
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    'https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/',
  ],
  looksAt: container,

  *check(subject) {
    const { pod, view, name, init } = subject;
    const ai = aiPod(pod);
    // Of several containers only the ones that are known to be the server count, not their sidecars.
    const lone = pod.containers.filter((other) => !other.init).length === 1;
    if (init || !ai || !serves.has(ai.role) || (!lone && !productOf(subject))) return;
    const limits = subject.attr('resources', 'limits');
    // A chart that takes the whole of `resources` from its values leaves them to whoever installs it.
    if (limits.is !== 'absent' || subject.attr('resources').is === 'unknown') return;
    const gpu = asksForGpu(pod) ? `, and the GPUs of its node (${code('nvidia.com/gpu')})` : '';
    yield {
      at: view,
      message: `Container ${code(name || pod.of.name)} has no limits: one large request can take all memory of its node${gpu}. Set ${code('resources.limits')} for memory, and for the GPU where it uses one.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'requests only',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: vectors }
          spec:
            template:
              spec:
                containers:
                  - name: qdrant # <- finds
                    image: qdrant/qdrant:v1.16.0
                    resources:
                      requests: { memory: 2Gi }
        `,
      },
    ],
    good: [
      {
        name: 'with limits',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: vectors }
          spec:
            template:
              spec:
                containers:
                  - name: qdrant
                    image: qdrant/qdrant:v1.16.0
                    resources:
                      limits: { memory: 4Gi }
        `,
      },
    ],
    unknown: [
      {
        name: 'a chart that leaves its resources to whoever installs it',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: vectors\nversion: 1.0.0\n',
          'chart/values.yaml': 'resources: {}\n',
          'chart/templates/deployment.yaml': [
            'apiVersion: apps/v1',
            'kind: Deployment',
            'metadata: { name: vectors }',
            'spec:',
            '  template:',
            '    spec:',
            '      containers:',
            '        - name: qdrant',
            '          image: qdrant/qdrant:v1.16.0',
            '          resources:',
            '            {{- toYaml .Values.resources | nindent 12 }}',
            '',
          ].join('\n'),
        },
      },
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: vectors\nversion: 1.0.0\n',
          'chart/templates/deployment.yaml': [
            'apiVersion: apps/v1',
            'kind: Deployment',
            'metadata: { name: vectors }',
            'spec:',
            '  template:',
            '    spec:',
            '      containers:',
            '        - name: qdrant',
            '          image: qdrant/qdrant:v1.16.0',
            '          resources:',
            '            {{- toYaml .Values.resources | nindent 12 }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
