import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { gpuSharing } from '../../src/concepts/quota.ts';

export default defineRule({
  id: 'tenancy/shared-gpu',
  title: 'One GPU is handed to several pods without a wall between',
  severity: 'low',
  requirements: ['R1', 'R25'],
  frameworks: { nist: ['SC-4', 'SC-39'], stride: ['information-disclosure', 'denial-of-service'] },
  why: `With time-slicing or MPS several pods use one GPU with nothing that separates their memory or their faults for certain: one can take all the memory, and one crash can end the others. That is fine within a team and not between tenants.`,
  links: [
    'https://github.com/NVIDIA/k8s-device-plugin#shared-access-to-gpus',
    'https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-sharing.html',
  ],
  looksAt: gpuSharing,

  *check({ of, at, how, replicas }) {
    yield {
      at,
      message: `${code(of.name)} hands each GPU to ${code(replicas)} pods by ${how}, without isolated memory or faults: keep to pods that trust one another, with nodes of their own for each tenant, or use MIG, which separates both.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'in a ConfigMap of the device plugin',
        files: yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: device-plugin, namespace: gpu-operator }
          data:
            any: |
              version: v1
              sharing:
                timeSlicing:
                  resources:
                    - name: nvidia.com/gpu
                      replicas: 8 # <- finds
        `,
      },
      {
        name: 'in chart values',
        files: file('nvidia-device-plugin/values.yaml')`
          config:
            map:
              default: |-
                version: v1
                sharing:
                  mps:
                    resources:
                      - name: nvidia.com/gpu
                        replicas: 4 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'MIG',
        files: yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: device-plugin, namespace: gpu-operator }
          data:
            any: |
              version: v1
              flags:
                migStrategy: mixed
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
          ...file('chart/templates/config.yaml')`
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: device-plugin }
            data:
              any: |
                version: v1
                sharing:
                  timeSlicing:
                    resources:
                      - name: nvidia.com/gpu
                        replicas: {{ .Values.replicas }}
          `,
        },
      },
    ],
  },
});
