import { defineRule, terraform, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { apiService } from '../../src/concepts/kubernetes-api-service.ts';

export default defineRule({
  id: 'tenancy/unverified-api-service',
  title: 'Cluster API is extended without checking TLS',
  severity: 'medium',
  requirements: ['R25'],
  frameworks: { nist: ['SC-8', 'SC-23'], stride: ['spoofing', 'tampering'] },
  why: `An aggregated API is part of the cluster's own API: the API server passes requests and user names on to it. Metrics adapters for autoscaling models are the usual ones. Without a check of the certificate, any pod that can take over the address answers in its name.`,
  links: [
    'https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/',
    'https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/api-service-v1/',
  ],
  looksAt: apiService,

  *check({ of, skipsVerification }) {
    if (skipsVerification.is !== 'known' || skipsVerification.value !== true) return;
    yield {
      at: skipsVerification,
      message: `${code(of.name)} is reached without verifying its TLS certificate, so whoever takes its address answers for a part of the cluster's API. Give its CA in ${code('caBundle')} instead.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a metrics adapter',
        files: yaml`
          apiVersion: apiregistration.k8s.io/v1
          kind: APIService
          metadata: { name: v1beta1.custom.metrics.k8s.io }
          spec:
            group: custom.metrics.k8s.io
            version: v1beta1
            groupPriorityMinimum: 100
            versionPriority: 100
            insecureSkipTLSVerify: true # <- finds
            service: { name: adapter, namespace: metrics }
        `,
      },
      {
        name: 'Terraform',
        files: terraform`
          resource "kubernetes_api_service_v1" "metrics" {
            metadata {
              name = "v1beta1.custom.metrics.k8s.io"
            }
            spec {
              group                    = "custom.metrics.k8s.io"
              version                  = "v1beta1"
              group_priority_minimum   = 100
              version_priority         = 100
              insecure_skip_tls_verify = true # <- finds
              service {
                name      = "adapter"
                namespace = "metrics"
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'with a CA',
        files: yaml`
          apiVersion: apiregistration.k8s.io/v1
          kind: APIService
          metadata: { name: v1beta1.custom.metrics.k8s.io }
          spec:
            group: custom.metrics.k8s.io
            version: v1beta1
            groupPriorityMinimum: 100
            versionPriority: 100
            caBundle: Y2E=
            service: { name: adapter, namespace: metrics }
        `,
      },
      {
        name: 'said not to skip',
        files: yaml`
          apiVersion: apiregistration.k8s.io/v1
          kind: APIService
          metadata: { name: v1beta1.custom.metrics.k8s.io }
          spec:
            group: custom.metrics.k8s.io
            version: v1beta1
            groupPriorityMinimum: 100
            versionPriority: 100
            insecureSkipTLSVerify: false
            caBundle: Y2E=
            service: { name: adapter, namespace: metrics }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "skip" {
            type = bool
          }
          resource "kubernetes_api_service_v1" "metrics" {
            metadata {
              name = "v1beta1.custom.metrics.k8s.io"
            }
            spec {
              group                    = "custom.metrics.k8s.io"
              version                  = "v1beta1"
              group_priority_minimum   = 100
              version_priority         = 100
              insecure_skip_tls_verify = var.skip
            }
          }
        `,
      },
    ],
  },
});
