import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { serviceTls } from '../../src/concepts/mesh-policy.ts';

export default defineRule({
  id: 'mesh/plain-destination',
  title: 'Callers are told to reach the AI service in clear text',
  severity: 'medium',
  requirements: ['R46'],
  frameworks: { nist: ['SC-8'], stride: ['information-disclosure', 'tampering'] },
  why: `A DestinationRule decides how sidecars call a service. With TLS off, prompts, documents and answers travel in clear text although both ends are in the mesh, and a STRICT server refuses them.`,
  links: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-TLSmode'],
  looksAt: serviceTls,

  *check({ at, host, ai }) {
    yield {
      at,
      message: `Callers reach ${code(host)} (${ai.what}) without TLS, so prompts and answers travel in clear text. Use ${code('ISTIO_MUTUAL')}.`,
      fix: [{ do: 'set', at, to: 'ISTIO_MUTUAL' }],
    };
  },

  examples: {
    bad: [
      {
        name: 'in front of a model server',
        files: yaml`
          apiVersion: networking.istio.io/v1
          kind: DestinationRule
          metadata: { name: llm, namespace: serving }
          spec:
            host: llm.serving.svc.cluster.local
            trafficPolicy:
              tls:
                mode: DISABLE # <- finds
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: llm, namespace: serving }
          spec:
            selector: { app: llm }
            ports: [{ port: 80, targetPort: 8000 }]
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm, namespace: serving }
          spec:
            template:
              metadata:
                labels: { app: llm }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
        `,
        suggests: '      mode: ISTIO_MUTUAL',
      },
    ],
    good: [
      {
        name: 'mutual TLS, and a shop',
        files: yaml`
          apiVersion: networking.istio.io/v1
          kind: DestinationRule
          metadata: { name: llm, namespace: serving }
          spec:
            host: llm.serving.svc.cluster.local
            trafficPolicy:
              tls:
                mode: ISTIO_MUTUAL
          ---
          apiVersion: networking.istio.io/v1
          kind: DestinationRule
          metadata: { name: basket, namespace: shop }
          spec:
            host: basket.shop.svc.cluster.local
            trafficPolicy:
              tls:
                mode: DISABLE
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: llm, namespace: serving }
          spec:
            selector: { app: llm }
            ports: [{ port: 80, targetPort: 8000 }]
        `,
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: vllm
            version: 1.0.0
          `,
          ...file('chart/templates/mesh.yaml')`
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: { name: vllm, namespace: vllm }
            spec:
              host: {{ .Release.Name }}-vllm
              trafficPolicy:
                tls:
                  mode: DISABLE
          `,
        },
      },
    ],
  },
});
