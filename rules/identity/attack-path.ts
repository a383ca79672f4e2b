import { defineRule, terraform, yaml } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { exposedIdentity, type ExposedIdentity } from '../../src/concepts/exposed-identity.ts';
import { mayPassAnyRole, mayRaiseItself, mayReadEveryBucket, mayReadSecrets, mayWrite } from '../../src/concepts/identity-questions.ts';
import type { Answer } from '../../src/concepts/policy-decision.ts';
import type { Severity } from '../../src/engine/rule.ts';
import type { World } from '../../src/model/world.ts';

type Yes = Extract<Answer, { is: 'yes' }>;

/** What lies at the end of the path, the worst first, and what its holder can do (fits after "can"). */
const ends: readonly {
  readonly severity: Severity;
  readonly ask: (path: ExposedIdentity, world: World) => Answer;
  readonly then: (by: Yes, path: ExposedIdentity) => string;
}[] = [
  {
    severity: 'critical',
    ask: ({ identity }) => mayRaiseItself(identity),
    then: ({ everywhere }, { identity }) =>
      identity.cloud === 'kubernetes' ? `act as anybody in the ${everywhere ? 'cluster' : 'namespace'}` : 'give itself every other right',
  },
  {
    severity: 'critical',
    ask: ({ identity }) => mayPassAnyRole(identity),
    then: ({ everywhere }, { identity }) =>
      identity.cloud === 'kubernetes'
        ? `run containers of its own anywhere in the ${everywhere ? 'cluster' : 'namespace'}, as any service account there`
        : 'run workloads as any other identity',
  },
  {
    severity: 'critical',
    ask: ({ identity }) => mayReadSecrets(identity),
    then: ({ everywhere }, { identity }) =>
      `read every secret of the ${identity.cloud === 'kubernetes' ? (everywhere ? 'cluster' : 'namespace') : identity.cloud === 'aws' ? 'account' : 'project'}`,
  },
  {
    severity: 'high',
    ask: ({ identity, models }, world) =>
      models.map((model) => mayWrite(identity, model, world)).find(({ is }) => is === 'yes') ?? { is: 'no' },
    then: () => 'replace the model that it serves',
  },
  { severity: 'high', ask: ({ identity }) => mayReadEveryBucket(identity), then: () => 'read the data of every bucket' },
];

