import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { defaultsInForce, installedWith } from '../../src/concepts/chart-install-defaults.ts';
import { exposedBy } from '../../src/concepts/chart-install-login.ts';

export default defineRule({
  id: 'charts/opened',
  title: 'A value of the chart takes a check away',
  severity: 'medium',
  requirements: ['R4', 'R5', 'R33'],
  frameworks: { nist: ['AC-3', 'IA-2', 'CM-6'], stride: ['spoofing', 'tampering'], atlas: ['AML.T0049'] },
  why: `The charts leave these switches off, because each of them believes whoever asks: a header that anybody can write, an address that nobody verified, a call that empties the database. They are made for tests, or for a network in which nothing else can reach the service.`,
  links: ['https://docs.openwebui.com/features/auth/sso', 'https://cookbook.chromadb.dev/core/configuration/'],
  looksAt: chartInstall,

  *check(install) {
    for (const found of defaultsInForce(install, 'open')) {
      const { row, at, fix } = found;
      if (!row.chosen) continue;
      const exposed = exposedBy(install);
      yield {
        at,
        severity: exposed && row.severity === 'medium' ? 'high' : (row.severity ?? 'medium'),
        message: installedWith(install, found, exposed && `, and ${code(exposed.at.path.join('.'))} publishes it`),
        related: exposed ? exposed.at.origins.map((origin) => origin.span) : [],
        fix,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'a header says who is logged in',
        files: file('open-webui/values.yaml')`
          sso:
            enabled: true
            mergeAccountsByEmail: true # <- finds
            trustedHeader:
              enabled: true # <- finds
              emailHeader: X-User-Email
          service:
            type: NodePort
        `,
      },
      {
        name: 'a database that can be wiped',
        files: terraform`
          resource "helm_release" "chroma" {
            name       = "chroma"
            repository = "https://amikos-tech.github.io/chromadb-chart/"
            chart      = "chromadb"
            version    = "0.2.2"

            values = [<<-EOT
              chromadb:
                allowReset: true # <- finds
            EOT
            ]
          }
        `,
        suggests: '      allowReset: false',
      },
      {
        name: 'a value, beside a chart that is open by default',
        files: terraform`
          resource "helm_release" "chroma" {
            name       = "chroma"
            repository = "https://amikos-tech.github.io/chromadb-chart/"
            chart      = "chromadb"
            version    = "0.2.2"

            values = [<<-EOT
              chromadb:
                allowReset: true # <- finds
            EOT
            ]
          }

          resource "helm_release" "weaviate" {
            name       = "weaviate"
            repository = "https://weaviate.github.io/weaviate-helm"
            chart      = "weaviate"
            version    = "17.5.1"
          }
        `,
        suggests: '      allowReset: false',
      },
    ],
    good: [
      {
        name: 'left off, or without single sign-on',
        files: {
          ...file('a/open-webui/values.yaml')`
            pipelines:
              enabled: false
            sso:
              enabled: true
              trustedHeader:
                enabled: false
            service:
              type: ClusterIP
          `,
          ...file('b/open-webui/values.yaml')`
            pipelines:
              enabled: false
            sso:
              enabled: false
              trustedHeader:
                enabled: true
            service:
              type: ClusterIP
          `,
        },
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "reset" {
            type = bool
          }

          resource "helm_release" "chroma" {
            name       = "chroma"
            repository = "https://amikos-tech.github.io/chromadb-chart/"
            chart      = "chromadb"
            version    = "0.2.2"
            values     = [yamlencode({ chromadb = { allowReset = var.reset } })]
          }
        `,
      },
    ],
  },
});
