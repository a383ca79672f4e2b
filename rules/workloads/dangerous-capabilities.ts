import { defineRule, values, yaml } from '../../src/engine/define-rule.ts';
import { code, list } from '../../src/engine/words.ts';
import type { Fix } from '../../src/engine/rule.ts';
import type { Located } from '../../src/model/resource.ts';
import { gpuLimit, productOf } from '../../src/concepts/ai-workload.ts';
import { securitySettings, subject, type SecuritySettings } from '../../src/concepts/container-security.ts';

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
      fix: worksWithout(settings) ? without(added, named, found) : [],
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
        suggests: '                capabilities: {}',
      },
      {
        name: 'what mounts a bucket, and a tunnel beside a server, may need them',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: mounted }
          spec:
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                command: [sh, -c, "gcsfuse acme-models /models && vllm serve /models/chat"]
                securityContext:
                  capabilities: { add: [SYS_ADMIN] } # <- finds
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: tunnelled }
          spec:
            initContainers:
              - name: shared-memory
                image: vllm/vllm-openai:v0.26.0
                securityContext:
                  capabilities: { add: [SYS_ADMIN] } # <- finds
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
              - name: tunnel
                image: tailscale/tailscale:v1.90.0
                securityContext:
                  capabilities: { add: [NET_ADMIN] } # <- finds
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
        suggests: '                    - IPC_LOCK',
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

/**
 * Whether a container is known to do without: the one that uses the model or the GPU itself. A sidecar or an init container beside it (a mount,
 * a mesh, a tunnel) may be there for what its capability lets it do, and so may a server that mounts its bucket.
 */
function worksWithout({ ai, container, pod }: SecuritySettings): boolean {
  if (!ai || !container || container.init || !pod) return false;
  const line = [container.attr('image'), ...['command', 'args'].flatMap((key) => container.items(key).map(({ value }) => value))];
  const mounts = line.some((value) => value.is === 'known' && /fuse|s3fs|rclone|juicefs|\bmount\b/i.test(String(value.value)));
  const alone = pod.containers.filter((other) => !other.init).length === 1;
  return !mounts && (alone || productOf(container) !== undefined || gpuLimit(container) !== undefined);
}

/** What is harmless stays; a list of which nothing is left goes as a whole. */
function without(added: Located & { readonly is: 'list' }, named: readonly string[], found: readonly string[]): readonly Fix[] {
  const kept = added.items.flatMap((item, i) => (item.is === 'known' && !found.includes(named[i] ?? '') ? [String(item.value)] : []));
  if (kept.length === 0) return [{ do: 'remove', at: added }];
  return added.items.every((item) => item.is === 'known') ? [{ do: 'set', at: added, to: kept }] : [];
}
