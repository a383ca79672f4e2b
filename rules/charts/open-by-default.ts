import { defineRule, file, terraform, values, yaml } from '../../src/engine/define-rule.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { defaultsInForce, installedWith } from '../../src/concepts/chart-install-defaults.ts';

export default defineRule({
  id: 'charts/open-by-default',
  title: 'Chart is installed with its open default',
  severity: 'high',
  requirements: ['R4', 'R5', 'R31', 'R33'],
  frameworks: {
    nist: ['AC-3', 'IA-2', 'CM-6'],
    stride: ['spoofing', 'tampering', 'information-disclosure'],
    atlas: ['AML.T0049'],
    owasp: ['LLM08:2025'],
  },
  why: `These charts let everybody in unless their values say otherwise, so that a first try is easy. What was left out here is therefore a decision: whoever reaches the service may use it as they like.`,
  links: [
    'https://docs.weaviate.io/deploy/configuration/authentication',
    'https://z2jh.jupyter.org/en/stable/administrator/authentication.html',
  ],
  looksAt: chartInstall,

  *check(install) {
    for (const found of defaultsInForce(install, 'open')) {
      const { row, at, fix } = found;
      // What the chart leaves off by itself is for charts/opened.
      if (row.chosen) continue;
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
        name: 'nothing is said about authentication',
        files: terraform`
          resource "helm_release" "weaviate" {
            name       = "weaviate"
            repository = "https://weaviate.github.io/weaviate-helm"
            chart      = "weaviate" # <- finds
            version    = "17.5.1"
          }
        `,
      },
      {
        name: 'values that leave it out',
        files: terraform`
          resource "helm_release" "vectors" { # <- finds
            name       = "vectors"
            repository = "https://weaviate.github.io/weaviate-helm"
            chart      = "weaviate"
            version    = "17.5.1"

            values = [yamlencode({
              replicas = 3
              service  = { type = "ClusterIP" }
            })]
          }
        `,
      },
      {
        name: 'a dependency of one’s own chart',
        files: {
          ...file('platform/Chart.yaml')`
            apiVersion: v2
            name: platform
            version: 1.0.0
            dependencies:
              - name: jupyterhub
                version: 4.3.0
                repository: https://hub.jupyter.org/helm-chart/
          `,
          ...file('platform/values.yaml')`
            jupyterhub:
              hub:
                config:
                  JupyterHub:
                    authenticator_class: dummy # <- finds
              proxy:
                service:
                  type: ClusterIP
          `,
        },
      },
      {
        name: 'an Argo CD Application',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: weaviate, namespace: argocd }
          spec:
            project: retrieval
            destination: { server: https://kubernetes.default.svc, namespace: retrieval }
            source:
              repoURL: https://weaviate.github.io/weaviate-helm
              chart: weaviate
              targetRevision: 17.5.1
              helm:
                valuesObject:
                  authentication:
                    anonymous_access:
                      enabled: true # <- finds
                  service:
                    type: ClusterIP
        `,
        suggests: '            enabled: false',
      },
      {
        name: 'an open default, beside a chart that only its values open',
        files: {
          ...file('chat/Chart.yaml')`
            apiVersion: v2
            name: chat
            version: 1.0.0
            dependencies:
              - name: weaviate
                version: 17.5.1
                repository: https://weaviate.github.io/weaviate-helm
              - name: open-webui
                version: 8.12.0
                repository: https://helm.openwebui.com/
          `,
          ...file('chat/values.yaml')`
            weaviate:
              authentication:
                anonymous_access:
                  enabled: true # <- finds
              service:
                type: ClusterIP
            open-webui:
              sso:
                enabled: true
                trustedHeader:
                  enabled: true
                  emailHeader: X-User-Email
          `,
        },
        suggests: '      enabled: false',
      },
    ],
    good: [
      {
        name: 'anonymous access off',
        files: terraform`
          resource "helm_release" "weaviate" {
            name       = "weaviate"
            repository = "https://weaviate.github.io/weaviate-helm"
            chart      = "weaviate"
            version    = "17.5.1"

            set = [
              { name = "authentication.anonymous_access.enabled", value = "false" },
              { name = "service.type", value = "ClusterIP" },
              { name = "grpcService.type", value = "ClusterIP" },
              { name = "initContainers.sysctlInitContainer.enabled", value = "false" },
            ]
          }
        `,
      },
      {
        name: 'a hub with an identity provider',
        files: file('jupyterhub/values.yaml')`
          hub:
            config:
              JupyterHub:
                authenticator_class: github
          proxy:
            service:
              type: ClusterIP
          singleuser:
            memory:
              limit: 4G
        `,
      },
      {
        name: 'a chart of one’s own that has the same name',
        files: terraform`
          resource "helm_release" "weaviate" {
            name  = "weaviate"
            chart = "./charts/weaviate"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'values from elsewhere',
        files: terraform`
          variable "values" {
            type = string
          }

          resource "helm_release" "weaviate" {
            name       = "weaviate"
            repository = "https://weaviate.github.io/weaviate-helm"
            chart      = "weaviate"
            version    = "17.5.1"
            values     = [var.values]
          }
        `,
      },
      {
        name: 'a file in another repository',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: weaviate, namespace: argocd }
          spec:
            project: retrieval
            sources:
              - repoURL: https://weaviate.github.io/weaviate-helm
                chart: weaviate
                targetRevision: 17.5.1
                helm:
                  valueFiles: [$values/weaviate.yaml]
              - repoURL: https://git.example.com/platform.git
                targetRevision: v1.2.0
                ref: values
        `,
      },
      {
        name: 'a file that lies over another one',
        files: file('jupyterhub/values-prod.yaml')`
          singleuser:
            memory:
              limit: 4G
          cull:
            enabled: true
        `,
      },
      {
        name: 'a chart without a repository that says whose it is',
        files: values`
          jupyterhub:
            enabled: true
        `,
      },
    ],
  },
});
