import { expect, test } from 'vitest';
import type { Files } from '../../src/engine/rule.ts';
import { applyAll, end, tell } from './tell.ts';

const notebook = (lines = ''): string => `resource "aws_sagemaker_notebook_instance" "lab" {
  name                   = "lab"
  instance_type          = "ml.t3.medium"
  role_arn               = "arn:aws:iam::123456789012:role/lab"
  kms_key_id             = "alias/lab"
  subnet_id              = "subnet-1"
  security_groups        = ["sg-1"]
  root_access            = "Disabled"
${lines}
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
`;
const safe = '  direct_internet_access = "Disabled"';
const open = '  direct_internet_access = "Enabled"';
const byVariable = notebook('  direct_internet_access = var.internet');
const variable = (value: string): string => `variable "internet" {\n  type    = string\n  default = "${value}"\n}\n`;

const bucket = 'resource "aws_s3_bucket" "models" {\n  bucket = "acme-ranker-models"\n}\n';
const versions = `resource "aws_s3_bucket_versioning" "models" {
  bucket = aws_s3_bucket.models.id
  versioning_configuration {
    status = "Enabled"
  }
}
`;
const model = `resource "aws_sagemaker_model" "ranker" {
  name                     = "ranker"
  execution_role_arn       = "arn:aws:iam::123456789012:role/ranker"
  enable_network_isolation = true
  primary_container {
    image          = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/ranker@sha256:${'0'.repeat(64)}"
    model_data_url = "s3://\${aws_s3_bucket.models.bucket}/7/model.tar.gz"
  }
  vpc_config {
    subnets            = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }
}
`;

const server = (version: string, metadata: string): string => `apiVersion: ${version}
kind: Deployment
metadata: ${metadata}
spec:
  selector: { matchLabels: { app: llm } }
  template:
    metadata: { labels: { app: llm } }
    spec:
      hostNetwork: true
      containers:
        - name: server
          image: vllm/vllm-openai:latest
          args: [--model=acme/ranker]
`;
const ray = (version: string): string => `apiVersion: ${version}
kind: RayCluster
metadata: { name: ray }
spec:
  headGroupSpec:
    rayStartParams: { dashboard-host: 0.0.0.0 }
    template:
      spec:
        containers: [{ name: ray-head, image: 'rayproject/ray:2.46.0' }]
`;

const role = (first: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: kserve-manager }
rules:
${first}  - { apiGroups: [""], resources: [configmaps], verbs: [get] }
  - { apiGroups: [""], resources: [secrets], verbs: [get, list] }
