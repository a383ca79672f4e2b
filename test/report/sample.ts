import type { Change, ChangedFile } from '../../src/change.ts';
import type { Review, ReviewComment } from '../../src/report/review.ts';

const manifest = `apiVersion: v1
kind: Service
metadata:
  name: tf-serving
spec:
  type: LoadBalancer
  ports:
    - port: 8500
`;
const deployment = `containers:
  - name: server
    env:
      - name: HF_TOKEN
        value: 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
    securityContext:
      privileged: true
`;
const gone = 'resource "aws_s3_bucket_versioning" "models" {\n  bucket = "models"\n}\n';

export const secretValue = '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';

const file = (path: string, text: string) => [path, { path, sha: path, text }] as const;
const changed = (path: string, status: ChangedFile['status']): ChangedFile => ({ path, status });

export const change: Change = {
  base: 'a'.repeat(40),
  head: 'b'.repeat(40),
  files: [changed('serving/service.yaml', 'added'), changed('serving/deployment.yaml', 'added'), changed('storage.tf', 'modified')],
  before: new Map([file('storage.tf', gone)]),
  after: new Map([file('serving/service.yaml', manifest), file('serving/deployment.yaml', deployment), file('storage.tf', '# nothing\n')]),
  unread: [],
  truncated: false,
};

export function comment(overrides: Partial<ReviewComment> = {}): ReviewComment {
  return {
    rule: 'exposure/load-balancer',
    severity: 'high',
    title: 'Model server is reachable from the internet',
    message:
      'The Service `tf-serving` asks for a public load balancer. Anyone who finds it can **query** the model and load it until it falls over.',
    why: 'A model server has no login of its own.',
    links: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
    place: { is: 'lines', file: 'serving/service.yaml', side: 'RIGHT', from: 6, to: 6 },
    resource: 'v1/Service/default/tf-serving',
    key: 'exposure/load-balancer|kubernetes|v1/Service/default/tf-serving|spec.type',
    environments: [],
    others: [],
    fix: { is: 'suggestion', startLine: 6, endLine: 6, text: '  type: ClusterIP' },
    ...overrides,
  };
}

export const review: Review = {
  base: change.base,
  head: change.head,
  verdict: 'block',
  comments: [
    comment({
      rule: 'secrets/plain-environment',
      severity: 'critical',
      title: 'Token stands in the manifest',
      message: 'The container `server` carries the token `HF_TOKEN` in plain text.',
      place: { is: 'lines', file: 'serving/deployment.yaml', side: 'RIGHT', from: 4, to: 5 },
      fix: { is: 'none' },
    }),
    comment(),
    comment({
      rule: 'pods/privileged',
      title: 'Container is privileged',
      message: 'A privileged container is root on its node.',
      place: { is: 'lines', file: 'serving/deployment.yaml', side: 'RIGHT', from: 7, to: 7 },
      environments: ['prod', 'staging'],
      fix: {
        is: 'patch',
        diff: '--- a/values.yaml\n+++ b/values.yaml\n@@ -1,2 +1,2 @@\n server:\n-  privileged: true\n+  privileged: false\n',
      },
    }),
    comment({
      rule: 'storage/versioning',
      severity: 'medium',
      title: 'Model bucket keeps no versions',
      message: 'The change removes the versioning of `models`.',
      place: { is: 'lines', file: 'storage.tf', side: 'LEFT', from: 1, to: 3 },
      fix: { is: 'none' },
    }),
    comment({
      rule: 'storage/encryption',
      severity: 'low',
      title: 'Bucket has no key of your own',
      message: 'It uses the provider’s key.',
      place: { is: 'summary', file: 'storage.tf', line: 1, why: 'a default in another file causes it' },
      fix: { is: 'none' },
    }),
  ],
  quiet: [],
  suppressions: [],
  older: 0,
  settings: [],
  posting: { failAt: 'high', limit: 25, drafts: 'wait', applyFixes: 'button' },
  notes: [{ file: 'broken.yaml', line: 3, message: 'The key `a` stands twice.', remedy: 'Remove one of them.' }],
  unread: [{ path: 'huge.json', why: 'it is larger than 1 MB (2.0 MB)' }],
  differences: [],
  impact: {
    resources: [
      {
        address: 'aws_iam_role.serving',
        type: 'aws_iam_role',
        file: 'iam.tf',
        line: 1,
        change: 'changed',
        environment: 'prod',
        dependents: ['aws_sagemaker_model.llm', 'aws_lambda_function.gate'],
      },
      {
        address: 'aws_s3_bucket_versioning.models',
        type: 'aws_s3_bucket_versioning',
        file: 'storage.tf',
        line: 1,
        change: 'removed',
        environment: 'prod',
        dependents: [],
      },
    ],
    environments: ['prod'],
  },
  reviewedFiles: 3,
};
