import { defineRule, file, terraform, yaml } from '../../src/engine/define-rule.ts';
import { capital, code } from '../../src/engine/words.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { asksForLogin, openIngresses } from '../../src/concepts/chart-install-login.ts';

export default defineRule({
  id: 'charts/exposed-without-login',
  title: 'Chart is published with its log-in left off',
  severity: 'high',
  requirements: ['R4', 'R5', 'R3', 'R36'],
  frameworks: {
    nist: ['AC-3', 'IA-2', 'SC-7'],
    stride: ['spoofing', 'tampering', 'information-disclosure'],
    atlas: ['AML.T0049', 'AML.T0040'],
    owasp: ['LLM08:2025', 'LLM10:2025'],
  },
  why: `Vector databases, experiment trackers and model servers are made for a trusted network: their charts leave authentication off. With an address outside of the cluster the trusted network is everybody.`,
  links: [
    'https://qdrant.tech/documentation/guides/security/',
    'https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/',
    'https://milvus.io/docs/authenticate.md',
    'https://docs.vllm.ai/projects/production-stack/',
  ],
  looksAt: chartInstall,

  *check(install) {
    const { chart } = install;
    if (!chart.login || asksForLogin(install) !== 'no') return;
    // A Service that is published is for network/public-service, which knows more of what narrows it.
    for (const { at, plain } of openIngresses(install))
      yield {
        at,
        message: `${capital(chart.product)} is published behind an ingress without a log-in (${code(at.path.join('.'))})${plain ? ', in plain HTTP,' : ''} and these values leave its own authentication off, as the chart does by default: whoever reaches it can ${chart.login.opens}. Better ${chart.login.instead}.`,
        related: install.at.origins.map((origin) => origin.span),
      };
  },

  examples: {
    bad: [
      {
        name: 'a vector database behind an ingress in plain HTTP',
        files: terraform`
          resource "helm_release" "qdrant" {
            name       = "qdrant"
            repository = "https://qdrant.github.io/qdrant-helm"
            chart      = "qdrant"
            version    = "1.17.1"

            values = [<<-EOT
              replicaCount: 3
              ingress:
                enabled: true # <- finds
                hosts:
                  - host: vectors.example.com
            EOT
            ]
          }
        `,
      },
      {
        name: 'a tracker behind an ingress',
        files: {
          ...file('mlops/Chart.yaml')`
            apiVersion: v2
            name: mlops
            version: 1.0.0
            dependencies:
              - name: mlflow
                version: 1.11.3
                repository: https://community-charts.github.io/helm-charts
          `,
          ...file('mlops/values.yaml')`
            mlflow:
              auth:
                enabled: false
              ingress:
                enabled: true # <- finds
                annotations:
                  cert-manager.io/cluster-issuer: letsencrypt
                hosts:
                  - host: mlflow.example.com
                    paths: [{ path: /, pathType: Prefix }]
                tls:
                  - { secretName: mlflow-tls, hosts: [mlflow.example.com] }
          `,
        },
      },
      {
        name: 'the router of the production stack',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: llm, namespace: argocd }
          spec:
            project: serving
            destination: { server: https://kubernetes.default.svc, namespace: serving }
            source:
              repoURL: https://vllm-project.github.io/production-stack
              chart: vllm-stack
              targetRevision: 0.1.12
              helm:
                values: |
                  routerSpec:
                    ingress:
                      enabled: true # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a key, an ingress that authenticates, and no address at all',
        files: terraform`
          resource "helm_release" "qdrant" {
            name       = "qdrant"
            repository = "https://qdrant.github.io/qdrant-helm"
            chart      = "qdrant"
            version    = "1.17.1"

            values = [<<-EOT
              apiKey:
                valueFrom:
                  secretKeyRef:
                    name: qdrant
                    key: api-key
              ingress:
                enabled: true
            EOT
            ]
          }

          resource "helm_release" "mlflow" {
            name       = "mlflow"
            repository = "https://community-charts.github.io/helm-charts"
            chart      = "mlflow"
            version    = "1.11.3"

            values = [<<-EOT
              backendStore:
                postgres:
                  enabled: true
              ingress:
                enabled: true
                annotations:
                  nginx.ingress.kubernetes.io/auth-url: https://login.example.com/oauth2/auth
            EOT
            ]
          }

          resource "helm_release" "chroma" {
            name       = "chroma"
            repository = "https://amikos-tech.github.io/chromadb-chart/"
            chart      = "chromadb"
            version    = "0.2.2"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a configuration file that may switch it on',
        files: terraform`
          variable "milvus_config" {
            type = string
          }

          resource "helm_release" "milvus" {
            name       = "milvus"
            repository = "https://zilliztech.github.io/milvus-helm/"
            chart      = "milvus"
            version    = "5.0.19"

            values = [yamlencode({
              extraConfigFiles = { "user.yaml" = var.milvus_config }
              minio            = { enabled = false }
              ingress          = { enabled = true }
            })]
          }
        `,
      },
    ],
  },
});
