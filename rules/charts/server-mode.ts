import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { exposedBy } from '../../src/concepts/chart-install-login.ts';
import type { Located } from '../../src/model/resource.ts';

export default defineRule({
  id: 'charts/server-mode',
  title: 'Workflow server acts for whoever calls it',
  severity: 'high',
  requirements: ['R5', 'R9'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['spoofing', 'elevation-of-privilege'], atlas: ['AML.T0049'] },
  why: `In server mode Argo Workflows asks nobody for a log-in and does what it is asked with its own service account. Submitting a workflow is running a container, so the page is a shell into the cluster.`,
  links: ['https://argo-workflows.readthedocs.io/en/latest/argo-server-auth-mode/'],
  looksAt: chartInstall,

  *check(install) {
    if (install.chart.product !== 'Argo Workflows') return;
    const at = serverMode(install.given('server', 'authModes')) ?? serverMode(install.given('server', 'authMode'));
    if (!at) return;
    const exposed = exposedBy(install);
    yield {
      at,
      severity: exposed ? 'high' : 'medium',
      message: `Argo Workflows runs with ${code('server')} as its authentication mode${exposed ? `, and ${code(exposed.at.path.join('.'))} publishes it` : ''}: whoever reaches the page submits workflows as the server’s service account. Use ${code('client')} or ${code('sso')}.`,
      related: exposed ? exposed.at.origins.map((origin) => origin.span) : [],
      fix: [{ do: 'set', at, to: 'client' }],
    };
  },

  examples: {
    bad: [
      {
        name: 'in chart values',
        files: file('argo-workflows/values.yaml')`
          server:
            authModes:
              - server # <- finds
          workflow:
            serviceAccount:
              create: true
        `,
        suggests: '    - client',
      },
    ],
    good: [
      {
        name: 'single sign-on',
        files: file('argo-workflows/values.yaml')`
          server:
            authModes:
              - sso
              - client
          workflow:
            serviceAccount:
              create: true
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
              auth       = { enabled = true }
              postgresql = { enabled = true }
              server     = { authModes = ["server"] }
            })]
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "modes" {
            type = list(string)
          }

          resource "helm_release" "workflows" {
            name       = "workflows"
            repository = "https://argoproj.github.io/argo-helm"
            chart      = "argo-workflows"
            version    = "1.0.2"
            values     = [yamlencode({ server = { authModes = var.modes } })]
          }
        `,
      },
    ],
  },
});

/** Where the mode `server` stands: alone, or in a list. */
function serverMode(value: Located): Located | undefined {
  if (value.is === 'known') return value.value === 'server' ? value : undefined;
  if (value.is !== 'list') return undefined;
  const index = value.items.findIndex((item) => item.is === 'known' && item.value === 'server');
  const item = value.items[index];
  return item && { ...item, of: value.of, path: [...value.path, index] };
}