`;

const privileged = (is: boolean): string => `          securityContext: { privileged: ${is} }\n`;
const limits = '          resources: { limits: { memory: 16Gi, nvidia.com/gpu: 1 } }\n';
const two = (first: string, second: string): string =>
  `${server('apps/v1', '{ name: llm }')}${first}        - name: other\n          image: vllm/vllm-openai:latest\n          args: [--model=acme/other]\n${second}`;

interface Row {
  readonly name: string;
  readonly before: Files;
  readonly changes: Readonly<Record<string, string | null>>;
  readonly moves?: Readonly<Record<string, string>>;
  /** Comments that must be there, `rule path:line`; no other may be. */
  readonly comments: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: 'a switch flipped on its own line',
    before: { 'lab.tf': notebook(safe) },
    changes: { 'lab.tf': notebook(open) },
    comments: ['notebooks/direct-internet lab.tf:9'],
  },
  {
    name: 'a default flipped in another file',
    before: { 'lab.tf': byVariable, 'variables.tf': variable('Disabled') },
    changes: { 'variables.tf': variable('Enabled') },
    comments: ['notebooks/direct-internet variables.tf:3'],
  },
  {
    name: 'a line added to tfvars',
    before: { 'lab.tf': byVariable, 'variables.tf': variable('Disabled'), 'terraform.tfvars': 'region = "eu-central-1"\n' },
    changes: { 'terraform.tfvars': 'region   = "eu-central-1"\ninternet = "Enabled"\n' },
    comments: ['notebooks/direct-internet terraform.tfvars:2'],
  },
  {
    name: 'a safe line deleted',
    before: { 'lab.tf': notebook(safe) },
    changes: { 'lab.tf': notebook('') },
    comments: ['notebooks/direct-internet lab.tf:8'],
  },
  {
    name: 'an argument of a module call',
    before: {
      'main.tf': 'module "lab" {\n  source   = "./modules/lab"\n  internet = "Disabled"\n}\n',
      'modules/lab/main.tf': byVariable,
      'modules/lab/variables.tf': 'variable "internet" {\n  type = string\n}\n',
    },
    changes: { 'main.tf': 'module "lab" {\n  source   = "./modules/lab"\n  internet = "Enabled"\n}\n' },
    comments: ['notebooks/direct-internet main.tf:3'],
  },
  {
    name: 'an old problem next to a changed line stays unsaid',
    before: { 'lab.tf': notebook(open) },
    changes: { 'lab.tf': notebook(open).replace('ml.t3.medium', 'ml.t3.large') },
    comments: [],
  },
  {
    name: 'a renamed file brings nothing',
    before: { 'lab.tf': notebook(open) },
    changes: {},
    moves: { 'lab.tf': 'notebooks.tf' },
    comments: [],
  },
  {
    name: 'a moved directory brings nothing',
    before: { 'envs/a/lab.tf': notebook(open) },
    changes: {},
    moves: { 'envs/a/lab.tf': 'stacks/a/lab.tf' },
    comments: [],
  },
  {
    name: 'a resource moved between files brings nothing',
    before: { 'a.tf': `${notebook(open)}\n${bucket}${versions}`, 'b.tf': '\n' },
    changes: { 'a.tf': `${bucket}${versions}`, 'b.tf': notebook(open) },
    comments: [],
  },
  {
    name: 'a resource with another name brings nothing, though what it lacks is said at its name',
    before: { 'lab.tf': notebook().replace('  root_access            = "Disabled"\n', '') },
    changes: {
      'lab.tf': notebook().replace('  root_access            = "Disabled"\n', '').replace('"lab" {', '"bench" {'),
    },
    comments: [],
  },
  {
    name: 'another name does not hide what is new',
    before: { 'lab.tf': notebook(safe) },
    changes: { 'lab.tf': notebook(open).replace('"lab" {', '"bench" {') },
    comments: ['notebooks/direct-internet lab.tf:9'],
  },
  {
    name: 'a copy under another name is new',
    before: { 'lab.tf': notebook(open) },
    changes: { 'lab.tf': `${notebook(open)}\n${notebook(open).replace('"lab" {', '"bench" {')}` },
    comments: ['notebooks/direct-internet lab.tf:23'],
  },
  {
    name: 'another namespace, name or version of a manifest brings nothing',
    before: { 'k8s/llm.yaml': server('apps/v1', '{ name: llm, namespace: default }'), 'k8s/ray.yaml': ray('ray.io/v1alpha1') },
    changes: { 'k8s/llm.yaml': server('apps/v1', '{ name: serving }'), 'k8s/ray.yaml': ray('ray.io/v1') },
    comments: [],
  },
  {
    name: 'another name of a container brings nothing',
    before: { 'k8s/llm.yaml': server('apps/v1', '{ name: llm }') },
    changes: { 'k8s/llm.yaml': server('apps/v1', '{ name: llm }').replace('- name: server', '- name: vllm') },
    comments: [],
  },
  {
    name: 'an item before another in a list brings nothing',
    before: { 'k8s/role.yaml': role('') },
    changes: { 'k8s/role.yaml': role('  - { apiGroups: [""], resources: [pods], verbs: [get] }\n') },
    comments: [],
  },
  {
    name: 'what is mended in one container hides nothing that is broken in another, also by a line that goes',
    before: { 'k8s/llm.yaml': two(privileged(true), privileged(false) + limits) },
    changes: { 'k8s/llm.yaml': two(privileged(false) + limits, privileged(true)) },
    comments: ['gpu/missing-limits k8s/llm.yaml:19', 'gpu/privileged-container k8s/llm.yaml:19'],
  },
  {
    name: 'another container in the place of one is new',
    before: { 'k8s/llm.yaml': server('apps/v1', '{ name: llm }') },
    changes: {
      'k8s/llm.yaml': server('apps/v1', '{ name: llm }')
        .replace('- name: server', '- name: other')
        .replace(':latest', ':v0.8.5')
        .replace('acme/ranker', 'acme/other'),
    },
    comments: [
      'gpu/missing-limits k8s/llm.yaml:13',
      'supply-chain/unpinned-model k8s/llm.yaml:13',
      'supply-chain/vulnerable-image k8s/llm.yaml:12',
      'workloads/root-user k8s/llm.yaml:13',
    ],
  },
  {
    name: 'a module that stands for itself since its only caller went brings nothing',
    before: {
      'app/main.tf': 'module "lab" {\n  source   = "../modules/lab"\n  internet = "Disabled"\n}\n',
      'modules/lab/main.tf': byVariable,
      'modules/lab/variables.tf': variable('Enabled'),
    },
    changes: { 'app/main.tf': null },
    comments: [],
  },
  {
    name: 'what exists since a line went is new',
    before: { 'main.tf': notebook(`${open}\n  count = 0`) },
    changes: { 'main.tf': notebook(open) },
    comments: ['notebooks/direct-internet main.tf:9'],
  },
  {
    name: 'count = 0 means that it does not exist',
    before: { 'main.tf': '\n' },
    changes: { 'main.tf': notebook(`${open}\n  count = 0`) },
    comments: [],
  },
  {
    name: 'a comment is not configuration',
    before: { 'lab.tf': notebook(safe) },
    changes: { 'lab.tf': notebook(`${safe}\n  # direct_internet_access = "Enabled"`) },
    comments: [],
  },
];

