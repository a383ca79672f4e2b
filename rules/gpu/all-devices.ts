import { defineRule, terraform, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiPod, gpuLimit, isGpuInfrastructure } from '../../src/concepts/ai-workload.ts';
import { container } from '../../src/concepts/container.ts';
import type { Value } from '../../src/model/value.ts';
import { textOf } from '../../src/concepts/setting.ts';

/** All GPUs, or some by number or by name. Nothing, `void` and `none` give none. Source: NVIDIA Container Toolkit, environment variables. */
const gives = /^(?:all|\d+(?:,\d+)*|(?:GPU|MIG)-[\w./,-]+)$/;

export default defineRule({
  id: 'gpu/all-devices',
  title: 'Container takes GPUs past the scheduler',
  severity: 'medium',
  requirements: ['R1', 'R25', 'R42'],
  frameworks: { nist: ['AC-6', 'SC-39'], stride: ['information-disclosure', 'denial-of-service'] },
  why: `The NVIDIA runtime reads NVIDIA_VISIBLE_DEVICES and hands the container those GPUs, whoever has them. A container that asks the scheduler for none and sets it works on GPUs that were given to other pods: it takes their memory, makes their jobs fail, and no quota counts it.`,
  links: [
    'https://github.com/NVIDIA/k8s-device-plugin/issues/61',
    'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html',
    'https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/',
  ],
  looksAt: container,

  *check(subject) {
    const { pod, name, init } = subject;
    // A container that asks for GPUs is given those: the device plugin writes the variable anew (NVIDIA/nvidia-container-toolkit, issue 27).
    if (init || subject.attr('resources', 'limits').is === 'unknown') return;
    if (gpuLimit(subject) !== undefined || subject.items('resources', 'claims').length > 0 || isGpuInfrastructure(aiPod(pod), pod)) return;
    if (/daemon_?set/i.test(pod.of.type) || isPrivileged(subject.attr('securityContext', 'privileged'))) return;
    for (const variable of subject.items('env')) {
      const value = variable.attr('value');
      if (textOf(variable.attr('name')) !== 'NVIDIA_VISIBLE_DEVICES' || value.is !== 'known' || !gives.test(String(value.value))) continue;
      yield {
        at: value,
        message: `Container ${code(name || pod.of.name)} asks the scheduler for no GPU and takes ${value.value === 'all' ? 'every one of its node' : code(String(value.value))} with ${code('NVIDIA_VISIBLE_DEVICES')}, also those that other pods were given. Ask for what it needs with ${code('nvidia.com/gpu')} under ${code('resources.limits')}, and drop the variable; to share one GPU, use time-slicing or MIG.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'all of them, and one by its number',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: ollama }
          spec:
            template:
              spec:
                runtimeClassName: nvidia
                containers:
                  - name: ollama
                    image: ollama/ollama:0.14.0
                    env:
                      - name: NVIDIA_VISIBLE_DEVICES
                        value: all # <- finds
                    resources:
                      limits: { memory: 16Gi }
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: whisper }
          spec:
            containers:
              - name: whisper
                image: acme/whisper:1.0.0
                env:
                  - { name: NVIDIA_DRIVER_CAPABILITIES, value: compute }
                  - { name: NVIDIA_VISIBLE_DEVICES, value: "0" } # <- finds
        `,
      },
      {
        name: 'Terraform',
        files: terraform`
          resource "kubernetes_deployment" "ollama" {
            metadata {
              name = "ollama"
            }
            spec {
              template {
                metadata {}
                spec {
                  container {
                    name  = "ollama"
                    image = "ollama/ollama:0.14.0"
                    env {
                      name  = "NVIDIA_VISIBLE_DEVICES"
                      value = "all" # <- finds
                    }
                  }
                }
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'asked for, none, and what serves the GPUs of the nodes',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: ollama }
          spec:
            template:
              spec:
                containers:
                  - name: ollama
                    image: ollama/ollama:0.14.0
                    env: [{ name: NVIDIA_VISIBLE_DEVICES, value: all }]
                    resources:
                      limits: { nvidia.com/gpu: 1, memory: 16Gi }
                  - name: proxy
                    image: nginx:1.29.3
                    env: [{ name: NVIDIA_VISIBLE_DEVICES, value: void }]
          ---
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: gpu-watch }
          spec:
            template:
              spec:
                containers:
                  - name: watch
                    image: acme/gpu-watch:1.0.0
                    env: [{ name: NVIDIA_VISIBLE_DEVICES, value: all }]
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: dcgm-exporter }
          spec:
            containers:
              - name: exporter
                image: nvcr.io/nvidia/k8s/dcgm-exporter:4.5.1
                env: [{ name: NVIDIA_VISIBLE_DEVICES, value: all }]
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: claimed }
          spec:
            resourceClaims: [{ name: gpu, resourceClaimTemplateName: one-gpu }]
            containers:
              - name: server
                image: vllm/vllm-openai:v0.26.0
                env: [{ name: NVIDIA_VISIBLE_DEVICES, value: all }]
                resources:
                  limits: { memory: 32Gi }
                  claims: [{ name: gpu }]
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides what it asks for',
        files: {
          'chart/Chart.yaml': 'apiVersion: v2\nname: ollama\nversion: 1.0.0\n',
          'chart/templates/deployment.yaml': [
            'apiVersion: apps/v1',
            'kind: Deployment',
            'metadata: { name: ollama }',
            'spec:',
            '  template:',
            '    spec:',
            '      containers:',
            '        - name: ollama',
            '          image: ollama/ollama:0.14.0',
            '          env: [{ name: NVIDIA_VISIBLE_DEVICES, value: all }]',
            '          resources:',
            '            {{- toYaml .Values.resources | nindent 12 }}',
            '',
          ].join('\n'),
        },
      },
    ],
  },
});

/** A privileged container sees every device anyway, and is told so. */
const isPrivileged = (value: Value): boolean => value.is === 'unknown' || (value.is === 'known' && value.value === true);
