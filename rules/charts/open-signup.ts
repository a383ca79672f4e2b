import { defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { exposedBy } from '../../src/concepts/chart-install-login.ts';

export default defineRule({
  id: 'charts/open-signup',
  title: 'Published tracker lets everybody sign up',
  severity: 'medium',
  requirements: ['R5'],
  frameworks: { nist: ['AC-2', 'IA-8'], stride: ['spoofing'] },
  why: `With open sign-up the log-in in front of traces and prompts is a formality: a stranger makes an account. They see only their own projects at first, but are inside an application that holds everybody’s prompts.`,
  links: ['https://langfuse.com/self-hosting/security/authentication-and-sso', 'https://github.com/langfuse/langfuse-k8s'],
  looksAt: chartInstall,

  *check(install) {
    if (install.chart.product !== 'Langfuse') return;
    const at = install.given('langfuse', 'features', 'signUpDisabled');
    const open = at.is === 'absent' || (at.is === 'known' && at.value === false);
    const exposed = exposedBy(install);
    const variables = install.given('langfuse', 'additionalEnv');
    if (!open || !exposed || variables.is !== 'absent') return;
    yield {
      at,
      message: `Langfuse is published (${code(exposed.at.path.join('.'))}) and ${code('langfuse.features.signUpDisabled')} is not set, so whoever finds the page can make an account. Switch sign-up off and invite people, or let single sign-on decide.`,
      related: exposed.at.origins.map((origin) => origin.span),
      fix: at.path === install.at.path ? [] : [{ do: 'set', at, to: true }],
    };
  },

  examples: {
    bad: [
      {
        name: 'behind an ingress',
        files: file('langfuse/values.yaml')`
          langfuse:
            features:
              signUpDisabled: false # <- finds
            ingress:
              enabled: true
              hosts:
                - host: langfuse.example.com
                  paths: [{ path: /, pathType: Prefix }]
          postgresql:
            deploy: true
        `,
        suggests: '    signUpDisabled: true',
      },
    ],
    good: [
      {
        name: 'switched off, or not published',
        files: {
          ...file('a/langfuse/values.yaml')`
            langfuse:
              features:
                signUpDisabled: true
              ingress:
                enabled: true
            postgresql:
              deploy: true
          `,
          ...file('b/langfuse/values.yaml')`
            langfuse:
              features:
                signUpDisabled: false
            postgresql:
              deploy: true
          `,
        },
      },
      {
        name: 'another product behind an ingress',
        files: terraform`
          resource "helm_release" "mlflow" {
            name       = "mlflow"
            repository = "https://community-charts.github.io/helm-charts"
            chart      = "mlflow"
            version    = "1.11.3"

            values = [yamlencode({
              auth       = { enabled = true }
              ingress    = { enabled = true }
              postgresql = { enabled = true }
            })]
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'variables that may say so',
        files: terraform`
          variable "auth_env" {
            type = list(object({ name = string, value = string }))
          }

          resource "helm_release" "langfuse" {
            name       = "langfuse"
            repository = "https://langfuse.github.io/langfuse-k8s"
            chart      = "langfuse"
            version    = "2.0.0"

            values = [yamlencode({
              langfuse = {
                additionalEnv = var.auth_env
                ingress       = { enabled = true }
              }
            })]
          }
        `,
      },
    ],
  },
});
