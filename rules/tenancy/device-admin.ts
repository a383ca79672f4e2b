import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { adminAccess } from '../../src/concepts/quota-admission.ts';

export default defineRule({
  id: 'tenancy/device-admin',
  title: 'Claim reaches GPUs that others are using',
  severity: 'high',
  requirements: ['R25', 'R1'],
  frameworks: { nist: ['AC-6', 'SC-4'], stride: ['elevation-of-privilege', 'information-disclosure'] },
  why: `Admin access gives a pod devices that belong to somebody else’s pod, beside its own use of them. It is for monitors of the platform. In a tenant’s namespace it opens the memory of every GPU to them.`,
  links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/#admin-access'],
  looksAt: adminAccess,

  *check({ of, at }) {
    yield {
      at,
      message: `${code(of.name)} asks for admin access: its pods get GPUs that pods of others are using. Leave it to the platform’s monitors, in a namespace that only administrators may write to.`,
      fix: [{ do: 'remove', at }],
    };
  },

  examples: {
    bad: [
      {
        name: 'a template',
        files: yaml`
          apiVersion: resource.k8s.io/v1
          kind: ResourceClaimTemplate
          metadata: { name: gpu, namespace: team-a }
          spec:
            spec:
              devices:
                requests:
                  - name: gpu
                    exactly:
                      deviceClassName: gpu.nvidia.com
                      adminAccess: true # <- finds
        `,
        suggests: '            deviceClassName: gpu.nvidia.com',
      },
    ],
    good: [
      {
        name: 'a claim for one’s own',
        files: yaml`
          apiVersion: resource.k8s.io/v1
          kind: ResourceClaim
          metadata: { name: gpu, namespace: team-a }
          spec:
            devices:
              requests:
                - name: gpu
                  exactly:
                    deviceClassName: gpu.nvidia.com
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
          ...file('chart/templates/claim.yaml')`
            apiVersion: resource.k8s.io/v1beta1
            kind: ResourceClaim
            metadata: { name: gpu }
            spec:
              devices:
                requests:
                  - name: gpu
                    deviceClassName: gpu.nvidia.com
                    adminAccess: {{ .Values.admin }}
          `,
        },
      },
    ],
  },
});
