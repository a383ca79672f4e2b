import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';

export default defineRule({
  id: 'cost/idle-notebooks',
  title: 'Idle notebooks are never stopped',
  severity: 'low',
  requirements: ['R31', 'R39'],
  frameworks: { nist: ['AC-12', 'SC-5'], stride: ['denial-of-service'], owasp: ['LLM10:2025'] },
  why: `A notebook that nobody uses keeps its memory and its GPU, and its session stays open, until somebody stops it by hand. A hub fills up that way, and the bill with it.`,
  links: ['https://z2jh.jupyter.org/en/stable/jupyterhub/customizing/user-management.html#culling-user-pods'],
  looksAt: chartInstall,

  *check(install) {
    if (install.chart.product !== 'JupyterHub') return;
    const at = install.given('cull', 'enabled');
    if (at.is !== 'known' || at.value !== false) return;
    yield {
      at,
      message: `${code(at.path.join('.'))} is off, so notebooks that nobody uses keep their memory and GPUs, and stay logged in. Leave it on, and set ${code('cull.timeout')} to what your work needs.`,
      fix: [{ do: 'set', at, to: true }],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          cull:
            enabled: false # <- finds
        `,
        suggests: '  enabled: true',
      },
    ],
    good: [
      {
        name: 'a longer time',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          cull:
            enabled: true
            timeout: 14400
        `,
      },
      {
        name: 'the same words in the values of another chart',
        files: terraform`
          resource "helm_release" "mlflow" {
            name       = "mlflow"
            repository = "https://community-charts.github.io/helm-charts"
            chart      = "mlflow"
            version    = "1.11.3"

            values = [yamlencode({
              auth = { enabled = true }
              cull = { enabled = false }
            })]
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "cull" {
            type = bool
          }

          resource "helm_release" "hub" {
            name       = "hub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "4.3.0"
            values     = [yamlencode({ cull = { enabled = var.cull } })]
          }
        `,
      },
    ],
  },
});
