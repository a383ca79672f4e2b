import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';

const lists = [
  ['corsAllowedOrigins', 'any web page that a user has open may call the tracker from their browser'],
  ['serverAllowedHosts', 'the check of the Host header is off, so a web page can reach the tracker by DNS rebinding'],
] as const;

export default defineRule({
  id: 'charts/any-origin',
  title: 'Tracker answers requests of any web page',
  severity: 'medium',
  requirements: ['R5'],
  frameworks: { nist: ['SC-8', 'AC-4'], stride: ['spoofing', 'tampering'] },
  why: `MLflow checks which host and which web page a request comes from, because it is mostly run where a browser can reach it and outsiders can’t. A star switches the check off: a page that a colleague visits can then read and delete experiments.`,
  links: ['https://mlflow.org/docs/latest/self-hosting/security/network/'],
  looksAt: chartInstall,

  *check(install) {
    if (install.chart.product !== 'MLflow') return;
    for (const [key, consequence] of lists) {
      const value = install.given(key);
      const index = value.is === 'list' ? value.items.findIndex((item) => item.is === 'known' && item.value === '*') : -1;
      const item = value.is === 'list' ? value.items[index] : undefined;
      if (!item) continue;
      yield {
        at: { ...item, of: value.of, path: [...value.path, index] },
        message: `${code(`${value.path.join('.')}: "*"`)} on MLflow: ${consequence}. Name the hosts and pages that need it.`,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'both lists',
        files: file('mlflow/values.yaml')`
          auth:
            enabled: true
          corsAllowedOrigins: ["*"] # <- finds
          serverAllowedHosts:
            - "*" # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'names',
        files: file('mlflow/values.yaml')`
          auth:
            enabled: true
          postgresql:
            enabled: true
          corsAllowedOrigins: ["https://portal.example.com"]
          serverAllowedHosts: [mlflow.example.com]
        `,
      },
      {
        name: 'the same words in the values of another chart',
        files: terraform`
          resource "helm_release" "hub" {
            name       = "hub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "4.3.0"

            values = [yamlencode({
              hub                = { config = { JupyterHub = { authenticator_class = "github" } } }
              proxy              = { service = { type = "ClusterIP" } }
              corsAllowedOrigins = ["*"]
            })]
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "origins" {
            type = list(string)
          }

          resource "helm_release" "mlflow" {
            name       = "mlflow"
            repository = "https://community-charts.github.io/helm-charts"
            chart      = "mlflow"
            version    = "1.11.3"
            values     = [yamlencode({ corsAllowedOrigins = var.origins, postgresql = { enabled = true } })]
          }
        `,
      },
    ],
  },
});
