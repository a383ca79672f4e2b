import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { defaultsInForce, installedWith } from '../../src/concepts/chart-install-defaults.ts';

export default defineRule({
  id: 'charts/needless-rights',
  title: 'Chart takes more rights than its product needs',
  severity: 'medium',
  requirements: ['R9', 'R36', 'R33'],
  frameworks: { nist: ['AC-6', 'CM-6'], stride: ['elevation-of-privilege'] },
  why: `A chart may bring a privileged container or a role for the whole cluster that only its templates show. Whoever gets into that pod, or into the image that it runs, has them.`,
  links: [
    'https://github.com/weaviate/weaviate-helm/blob/main/weaviate/values.yaml',
    'https://docs.vllm.ai/projects/production-stack/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  looksAt: chartInstall,

  *check(install) {
    for (const found of defaultsInForce(install, 'strong')) {
      const { row, at, fix } = found;
      yield {
        at,
        subject: row.path.join('.'),
        severity: row.severity ?? 'medium',
        message: installedWith(install, found),
        related: install.at.origins.map((origin) => origin.span),
        fix,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'a privileged container that the values say nothing about',
        files: terraform`
          resource "helm_release" "weaviate" {
            name       = "weaviate"
            repository = "https://weaviate.github.io/weaviate-helm"
            chart      = "weaviate" # <- finds
            version    = "17.5.1"
          }
        `,
      },
      {
        name: 'written out, and a second one that is chosen',
        files: file('weaviate/values.yaml')`
          initContainers:
            sysctlInitContainer:
              enabled: true # <- finds
            ensureFileOwnershipContainer:
              enabled: true # <- finds
          service:
            type: ClusterIP
        `,
      },
      {
        name: 'a controller that reads every Secret, in a file that only its keys tell of',
        files: file('stack/gpu-llm.tpl')`
          servingEngineSpec:
            vllmApiKey: \${key}
          loraController:
            enableLoraController: true # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'switched off, and an account of its own',
        files: {
          ...file('weaviate/values.yaml')`
            initContainers:
              sysctlInitContainer:
                enabled: false
            service:
              type: ClusterIP
            grpcService:
              enabled: false
            authentication:
              anonymous_access:
                enabled: false
          `,
          ...file('stack/values.yaml')`
            servingEngineSpec:
              modelSpec: []
            loraController:
              enableLoraController: true
              serviceAccountName: adapters
          `,
        },
      },
      {
        name: 'a controller that nobody asked for',
        files: file('stack/values.yaml')`
          servingEngineSpec:
            modelSpec: []
          routerSpec:
            serviceType: ClusterIP
        `,
      },
    ],
    unknown: [
      {
        name: 'values from elsewhere, and a file that lies over another one',
        files: {
          ...terraform`
            variable "values" {
              type = string
            }

            resource "helm_release" "weaviate" {
              name       = "weaviate"
              repository = "https://weaviate.github.io/weaviate-helm"
              chart      = "weaviate"
              version    = "17.5.1"
              values     = [var.values]
            }
          `,
          ...file('weaviate/values-prod.yaml')`
            replicas: 3
            service:
              type: ClusterIP
          `,
        },
      },
    ],
  },
});
