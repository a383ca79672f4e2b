import { defineRule, terraform, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { chartInstall } from '../../src/concepts/chart-install.ts';

export default defineRule({
  id: 'charts/unpinned',
  title: 'AI chart is installed in whatever version is newest',
  severity: 'low',
  requirements: ['R20', 'R25', 'R8'],
  frameworks: { nist: ['CM-2', 'SR-3'], stride: ['tampering'], owasp: ['LLM03:2025'] },
  why: `A chart brings images, defaults and rights of its own. Without a version the next apply installs whatever was published since, so environments drift apart and nobody reviews what changed.`,
  links: [
    'https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release',
    'https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/#helm',
  ],
  looksAt: chartInstall,

  *check({ chart, version, at }) {
    if (!version) return;
    const floating =
      version.is === 'absent' ? 'no version' : version.is === 'known' && isRange(String(version.value)) ? code(version.value) : undefined;
    if (floating === undefined) return;
    yield {
      at: version.is === 'absent' ? at : version,
      subject: chart.product,
      message: `The chart of ${chart.product} is installed with ${floating}: the next apply may bring another version, with other images and defaults, that nobody has looked at. Name one version.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'no version',
        files: terraform`
          resource "helm_release" "qdrant" {
            name       = "qdrant"
            repository = "https://qdrant.github.io/qdrant-helm"
            chart      = "qdrant" # <- finds
          }
        `,
      },
      {
        name: 'any version',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: Application
          metadata: { name: qdrant, namespace: argocd }
          spec:
            project: retrieval
            destination: { server: https://kubernetes.default.svc, namespace: retrieval }
            source:
              repoURL: https://qdrant.github.io/qdrant-helm
              chart: qdrant
              targetRevision: "*" # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'one version',
        files: terraform`
          resource "helm_release" "qdrant" {
            name       = "qdrant"
            repository = "https://qdrant.github.io/qdrant-helm"
            chart      = "qdrant"
            version    = "1.17.1"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "qdrant_version" {
            type = string
          }

          resource "helm_release" "qdrant" {
            name       = "qdrant"
            repository = "https://qdrant.github.io/qdrant-helm"
            chart      = "qdrant"
            version    = var.qdrant_version
          }
        `,
      },
    ],
  },
});

/** `*`, `>=1.0`, `latest`: no upper end. Ranges within a minor version (`~1.4`, `1.4.x`) and within a major one (`^1`) are how teams take patches. */
const isRange = (version: string): boolean => /^\s*(?:\*|latest|HEAD|>=?[^<]*)\s*$/.test(version);
