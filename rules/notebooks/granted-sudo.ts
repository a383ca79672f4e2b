import { defineRule, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { podsOf } from '../../src/concepts/container.ts';
import { isFalse } from '../../src/concepts/container-security.ts';
import { mended, runSetting, type RunSetting } from '../../src/concepts/container-settings.ts';
import { textOf } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'notebooks/granted-sudo',
  title: 'Notebook users become root with sudo',
  severity: 'medium',
  requirements: ['R31', 'R23', 'R36', 'R41'],
  frameworks: { cis: ['Kubernetes 5.2.7'], nist: ['AC-6', 'CM-7'], stride: ['elevation-of-privilege'] },
  why: `With GRANT_SUDO the start script of the Jupyter images lets the user run anything as root without a password. So does every package, notebook and model that the user opens, and root in the container is one bug away from root on the node, and owns what is mounted from shared storage.`,
  links: [
    'https://jupyter-docker-stacks.readthedocs.io/en/latest/using/common.html',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  ],
  looksAt: runSetting,

  *check(setting) {
    // `yes` and `1` are what start.sh takes.
    if (setting.text !== 'GRANT_SUDO' || !/^(?:yes|1)$/.test(setting.value) || !takesEffect(setting)) return;
    yield {
      at: setting.at,
      message: `${code(setting.owner)} lets whoever uses the notebook, and whatever they open in it, become root without a password (${code(`GRANT_SUDO=${setting.value}`)}). Put the packages that need root into the image; ownership of the home directory is set with ${code('CHOWN_HOME')} or ${code('fsGroup')}, which need no sudo.`,
      fix: mended(setting, 'remove'),
    };
  },

  examples: {
    bad: [
      {
        name: 'a notebook on Kubernetes',
        files: yaml`
          apiVersion: kubeflow.org/v1
          kind: Notebook
          metadata: { name: lab }
          spec:
            template:
              spec:
                containers:
                  - name: lab
                    image: quay.io/jupyter/scipy-notebook:2026-05-04
                    securityContext: { runAsUser: 0 }
                    env:
                      - name: CHOWN_HOME
                        value: "yes"
                      - name: GRANT_SUDO
                        value: "yes" # <- finds
        `,
        suggests: '              value: "yes"',
      },
      {
        name: 'every notebook of a hub',
        files: values`
          hub:
            db: { type: sqlite-pvc }
          singleuser:
            image: { name: quay.io/jupyter/scipy-notebook, tag: "2026-05-04" }
            uid: 0
            allowPrivilegeEscalation: true
            extraEnv:
              GRANT_SUDO: "yes" # <- finds
              CHOWN_HOME: "yes"
        `,
        suggests: '  extraEnv:',
      },
      {
        name: 'Terraform',
        files: terraform`
          resource "kubernetes_pod" "lab" {
            metadata {
              name = "lab"
            }
            spec {
              security_context {
                run_as_user = 0
              }
              container {
                name  = "lab"
                image = "quay.io/jupyter/scipy-notebook:2026-05-04"
                env {
                  name  = "GRANT_SUDO"
                  value = "1" # <- finds
                }
              }
            }
          }
        `,
        suggests: '      image = "quay.io/jupyter/scipy-notebook:2026-05-04"',
      },
    ],
    good: [
      {
        name: 'not granted',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: lab }
          spec:
            securityContext: { runAsUser: 0 }
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                env:
                  - { name: GRANT_SUDO, value: "no" }
                  - { name: CHOWN_HOME, value: "yes" }
        `,
      },
      {
        name: 'asked for where nothing is granted: not started as root, or without privilege escalation',
        files: yaml`
          apiVersion: kubeflow.org/v1
          kind: Notebook
          metadata: { name: lab }
          spec:
            template:
              spec:
                securityContext: { runAsUser: 0 }
                containers:
                  - name: lab
                    image: quay.io/jupyter/scipy-notebook:2026-05-04
                    securityContext: { runAsUser: 1000 }
                    env: [{ name: GRANT_SUDO, value: "yes" }]
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: plain }
          spec:
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                env: [{ name: GRANT_SUDO, value: "yes" }]
          ---
          apiVersion: v1
          kind: Pod
          metadata: { name: held }
          spec:
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                securityContext: { runAsUser: 0, allowPrivilegeEscalation: false }
                env: [{ name: GRANT_SUDO, value: "yes" }]
        `,
      },
      {
        name: 'a hub whose notebooks run as the user 1000, as the chart does it',
        files: values`
          hub:
            db: { type: sqlite-pvc }
          singleuser:
            image: { name: quay.io/jupyter/scipy-notebook, tag: "2026-05-04" }
            allowPrivilegeEscalation: true
            extraEnv:
              GRANT_SUDO: "yes"
        `,
      },
      {
        name: 'a hub whose chart forbids privilege escalation, as it does unless told otherwise',
        files: values`
          hub:
            db: { type: sqlite-pvc }
          singleuser:
            image: { name: quay.io/jupyter/scipy-notebook, tag: "2026-05-04" }
            uid: 0
            extraEnv:
              GRANT_SUDO: "yes"
        `,
      },
    ],
    unknown: [
      {
        name: 'from elsewhere',
        files: yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: lab }
          spec:
            containers:
              - name: lab
                image: quay.io/jupyter/scipy-notebook:2026-05-04
                securityContext: { runAsUser: 0 }
                env:
                  - name: GRANT_SUDO
                    valueFrom: { configMapKeyRef: { name: lab, key: sudo } }
        `,
      },
    ],
  },
});

/**
 * Whether the start script runs as root, without which it grants nothing, and sudo is not cut off. Sources: docker-stacks, "Using sudo within
 * a container"; the values of zero-to-jupyterhub, which has `uid: 1000` and `allowPrivilegeEscalation: false` unless told otherwise.
 */
function takesEffect({ of, at }: RunSetting): boolean {
  if (of.dialect === 'helm-values') {
    const part = at.path.slice(
      0,
      at.path.findIndex((key) => /env/i.test(String(key))),
    );
    const escalates = of.attr(...part, 'allowPrivilegeEscalation');
    return textOf(of.attr(...part, 'uid')) === '0' && escalates.is === 'known' && escalates.value !== false;
  }
  const found = podsOf(of)
    .flatMap((pod) => pod.containers)
    .find(({ view }) => view.path.every((key, i) => key === at.path[i]));
  if (!found || isFalse(found.attr('securityContext', 'allowPrivilegeEscalation'))) return false;
  const own = found.attr('securityContext', 'runAsUser');
  return textOf(own.is === 'absent' ? found.pod.attr('securityContext', 'runAsUser') : own) === '0';
}