export default defineRule({
  id: 'identity/attack-path',
  title: 'From the internet to what must not be reached, in a few steps',
  severity: 'critical',
  requirements: ['R44', 'R9', 'R3'],
  frameworks: {
    nist: ['AC-6', 'SC-7', 'RA-3'],
    stride: ['elevation-of-privilege', 'information-disclosure', 'tampering'],
    atlas: ['AML.T0049'],
    owasp: ['LLM06:2025'],
  },
  why: `Each step may look fine in its own file: an address that is public, a server with an identity, a role with a wide right. Together they are a path. Whoever finds a flaw in the server, or talks an agent into calling a tool, goes it to the end, so one of the steps has to go.`,
  links: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  ],
  looksAt: exposedIdentity,

  *check(path, world) {
    const { door, doorAt, workload, at, identity } = path;
    for (const { severity, ask, then } of ends) {
      const answer = ask(path, world);
      if (answer.is !== 'yes') continue;
      const who = identity.cloud === 'kubernetes' ? 'its service account' : code(identity.resource.address);
      yield {
        at,
        severity,
        related: [doorAt, ...(answer.at.origins[0] ? [answer.at.origins[0].span] : [])],
        message: `A path from the internet: ${code(door.address)} lets anybody in → ${code(workload.address)} answers → it acts as ${who} → ${code(answer.by)} lets it ${then(answer, path)}. Whoever takes the workload over goes all the way. Give it an identity of its own with only what it needs, or close the door.`,
      };
      return;
    }
  },

  examples: {
    bad: [
      {
        name: 'a model server that may read every Secret',
        files: yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: vllm, namespace: ml }
          spec:
            type: LoadBalancer
            selector: { app: vllm }
            ports: [{ port: 80, targetPort: 8000 }]
          ---
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
          metadata: { name: secret-reader }
          rules:
            - apiGroups: [""]
              resources: [secrets]
              verbs: [get, list]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: serving }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: secret-reader }
          subjects:
            - { kind: ServiceAccount, name: serving, namespace: ml }
        `,
      },
      {
        name: 'a ready-made role of the namespace, behind an internet-facing Ingress',
        files: yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: vllm
            namespace: ml
            annotations:
              alb.ingress.kubernetes.io/scheme: internet-facing
          spec:
            ingressClassName: alb
            rules:
              - http:
                  paths:
                    - { path: /, pathType: Prefix, backend: { service: { name: vllm, port: { number: 80 } } } }
          ---
          apiVersion: v1
          kind: Service
          metadata: { name: vllm, namespace: ml }
          spec:
            selector: { app: vllm }
            ports: [{ port: 80, targetPort: 8000 }]
          ---
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
          kind: RoleBinding
          metadata: { name: serving, namespace: ml }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }
          subjects:
            - { kind: ServiceAccount, name: serving, namespace: ml }
        `,
      },
      {
        name: 'a function that answers anybody and may read every secret',
        files: terraform`
          resource "aws_iam_role" "chat" {
            name = "chat"

            assume_role_policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Principal = { Service = "lambda.amazonaws.com" }
              }]
            })
          }

          resource "aws_iam_role_policy" "chat" {
            role = aws_iam_role.chat.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect   = "Allow"
                Action   = ["bedrock:InvokeModel", "secretsmanager:GetSecretValue"]
                Resource = "*"
              }]
            })
          }

          resource "aws_lambda_function" "chat" {
            function_name = "chat"
            role          = aws_iam_role.chat.arn # <- finds
            package_type  = "Image"
            image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/chat:1.0.0"

            environment {
              variables = {
                MODEL_ID = "anthropic.claude-3-5-sonnet-20240620-v1:0"
              }
            }
          }

          resource "aws_lambda_function_url" "chat" {
            function_name      = aws_lambda_function.chat.function_name
            authorization_type = "NONE"
          }
        `,
      },
      {
        name: 'Cloud Run for everybody, as an editor of the project',
        files: terraform`
          resource "google_service_account" "llm" {
            account_id = "llm"
          }

          resource "google_project_iam_member" "llm" {
            project = "acme-ml"
            role    = "roles/editor"
            member  = google_service_account.llm.member
          }

          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"

            template {
              service_account = google_service_account.llm.email # <- finds

              containers {
                image = "europe-docker.pkg.dev/acme/serving/vllm:0.9.1"
              }
            }
          }

          resource "google_cloud_run_v2_service_iam_member" "llm" {
            name     = google_cloud_run_v2_service.llm.name
            location = "europe-west4"
            role     = "roles/run.invoker"
            member   = "allUsers"
          }
        `,
      },
    ],
    good: [
      {
        name: 'inside the cluster only; an account with little; another namespace’s account',
        files: yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: vllm, namespace: ml }
          spec:
            selector: { app: vllm }
            ports: [{ port: 80, targetPort: 8000 }]
          ---
          apiVersion: v1
          kind: Service
          metadata:
            name: ranker
            namespace: ml
          spec:
            type: LoadBalancer
            selector: { app: ranker }
            ports: [{ port: 80, targetPort: 8000 }]
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: vllm, namespace: ml }
          spec:
            selector: { matchLabels: { app: vllm } }
            template:
              metadata: { labels: { app: vllm } }
              spec:
                serviceAccountName: operator
                containers:
                  - name: server
                    image: kserve/kserve-controller:v0.15.0
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: ranker, namespace: ml }
          spec:
            selector: { matchLabels: { app: ranker } }
            template:
              metadata: { labels: { app: ranker } }
              spec:
                serviceAccountName: serving
                containers:
                  - name: server
                    image: vllm/vllm-openai:v0.26.0
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: { name: config-reader, namespace: ml }
          rules:
            - apiGroups: [""]
              resources: [configmaps]
              verbs: [get, list]
            - apiGroups: [""]
              resources: [secrets]
              resourceNames: [hub]
              verbs: [get]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: { name: serving, namespace: ml }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: config-reader }
          subjects:
            - { kind: ServiceAccount, name: serving, namespace: ml }
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRoleBinding
          metadata: { name: operators }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
          subjects:
            - { kind: ServiceAccount, name: operator, namespace: ml }
            - { kind: ServiceAccount, name: serving, namespace: platform }
        `,
      },
    ],
    unknown: [
      {
        name: 'the role is written elsewhere',
        files: yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: vllm, namespace: ml }
          spec:
            type: LoadBalancer
            selector: { app: vllm }
            ports: [{ port: 80, targetPort: 8000 }]
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
          kind: ClusterRoleBinding
          metadata: { name: serving }
          roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: acme-serving }
          subjects:
            - { kind: ServiceAccount, name: serving, namespace: ml }
        `,
      },
    ],
  },
});
