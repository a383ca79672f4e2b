import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { leftOut } from '../../src/concepts/mesh-membership.ts';

export default defineRule({
  id: 'mesh/left-out',
  title: 'AI service stands outside of the mesh that protects it',
  severity: 'medium',
  requirements: ['R46', 'R38'],
  frameworks: { nist: ['AC-3', 'SC-8', 'IA-9'], stride: ['spoofing', 'information-disclosure', 'elevation-of-privilege'] },
  why: `Istio's policies are carried out by the sidecar of the pod that is called. Without one they are still there to read, and nothing asks the caller for a certificate, a token or a right: whoever reaches the pod is served.`,
  links: [
    'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy',
    'https://istio.io/latest/docs/concepts/security/#authorization',
  ],
  looksAt: leftOut,

  *check({ of, at, pod, ai, policy }) {
    const what = ai.product ? `${code(pod.of.name)} (${ai.what})` : code(pod.of.name);
    yield {
      at,
      related: [policy.at],
      message: `${of.type === 'Namespace' ? `Pods of namespace ${code(of.name)}, ${what} among them, get` : `${what} gets`} no sidecar, so ${policy.type} ${code(policy.name)}, which is meant for it, does nothing: it answers whoever reaches it. Let the sidecar in; where that can’t be, fence the pods with a NetworkPolicy.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a server that a policy names',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm, namespace: serving }
          spec:
            template:
              metadata:
                labels:
                  app: llm
                  sidecar.istio.io/inject: "false" # <- finds
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata: { name: llm-callers, namespace: serving }
          spec:
            selector:
              matchLabels: { app: llm }
            rules:
              - from: [{ source: { principals: ["cluster.local/ns/web/sa/chat"] } }]
        `,
      },
      {
        name: 'a whole namespace, and an annotation of KServe',
        files: yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: retrieval
            labels:
              istio-injection: disabled # <- finds
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
          ---
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: default, namespace: retrieval }
          spec:
            mtls: { mode: STRICT }
          ---
          apiVersion: serving.kserve.io/v1beta1
          kind: InferenceService
          metadata:
            name: ranker
            namespace: serving
            annotations:
              sidecar.istio.io/inject: "false" # <- finds
          spec:
            predictor:
              sklearn:
                storageUri: s3://acme-models/ranker/7
          ---
          apiVersion: security.istio.io/v1
          kind: RequestAuthentication
          metadata: { name: tokens, namespace: serving }
          spec:
            jwtRules: [{ issuer: "https://login.acme.com" }]
        `,
      },
      {
        name: 'a policy that the overlay brings along',
        files: {
          ...file('base/llm.yaml')`
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: llm, namespace: serving }
            spec:
              template:
                metadata: { labels: { app: llm, sidecar.istio.io/inject: "false" } } # <- finds
                spec:
                  containers:
                    - name: server
                      image: vllm/vllm-openai:v0.26.0
          `,
          ...file('base/kustomization.yaml')`
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [llm.yaml]
          `,
          ...file('mesh/policy.yaml')`
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: { name: llm-callers, namespace: serving }
            spec:
              selector:
                matchLabels: { app: llm }
              rules:
                - from: [{ source: { principals: ["cluster.local/ns/web/sa/chat"] } }]
          `,
          ...file('mesh/kustomization.yaml')`
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [../base, policy.yaml]
            labels: [{ pairs: { team: llm } }]
          `,
        },
      },
    ],
    good: [
      {
        name: 'in the mesh, not protected by it, ambient, or a job that nobody calls',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: llm, namespace: serving }
          spec:
            template:
              metadata:
                labels: { app: llm, sidecar.istio.io/inject: "true" }
              spec:
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: embedder, namespace: serving }
          spec:
            template:
              metadata:
                labels: { app: embedder, sidecar.istio.io/inject: "false" }
              spec:
                containers:
                  - name: server
                    image: ghcr.io/huggingface/text-embeddings-inference:1.8
          ---
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata: { name: llm-callers, namespace: serving }
          spec:
            selector:
              matchLabels: { app: llm }
            rules:
              - from: [{ source: { principals: ["cluster.local/ns/web/sa/chat"] } }]
          ---
          apiVersion: batch/v1
          kind: Job
          metadata: { name: finetune, namespace: training }
          spec:
            template:
              metadata: { labels: { sidecar.istio.io/inject: "false" } }
              spec:
                containers:
                  - name: trainer
                    image: nvcr.io/nvidia/pytorch:26.06-py3
                    resources: { limits: { nvidia.com/gpu: 8, memory: 256Gi } }
          ---
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: default, namespace: training }
          spec:
            mtls: { mode: STRICT }
          ---
          apiVersion: v1
          kind: Namespace
          metadata:
            name: vectors
            labels: { istio.io/dataplane-mode: ambient, istio-injection: disabled }
          ---
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: { name: qdrant, namespace: vectors }
          spec:
            template:
              metadata: { labels: { app: qdrant, sidecar.istio.io/inject: "false" } }
              spec:
                containers:
                  - name: qdrant
                    image: qdrant/qdrant:v1.17.0
          ---
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: default, namespace: vectors }
          spec:
            mtls: { mode: STRICT }
        `,
      },
      {
        name: 'a controller, which its sidecar would cut off from the API server',
        files: yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: kserve
            labels: { istio-injection: disabled }
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: kserve-controller-manager, namespace: kserve }
          spec:
            template:
              metadata: { labels: { app: kserve } }
              spec:
                containers:
                  - name: manager
                    image: kserve/kserve-controller:v0.19.0
          ---
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: default, namespace: kserve }
          spec:
            mtls: { mode: STRICT }
        `,
      },
      {
        name: 'a base that the overlay with the policy lets into the mesh',
        files: {
          ...file('components/ui/ui.yaml')`
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: mlflow, namespace: tracking }
            spec:
              template:
                metadata:
                  labels:
                    app: mlflow
                    sidecar.istio.io/inject: "false"
                spec:
                  containers:
                    - name: mlflow
                      image: ghcr.io/mlflow/mlflow:v3.4.0
          `,
          ...file('components/ui/kustomization.yaml')`
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [ui.yaml]
          `,
          ...file('installs/mesh/policy.yaml')`
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: { name: mlflow, namespace: tracking }
            spec:
              selector:
                matchLabels: { app: mlflow }
              rules:
                - from: [{ source: { principals: ["cluster.local/ns/web/sa/chat"] } }]
          `,
          ...file('installs/mesh/sidecar.yaml')`
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: mlflow, namespace: tracking }
            spec:
              template:
                metadata: { labels: { sidecar.istio.io/inject: "true" } }
          `,
          ...file('installs/mesh/kustomization.yaml')`
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [../../components/ui, policy.yaml]
            patches: [{ path: sidecar.yaml }]
          `,
        },
      },
    ],
    unknown: [
      {
        name: 'the chart decides',
        files: {
          ...file('chart/Chart.yaml')`
            apiVersion: v2
            name: llm
            version: 1.0.0
          `,
          ...file('chart/templates/deployment.yaml')`
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: llm }
            spec:
              template:
                metadata:
                  labels:
                    app: llm
                    sidecar.istio.io/inject: {{ .Values.mesh | quote }}
                spec:
                  containers:
                    - name: server
                      image: vllm/vllm-openai:v0.26.0
            ---
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: { name: default }
            spec:
              mtls: { mode: STRICT }
          `,
        },
      },
    ],
  },
});
