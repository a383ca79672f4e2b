import { defineRule, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { hostPath } from '../../src/concepts/container-host-path.ts';
import type { Severity } from '../../src/engine/rule.ts';

interface Danger {
  readonly path: RegExp;
  readonly severity: Severity;
  readonly means: string;
  readonly instead: string;
}

const dangers: readonly Danger[] = [
  {
    path: /(docker|containerd|crio|cri-dockerd|podman)\.sock$/,
    severity: 'critical',
    means: 'the container runtime’s socket: whoever uses it starts containers as root on the node',
    instead: 'Build images with a rootless builder, and ask the Kubernetes API for what is about pods.',
  },
  {
    path: /^\/dev\/(nvidia|neuron|accel|kfd|dri)/,
    severity: 'medium',
    means: 'GPU devices past the scheduler, which then gives the same GPUs to another pod',
    instead: 'Ask for `nvidia.com/gpu` in `resources.limits`; the device plugin mounts what is needed.',
  },
  {
    path: /^\/dev\/shm\/?$/,
    severity: 'low',
    means: 'the node’s shared memory, which other pods read and fill',
    instead: 'Use an `emptyDir` with `medium: Memory` and a size limit.',
  },
  {
    path: /^(\/|\/(etc|root|home|boot|proc|sys|dev|run|var|var\/run|var\/lib|usr|lib|var\/log|opt)|\/(etc|root|var\/lib\/kubelet|var\/lib\/docker|var\/lib\/containerd|proc|sys)\/.*)\/?$/,
    severity: 'high',
    means: 'a system directory of the node, with its credentials or settings',
    instead: 'Mount only the file that is needed, read-only, or set it on the node.',
  },
  {
    path: /^\/var\/log\/./,
    severity: 'low',
    means: 'where what it writes outlives the pod, other pods read it, and nothing bounds how much it is',
    instead: 'Write logs to the standard output, which the node collects.',
  },
];
const cache: Omit<Danger, 'path'> = {
  severity: 'medium',
  means: 'where every later pod loads what one pod has written: a poisoned model or cache outlives its pod',
  instead: 'Use a PersistentVolumeClaim, or a generic ephemeral volume for a cache on local disk.',
};

/** Read-only, these tell nothing that a pod may not know. */
const harmless =
  /^\/(etc\/(os-release|localtime|timezone|machine-id|ssl(\/.*)?|pki(\/.*)?|ca-certificates(\/.*)?)|usr\/(share\/(zoneinfo|ca-certificates)|src|lib\/os-release|lib\/modules)|lib\/modules|boot|proc\/(swaps|cpuinfo|meminfo|loadavg))\/?$/;

export default defineRule({
  id: 'workloads/host-path',
  title: 'Pod mounts a path of its node',
  severity: 'medium',
  requirements: ['R36', 'R19', 'R25'],
  frameworks: {
    cis: ['Kubernetes 5.2.12'],
    nist: ['AC-6', 'SC-39'],
    stride: ['tampering', 'elevation-of-privilege'],
    atlas: ['AML.T0010'],
  },
  why: `A hostPath volume is the node's own disk. Model caches are the usual reason: a pod that can write there can swap the weights that other pods load, and a path to a system directory or a runtime socket is control of the node.`,
  links: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
    'https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes',
  ],
  looksAt: hostPath,

  *check({ at, path, name, ai, infrastructure, readOnly }) {
    if (infrastructure || (readOnly && harmless.test(path))) return;
    const danger = dangers.find((each) => each.path.test(path)) ?? cache;
    const milder =
      danger.severity === 'critical' || danger.severity === 'low'
        ? danger.severity
        : !ai || readOnly
          ? danger.severity === 'high'
            ? 'medium'
            : 'low'
          : danger.severity;
    yield {
      at,
      severity: milder,
      message: `Volume ${code(name || path)} mounts ${code(path)} of the node${readOnly ? ' read-only' : ''}, ${danger.means}. ${danger.instead}`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a model cache on the node',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm }
          spec:
            template:
              spec:
                securityContext: { runAsNonRoot: true }
                containers:
                  - name: server
                    image: ghcr.io/huggingface/text-generation-inference:3.3.7
                    volumeMounts:
                      - { name: cache, mountPath: /data }
                volumes:
                  - name: cache
                    hostPath:
                      path: /mnt/models # <- finds
        `,
      },
      {
        name: 'the runtime’s socket',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: builder, namespace: mlops-ai }
          spec:
            containers:
              - name: build
                image: docker:27.3.1
            volumes:
              - name: docker
                hostPath: { path: /var/run/docker.sock } # <- finds
        `,
      },
      {
        name: 'chart values',
        files: values`
          image:
            repository: nvcr.io/nim/meta/llama3-8b-instruct
            tag: 1.0.3
          hostPath:
            enabled: true
            path: /model-cache # <- finds
        `,
      },
      {
        name: 'a directory of logs',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: pretrain }
          spec:
            securityContext: { runAsNonRoot: true }
            containers:
              - name: worker
                image: nvcr.io/nvidia/pytorch:26.06-py3
                resources: { limits: { memory: 24Gi, nvidia.com/gpu: 1 } }
                volumeMounts: [{ name: logs, mountPath: /logs }]
            volumes:
              - name: logs
                hostPath: { path: /var/log/pretrain } # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'the time zone, read-only',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            securityContext: { runAsNonRoot: true }
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                resources: { limits: { memory: 24Gi } }
                volumeMounts:
                  - { name: zone, mountPath: /etc/localtime, readOnly: true }
            volumes:
              - name: zone
                hostPath: { path: /etc/localtime }
        `,
      },
      {
        name: 'a claim, and a host path that is switched off',
        files: values`
          image:
            repository: nvcr.io/nim/meta/llama3-8b-instruct
            tag: 1.0.3
          hostPath:
            enabled: false
            path: /model-cache
          persistence:
            enabled: true
            size: 100Gi
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides the path',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
          'chart/templates/pod.yaml': [
            'apiVersion: v1',
            'kind: Pod',
            'metadata: { name: cache }',
            'spec:',
            '  containers:',
            '    - name: warm',
            '      image: acme/warm:1.0.0',
            '  volumes:',
            '    - name: cache',
            '      hostPath:',
            '        path: {{ .Values.cachePath }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