test.each(rows)('$name', async ({ before, changes, moves, comments }) => {
  const told = await tell(before, changes, moves ? { moves } : {});
  try {
    expect(told.comments).toEqual(comments);
    expect(told.repository.checkRuns[0]).toMatchObject({ status: 'completed', conclusion: comments.length > 0 ? 'failure' : 'success' });
    await applyAll(told);
  } finally {
    await end(told);
  }
});

test('a removed companion in another file is found, and said where it was', async () => {
  const told = await tell({ 'bucket.tf': bucket, 'versions.tf': versions, 'model.tf': model }, { 'versions.tf': null });
  try {
    expect(told.reviews[0]?.comments.map(({ rule, resource }) => `${rule} ${resource}`)).toContain(
      'storage/no-versioning aws_s3_bucket.models',
    );
    expect(told.repository.checkRuns[0]).toMatchObject({ status: 'completed' });
  } finally {
    await end(told);
  }
});

test('a broken file gets one note with its line, and the rest is reviewed', async () => {
  const told = await tell(
    { 'README.md': '' },
    { 'broken.tf': 'resource "aws_s3_bucket" "a" {\n  bucket = \n}\n', 'lab.tf': notebook(open) },
  );
  try {
    expect(told.comments).toEqual(['notebooks/direct-internet lab.tf:9']);
    expect(told.reviews[0]?.notes).toMatchObject([{ file: 'broken.tf', line: 2 }]);
    expect(told.pull.comments[0]?.body).toContain('broken.tf:2');
  } finally {
    await end(told);
  }
});

test('a review of 30 Terraform files asks at most 15 times before it publishes', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`infra/team${i % 5}/part${i}.tf`, notebook(safe).replaceAll('lab', `lab${i}`)]),
  );
  const before = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace('ml.t3.medium', 'ml.t3.large')]));
  const told = await tell(
    {
      ...before,
      ...Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`infra/team${i % 5}/other${i}.tf`, variable('Disabled').replace('internet', `other${i}`)]),
      ),
    },
    files,
  );
  try {
    expect(told.repository.checkRuns[0]).toMatchObject({ conclusion: 'success' });
    expect(told.story.github.requestsBeforePublishing().length).toBeLessThanOrEqual(15);
    expect(told.reviews[0]?.reviewedFiles).toBe(30);
  } finally {
    await end(told);
  }
});
