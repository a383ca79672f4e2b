import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { defaultsInForce, installedWith } from '../../src/concepts/chart-install-defaults.ts';

export default defineRule({
  id: 'charts/unchecked-source',
  title: 'Chart loads models from whoever answers',
  severity: 'medium',
  requirements: ['R36', 'R2', 'R39'],
  frameworks: { nist: ['SC-8', 'SI-7'], stride: ['tampering'], atlas: ['AML.T0010'] },
  why: `With the check of certificates off, a machine on the way, or a name that resolves to another address, puts its own model in place of yours. What answers your users is then somebody else’s.`,
  links: ['https://github.com/otwld/ollama-helm', 'https://kserve.github.io/website/docs/model-serving/storage/providers/s3'],
  looksAt: chartInstall,

  *check(install) {
    for (const found of defaultsInForce(install, 'unchecked'))
      yield { at: found.at, message: installedWith(install, found), fix: found.fix };
  },

  examples: {
    bad: [
      {
        name: 'Ollama',
        files: file('ollama/values.yaml')`
          ollama:
            insecure: true # <- finds
            models:
              pull: [registry.example.com/acme/chat]
          replicaCount: 1
        `,
        suggests: '  insecure: false',
      },
      {
        name: 'KServe',
        files: terraform`
          resource "helm_release" "kserve" {
            name       = "kserve"
            repository = "oci://ghcr.io/kserve/charts"
            chart      = "kserve-resources"
            version    = "v0.20.0"

            values = [<<-EOT
              kserve:
                storage:
                  s3:
                    verifySSL: "0" # <- finds
            EOT
            ]
          }
        `,
        suggests: '          verifySSL: "1"',
      },
    ],
    good: [
      {
        name: 'left on',
        files: file('ollama/values.yaml')`
          ollama:
            insecure: false
            models:
              pull: [registry.example.com/acme/chat]
          replicaCount: 1
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "insecure" {
            type = bool
          }

          resource "helm_release" "ollama" {
            name       = "ollama"
            repository = "https://otwld.github.io/ollama-helm/"
            chart      = "ollama"
            version    = "1.30.0"
            values     = [yamlencode({ ollama = { insecure = var.insecure } })]
          }
        `,
      },
    ],
  },
});
