import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { delivery } from '../../src/concepts/drift.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'pipeline/drift-stays',
  title: 'Changes by hand stay in the cluster',
  severity: 'low',
  requirements: ['R13', 'R21'],
  frameworks: { nist: ['CM-3', 'CM-6', 'SI-7'], stride: ['tampering', 'repudiation'] },
  why: `What runs should be what was reviewed. When the tool that delivers a model server does not put back what was changed by hand, an opened port or a swapped image stays until somebody happens to look, and the repository says otherwise.`,
  links: [
    'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-self-healing',
    'https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend',
  ],
  looksAt: delivery,

  *check({ resource, corrects, otherwise }, world) {
    if (!holds(corrects, false)) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: corrects.at,
      message: `${code(resource.name)} (${reason}) ${otherwise}: what runs can differ from what was reviewed, and nobody is told.`,
      fix: [corrects.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'Argo CD, switched off',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: vllm }
          spec:
            project: ml
            source:
              repoURL: https://github.com/acme/serving.git
              path: vllm
              targetRevision: 4b825dc642cb6eb9a060e54bf8d69288fbee4904
            syncPolicy:
              automated:
                prune: true
                selfHeal: false # <- finds
        `,
        suggests: '      selfHeal: true',
      },
      {
        name: 'Argo CD, by default, for every model',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: ApplicationSet
          metadata: { name: kserve-models }
          spec:
            generators:
              - list: { elements: [{ model: ranker }] }
            template:
              metadata: { name: ranker }
              spec:
                project: ml
                source:
                  repoURL: https://github.com/acme/serving.git
                  path: ranker
                syncPolicy:
                  automated:
                    prune: true # <- finds
        `,
        suggests: '          prune: true\n          selfHeal: true',
      },
      {
        name: 'Flux, suspended',
        files: yaml`
          apiVersion: kustomize.toolkit.fluxcd.io/v1
          kind: Kustomization
          metadata: { name: vllm, namespace: flux-system }
          spec:
            suspend: true # <- finds
            interval: 10m
            path: ./vllm
            prune: true
            sourceRef: { kind: GitRepository, name: serving }
        `,
        suggests: '  suspend: false',
      },
      {
        name: 'Flux, a release that is not compared',
        files: yaml`
          apiVersion: helm.toolkit.fluxcd.io/v2
          kind: HelmRelease
          metadata: { name: qdrant, namespace: vector }
          spec:
            interval: 10m
            driftDetection:
              mode: disabled # <- finds
            chartRef: { kind: OCIRepository, name: qdrant }
        `,
        suggests: '    mode: enabled',
      },
    ],
    good: [
      {
        name: 'Argo CD heals; one that is synced by hand; another tool’s Application',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: vllm }
          spec:
            project: ml
            source: { repoURL: https://github.com/acme/serving.git, path: vllm }
            syncPolicy:
              automated: { prune: true, selfHeal: true }
          ---
          apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: vllm-canary }
          spec:
            project: ml
            source: { repoURL: https://github.com/acme/serving.git, path: vllm }
            syncPolicy:
              syncOptions: [CreateNamespace=true]
          ---
          apiVersion: acme.example/v1
          kind: Application
          metadata: { name: vllm-suite }
          spec:
            syncPolicy:
              automated: { selfHeal: false }
        `,
      },
      {
        name: 'Flux runs and compares; kustomize’s own file',
        files: yaml`
          apiVersion: helm.toolkit.fluxcd.io/v2
          kind: HelmRelease
          metadata: { name: qdrant, namespace: vector }
          spec:
            interval: 10m
            suspend: false
            driftDetection: { mode: enabled }
            chartRef: { kind: OCIRepository, name: qdrant }
          ---
          apiVersion: helm.toolkit.fluxcd.io/v2
          kind: HelmRelease
          metadata: { name: milvus, namespace: vector }
          spec:
            interval: 10m
            chartRef: { kind: OCIRepository, name: milvus }
          ---
          apiVersion: acme.example/v1
          kind: Kustomization
          metadata: { name: vllm }
          spec:
            suspend: true
          ---
          apiVersion: acme.example/v1
          kind: HelmRelease
          metadata: { name: vllm }
          spec:
            suspend: true
        `,
      },
      {
        name: 'of a web shop',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: shop }
          spec:
            project: web
            source: { repoURL: https://github.com/acme/shop.git, path: shop }
            syncPolicy:
              automated: {}
        `,
      },
    ],
    unknown: [
      {
        name: 'filled in by a template',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: vllm }
          spec:
            project: ml
            source: { repoURL: https://github.com/acme/serving.git, path: vllm }
            syncPolicy:
              automated:
                selfHeal: "\${SELF_HEAL}"
        `,
      },
    ],
  },
});
