import { defineRule, terraform, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { belongsToAi } from '../../src/concepts/ai-surroundings.ts';
import { roleBound, roleRule, type RoleRule } from '../../src/concepts/rbac.ts';
import { textOf } from '../../src/concepts/setting.ts';
import type { World } from '../../src/model/world.ts';

/** Who is meant by the groups that Kubernetes itself fills. Source: Kubernetes documentation, "Using RBAC Authorization", discovery roles. */
const everyone: ReadonlyMap<string, string> = new Map([
  ['system:unauthenticated', 'callers who have not logged in'],
  ['system:anonymous', 'callers who have not logged in'],
  ['system:authenticated', 'everybody who can log in, which on GKE is anyone with a Google account'],
  ['system:serviceaccounts', 'every pod of the cluster'],
]);

export default defineRule({
  id: 'tenancy/bound-to-everyone',
  title: 'Rights in an AI cluster are given to everyone',
  severity: 'high',
  requirements: ['R9', 'R25', 'R38'],
  frameworks: { nist: ['AC-3', 'AC-6'], stride: ['elevation-of-privilege', 'information-disclosure'] },
  why: `A binding to a group that Kubernetes fills by itself asks nobody who they are. Strangers who find the API server, or any pod that is taken over, start jobs on your GPUs or read what the role lets them, with no account that could be taken away again.`,
  links: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://cloud.google.com/kubernetes-engine/docs/best-practices/rbac#default-roles-groups',
  ],
  looksAt: roleBound,

  *check({ of, role, everywhere, subjects }, world) {
    const found = subjects.find(({ kind, name }) => kind !== 'ServiceAccount' && everyone.has(name));
    const name = textOf(role);
    if (!found || name === undefined || !givesMuch(name, world) || !belongsToAi(of, world)) return;
    yield {
      at: role,
      severity: found.name === 'system:serviceaccounts' ? 'medium' : 'high',
      message: `${code(of.name)} gives ${code(name)} to ${code(found.name)}: ${everyone.get(found.name) ?? ''}. It holds in ${everywhere ? 'every namespace' : 'its namespace'}. Bind it to the group or the service account that does the work.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'jobs for whoever logs in, and models for every pod',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: ray-users }
          subjects:
            - { kind: Group, name: "system:authenticated", apiGroup: rbac.authorization.k8s.io }
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: ClusterRole
            name: ray-job-submitter # <- finds
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: kserve-models, namespace: serving }
          subjects:
            - { kind: Group, name: "system:serviceaccounts" }
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: Role
            name: model-deployer # <- finds
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: { name: ray-job-submitter }
          rules:
            - { apiGroups: [ray.io], resources: [rayjobs], verbs: [create, get] }
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: model-deployer }
          rules:
            - { apiGroups: [serving.kserve.io], resources: [inferenceservices], verbs: ["*"] }
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: vllm-debug, namespace: serving }
          subjects:
            - { kind: Group, name: "system:authenticated" }
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: Role
            name: vllm-debug # <- finds
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: vllm-debug, namespace: serving }
          rules:
            - { apiGroups: [""], resources: [pods/exec], verbs: [get] }
        `,
      },
      {
        name: 'Terraform',
        files: terraform`
          resource "kubernetes_cluster_role_binding" "mlflow" {
            metadata {
              name = "mlflow-viewers"
            }
            role_ref {
              api_group = "rbac.authorization.k8s.io"
              kind      = "ClusterRole"
              name      = "edit" # <- finds
            }
            subject {
              kind = "User"
              name = "system:anonymous"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'a group of one’s own, one account, what Kubernetes gives to all, and what is meant to be read by all',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: ray-users }
          subjects:
            - { kind: Group, name: "ml-engineers", apiGroup: rbac.authorization.k8s.io }
            - { kind: ServiceAccount, name: trainer, namespace: training }
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: ClusterRole
            name: ray-job-submitter
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: llm-discovery }
          subjects:
            - { kind: Group, name: "system:authenticated", apiGroup: rbac.authorization.k8s.io }
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: ClusterRole
            name: system:discovery
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: kubeflow-trainer-public, namespace: kubeflow }
          subjects:
            - { kind: Group, name: "system:authenticated", apiGroup: rbac.authorization.k8s.io }
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: Role
            name: kubeflow-trainer-public
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: kubeflow-trainer-public }
          rules:
            - { apiGroups: [""], resources: [configmaps], verbs: [get, list, watch] }
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: { name: ray-job-submitter }
          rules:
            - { apiGroups: [ray.io], resources: [rayjobs], verbs: [create, get] }
        `,
      },
      {
        name: 'a shop',
        files: yaml`
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: prices, namespace: shop }
          subjects:
            - { kind: Group, name: "system:authenticated", apiGroup: rbac.authorization.k8s.io }
          roleRef:
            apiGroup: rbac.authorization.k8s.io
            kind: Role
            name: edit
        `,
      },
    ],
    unknown: [
      {
        name: 'a group that a variable names, and a role that stands elsewhere',
        files: terraform`
          variable "group" {
            type = string
          }

          resource "kubernetes_cluster_role_binding" "mlflow" {
            metadata {
              name = "mlflow-viewers"
            }
            role_ref {
              api_group = "rbac.authorization.k8s.io"
              kind      = "ClusterRole"
              name      = "edit"
            }
            subject {
              kind = "Group"
              name = var.group
            }
          }

          resource "kubernetes_cluster_role_binding" "mlflow_all" {
            metadata {
              name = "mlflow-all"
            }
            role_ref {
              api_group = "rbac.authorization.k8s.io"
              kind      = "ClusterRole"
              name      = "mlflow-viewer"
            }
            subject {
              kind = "Group"
              name = "system:authenticated"
            }
          }
        `,
      },
    ],
  },
});

const ready = new Set(['cluster-admin', 'admin', 'edit', 'view']);

/** A role that changes things, reads Secrets or gives everything; not one that was made for everyone to read, nor one that nobody can look into. */
const givesMuch = (name: string, world: World): boolean =>
  ready.has(name) ||
  world.resources.some((other) => {
    const itsName = textOf(other.attr('metadata', 'name')) ?? other.name;
    return itsName === name && [...roleRule.view(other, world)].some(isMuch);
  });

/** Secrets, and what acts although the verb is `get`. Source: Kubernetes, "RBAC good practices". */
const acting = /^(?:\*|secrets)$|\/(?:\*|exec|attach|portforward|proxy)$/;

const isMuch = ({ verbs, resources }: RoleRule): boolean =>
  verbs.some((verb) => !/^(?:get|list|watch)$/.test(verb)) || resources.some((kind) => acting.test(kind));
