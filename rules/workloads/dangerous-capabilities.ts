import { defineRule, values, yaml } from '../../src/engine/define-rule.ts';
import { code, list } from '../../src/engine/words.ts';
import { securitySettings, subject } from '../../src/concepts/container-security.ts';

/** Capabilities that amount to control of the node. Source: capabilities(7) and the baseline Pod Security Standard. */
const nodeWide = new Set(['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_RAWIO', 'BPF', 'DAC_READ_SEARCH', 'SYS_BOOT', 'MAC_ADMIN']);
const strong = new Set(['SYS_PTRACE', 'NET_ADMIN', 'NET_RAW', 'SYS_TIME', 'SYSLOG', 'DAC_OVERRIDE', 'SETFCAP']);

export default defineRule({
  id: 'workloads/dangerous-capabilities',
  title: 'Container is given dangerous capabilities',
  severity: 'high',
  requirements: ['R36', 'R42'],
  frameworks: { cis: ['Kubernetes 5.2.9'], nist: ['AC-6', 'CM-7'], stride: ['elevation-of-privilege'] },
  why: `Capabilities such as SYS_ADMIN let a container mount file systems, load code into the kernel or read other processes: close to being root on the node. Debugging and profiling are the usual reasons they are added, and they stay.`,
  links: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
  ],
  looksAt: securitySettings,

  *check(settings) {
    const added = settings.field('capabilities', 'add');
    if (added.is !== 'list' || settings.infrastructure) return;
    const named = added.items.map((item) => (item.is === 'known' ? String(item.value).toUpperCase().replace(/^CAP_/, '') : ''));
    const names = named.filter((name) => name !== '');
    const whole = names.filter((name) => nodeWide.has(name));
    const found = [...whole, ...names.filter((name) => strong.has(name))];
    const [worst] = found;
    const index = worst === undefined ? -1 : named.indexOf(worst);
    const at = added.items[index];
    if (!at) return;
    const consequence = whole.length > 0 ? 'which is close to root on the node' : 'which reaches beyond its own processes or network';
    yield {
      at: { ...at, of: added.of, path: added.path },
      severity: whole.length > 0 && settings.ai ? 'high' : 'medium',
      message: `${subject(settings)} is given ${list(found.map(code))}, ${consequence}. Drop ${code('ALL')} and add back only what it fails without; GPUs need no capability, and RDMA only ${code('IPC_LOCK')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'SYS_ADMIN on a training worker',
        files: yaml`
          apiVersion: kubeflow.org/v1
          kind: PyTorchJob
          metadata: { name: pretrain }
          spec:
            pytorchReplicaSpecs:
              Worker:
                template:
                  spec:
                    containers:
                      - name: pytorch
                        image: acme/pretrain:3.1.0
                        securityContext:
                          capabilities:
                            add: [SYS_ADMIN] # <- finds
        `,
      },
      {
        name: 'behind one that is needed',
        files: yaml`
          apiVersion: kubeflow.org/v1
          kind: PyTorchJob
          metadata: { name: pretrain }
          spec:
            pytorchReplicaSpecs:
              Worker:
                template:
                  spec:
                    containers:
                      - name: pytorch
                        image: acme/pretrain:3.1.0
                        securityContext:
                          capabilities:
                            add:
                              - IPC_LOCK
                              - NET_RAW
                              - SYS_RAWIO # <- finds
          `,
      },
      {
        name: 'chart values',
        files: values`
          image:
            repository: ghcr.io/open-webui/open-webui
            tag: 0.11.0
          containerSecurityContext:
            capabilities:
              add: [NET_ADMIN] # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'memory locking for RDMA',
        files: yaml`
          apiVersion: kubeflow.org/v1
          kind: PyTorchJob
          metadata: { name: pretrain }
          spec:
            pytorchReplicaSpecs:
              Worker:
                template:
                  spec:
                    containers:
                      - name: pytorch
                        image: acme/pretrain:3.1.0
                        securityContext:
                          capabilities:
                            drop: [ALL]
                            add: [IPC_LOCK]
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
                  capabilities: { add: [SYS_ADMIN] }
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: pretrain\nversion: 1.0.0\n',
          'chart/templates/pod.yaml': [
            'apiVersion: v1',
            'kind: Pod',
            'metadata: { name: pretrain }',
            'spec:',
            '  containers:',
            '    - name: worker',
            '      image: acme/pretrain:3.1.0',
            '      securityContext:',
            '        capabilities:',
            '          add: {{ .Values.capabilities }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});
