import { defineRule, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import type { Pod } from '../../src/concepts/container.ts';
import { serverRights } from '../../src/concepts/exposed-identity.ts';
import { becomesOthers, readsSecrets, runsCommands, runsWorkloads, type ClusterGrant } from '../../src/concepts/identity-rbac.ts';

const without = 'A server that answers requests needs none of that: give it an account of its own without a binding.';

/** What no server of a model needs, the worst first (fits after "may"), and what to do. */
const needless: readonly (readonly [gives: (grant: ClusterGrant) => boolean, then: string, instead: string])[] = [
  [becomesOthers, 'act as others', without],
  [
    readsSecrets,
    'read every Secret',
    `Mount the Secrets that it needs, or name them in ${code('resourceNames')}, and bind it to nothing more.`,
  ],
  [runsWorkloads, 'run containers of its own', without],
  [runsCommands, 'run commands in every pod', without],
];

/** The first of several nodes starts the work on the others by a command in each, as MPI does. */
const leads = ({ of }: Pod): boolean => of.type === 'LeaderWorkerSet';

export default defineRule({
  id: 'identity/server-rights',
  title: 'Model server may rule the cluster',
  severity: 'high',
  requirements: ['R9', 'R38', 'R11'],
  frameworks: { nist: ['AC-6', 'AC-3'], stride: ['elevation-of-privilege', 'information-disclosure'], owasp: ['LLM06:2025'] },
  why: `A server that answers requests needs nothing of the Kubernetes API. Model files and requests are input from strangers: code that gets in through one of them finds the token of the service account in the pod, and may do whatever that may.`,
  links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  looksAt: serverRights,

  *check({ pod, what, account, grants }) {
    for (const [gives, then, instead] of needless) {
      if (gives === runsCommands && leads(pod)) continue;
      const by = grants.filter(gives).toSorted((a, b) => Number(b.everywhere) - Number(a.everywhere))[0];
      if (!by) continue;
      yield {
        at: pod.attr('serviceAccountName'),
        severity: by.everywhere ? 'high' : 'medium',
        related: by.at.origins[0] ? [by.at.origins[0].span] : [],
        message: `${code(pod.of.name)} (${what}) runs as the service account ${code(account)}, which by ${code(by.role)} may ${then} ${by.everywhere ? 'in every namespace' : 'in its namespace'}. ${instead}`,
      };
      return;
    }
  },

  examples: {
    bad: [
      {
        name: 'every Secret of the cluster',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: vllm, namespace: ml }
          spec:
            selector: { matchLabels: { app: vllm } }
            template:
              metadata: { labels: { app: vllm } }
              spec:
                serviceAccountName: serving # <- finds
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: { name: reader }
          rules:
            - apiGroups: ["*"]
              resources: ["*"]
              verbs: [watch]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: serving }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader }
          subjects:
            - { kind: ServiceAccount, name: serving, namespace: ml }
        `,
      },
      {
        name: 'every pod of the namespace may run others, and the server says nothing of its account',
        files: yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: { name: qdrant, namespace: ml }
          spec:
            selector: { matchLabels: { app: qdrant } }
            template:
              metadata: { labels: { app: qdrant } }
              spec:
                containers: # <- finds
                  - name: qdrant
                    image: qdrant/qdrant:v1.15.1
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: runner, namespace: ml }
          rules:
            - apiGroups: [batch]
              resources: [jobs]
              verbs: [create]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: everybody, namespace: ml }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: runner }
          subjects:
            - { kind: Group, name: "system:serviceaccounts:ml", apiGroup: rbac.authorization.k8s.io }
        `,
      },
      {
        name: 'commands in other pods',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: mlflow }
          spec:
            selector: { matchLabels: { app: mlflow } }
            template:
              metadata: { labels: { app: mlflow } }
              spec:
                serviceAccountName: tracker # <- finds
                containers:
                  - name: mlflow
                    image: ghcr.io/mlflow/mlflow:v3.4.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: shell }
          rules:
            - apiGroups: [""]
              resources: [pods/exec]
              verbs: [create]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: tracker }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: shell }
          subjects:
            - { kind: ServiceAccount, name: tracker, namespace: default }
        `,
      },
      {
        name: 'tokens of other service accounts',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: vllm, namespace: ml }
          spec:
            selector: { matchLabels: { app: vllm } }
            template:
              metadata: { labels: { app: vllm } }
              spec:
                serviceAccountName: serving # <- finds
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: tokens, namespace: ml }
          rules:
            - apiGroups: [""]
              resources: [serviceaccounts/token]
              verbs: [create]
            - apiGroups: [rbac.authorization.k8s.io]
              resources: [roles]
              verbs: [bind]
            - apiGroups: [""]
              resources: [serviceaccounts]
              verbs: [impersonate]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: serving, namespace: ml }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: tokens }
          subjects:
            - { kind: ServiceAccount, name: serving, namespace: ml }
        `,
      },
      {
        name: 'the first of several nodes may do more than start the others',
        files: yaml`
          apiVersion: leaderworkerset.x-k8s.io/v1
          kind: LeaderWorkerSet
          metadata: { name: llm, namespace: ml }
          spec:
            leaderWorkerTemplate:
              size: 2
              leaderTemplate:
                spec:
                  serviceAccountName: mpi # <- finds
                  containers:
                    - name: leader
                      image: acme/tensorrt-llm:1.2.0
              workerTemplate:
                spec:
                  containers:
                    - name: worker
                      image: acme/tensorrt-llm:1.2.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: mpi, namespace: ml }
          rules:
            - apiGroups: [""]
              resources: [pods/exec]
              verbs: [create]
            - apiGroups: [""]
              resources: [secrets]
              verbs: [get, list]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: mpi, namespace: ml }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: mpi }
          subjects: [{ kind: ServiceAccount, name: mpi, namespace: ml }]
        `,
      },
    ],
    good: [
      {
        name: 'a page on which people deploy models',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: kserve-models-web-app, namespace: kserve }
          spec:
            selector: { matchLabels: { app: kserve-models-web-app } }
            template:
              metadata: { labels: { app: kserve-models-web-app } }
              spec:
                serviceAccountName: kserve-models-web-app
                containers:
                  - name: page
                    image: kserve/models-web-app:v0.15.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: { name: kserve-models-web-app }
          rules:
            - apiGroups: [serving.kserve.io]
              resources: [inferenceservices]
              verbs: [create]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: kserve-models-web-app }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: kserve-models-web-app }
          subjects: [{ kind: ServiceAccount, name: kserve-models-web-app, namespace: kserve }]
        `,
      },
      {
        name: 'the first of several nodes, which starts the others',
        files: yaml`
          apiVersion: leaderworkerset.x-k8s.io/v1
          kind: LeaderWorkerSet
          metadata: { name: llm, namespace: ml }
          spec:
            leaderWorkerTemplate:
              size: 2
              leaderTemplate:
                spec:
                  serviceAccountName: mpi
                  containers:
                    - name: leader
                      image: acme/tensorrt-llm:1.2.0
              workerTemplate:
                spec:
                  serviceAccountName: mpi
                  containers:
                    - name: worker
                      image: acme/tensorrt-llm:1.2.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: mpi, namespace: ml }
          rules:
            - apiGroups: [""]
              resources: [pods/exec]
              verbs: [create]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: mpi, namespace: ml }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: mpi }
          subjects: [{ kind: ServiceAccount, name: mpi, namespace: ml }]
        `,
      },
      {
        name: 'a job, which nobody sends requests',
        files: yaml`
          apiVersion: batch/v1
          kind: Job
          metadata: { name: migrate, namespace: serving }
          spec:
            template:
              spec:
                serviceAccountName: migrate
                containers:
                  - name: migrate
                    image: kserve/storage-initializer:v0.16.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: migrate, namespace: serving }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: migrate }
          subjects: [{ kind: ServiceAccount, name: migrate, namespace: serving }]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: migrate, namespace: serving }
          rules:
            - apiGroups: [""]
              resources: [pods]
              verbs: [create]
        `,
      },
      {
        name: 'what makes pods for a living; rights that reveal nothing; an account without any',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: hub, namespace: ml }
          spec:
            selector: { matchLabels: { app: hub } }
            template:
              metadata: { labels: { app: hub } }
              spec:
                serviceAccountName: hub
                containers:
                  - name: hub
                    image: quay.io/jupyterhub/k8s-hub:4.2.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: hub, namespace: ml }
          rules:
            - apiGroups: [""]
              resources: [pods]
              verbs: [create, get]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: hub, namespace: ml }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: hub }
          subjects:
            - { kind: ServiceAccount, name: hub, namespace: ml }
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: vllm, namespace: ml }
          spec:
            selector: { matchLabels: { app: vllm } }
            template:
              metadata: { labels: { app: vllm } }
              spec:
                serviceAccountName: serving
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: endpoints, namespace: ml }
          rules:
            - apiGroups: [""]
              resources: [endpoints, pods]
              verbs: [get, list, watch]
            - apiGroups: [external-secrets.io]
              resources: [secrets]
              verbs: [get]
            - apiGroups: [""]
              resources: [secrets]
              resourceNames: [hub]
              verbs: [get]
            - apiGroups: [""]
              resources: [secrets]
              verbs: [delete]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: serving, namespace: ml }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: endpoints }
          subjects:
            - { kind: ServiceAccount, name: serving, namespace: ml }
            - { kind: Group, name: "system:serviceaccounts:other" }
            - { kind: User, name: serving }
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: endpoints, namespace: other }
          rules:
            - apiGroups: [""]
              resources: [secrets]
              verbs: [get]
        `,
      },
    ],
    unknown: [
      {
        name: 'the account is filled in later',
        files: yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: vllm, namespace: ml }
          spec:
            selector: { matchLabels: { app: vllm } }
            template:
              metadata: { labels: { app: vllm } }
              spec:
                serviceAccountName: \${ACCOUNT}
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: default }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }
          subjects:
            - { kind: ServiceAccount, name: default, namespace: ml }
        `,
      },
    ],
  },
});
