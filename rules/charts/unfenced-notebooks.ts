import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { chartInstall, type ChartInstall } from '../../src/concepts/chart-install.ts';
import { isSet } from '../../src/concepts/chart-install-defaults.ts';
import type { Located } from '../../src/model/resource.ts';

export default defineRule({
  id: 'charts/unfenced-notebooks',
  title: 'JupyterHub’s fences around notebooks are taken down',
  severity: 'high',
  requirements: ['R31', 'R38', 'R19'],
  frameworks: { nist: ['SC-7', 'AC-6'], stride: ['elevation-of-privilege', 'information-disclosure'], atlas: ['AML.T0055'] },
  why: `Every user of a hub runs code of their own. The chart therefore keeps notebooks away from the node’s credentials, from the hub’s insides and from root. Without these fences one user, or one bad package, has what the node may do.`,
  links: ['https://z2jh.jupyter.org/en/stable/administrator/security.html', 'https://z2jh.jupyter.org/en/stable/resources/reference.html'],
  looksAt: chartInstall,

  *check(install) {
    if (install.chart.product !== 'JupyterHub') return;
    for (const { at, severity, consequence, to } of fences(install))
      yield {
        at,
        severity,
        message: `${code(at.path.join('.'))} is ${code(at.is === 'known' ? at.value : '')}: ${consequence}.`,
        fix: [{ do: 'set', at, to }],
      };
  },

  examples: {
    bad: [
      {
        name: 'no policy, with GKE’s metadata server in front',
        files: file('hub/config.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            nodeSelector:
              iam.gke.io/gke-metadata-server-enabled: "true"
            cloudMetadata:
              blockWithIptables: false
            networkPolicy:
              enabled: false # <- finds
        `,
        suggests: '    enabled: true',
      },
      {
        name: 'no policy, root by sudo, and the node’s credentials',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            allowPrivilegeEscalation: true # <- finds
            cloudMetadata:
              blockWithIptables: false # <- finds
            networkPolicy:
              enabled: false # <- finds
        `,
        suggests: '    enabled: true',
      },
      {
        name: 'the policy lets them through to the metadata server',
        files: terraform`
          resource "helm_release" "hub" {
            name       = "hub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "4.3.0"

            values = [<<-EOT
              hub:
                config:
                  JupyterHub:
                    authenticator_class: github
              proxy:
                service:
                  type: ClusterIP
              singleuser:
                cloudMetadata:
                  blockWithIptables: false
                networkPolicy:
                  egressAllowRules:
                    cloudMetadataServer: true # <- finds
            EOT
            ]
          }
        `,
        suggests: '          cloudMetadataServer: false',
      },
      {
        name: 'no policy, and iptables still in front of the metadata server',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            networkPolicy:
              enabled: false # <- finds
        `,
        suggests: '    enabled: true',
      },
      {
        name: 'what a policy that is off would let through',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            cloudMetadata:
              blockWithIptables: false # <- finds
            networkPolicy:
              enabled: false # <- finds
              egressAllowRules:
                cloudMetadataServer: true
        `,
        suggests: '    blockWithIptables: true',
      },
    ],
    good: [
      {
        name: 'the policy instead of iptables, as the documentation advises',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            cloudMetadata:
              blockWithIptables: false
        `,
      },
      {
        name: 'GKE’s metadata server in front, which knows the notebook’s own account',
        files: file('hub/config.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            nodeSelector:
              iam.gke.io/gke-metadata-server-enabled: "true"
            cloudMetadata:
              blockWithIptables: false
            networkPolicy:
              egressAllowRules:
                cloudMetadataServer: true
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
              singleuser = { networkPolicy = { enabled = false } }
            })]
          }
        `,
      },
      {
        name: 'the policy lets them through, and iptables does not',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            networkPolicy:
              egressAllowRules:
                cloudMetadataServer: true
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "fenced" {
            type = bool
          }

          resource "helm_release" "hub" {
            name       = "hub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "4.3.0"

            values = [yamlencode({
              hub        = { config = { JupyterHub = { authenticator_class = "github" } } }
              proxy      = { service = { type = "ClusterIP" } }
              singleuser = { networkPolicy = { enabled = var.fenced } }
            })]
          }
        `,
      },
    ],
  },
});

interface Fence {
  readonly at: Located;
  readonly severity: 'medium' | 'high';
  readonly consequence: string;
  readonly to: boolean;
}

/** The chart's own defaults are right: a policy, iptables in front of the metadata server, no privilege escalation. */
function* fences(install: ChartInstall): Generator<Fence> {
  const policy = install.given('singleuser', 'networkPolicy', 'enabled');
  const iptables = install.given('singleuser', 'cloudMetadata', 'blockWithIptables');
  const allowed = install.given('singleuser', 'networkPolicy', 'egressAllowRules', 'cloudMetadataServer');
  const escalation = install.given('singleuser', 'allowPrivilegeEscalation');
  const noPolicy = is(policy, false);
  if (noPolicy)
    yield {
      at: policy,
      severity: 'medium',
      consequence: 'no NetworkPolicy holds the notebooks of users, so their code reaches every service of the cluster',
      to: true,
    };
  // Where GKE's own metadata server stands in front, a notebook gets the token of its own service account, and iptables would take that away.
  const ownIdentity = isSet(install.given('singleuser', 'nodeSelector', 'iam.gke.io/gke-metadata-server-enabled'));
  if (is(iptables, false) && noPolicy && !ownIdentity)
    yield {
      at: iptables,
      severity: 'high',
      consequence: 'and with no NetworkPolicy either, code in a notebook can take the node’s cloud credentials from the metadata server',
      to: true,
    };
  if (is(iptables, false) && !noPolicy && is(allowed, true) && !ownIdentity)
    yield {
      at: allowed,
      severity: 'high',
      consequence:
        'and iptables does not block it either, so code in a notebook can take the node’s cloud credentials from the metadata server',
      to: false,
    };
  if (is(escalation, true))
    yield {
      at: escalation,
      severity: 'medium',
      consequence: 'code in a notebook can become root in its container, with sudo or any setuid program',
      to: false,
    };
}

const is = (value: Located, wanted: boolean): boolean => value.is === 'known' && value.value === wanted;
