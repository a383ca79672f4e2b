import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { isForTests } from '../../src/concepts/made-for-tests.ts';
import { plainGateway } from '../../src/concepts/kubernetes-gateway.ts';

export default defineRule({
  id: 'network/gateway-without-tls',
  title: 'Gateway to an AI service has no TLS',
  severity: 'medium',
  requirements: ['R3', 'R4', 'R5', 'R17'],
  frameworks: { nist: ['SC-8'], stride: ['information-disclosure', 'tampering'] },
  why: `Inference gateways pass on prompts, answers and the keys of the callers. Over plain HTTP they cross every network on the way as readable text, and whoever is on it can change them.`,
  links: ['https://gateway-api.sigs.k8s.io/guides/tls/', 'https://gateway-api-inference-extension.sigs.k8s.io/'],
  looksAt: plainGateway,

  *check({ of, at, route, what, reach }) {
    if (isForTests(of)) return;
    yield {
      at,
      severity: reach === 'internal' ? 'low' : 'medium',
      message: `Gateway ${code(of.name)} takes requests ${reach === 'internet' ? 'from the internet ' : ''}in plain HTTP only and leads them to ${what} (by ${code(route)}): prompts, answers and keys can be read on the way. Add a listener with ${code('protocol: HTTPS')} and a certificate, and let the HTTP one redirect.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'an inference gateway on the internet',
        files: yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata: { name: inference, namespace: serving }
          spec:
            gatewayClassName: gke-l7-regional-external-managed
            listeners:
              - name: http
                port: 80
                protocol: HTTP # <- finds
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata: { name: chat, namespace: serving }
          spec:
            parentRefs: [{ name: inference }]
            rules:
              - backendRefs:
                  - { group: inference.networking.k8s.io, kind: InferencePool, name: chat }
        `,
      },
      {
        name: 'a vector database inside the network',
        files: yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata: { name: inner, namespace: gateways }
          spec:
            gatewayClassName: istio
            infrastructure:
              annotations: { networking.gke.io/load-balancer-type: Internal, cloud.google.com/load-balancer: internal }
            listeners:
              - { name: http, port: 80, protocol: HTTP } # <- finds
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata: { name: vectors, namespace: retrieval }
          spec:
            parentRefs: [{ name: inner, namespace: gateways }]
            rules:
              - backendRefs: [{ name: store, port: 6333 }]
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: store, namespace: retrieval }
          spec:
            selector: { app: qdrant }
            ports: [{ port: 6333 }]
          ---
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: { name: qdrant, namespace: retrieval }
          spec:
            template:
              metadata: { labels: { app: qdrant } }
              spec:
                containers:
                  - name: qdrant
                    image: qdrant/qdrant:v1.17.0
        `,
      },
      {
        name: 'a route that speaks OpenAI’s API, whatever answers it',
        files: yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata: { name: outer, namespace: gateways }
          spec:
            gatewayClassName: envoy
            listeners:
              - { name: http, port: 80, protocol: HTTP } # <- finds
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata: { name: router, namespace: gateways }
          spec:
            parentRefs: [{ name: outer }]
            rules:
              - matches: [{ path: { type: PathPrefix, value: /v1/chat/completions } }]
                backendRefs: [{ name: plugins, port: 50052 }]
        `,
      },
    ],
    good: [
      {
        name: 'HTTPS with a redirect, a certificate with the load balancer, a shop',
        files: yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata: { name: inference, namespace: serving }
          spec:
            gatewayClassName: istio
            listeners:
              - { name: http, port: 80, protocol: HTTP }
              - name: https
                port: 443
                protocol: HTTPS
                tls: { certificateRefs: [{ name: inference-tls }] }
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata: { name: balanced, namespace: serving }
          spec:
            gatewayClassName: envoy
            infrastructure:
              annotations: { service.beta.kubernetes.io/aws-load-balancer-ssl-cert: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d" }
            listeners:
              - { name: http, port: 443, protocol: HTTP }
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata: { name: chat, namespace: serving }
          spec:
            parentRefs: [{ name: inference }, { name: balanced }]
            rules:
              - backendRefs:
                  - { group: inference.networking.k8s.io, kind: InferencePool, name: chat }
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata: { name: shop, namespace: shop }
          spec:
            gatewayClassName: istio
            listeners:
              - { name: http, port: 80, protocol: HTTP }
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata: { name: shop, namespace: shop }
          spec:
            parentRefs: [{ name: shop }]
            rules:
              - backendRefs: [{ name: shop, port: 80 }]
        `,
      },
      {
        name: 'a conformance test',
        files: file('conformance/base.yaml')`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata: { name: primary, namespace: conformance }
          spec:
            gatewayClassName: istio
            listeners:
              - { name: http, port: 80, protocol: HTTP }
          ---
          apiVersion: gateway.networking.k8s.io/v1
          kind: HTTPRoute
          metadata: { name: chat, namespace: conformance }
          spec:
            parentRefs: [{ name: primary }]
            rules:
              - backendRefs:
                  - { group: inference.networking.k8s.io, kind: InferencePool, name: chat }
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: inference
            version: 1.0.0
          `,
          ...file('chart/templates/gateway.yaml')`
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: { name: inference }
            spec:
              gatewayClassName: istio
              listeners:
                - name: default
                  port: 80
                  protocol: {{ .Values.protocol }}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: { name: chat }
            spec:
              parentRefs: [{ name: inference }]
              rules:
                - backendRefs:
                    - { group: inference.networking.k8s.io, kind: InferencePool, name: chat }
          `,
        },
      },
    ],
  },
});
