import { defineRule, terraform, yaml } from '../../src/engine/define-rule.ts';
import { code, list } from '../../src/engine/words.ts';
import { roleBound } from '../../src/concepts/rbac.ts';

export default defineRule({
  id: 'tenancy/cluster-admin',
  title: 'Cluster administrator is handed out',
  severity: 'high',
  requirements: ['R9', 'R25', 'R38'],
  frameworks: { cis: ['Kubernetes 5.1.1'], nist: ['AC-6', 'AC-3'], stride: ['elevation-of-privilege'] },
  why: `Whoever is cluster-admin reads every secret and changes every workload, in every team's namespace. A service account that is makes every pod that runs as it, and every bug in it, administrator too.`,
  links: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
  ],
  looksAt: roleBound,

  *check({ of, role, everywhere, subjects }) {
    if (role.is !== 'known' || role.value !== 'cluster-admin') return;
    const whom =
      subjects.length === 0
        ? 'its subjects'
        : list(subjects.map(({ kind, name }) => (name === '' ? `a ${kind}` : `${kind} ${code(name)}`)));
    yield {
      at: role,
      severity: everywhere ? 'high' : 'medium',
      message: `${code(of.name)} makes ${whom} administrator of ${everywhere ? 'the whole cluster' : 'its namespace'}. Bind a role with the verbs and resources that the work needs, in the namespace where it is done.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a service account of a benchmark',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: benchmark }
          subjects:
            - { kind: ServiceAccount, name: benchmark, namespace: benchmarks }
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: ClusterRole
            name: cluster-admin # <- finds
        `,
      },
      {
        name: 'Terraform',
        files: terraform`
          resource "kubernetes_cluster_role_binding" "ray" {
            metadata {
              name = "ray"
            }
            role_ref {
              api_group = "rbac.authorization.k8s.io"
              kind      = "ClusterRole"
              name      = "cluster-admin" # <- finds
            }
            subject {
              kind      = "ServiceAccount"
              name      = "ray"
              namespace = "ray"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'a role of its own',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: benchmark, namespace: benchmarks }
          subjects:
            - { kind: ServiceAccount, name: benchmark, namespace: benchmarks }
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: Role
            name: benchmark
        `,
      },
    ],
    unknown: [
      {
        name: 'a role that the caller names',
        files: terraform`
          variable "role" {
            type = string
          }
          resource "kubernetes_cluster_role_binding" "ray" {
            metadata {
              name = "ray"
            }
            role_ref {
              api_group = "rbac.authorization.k8s.io"
              kind      = "ClusterRole"
              name      = var.role
            }
            subject {
              kind      = "ServiceAccount"
              name      = "ray"
              namespace = "ray"
            }
          }
        `,
      },
    ],
  },
});
