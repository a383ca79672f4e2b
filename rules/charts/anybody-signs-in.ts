import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { chartInstall, type ChartInstall } from '../../src/concepts/chart-install.ts';
import type { Located } from '../../src/model/resource.ts';

export default defineRule({
  id: 'charts/anybody-signs-in',
  title: 'JupyterHub takes everybody with an account somewhere',
  severity: 'high',
  requirements: ['R31', 'R5', 'R4'],
  frameworks: { nist: ['AC-2', 'AC-3', 'IA-8'], stride: ['spoofing', 'elevation-of-privilege'], atlas: ['AML.T0049'] },
  why: `A log-in says who somebody is, not that they may come in. At a provider that anybody can join, a hub that takes all who log in gives every stranger a notebook, which is running code in the cluster, on its GPUs and inside its network.`,
  links: [
    'https://oauthenticator.readthedocs.io/en/latest/topic/allowing.html',
    'https://jupyterhub.readthedocs.io/en/latest/tutorial/getting-started/authenticators-users-basics.html',
    'https://native-authenticator.readthedocs.io/en/latest/options.html',
  ],
  looksAt: chartInstall,

  *check(install) {
    if (install.chart.product !== 'JupyterHub') return;
    const chosen = install.given('hub', 'config', 'JupyterHub', 'authenticator_class');
    const name = chosen.is === 'known' ? String(chosen.value) : '';
    const found = providers.find(({ named }) => named.test(name));
    if (!found) return;
    const at = switchedOn(install, found);
    if (at)
      yield {
        at,
        message: `${code(at.path.join('.'))} lets ${found.who} into the hub: a stranger gets a notebook, which runs code in the cluster. ${found.instead}.`,
        related: chosen.origins.map((origin) => origin.span),
        fix: [{ do: 'set', at, to: false }],
      };
  },

  examples: {
    bad: [
      {
        name: 'everybody on GitHub',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
              GitHubOAuthenticator:
                oauth_callback_url: https://hub.example.com/hub/oauth_callback
                allow_all: true # <- finds
          proxy:
            service:
              type: ClusterIP
        `,
        suggests: '      allow_all: false',
      },
      {
        name: 'by the name that all authenticators share',
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
                    authenticator_class: oauthenticator.google.GoogleOAuthenticator
                  Authenticator:
                    allow_all: true # <- finds
              proxy:
                service:
                  type: ClusterIP
            EOT
            ]
          }
        `,
        suggests: '          allow_all: false',
      },
      {
        name: 'accounts that people make for themselves',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: native
              NativeAuthenticator:
                open_signup: true # <- finds
          proxy:
            service:
              type: ClusterIP
        `,
        suggests: '      open_signup: false',
      },
    ],
    good: [
      {
        name: 'an organisation, a domain, a server of one’s own, and a directory that knows its people',
        files: {
          ...file('a/jupyterhub/values.yaml')`
            hub:
              config:
                JupyterHub:
                  authenticator_class: github
                GitHubOAuthenticator:
                  allowed_organizations: [acme]
            proxy:
              service:
                type: ClusterIP
          `,
          ...file('b/jupyterhub/values.yaml')`
            hub:
              config:
                JupyterHub:
                  authenticator_class: google
                GoogleOAuthenticator:
                  hosted_domain: [example.com]
                  allow_all: true
            proxy:
              service:
                type: ClusterIP
          `,
          ...file('c/jupyterhub/values.yaml')`
            hub:
              config:
                JupyterHub:
                  authenticator_class: gitlab
                GitLabOAuthenticator:
                  gitlab_url: https://git.example.com
                  allow_all: true
            proxy:
              service:
                type: ClusterIP
          `,
          ...file('d/jupyterhub/values.yaml')`
            hub:
              config:
                JupyterHub:
                  authenticator_class: azuread
                Authenticator:
                  allow_all: true
            proxy:
              service:
                type: ClusterIP
          `,
        },
      },
      {
        name: 'the same words in the values of another chart',
        files: terraform`
          resource "helm_release" "qdrant" {
            name       = "qdrant"
            repository = "https://qdrant.github.io/qdrant-helm"
            chart      = "qdrant"
            version    = "1.17.1"

            values = [yamlencode({
              hub = { config = { JupyterHub = { authenticator_class = "github" }, Authenticator = { allow_all = true } } }
            })]
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "open" {
            type = bool
          }

          resource "helm_release" "hub" {
            name       = "hub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "4.3.0"

            values = [yamlencode({
              hub   = { config = { JupyterHub = { authenticator_class = "github" }, Authenticator = { allow_all = var.open } } }
              proxy = { service = { type = "ClusterIP" } }
            })]
          }
        `,
      },
    ],
  },
});

interface Provider {
  readonly named: RegExp;
  /** The authenticator's own section of the configuration; what all of them share stands under `Authenticator` and `OAuthenticator`. */
  readonly section: string;
  readonly key: 'allow_all' | 'open_signup';
  /** Any of these keeps others out already: a domain, or a server of one's own. */
  readonly narrowedBy: readonly string[];
  readonly who: string;
  readonly instead: string;
}

/** Providers at which anybody can have an account. Source: the documentation of oauthenticator and nativeauthenticator. */
const providers: readonly Provider[] = [
  {
    named: /^github$|GitHubOAuthenticator$/,
    section: 'GitHubOAuthenticator',
    key: 'allow_all',
    narrowedBy: ['github_url', 'authorize_url'],
    who: 'everybody with an account at GitHub',
    instead: 'Name who may come in with `allowed_organizations` or `allowed_users`',
  },
  {
    named: /^google$|\.GoogleOAuthenticator$/,
    section: 'GoogleOAuthenticator',
    key: 'allow_all',
    narrowedBy: ['hosted_domain'],
    who: 'everybody with a Google account',
    instead: 'Name your domain in `hosted_domain`, or who may come in with `allowed_google_groups` or `allowed_users`',
  },
  {
    named: /^gitlab$|GitLabOAuthenticator$/,
    section: 'GitLabOAuthenticator',
    key: 'allow_all',
    narrowedBy: ['gitlab_url', 'authorize_url'],
    who: 'everybody with an account at gitlab.com',
    instead: 'Name who may come in with `allowed_gitlab_groups` or `allowed_users`',
  },
  {
    named: /^native(?:auth(?:enticator)?)?$|NativeAuthenticator$/,
    section: 'NativeAuthenticator',
    key: 'open_signup',
    narrowedBy: [],
    who: 'whoever makes an account on its own page',
    instead: 'Let an administrator admit each of them, or use the OAuthenticator of your identity provider',
  },
];

/** Where the switch is on that lets all of them in, unless something else keeps them out, or may. */
function switchedOn(install: ChartInstall, { section, key, narrowedBy }: Provider): Located | undefined {
  const sections = key === 'open_signup' ? [section] : [section, 'OAuthenticator', 'Authenticator'];
  if (narrowedBy.some((name) => sections.some((one) => install.given('hub', 'config', one, name).is !== 'absent'))) return undefined;
  return sections.map((one) => install.given('hub', 'config', one, key)).find((value) => value.is === 'known' && value.value === true);
}
