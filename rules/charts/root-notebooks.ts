import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { chartInstall, type ChartInstall } from '../../src/concepts/chart-install.ts';
import type { Located } from '../../src/model/resource.ts';
import { absent, type Value } from '../../src/model/value.ts';

export default defineRule({
  id: 'charts/root-notebooks',
  title: 'JupyterHub starts notebooks with the rights of root or of the node',
  severity: 'high',
  requirements: ['R31', 'R38', 'R9'],
  frameworks: { nist: ['AC-6'], stride: ['elevation-of-privilege'], atlas: ['AML.T0055'] },
  why: `A notebook runs whatever its user pastes into it and every package that this brings along. As root in its container it is one bug away from the node, and privileged it has the node: the disks, the credentials and the notebooks of everybody else there.`,
  links: [
    'https://z2jh.jupyter.org/en/stable/resources/reference.html#singleuser-uid',
    'https://jupyterhub-kubespawner.readthedocs.io/en/latest/spawner.html',
  ],
  looksAt: chartInstall,

  *check(install) {
    if (install.chart.product !== 'JupyterHub') return;
    const profiles = install.given('singleuser', 'profileList');
    const everywhere = dropsRoot(install.given('singleuser', 'extraEnv'));
    if (is(install.given('singleuser', 'uid'), 0) && !everywhere) yield asRoot(install.given('singleuser', 'uid'));
    if (profiles.is !== 'list') return;
    for (const index of profiles.items.keys()) {
      const [uid, privileged] = [inProfile(profiles, index, 'uid'), inProfile(profiles, index, 'privileged')];
      if (is(uid, 0) && !everywhere && !dropsRoot(inProfile(profiles, index, 'environment'))) yield asRoot(uid);
      if (is(privileged, true))
        yield {
          at: privileged,
          message: `${named(install, profiles, index)} runs notebooks privileged: code in one of them controls its node and every pod there. A GPU needs no such right; ask for it with ${code('extra_resource_limits')}.`,
          fix: [{ do: 'set', at: privileged, to: false }],
        };
    }
  },

  examples: {
    bad: [
      {
        name: 'root for everybody, and a profile that is given the node',
        files: file('hub/config.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            uid: 0 # <- finds
            profileList:
              - display_name: CPU
                kubespawner_override:
                  uid: 1000
                  privileged: false
              - display_name: GPU
                kubespawner_override:
                  privileged: true # <- finds
                  extra_resource_limits: { nvidia.com/gpu: "1" }
              - display_name: packages
                kubespawner_override:
                  uid: 0 # <- finds
        `,
        suggests: '  uid: 1000',
      },
    ],
    good: [
      {
        name: 'the chart’s own user, and a profile that only asks for a GPU',
        files: file('hub/config.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            uid: 1000
            profileList:
              - display_name: GPU
                kubespawner_override:
                  extra_resource_limits: { nvidia.com/gpu: "1" }
              - display_name: CPU
        `,
      },
      {
        name: 'root only until the start script has set the owner of the home directory',
        files: file('hub/config.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            uid: 0
            extraEnv:
              CHOWN_HOME: "yes"
            cmd: start-singleuser.sh
        `,
      },
      {
        name: 'root in one profile, whose own environment tells the start script whom to become',
        files: file('hub/config.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            profileList:
              - display_name: home from the old hub
                kubespawner_override:
                  uid: 0
                  cmd: start-singleuser.sh
                  environment:
                    CHOWN_HOME: "yes"
        `,
      },
      {
        name: 'root in one profile, until the start script has set the owner',
        files: file('hub/config.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            extraEnv:
              CHOWN_HOME: "yes"
            profileList:
              - display_name: home from the old hub
                kubespawner_override:
                  uid: 0
                  cmd: start-singleuser.sh
        `,
      },
      {
        name: 'the same words in the values of another chart',
        files: terraform`
          resource "helm_release" "qdrant" {
            name       = "qdrant"
            repository = "https://qdrant.github.io/qdrant-helm"
            chart      = "qdrant"
            version    = "1.17.1"
            values     = [yamlencode({ singleuser = { uid = 0 } })]
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "uid" {
            type = number
          }

          resource "helm_release" "hub" {
            name       = "hub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "4.3.0"

            values = [yamlencode({
              hub        = { config = { JupyterHub = { authenticator_class = "github" } } }
              proxy      = { service = { type = "ClusterIP" } }
              singleuser = { uid = var.uid }
            })]
          }
        `,
      },
    ],
  },
});

/** Source: jupyter-docker-stacks, `start.sh`. */
const startScript = ['GRANT_SUDO', 'CHOWN_HOME', 'CHOWN_EXTRA', 'NB_UID', 'NB_USER', 'NB_GID'];

/** Told so, the start script of the Jupyter images begins as root and goes on as the user; whether that may use sudo is another rule's. */
const dropsRoot = (environment: Value): boolean =>
  environment.is === 'unknown' ||
  (environment.is === 'map' && (environment.open === true || startScript.some((name) => environment.entries.has(name))));

const asRoot = (at: Located) => ({
  at,
  severity: 'medium' as const,
  message: `${code(at.path.filter((step) => typeof step === 'string').join('.'))} is ${code(0)}, so notebooks run as root: whoever breaks out of one through a bug of the kernel is root on the node. Leave it at ${code(1000)} and put packages into the image.`,
  fix: [{ do: 'set' as const, at, to: 1000 }],
});

type List = Located & { readonly is: 'list' };

/** A setting of one profile: what KubeSpawner is told for the notebooks that are started with it. */
function inProfile(profiles: List, index: number, key: string): Located {
  const profile = profiles.items[index];
  const override = profile?.is === 'map' ? profile.entries.get('kubespawner_override') : undefined;
  const value = override?.is === 'map' ? override.entries.get(key) : undefined;
  return { ...(value ?? absent([])), of: profiles.of, path: [...profiles.path, index, 'kubespawner_override', key] };
}

function named(install: ChartInstall, profiles: List, index: number): string {
  const profile = profiles.items[index];
  const name = profile?.is === 'map' ? profile.entries.get('display_name') : undefined;
  return name?.is === 'known' ? `Profile ${code(name.value)}` : `A profile of ${install.chart.product}`;
}

const is = (value: Located, wanted: boolean | number): boolean => value.is === 'known' && value.value === wanted;
