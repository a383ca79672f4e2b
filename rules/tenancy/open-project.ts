import { defineRule, file, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { openProject } from '../../src/concepts/quota-admission.ts';

export default defineRule({
  id: 'tenancy/open-project',
  title: 'Argo CD project may deploy anything anywhere',
  severity: 'medium',
  requirements: ['R25'],
  frameworks: { nist: ['AC-6', 'CM-5'], stride: ['elevation-of-privilege', 'tampering'] },
  why: `Argo CD deploys with rights of its own, usually all of them. The project is what limits which repository may put what where. With stars in it, whoever can write an Application, or to any repository, can write to the whole cluster.`,
  links: ['https://argo-cd.readthedocs.io/en/stable/user-guide/projects/'],
  looksAt: openProject,

  *check({ of, at, what }) {
    yield {
      at,
      severity: what === 'sources' ? 'low' : 'medium',
      message: `The project ${code(of.name)} allows ${allows[what]}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'three stars',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: AppProject
          metadata: { name: ml-platform, namespace: argocd }
          spec:
            sourceRepos: ["*"] # <- finds
            destinations:
              - server: https://kubernetes.default.svc
                namespace: "*" # <- finds
            clusterResourceWhitelist:
              - group: "*"
                kind: "*" # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'of one team, and a shop',
        files: yaml`
          apiVersion: argoproj.io/v1alpha1
          kind: AppProject
          metadata: { name: ml-platform, namespace: argocd }
          spec:
            sourceRepos: [https://git.example.com/ml/platform.git]
            destinations:
              - { server: https://kubernetes.default.svc, namespace: serving }
          ---
          apiVersion: argoproj.io/v1alpha1
          kind: AppProject
          metadata: { name: shop, namespace: argocd }
          spec:
            sourceRepos: ["*"]
            destinations:
              - { server: "*", namespace: "*" }
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
          ...file('chart/templates/project.yaml')`
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata: { name: ml-platform }
            spec:
              destinations:
                - server: https://kubernetes.default.svc
                  namespace: {{ .Values.namespace }}
          `,
        },
      },
    ],
  },
});

const allows: Readonly<Record<'destinations' | 'sources' | 'cluster resources', string>> = {
  destinations: 'every namespace as a destination, those of other tenants and of the system among them: name the ones that are its own',
  sources: 'every repository as a source: name the ones that are reviewed',
  'cluster resources': 'every kind of cluster resource, cluster roles and webhooks among them: name the few that it needs',
};
