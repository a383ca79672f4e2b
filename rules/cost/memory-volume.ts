import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { memoryVolume } from '../../src/concepts/autoscaling.ts';

export default defineRule({
  id: 'cost/memory-volume',
  title: 'Shared memory of a GPU pod has no limit',
  severity: 'low',
  requirements: ['R36', 'R39'],
  frameworks: { nist: ['SC-5', 'SC-6'], stride: ['denial-of-service'], atlas: ['AML.T0029'] },
  why: `A volume in memory is the right way to give data loaders and NCCL their shared memory. With no limit on the volume or on the container it can grow to half of the node’s memory or more, and other pods on the node are killed for it.`,
  links: ['https://kubernetes.io/docs/concepts/storage/volumes/#emptydir-memory-backed'],
  looksAt: memoryVolume,

  *check({ of, name, at, what }) {
    yield {
      at,
      subject: name,
      message: `The volume ${code(name)} of ${code(of.name)} (${what}) lives in memory, and neither ${code('sizeLimit')} nor a memory limit of the container bounds it: a large batch can take the memory of the node. Set ${code('sizeLimit')} to what the workload needs.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'shared memory of a trainer',
        files: yaml`
          apiVersion: batch/v1
          kind: Job
          metadata: { name: train }
          spec:
            template:
              spec:
                containers:
                  - name: trainer
                    image: nvcr.io/nvidia/pytorch:26.06-py3
                    resources: { limits: { nvidia.com/gpu: 8 } }
                    volumeMounts: [{ name: shm, mountPath: /dev/shm }]
                volumes:
                  - name: shm
                    emptyDir:
                      medium: Memory # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a limit on the volume, or on the container',
        files: yaml`
          apiVersion: batch/v1
          kind: Job
          metadata: { name: train }
          spec:
            template:
              spec:
                containers:
                  - name: trainer
                    image: nvcr.io/nvidia/pytorch:26.06-py3
                    resources: { limits: { nvidia.com/gpu: 8 } }
                volumes:
                  - name: shm
                    emptyDir: { medium: Memory, sizeLimit: 64Gi }
          ---
          apiVersion: batch/v1
          kind: Job
          metadata: { name: tune }
          spec:
            template:
              spec:
                containers:
                  - name: trainer
                    image: nvcr.io/nvidia/pytorch:26.06-py3
                    resources: { limits: { nvidia.com/gpu: 8, memory: 512Gi } }
                volumes:
                  - name: shm
                    emptyDir: { medium: Memory }
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: train
            version: 1.0.0
          `,
          ...file('chart/templates/job.yaml')`
            apiVersion: batch/v1
            kind: Job
            metadata: { name: train }
            spec:
              template:
                spec:
                  containers:
                    - name: trainer
                      image: nvcr.io/nvidia/pytorch:26.06-py3
                      resources:
                        limits:
                          nvidia.com/gpu: 8
                          memory: {{ .Values.memory }}
                  volumes:
                    - name: shm
                      emptyDir: { medium: Memory }
          `,
        },
      },
    ],
  },
});
