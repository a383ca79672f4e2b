import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { allowAll } from '../../src/concepts/mesh-policy.ts';

export default defineRule({
  id: 'mesh/allow-all',
  title: 'Mesh policy lets everybody call the AI service',
  severity: 'medium',
  requirements: ['R46', 'R38', 'R39'],
  frameworks: { nist: ['AC-3', 'AC-4'], stride: ['spoofing', 'elevation-of-privilege'], atlas: ['AML.T0040'] },
  why: `An empty rule matches every request of every caller. It looks like a policy and lets everything through, and because rules are joined by "or", no other ALLOW rule narrows it.`,
  links: [
    'https://istio.io/latest/docs/reference/config/security/authorization-policy/',
    'https://istio.io/latest/docs/ops/best-practices/security/#safer-authorization-policy-patterns',
  ],
  looksAt: allowAll,

  *check({ of, at, reach }) {
    yield {
      at,
      message: `${code(of.name)} allows every request to ${reach}: an empty rule names no caller and no path. Name the callers in ${code('from.source.principals')}, or the paths in ${code('to.operation')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a tracker, with a policy for another pod',
        files: yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata: { name: mlflow, namespace: tracking }
          spec:
            selector: { matchLabels: { app: mlflow } }
            rules:
              - {} # <- finds
          ---
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: postgres, namespace: tracking }
          spec:
            podSelector: { matchLabels: { app: postgres } }
            policyTypes: [Ingress]
            ingress:
              - from:
                  - podSelector: { matchLabels: { app: mlflow } }
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: mlflow, namespace: tracking }
          spec:
            selector: { matchLabels: { app: mlflow } }
            template:
              metadata: { labels: { app: mlflow } }
              spec:
                containers: [{ name: mlflow, image: "ghcr.io/mlflow/mlflow:v3.4.0" }]
        `,
      },
      {
        name: 'an empty rule beside a good one',
        files: yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata: { name: ranker, namespace: serving }
          spec:
            action: ALLOW
            rules:
              - from:
                  - source: { principals: [cluster.local/ns/shop/sa/web] }
              - {} # <- finds
          ---
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: ranker, namespace: serving }
          spec:
            predictor:
              minReplicas: 1
              maxReplicas: 3
              model:
                modelFormat: { name: xgboost }
                storageUri: s3://acme-models/ranker/7
        `,
      },
    ],
    good: [
      {
        name: 'a webhook, which the API server calls without a sidecar',
        files: yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata: { name: cache-server, namespace: kubeflow }
          spec:
            selector: { matchLabels: { app: cache-server } }
            rules:
              - {}
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: cache-server }
          spec:
            selector: { matchLabels: { app: cache-server } }
            template:
              metadata: { labels: { app: cache-server } }
              spec:
                containers: [{ name: server, image: "ghcr.io/acme/cache-server:2.5.0" }]
        `,
      },
      {
        name: 'a NetworkPolicy says who reaches it',
        files: yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata: { name: mlflow, namespace: tracking }
          spec:
            selector: { matchLabels: { app: mlflow } }
            rules:
              - {}
          ---
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: mlflow, namespace: tracking }
          spec:
            podSelector: { matchLabels: { app: mlflow } }
            policyTypes: [Ingress]
            ingress:
              - from:
                  - podSelector: { matchLabels: { app: trainer } }
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: mlflow, namespace: tracking }
          spec:
            selector: { matchLabels: { app: mlflow } }
            template:
              metadata: { labels: { app: mlflow } }
              spec:
                containers: [{ name: mlflow, image: "ghcr.io/mlflow/mlflow:v3.4.0" }]
        `,
      },
      {
        name: 'callers are named, and a policy that denies',
        files: yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata: { name: ranker, namespace: serving }
          spec:
            rules:
              - from:
                  - source: { principals: [cluster.local/ns/shop/sa/web] }
          ---
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata: { name: nobody, namespace: serving }
          spec:
            action: DENY
            rules:
              - {}
          ---
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata: { name: ranker, namespace: serving }
          spec:
            predictor:
              minReplicas: 1
              maxReplicas: 3
              model:
                modelFormat: { name: xgboost }
                storageUri: s3://acme-models/ranker/7
        `,
      },
    ],
    unknown: [
      {
        name: 'rules from the values',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: vllm
            version: 1.0.0
          `,
          ...file('chart/templates/mesh.yaml')`
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: { name: vllm, namespace: vllm }
            spec:
              rules:
                - {{ .Values.rule }}
          `,
        },
      },
    ],
  },
});
