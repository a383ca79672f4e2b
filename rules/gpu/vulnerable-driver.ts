import { defineRule, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { gpuSoftware, type GpuSoftware } from '../../src/concepts/gpu-software.ts';
import { driverVulnerability, vulnerabilityOf } from '../../src/facts/versions.ts';

/** The image that stands for a part in the table of vulnerable versions: its tags are the part's versions. */
const images = { 'container toolkit': 'nvidia/k8s/container-toolkit', operator: 'nvidia/gpu-operator' } as const;

export default defineRule({
  id: 'gpu/vulnerable-driver',
  title: 'GPU driver, toolkit or operator has known vulnerabilities',
  severity: 'high',
  requirements: ['R1', 'R26'],
  frameworks: { nist: ['SI-2', 'RA-5'], stride: ['elevation-of-privilege', 'denial-of-service'], atlas: ['AML.T0010'] },
  why: `The driver runs in the kernel and the container toolkit runs as root when a container starts. A flaw in them lets one GPU workload reach the node and every other workload on it, whatever the container's own settings are.`,
  links: [
    'https://www.nvidia.com/en-us/security/',
    'https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/platform-support.html',
  ],
  looksAt: gpuSoftware,

  *check(software) {
    const problem = software.is === 'driver' ? ofDriver(software) : ofImage(software, images[software.is]);
    if (problem) yield { at: software.at, ...problem };
  },

  examples: {
    bad: [
      {
        name: 'a ClusterPolicy with an old driver and an old toolkit',
        files: yaml`
          apiVersion: nvidia.com/v1
          kind: ClusterPolicy
          metadata: { name: cluster-policy }
          spec:
            operator: { defaultRuntime: containerd }
            driver:
              enabled: true
              version: 550.54.14 # <- finds
            toolkit:
              version: v1.17.6-ubuntu20.04 # <- finds
            devicePlugin: {}
            daemonsets: {}
            dcgm: {}
            dcgmExporter: {}
            gfd: {}
            nodeStatusExporter: {}
        `,
      },
      {
        name: 'an NVIDIADriver',
        files: yaml`
          apiVersion: nvidia.com/v1alpha1
          kind: NVIDIADriver
          metadata: { name: a100 }
          spec:
            driverType: gpu
            image: driver
            version: "535.104.12" # <- finds
        `,
      },
      {
        name: 'an old operator with a driver of an old release',
        files: terraform`
          resource "helm_release" "gpu_operator" {
            name       = "gpu-operator"
            repository = "https://helm.ngc.nvidia.com/nvidia"
            chart      = "gpu-operator"
            version    = "v24.6.1" # <- finds

            values = [yamlencode({
              driver = {
                version = "550.90.07" # <- finds
              }
            })]
          }
        `,
      },
      {
        name: 'the driver as a DaemonSet of one’s own',
        files: yaml`
          apiVersion: apps/v1
          kind: DaemonSet
          metadata: { name: nvidia-driver, namespace: gpu-system }
          spec:
            selector: { matchLabels: { app: driver } }
            template:
              metadata: { labels: { app: driver } }
              spec:
                containers:
                  - name: driver
                    image: nvcr.io/nvidia/driver:570.86.15-ubuntu22.04 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'the newest of a branch, and a driver that is on the nodes already',
        files: yaml`
          apiVersion: nvidia.com/v1
          kind: ClusterPolicy
          metadata: { name: new }
          spec:
            driver:
              version: 580.159.03
            toolkit:
              version: v1.19.1
          ---
          apiVersion: nvidia.com/v1
          kind: ClusterPolicy
          metadata: { name: preinstalled }
          spec:
            driver:
              enabled: false
              version: 550.54.14
            toolkit:
              enabled: false
              version: v1.17.6
          ---
          apiVersion: kyverno.io/v1
          kind: ClusterPolicy
          metadata: { name: other }
          spec:
            rules: []
        `,
      },
      {
        name: 'values of the operator that leave the versions to it',
        files: values`
          driver:
            rdma:
              enabled: true
          toolkit:
            enabled: true
          dcgmExporter:
            enabled: true
        `,
      },
      {
        name: 'another chart with a driver of its own',
        files: terraform`
          resource "helm_release" "csi" {
            name       = "csi"
            repository = "https://charts.example.com"
            chart      = "csi-driver"
            version    = "1.0.0"

            values = [yamlencode({
              driver = {
                version = "550.54.14"
              }
            })]
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a branch, a branch that no bulletin names, and a version from elsewhere',
        files: {
          ...yaml`
            apiVersion: nvidia.com/v1alpha1
            kind: NVIDIADriver
            metadata: { name: branch }
            spec:
              driverType: gpu
              image: driver
              version: "550"
            ---
            apiVersion: nvidia.com/v1alpha1
            kind: NVIDIADriver
            metadata: { name: odd }
            spec:
              driverType: gpu
              image: driver
              version: "560.35.03"
          `,
          ...terraform`
            variable "driver" {
              type = string
            }
            variable "managed" {
              type = bool
            }

            resource "helm_release" "gpu_operator" {
              name       = "gpu-operator"
              repository = "https://helm.ngc.nvidia.com/nvidia"
              chart      = "gpu-operator"
              version    = "v26.3.2"

              values = [yamlencode({
                driver = {
                  version = var.driver
                }
                toolkit = {
                  enabled = var.managed
                  version = "v1.17.6"
                }
              })]
            }
          `,
        },
      },
    ],
  },
});

function ofDriver({ version }: GpuSoftware) {
  const found = driverVulnerability(version);
  if (!found) return undefined;
  const [first = '', ...others] = found.ids;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return {
    severity: 'medium' as const,
    message: `Driver ${code(version)} has ${first}${more}, rated high: a workload can crash the node or gain rights on it through the driver. They are fixed in ${code(found.fixedIn)} of the same branch; move to that or newer.`,
  };
}

function ofImage({ is, version }: GpuSoftware, path: string) {
  const found = vulnerabilityOf(path, version);
  if (!found) return undefined;
  const { worst, software } = found;
  const subject = is === 'operator' ? 'GPU Operator' : 'Container toolkit';
  return {
    severity: worst.severity === 'critical' ? ('high' as const) : ('medium' as const),
    message: `${subject} ${code(version)} has ${worst.id}, rated ${worst.severity}: ${worst.summary}. It is fixed in ${worst.fixedIn}; move to ${software.moveTo} or newer.`,
  };
}
