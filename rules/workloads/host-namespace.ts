import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import type { View } from '../../src/model/resource.ts';
import { isTrue, securitySettings, subject, type SecuritySettings } from '../../src/concepts/container-security.ts';
import { textOf } from '../../src/concepts/setting.ts';

const namespaces = [
  {
    key: 'hostNetwork',
    means:
      'uses the network of its node: NetworkPolicies do not apply to it, and it reaches the cloud metadata service and whatever listens on the node',
    instead:
      'Publish its ports through a Service. Where training needs the network card itself, attach it through a device plugin (EFA, SR-IOV).',
  },
  {
    key: 'hostPID',
    means: 'sees every process on its node, with the environment variables and files of other pods',
    instead: 'Share a process namespace within the pod if its containers need to see one another.',
  },
  {
    key: 'hostIPC',
    means: 'shares memory with every process on its node, so it can read other pods’ tensors and change them',
    instead: 'For NCCL and data loaders, mount an `emptyDir` with `medium: Memory` and a size limit at `/dev/shm`.',
  },
] as const;

export default defineRule({
  id: 'workloads/host-namespace',
  title: 'Pod shares a namespace with its node',
  severity: 'high',
  requirements: ['R36', 'R25', 'R38'],
  frameworks: {
    cis: ['Kubernetes 5.2.3', 'Kubernetes 5.2.4', 'Kubernetes 5.2.5'],
    nist: ['SC-39', 'AC-6'],
    stride: ['information-disclosure', 'elevation-of-privilege'],
  },
  why: `A pod on its node's network, process table or shared memory is no longer walled off from the other pods there. On a GPU node those are often other teams' models and data.`,
  links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  looksAt: securitySettings,

  *check(settings) {
    if (settings.infrastructure) return;
    for (const { key, means, instead } of namespaces) {
      const at = settings.host(key);
      if (!at || !isTrue(at)) continue;
      const serves = settings.ai?.role === 'model server' || settings.ai?.role === 'notebook';
      yield {
        at,
        severity: serves ? 'high' : 'medium',
        message: `${subject(settings)} ${means} (${code(`${key}: true`)}). ${instead}`,
        fix: worksWithout(key, settings, serves) ? [{ do: 'set', at, to: false }] : [],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'a model server on the host network',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: speech }
          spec:
            template:
              spec:
                hostNetwork: true # <- finds
                containers:
                  - name: speech
                    image: nvcr.io/nim/nvidia/speech:1.2.0
        `,
        suggests: '      hostNetwork: false',
      },
      {
        name: 'shared memory for NCCL',
        files: yaml`
          apiVersion: kubeflow.org/v1
          kind: PyTorchJob
          metadata: { name: pretrain }
          spec:
            pytorchReplicaSpecs:
              Worker:
                template:
                  spec:
                    hostIPC: true # <- finds
                    containers:
                      - name: pytorch
                        image: acme/pretrain:3.1.0
        `,
      },
      {
        name: 'shared memory twice over, the processes of others and the node’s network cards',
        files: yaml`
          apiVersion: kubeflow.org/v1
          kind: PyTorchJob
          metadata: { name: pretrain }
          spec:
            pytorchReplicaSpecs:
              Worker:
                template:
                  spec:
                    hostIPC: true # <- finds
                    hostPID: true # <- finds
                    hostNetwork: true # <- finds
                    initContainers:
                      - name: data
                        image: acme/data:3.1.0
                    containers:
                      - name: pytorch
                        image: acme/pretrain:3.1.0
                        volumeMounts:
                          - { name: shm, mountPath: /dev/shm }
                    volumes:
                      - name: shm
                        emptyDir: { medium: Memory, sizeLimit: 16Gi }
        `,
        suggests: '          hostIPC: false',
      },
      {
        name: 'the processes of others',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: llm }
          spec:
            hostPID: true # <- finds
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
        `,
        suggests: '  hostPID: false',
      },
      {
        name: 'a notebook that opens a port of the node anyway',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: lab }
          spec:
            hostNetwork: true # <- finds
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                ports: [{ containerPort: 8888, hostPort: 8888 }]
        `,
      },
    ],
    good: [
      {
        name: 'shared memory of its own',
        files: yaml`
          apiVersion: kubeflow.org/v1
          kind: PyTorchJob
          metadata: { name: pretrain }
          spec:
            pytorchReplicaSpecs:
              Worker:
                template:
                  spec:
                    hostIPC: false
                    containers:
                      - name: pytorch
                        image: acme/pretrain:3.1.0
                        volumeMounts:
                          - { name: shm, mountPath: /dev/shm }
                    volumes:
                      - name: shm
                        emptyDir: { medium: Memory, sizeLimit: 16Gi }
        `,
      },
      {
        name: 'what serves the GPUs of a node has to reach it',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: dcgm-exporter, namespace: gpu-operator }
          spec:
            hostNetwork: true
            containers:
              - name: exporter
                image: nvcr.io/nvidia/k8s/dcgm-exporter:4.5.1
        `,
      },
    ],
    unknown: [
      {
        name: 'only for those who ask the chart for it',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: pretrain\nversion: 1.0.0\n',
          'chart/values.yaml': 'network:\n  ofHost: false\n',
          'chart/templates/pod.yaml': [
            'apiVersion: v1',
            'kind: Pod',
            'metadata: { name: pretrain }',
            'spec:',
            '  {{- if .Values.network.ofHost }}',
            '  hostPID: true',
            '  {{- end }}',
            '  containers:',
            '    - name: worker',
            '      image: acme/pretrain:3.1.0',
            '',
          ].join('\n'),
        },
      },
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: pretrain\nversion: 1.0.0\n',
          'chart/templates/pod.yaml': [
            'apiVersion: v1',
            'kind: Pod',
            'metadata: { name: pretrain }',
            'spec:',
            '  hostNetwork: {{ .Values.hostNetwork }}',
            '  containers:',
            '    - name: worker',
            '      image: acme/pretrain:3.1.0',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});

/**
 * Whether the workload is known to do without. A server or notebook is reached through a Service; training may use the node's network cards.
 * Nothing of an AI system needs the processes of others. Shared memory is needed, so a volume has to give it already.
 */
function worksWithout(key: string, { ai, pod }: SecuritySettings, serves: boolean): boolean {
  if (!ai || !pod) return false;
  if (key === 'hostNetwork') return serves && pod.containers.every((container) => container.items('ports').every(isOnPodOnly));
  if (key === 'hostPID') return true;
  return pod.containers.every(
    (container) => container.init || container.items('volumeMounts').some((mount) => textOf(mount.attr('mountPath')) === '/dev/shm'),
  );
}

const isOnPodOnly = (port: View): boolean => port.attr('hostPort').is === 'absent';
