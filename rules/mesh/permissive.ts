import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { peerMode } from '../../src/concepts/mesh-policy.ts';

export default defineRule({
  id: 'mesh/permissive',
  title: 'Mesh takes calls to AI services without a certificate',
  severity: 'medium',
  requirements: ['R46', 'R38'],
  frameworks: { nist: ['SC-8', 'SC-23', 'IA-9'], stride: ['spoofing', 'information-disclosure'] },
  why: `In PERMISSIVE mode a pod outside of the mesh calls the model in clear text and with no identity, so rules about who may call it have nobody to look at. DISABLE does the same for everybody.`,
  links: [
    'https://istio.io/latest/docs/reference/config/security/peer_authentication/',
    'https://istio.io/latest/docs/ops/best-practices/security/#mutual-tls',
  ],
  looksAt: peerMode,

  *check({ at, mode, reach }) {
    if (mode !== 'PERMISSIVE' && mode !== 'DISABLE') return;
    yield {
      at,
      severity: mode === 'DISABLE' ? 'high' : 'medium',
      message: `${code(mode)} for ${reach}: ${mode === 'DISABLE' ? 'calls travel in clear text and nobody proves who they are' : 'callers without a certificate are let in, in clear text'}. Use ${code('STRICT')}; for callers that can’t be in the mesh, open one port of one workload.`,
      fix: [{ do: 'set', at, to: 'STRICT' }],
    };
  },

  examples: {
    bad: [
      {
        name: 'in the namespace of a model server',
        files: yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: default, namespace: serving }
          spec:
            mtls:
              mode: PERMISSIVE # <- finds
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
        suggests: '    mode: STRICT',
      },
      {
        name: 'one port',
        files: yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: qdrant, namespace: retrieval }
          spec:
            selector:
              matchLabels: { app: qdrant }
            mtls:
              mode: STRICT
            portLevelMtls:
              6333:
                mode: DISABLE # <- finds
          ---
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: { name: qdrant, namespace: retrieval }
          spec:
            template:
              metadata:
                labels: { app: qdrant }
              spec:
                containers:
                  - name: qdrant
                    image: qdrant/qdrant:v1.17.0
        `,
        suggests: '      mode: STRICT',
      },
    ],
    good: [
      {
        name: 'strict, and a shop',
        files: yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: default, namespace: serving }
          spec:
            mtls:
              mode: STRICT
          ---
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: default, namespace: shop }
          spec:
            mtls:
              mode: PERMISSIVE
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
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: { name: vllm, namespace: vllm }
            spec:
              mtls:
                mode: {{ .Values.mtls }}
          `,
        },
      },
    ],
  },
});
