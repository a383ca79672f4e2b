import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { defaultsInForce, installedWith } from '../../src/concepts/chart-install-defaults.ts';
import { isForTests } from '../../src/concepts/made-for-tests.ts';

export default defineRule({
  id: 'charts/data-lost',
  title: 'Chart keeps its data only as long as its pod lives',
  severity: 'medium',
  requirements: ['R33', 'R45'],
  frameworks: { nist: ['CP-9', 'CM-6'], stride: ['denial-of-service'] },
  why: `Pods are restarted and moved whenever a node is drained or runs out of memory. What was kept in memory or in the pod’s own file system is gone then, and with it the runs, the registered models, the vectors or the accounts.`,
  links: ['https://mlflow.org/docs/latest/self-hosting/architecture/backend-store/', 'https://milvus.io/docs/deploy_etcd.md'],
  looksAt: chartInstall,

  *check(install) {
    // Where one tries things out, a start from nothing is often what is wanted.
    if (install.of.environment.stage === 'dev' || isForTests(install.of)) return;
    for (const found of defaultsInForce(install, 'lost')) {
      const { row, at, fix } = found;
      yield {
        at,
        subject: row.path.join('.'),
        message: installedWith(install, found),
        related: install.at.origins.map((origin) => origin.span),
        fix,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'a tracker with nothing said about its database',
        files: terraform`
          resource "helm_release" "mlflow" { # <- finds
            name       = "mlflow"
            repository = "https://community-charts.github.io/helm-charts"
            chart      = "mlflow"
            version    = "1.11.3"

            values = [yamlencode({
              auth = { enabled = true }
            })]
          }
        `,
      },
      {
        name: 'a vector database without volumes',
        files: file('milvus/values.yaml')`
          cluster:
            enabled: false
          minio:
            existingSecret: object-store
            persistence:
              enabled: false # <- finds
          etcd:
            persistence:
              enabled: false # <- finds
        `,
        suggests: '    enabled: true',
      },
      {
        name: 'a hub that forgets',
        files: file('hub/config.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
            db:
              type: sqlite-memory # <- finds
          proxy:
            service:
              type: ClusterIP
          singleuser:
            memory:
              limit: 4G
        `,
        suggests: '    type: sqlite-pvc',
      },
    ],
    good: [
      {
        name: 'a database of one’s own, a bucket, and volumes',
        files: {
          ...terraform`
            resource "helm_release" "mlflow" {
              name       = "mlflow"
              repository = "https://community-charts.github.io/helm-charts"
              chart      = "mlflow"
              version    = "1.11.3"

              values = [yamlencode({
                auth         = { enabled = true }
                backendStore = { postgres = { enabled = true, host = "db.example.com", database = "mlflow" } }
              })]
            }
          `,
          ...file('milvus/values.yaml')`
            cluster:
              enabled: false
            minio:
              enabled: false
              persistence:
                enabled: false
            externalS3:
              enabled: true
            etcd:
              persistence:
                enabled: true
          `,
        },
      },
      {
        name: 'values that do not say, where the chart keeps it',
        files: file('milvus/values.yaml')`
          cluster:
            enabled: false
          minio:
            existingSecret: object-store
        `,
      },
      {
        name: 'a hub of developers, and one of tests',
        files: {
          ...file('hub/dev-config.yaml')`
            hub:
              config: { JupyterHub: { authenticator_class: github } }
              db: { type: sqlite-memory }
            proxy:
              service: { type: ClusterIP }
            singleuser:
              memory: { limit: 4G }
          `,
          ...file('ci/hub/config.yaml')`
            hub:
              config: { JupyterHub: { authenticator_class: github } }
              db: { type: sqlite-memory }
            proxy:
              service: { type: ClusterIP }
            singleuser:
              memory: { limit: 4G }
          `,
        },
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "store" {
            type = any
          }

          resource "helm_release" "mlflow" {
            name       = "mlflow"
            repository = "https://community-charts.github.io/helm-charts"
            chart      = "mlflow"
            version    = "1.11.3"
            values     = [yamlencode({ auth = { enabled = true }, backendStore = var.store })]
          }
        `,
      },
    ],
  },
});
