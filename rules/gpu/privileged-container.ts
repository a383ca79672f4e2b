import { defineRule, file, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { asksForGpu, gpuLimit } from '../../src/concepts/ai-workload.ts';
import { isTrue, securitySettings, subject, type SecuritySettings } from '../../src/concepts/container-security.ts';

export default defineRule({
  id: 'gpu/privileged-container',
  title: 'Container is privileged',
  severity: 'high',
  requirements: ['R42', 'R36', 'R23', 'R25'],
  frameworks: { cis: ['Kubernetes 5.2.2'], nist: ['AC-6', 'CM-7'], stride: ['elevation-of-privilege'] },
  why: `A privileged container is root on its node: it sees every device, every other pod's memory and the node's credentials. A model server runs code from model files and parses requests from strangers, so a single bug there becomes the whole node. GPUs do not need it: the device plugin hands a container its GPUs through the \`nvidia.com/gpu\` limit.`,
  links: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/',
  ],
  looksAt: securitySettings,

  *check(settings) {
    const privileged = settings.field('privileged');
    if (!isTrue(privileged) || settings.infrastructure) return;
    const helper = settings.container?.init === true || !settings.ai;
    yield {
      at: privileged,
      severity: helper ? 'medium' : 'high',
      message: `${subject(settings)} runs privileged: code in it controls the node and every pod there. ${advice(settings)}`,
      ...(helper ? {} : { fix: [{ do: 'set', at: privileged, to: false }] }),
    };
  },

  examples: {
    bad: [
      {
        name: 'a model server on TPUs',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: maxengine }
          spec:
            template:
              spec:
                containers:
                  - name: server
                    image: us-docker.pkg.dev/acme/maxengine-server:v0.2.2
                    securityContext:
                      privileged: true # <- finds
                    resources:
                      limits: { google.com/tpu: 8 }
        `,
        suggests: '            privileged: false',
      },
      {
        name: 'a model server that wants its GPU',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm }
          spec:
            template:
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
                    securityContext:
                      privileged: true # <- finds
        `,
        suggests: '            privileged: false',
      },
      {
        name: 'inside a RayCluster',
        files: yaml`
          apiVersion: ray.io/v1
          kind: RayCluster
          metadata: { name: training }
          spec:
            headGroupSpec:
              template:
                spec:
                  containers:
                    - name: ray-head
                      image: rayproject/ray:2.56.0
                      securityContext:
                        privileged: true # <- finds
        `,
        suggests: '              privileged: false',
      },
      {
        name: 'an init container that tunes the node',
        files: yaml`
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: tune-network, namespace: gpu-operator }
          spec:
            template:
              spec:
                initContainers:
                  - name: sysctl
                    image: busybox:1.36.1
                    securityContext:
                      privileged: true # <- finds
                containers:
                  - name: pause
                    image: registry.k8s.io/pause:3.10
        `,
      },
      {
        name: 'chart values',
        files: values`
          image:
            repository: ollama/ollama
            tag: 0.17.1
          securityContext:
            privileged: true # <- finds
        `,
        suggests: '  privileged: false',
      },
      {
        name: 'Terraform',
        files: terraform`
          resource "kubernetes_deployment" "llm" {
            metadata {
              name = "llm"
            }
            spec {
              selector {
                match_labels = { app = "llm" }
              }
              template {
                metadata {
                  labels = { app = "llm" }
                }
                spec {
                  container {
                    name  = "server"
                    image = "vllm/vllm-openai:v0.26.0"
                    security_context {
                      privileged = true # <- finds
                    }
                  }
                }
              }
            }
          }
        `,
        suggests: '            privileged = false',
      },
    ],
    good: [
      {
        name: 'a GPU through its limit',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm }
          spec:
            template:
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
                    resources:
                      limits: { nvidia.com/gpu: 1, memory: 32Gi }
                    securityContext:
                      privileged: false
        `,
      },
      {
        name: 'what the GPU operator puts on each node, and an installer of drivers',
        files: yaml`
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: nvidia-mig-manager, namespace: gpu-operator }
          spec:
            template:
              spec:
                containers:
                  - name: manager
                    image: acme/from-the-operator:1.0.0
                    securityContext:
                      privileged: true
          ---
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: efa-installer, namespace: gpu }
          spec:
            template:
              spec:
                initContainers:
                  - name: installer
                    image: amazonlinux:2023.6.20250218.2
                    securityContext:
                      privileged: true
                containers:
                  - name: pause
                    image: registry.k8s.io/pause:3.10
        `,
      },
      {
        name: 'the device plugin has to reach the devices',
        files: yaml`
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: nvidia-device-plugin-daemonset, namespace: kube-system }
          spec:
            template:
              spec:
                containers:
                  - name: nvidia-device-plugin-ctr
                    image: nvcr.io/nvidia/k8s-device-plugin:v0.17.4
                    securityContext:
                      privileged: true
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
          ...file('chart/templates/deployment.yaml')`
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: llm }
            spec:
              template:
                spec:
                  containers:
                    - name: server
                      image: "{{ .Values.image }}"
                      resources: {{ toYaml .Values.resources | nindent 12 }}
                      securityContext:
                        privileged: {{ .Values.privileged }}
          `,
        },
      },
    ],
  },
});

/** What to do instead, by why people reach for it. */
function advice({ pod, container, ai }: SecuritySettings): string {
  if (container?.init === true)
    return 'If it only sets a kernel parameter or an owner, set that on the node, or give it just the capability that it needs.';
  const limit = container && gpuLimit(container);
  const minimum = `${code('runAsNonRoot: true')} and ${code('capabilities: {drop: [ALL]}')}`;
  if (limit !== undefined)
    return `Its ${deviceOf(limit)} comes through the ${code(limit)} limit, which needs no privilege; use ${minimum}.`;
  if ((pod && asksForGpu(pod)) || ai?.role === 'model server' || ai?.role === 'training')
    return `For a GPU, ask for ${code('nvidia.com/gpu')} in ${code('resources.limits')}, with ${minimum}.`;
  return `Give it the one capability that it needs instead, with ${minimum}.`;
}

/** What a limit asks for. TPUs need no privilege either since GKE 1.28: https://cloud.google.com/kubernetes-engine/docs/how-to/tpus. */
function deviceOf(limit: string): string {
  if (limit.includes('tpu')) return 'TPU';
  return /neuron|gaudi/.test(limit) ? 'accelerator' : 'GPU';
}
