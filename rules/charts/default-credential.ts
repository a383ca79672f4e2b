import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { capital, code } from '../../src/engine/words.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { defaultsInForce } from '../../src/concepts/chart-install-defaults.ts';

export default defineRule({
  id: 'charts/default-credential',
  title: 'Chart’s published password is in force',
  severity: 'high',
  requirements: ['R4', 'R10', 'R33'],
  frameworks: { nist: ['IA-5', 'CM-6'], stride: ['spoofing', 'tampering', 'elevation-of-privilege'], atlas: ['AML.T0012'] },
  why: `A password that is printed in a chart is no password. Every pod of the cluster, and everybody who gets into one, can use it.`,
  links: ['https://github.com/zilliztech/milvus-helm', 'https://docs.openwebui.com/features/extensibility/pipelines/'],
  looksAt: chartInstall,

  *check(install) {
    for (const { row, at, written } of defaultsInForce(install, 'credential')) {
      // The same password in plain text is also for secrets/default-password, on its own line; here it matters that nobody chose it.
      if (written) continue;
      yield {
        at,
        subject: row.path.join('.'),
        message: `${capital(install.chart.product)} is installed without ${code(row.path.join('.'))}, so the chart’s default holds: ${row.consequence}. Better ${row.instead}.`,
        related: install.at.origins.map((origin) => origin.span),
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'Milvus with the object store that it brings along',
        files: terraform`
          resource "helm_release" "milvus" {
            name       = "milvus"
            repository = "https://zilliztech.github.io/milvus-helm/"
            chart      = "milvus" # <- finds
            version    = "5.0.19"
          }
        `,
      },
      {
        name: 'Open WebUI with its pipelines server',
        files: {
          ...file('chat/Chart.yaml')`
            apiVersion: v2
            name: chat
            version: 1.0.0
            dependencies:
              - name: open-webui # <- finds
                version: 8.12.0
                repository: https://helm.openwebui.com/
          `,
        },
      },
    ],
    good: [
      {
        name: 'a Secret, and a bucket with an identity',
        files: terraform`
          resource "helm_release" "milvus" {
            name       = "milvus"
            repository = "https://zilliztech.github.io/milvus-helm/"
            chart      = "milvus"
            version    = "5.0.19"

            values = [yamlencode({
              minio      = { enabled = false }
              externalS3 = { enabled = true, useIAM = true, host = "s3.eu-central-1.amazonaws.com", port = "443", bucketName = "acme-vectors" }
            })]
          }
        `,
      },
      {
        name: 'pipelines off',
        files: {
          ...file('chat/Chart.yaml')`
            apiVersion: v2
            name: chat
            version: 1.0.0
            dependencies:
              - name: open-webui
                version: 8.12.0
                repository: https://helm.openwebui.com/
          `,
          ...file('chat/values.yaml')`
            open-webui:
              pipelines:
                enabled: false
          `,
        },
      },
      {
        name: 'another publisher’s chart of the same name',
        files: terraform`
          resource "helm_release" "milvus" {
            name       = "milvus"
            repository = "https://charts.example.com/stable"
            chart      = "milvus"
            version    = "1.2.3"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a secret that comes from a variable',
        files: terraform`
          variable "minio_secret" {
            type      = string
            sensitive = true
          }

          resource "helm_release" "milvus" {
            name       = "milvus"
            repository = "https://zilliztech.github.io/milvus-helm/"
            chart      = "milvus"
            version    = "5.0.19"

            set_sensitive = [{ name = "minio.secretKey", value = var.minio_secret }]
          }
        `,
      },
    ],
  },
});
