import { defineRule, file, terraform, yaml } from '../../src/engine/define-rule.ts';
import { capital, code } from '../../src/engine/words.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';
import { defaultsInForce } from '../../src/concepts/chart-install-defaults.ts';

export default defineRule({
  id: 'charts/published-by-default',
  title: 'Chart’s default puts the service on a public load balancer',
  severity: 'high',
  requirements: ['R4', 'R17', 'R31', 'R33'],
  frameworks: { nist: ['SC-7', 'CM-6'], stride: ['information-disclosure', 'spoofing'], atlas: ['AML.T0049'] },
  why: `A few charts ask for a load balancer unless their values name another type of Service. On most clouds that is an address on the internet, which nobody in this change decided on.`,
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
    'https://z2jh.jupyter.org/en/stable/administrator/security.html',
    'https://docs.weaviate.io/deploy/installation-guides/k8s-installation',
  ],
  looksAt: chartInstall,

  *check(install) {
    for (const { row, at, written, fix } of defaultsInForce(install, 'published')) {
      // Written out, the type of a Service is what network/public-service speaks of.
      if (written) continue;
      yield {
        at,
        subject: row.path.join('.'),
        message: `${capital(install.chart.product)} is installed without ${code(row.path.join('.'))}, and the chart’s default is ${code(row.value)}: ${row.consequence}. Better ${row.instead}.`,
        related: install.at.origins.map((origin) => origin.span),
        fix,
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'JupyterHub with nothing said about its proxy',
        files: terraform`
          resource "helm_release" "hub" { # <- finds
            name       = "hub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "4.3.0"

            values = [<<-EOT
              hub:
                config:
                  JupyterHub:
                    authenticator_class: github
            EOT
            ]
          }
        `,
      },
      {
        name: 'a Flux release',
        files: yaml`
          apiVersion: source.toolkit.fluxcd.io/v1
          kind: HelmRepository
          metadata: { name: weaviate, namespace: retrieval }
          spec:
            url: https://weaviate.github.io/weaviate-helm
          ---
          apiVersion: helm.toolkit.fluxcd.io/v2
          kind: HelmRelease
          metadata: { name: weaviate, namespace: retrieval }
          spec:
            interval: 1h
            chart:
              spec:
                chart: weaviate
                version: 17.5.1
                sourceRef: { kind: HelmRepository, name: weaviate }
            values:
              authentication:
                anonymous_access:
                  enabled: false
              grpcService:
                enabled: false
              service:
                ports: [{ name: http, protocol: TCP, port: 80 }] # <- finds
        `,
        suggests: '      ports: [{ name: http, protocol: TCP, port: 80 }]\n      type: ClusterIP',
      },
    ],
    good: [
      {
        name: 'inside the cluster',
        files: file('weaviate/values.yaml')`
          service:
            type: ClusterIP
          grpcService:
            type: ClusterIP
          authentication:
            anonymous_access:
              enabled: false
          initContainers:
            sysctlInitContainer:
              enabled: false
        `,
      },
      {
        name: 'an internal load balancer',
        files: file('weaviate/values.yaml')`
          service:
            annotations:
              networking.gke.io/load-balancer-type: Internal
          grpcService:
            enabled: false
          authentication:
            anonymous_access:
              enabled: false
          initContainers:
            sysctlInitContainer:
              enabled: false
        `,
      },
    ],
    unknown: [
      {
        name: 'values from elsewhere',
        files: yaml`
          apiVersion: helm.toolkit.fluxcd.io/v2
          kind: HelmRelease
          metadata: { name: weaviate, namespace: retrieval }
          spec:
            chart:
              spec:
                chart: weaviate
                version: 17.5.1
                sourceRef: { kind: HelmRepository, name: weaviate }
            valuesFrom:
              - { kind: ConfigMap, name: weaviate-values }
        `,
      },
    ],
  },
});
