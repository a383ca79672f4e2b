import { describe, expect, test } from 'vitest';
import { grantsOf } from '../../src/concepts/grants.ts';
import { identitiesOf, type Identity } from '../../src/concepts/identity.ts';
import { identitiesOfPod } from '../../src/concepts/identity-kubernetes.ts';
import {
  actorsOf,
  mayAnyoneBecome,
  mayPassAnyRole,
  mayRaiseItself,
  mayReadEveryBucket,
  mayWrite,
  storedAt,
} from '../../src/concepts/identity-questions.ts';
import { podsOf } from '../../src/concepts/container.ts';
import { understand } from '../../src/engine/understand.ts';
import type { World } from '../../src/model/world.ts';

function worldOf(path: string, text: string): World {
  const { model } = understand(new Map([[path, { path, sha: text, text }]]), []);
  expect(model.problems.map(({ message }) => message)).toEqual([]);
  const [world] = model.worlds;
  if (!world) throw new Error('no world');
  return world;
}

function identityIn(world: World, address: string): Identity {
  const found = [...identitiesOf(world).values()].find(({ resource }) => resource.address === address);
  if (!found) throw new Error(`no identity ${address}`);
  return found;
}

interface Statement {
  readonly effect?: 'Allow' | 'Deny';
  readonly action?: readonly string[];
  readonly notAction?: readonly string[];
  readonly resource?: readonly string[];
  readonly notResource?: readonly string[];
  readonly condition?: readonly [operator: string, key: string, value: string];
}

const policyOf = (statements: readonly Statement[]): object => ({
  Version: '2012-10-17',
  Statement: statements.map((s) => ({
    Effect: s.effect ?? 'Allow',
    ...(s.action ? { Action: s.action } : {}),
    ...(s.notAction ? { NotAction: s.notAction } : {}),
    ...(s.resource ? { Resource: s.resource } : {}),
    ...(s.notResource ? { NotResource: s.notResource } : {}),
    ...(s.condition ? { Condition: { [s.condition[0]]: { [s.condition[1]]: s.condition[2] } } } : {}),
  })),
});

const json = (statements: readonly Statement[]): string => JSON.stringify(policyOf(statements));

const list = (texts: readonly string[] = []): string => JSON.stringify(texts);

const blocks = (statements: readonly Statement[]): string =>
  statements
    .map(
      (s) => `statement {
        effect = "${s.effect ?? 'Allow'}"
        ${s.action ? `actions = ${list(s.action)}` : ''}
        ${s.notAction ? `not_actions = ${list(s.notAction)}` : ''}
        ${s.resource ? `resources = ${list(s.resource)}` : ''}
        ${s.notResource ? `not_resources = ${list(s.notResource)}` : ''}
        ${s.condition ? `condition {\n test = "${s.condition[0]}"\n variable = "${s.condition[1]}"\n values = ["${s.condition[2]}"]\n }` : ''}
      }`,
    )
    .join('\n');

const role = `resource "aws_iam_role" "r" {
  name               = "serving"
  assume_role_policy = "{}"
}
variable "any" { type = string }
resource "aws_s3_bucket" "models" { bucket = "acme-models" }
`;

/** Every way to give a role a policy; each gives a world in which the role's address is `r` or ends in it. */
const spellings: Readonly<Record<string, (statements: readonly Statement[]) => World>> = {
  jsonencode: (s) =>
    worldOf('main.tf', `${role}resource "aws_iam_role_policy" "p" {\n role = aws_iam_role.r.id\n policy = jsonencode(${json(s)})\n}`),
  'JSON in a heredoc': (s) =>
    worldOf('main.tf', `${role}resource "aws_iam_role_policy" "p" {\n role = "serving"\n policy = <<EOT\n${json(s)}\nEOT\n}`),
  'a policy document': (s) =>
    worldOf(
      'main.tf',
      `${role}resource "aws_iam_role_policy" "p" {\n role = aws_iam_role.r.name\n policy = data.aws_iam_policy_document.d.json\n}
       data "aws_iam_policy_document" "d" {\n${blocks(s)}\n}`,
    ),
  'source documents': (s) =>
    worldOf(
      'main.tf',
      `${role}resource "aws_iam_role_policy" "p" {\n role = aws_iam_role.r.name\n policy = data.aws_iam_policy_document.d.json\n}
       data "aws_iam_policy_document" "base" {\n${blocks(s)}\n}
       data "aws_iam_policy_document" "d" {\n source_policy_documents = [data.aws_iam_policy_document.base.json]\n}`,
    ),
  'an override document': (s) =>
    worldOf(
      'main.tf',
      `${role}resource "aws_iam_role_policy" "p" {\n role = aws_iam_role.r.name\n policy = data.aws_iam_policy_document.d.json\n}
       data "aws_iam_policy_document" "over" {\n${blocks(s)}\n}
       data "aws_iam_policy_document" "d" {\n override_policy_documents = [data.aws_iam_policy_document.over.json]\n}`,
    ),
  'an inline_policy block': (s) =>
    worldOf(
      'main.tf',
      `variable "any" { type = string }\nresource "aws_s3_bucket" "models" { bucket = "acme-models" }
       resource "aws_iam_role" "r" {\n assume_role_policy = "{}"\n inline_policy {\n name = "p"\n policy = jsonencode(${json(s)})\n }\n}`,
    ),
  'an attached policy': (s) =>
    worldOf(
      'main.tf',
      `${role}resource "aws_iam_policy" "p" { policy = jsonencode(${json(s)}) }
       resource "aws_iam_role_policy_attachment" "a" {\n role = aws_iam_role.r.name\n policy_arn = aws_iam_policy.p.arn\n}`,
    ),
  'a policy attached to a list of roles': (s) =>
    worldOf(
      'main.tf',
      `${role}resource "aws_iam_policy" "p" { policy = jsonencode(${json(s)}) }
       resource "aws_iam_policy_attachment" "a" {\n name = "a"\n roles = [aws_iam_role.r.name]\n policy_arn = aws_iam_policy.p.arn\n}`,
    ),
  managed_policy_arns: (s) =>
    worldOf(
      'main.tf',
      `variable "any" { type = string }\nresource "aws_s3_bucket" "models" { bucket = "acme-models" }
       resource "aws_iam_policy" "p" { policy = jsonencode(${json(s)}) }
       resource "aws_iam_role" "r" {\n assume_role_policy = "{}"\n managed_policy_arns = [aws_iam_policy.p.arn]\n}`,
    ),
  'AWS::IAM::Role': (s) =>
    template({
      r: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: {}, Policies: [{ PolicyName: 'p', PolicyDocument: policyOf(s) }] },
      },
    }),
  'AWS::IAM::Policy': (s) =>
    template({
      r: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
      p: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Roles: [{ Ref: 'r' }], PolicyDocument: policyOf(s) } },
    }),
  'AWS::IAM::ManagedPolicy': (s) =>
    template({
      r: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, ManagedPolicyArns: [{ Ref: 'p' }] } },
      p: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policyOf(s) } },
    }),
  'SAM Policies': (s) => template({ r: { Type: 'AWS::Serverless::Function', Properties: { Policies: [policyOf(s)] } } }),
};

const template = (resources: object): World =>
  worldOf('template.json', JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources }, null, 1));

const roleIn = (world: World): Identity => identityIn(world, world.id.startsWith('terraform') ? 'aws_iam_role.r' : 'r');

const questions = {
  'write its model': (world: World) =>
    mayWrite(roleIn(world), { cloud: 'aws', bucket: 'acme-models', key: 'ranker/1.4.2/model.tar.gz' }, world).is,
  'read every bucket': (world: World) => mayReadEveryBucket(roleIn(world)).is,
  'pass any role': (world: World) => mayPassAnyRole(roleIn(world)).is,
  'raise itself': (world: World) => mayRaiseItself(roleIn(world)).is,
};

const all = { resource: ['*'] } as const;
const policies: readonly (readonly [string, keyof typeof questions, readonly Statement[], 'yes' | 'no' | 'unknown'])[] = [
  ['its bucket', 'write its model', [{ action: ['s3:GetObject', 's3:PutObject'], resource: ['arn:aws:s3:::acme-models/*'] }], 'yes'],
  [
    'read only',
    'write its model',
    [{ action: ['s3:Get*', 's3:List*'], resource: ['arn:aws:s3:::acme-models', 'arn:aws:s3:::acme-models/*'] }],
    'no',
  ],
  [
    'a denial takes it away',
    'write its model',
    [
      { action: ['s3:*'], resource: ['arn:aws:s3:::acme-*'] },
      { effect: 'Deny', action: ['s3:Put*', 's3:Delete*'], ...all },
    ],
    'no',
  ],
  ['everything but IAM', 'read every bucket', [{ notAction: ['iam:*'], ...all }], 'yes'],
];

describe.each(Object.entries(spellings))('%s', (_, spelled) => {
  test.each(policies)('%s: may it %s?', (_name, question, statements, expected) => {
    expect(questions[question](spelled(statements))).toBe(expected);
  });
});

const rows: readonly (readonly [string, keyof typeof questions, readonly Statement[], 'yes' | 'no' | 'unknown'])[] = [
  ['nothing', 'write its model', [], 'no'],
  ['another bucket', 'write its model', [{ action: ['s3:*'], resource: ['arn:aws:s3:::acme-logs/*'] }], 'no'],
  ['another prefix', 'write its model', [{ action: ['s3:PutObject'], resource: ['arn:aws:s3:::acme-models/captured/*'] }], 'no'],
  ['its own prefix', 'write its model', [{ action: ['s3:DeleteObject'], resource: ['arn:aws:s3:::acme-models/ranker/*'] }], 'yes'],
  ['the bucket without its objects', 'write its model', [{ action: ['s3:*'], resource: ['arn:aws:s3:::acme-models'] }], 'no'],
  ['a pattern of buckets', 'write its model', [{ action: ['s3:Put*'], resource: ['arn:aws:s3:::acme-m?dels/*'] }], 'yes'],
  ['another partition’s spelling', 'write its model', [{ action: ['s3:Put*'], resource: ['arn:aws-us-gov:s3:::acme-models/*'] }], 'yes'],
  ['all buckets but this one', 'write its model', [{ action: ['s3:PutObject'], notResource: ['arn:aws:s3:::acme-models/*'] }], 'no'],
  ['all buckets but another', 'write its model', [{ action: ['s3:PutObject'], notResource: ['arn:aws:s3:::acme-logs/*'] }], 'yes'],
  [
    'under a condition',
    'write its model',
    [{ action: ['s3:PutObject'], ...all, condition: ['StringEquals', 'aws:PrincipalTag/team', 'ml'] }],
    'unknown',
  ],
  ['over TLS', 'write its model', [{ action: ['s3:PutObject'], ...all, condition: ['Bool', 'aws:SecureTransport', 'true'] }], 'yes'],
  [
    'but not in clear text',
    'write its model',
    [
      { action: ['s3:PutObject'], ...all },
      { effect: 'Deny', action: ['s3:*'], ...all, condition: ['Bool', 'aws:SecureTransport', 'false'] },
    ],
    'yes',
  ],
  [
    'but not from elsewhere',
    'write its model',
    [
      { action: ['s3:PutObject'], ...all },
      { effect: 'Deny', action: ['s3:*'], ...all, condition: ['StringNotEquals', 'aws:SourceVpce', 'vpce-1'] },
    ],
    'unknown',
  ],
  [
    'a denial of another action',
    'write its model',
    [
      { action: ['s3:PutObject'], ...all },
      { effect: 'Deny', action: ['s3:DeleteBucket'], ...all },
    ],
    'yes',
  ],
  [
    'a denial of everything but reading',
    'write its model',
    [
      { action: ['s3:*'], ...all },
      { effect: 'Deny', notAction: ['s3:Get*', 's3:List*'], ...all },
    ],
    'no',
  ],
  [
    'a denial everywhere but here',
    'write its model',
    [
      { action: ['s3:*'], ...all },
      { effect: 'Deny', action: ['s3:*'], notResource: ['arn:aws:s3:::acme-models/*'] },
    ],
    'yes',
  ],
  ['all objects', 'read every bucket', [{ action: ['s3:GetObject'], resource: ['arn:aws:s3:::*'] }], 'yes'],
  ['all objects, in two levels', 'read every bucket', [{ action: ['s3:Get*'], resource: ['arn:aws:s3:::*/*'] }], 'yes'],
  ['a family of buckets', 'read every bucket', [{ action: ['s3:GetObject'], resource: ['arn:aws:s3:::acme-*'] }], 'no'],
  [
    'everything, denied elsewhere',
    'read every bucket',
    [
      { action: ['s3:*'], ...all },
      { effect: 'Deny', action: ['s3:*'], notResource: ['arn:aws:s3:::acme-models/*'] },
    ],
    'unknown',
  ],
  ['everything but S3', 'read every bucket', [{ notAction: ['s3:*'], ...all }], 'no'],
  [
    'all but one bucket denied',
    'read every bucket',
    [
      { action: ['s3:*'], ...all },
      { effect: 'Deny', action: ['s3:*'], resource: ['arn:aws:s3:::acme-secret/*'] },
    ],
    'yes',
  ],
  ['any role', 'pass any role', [{ action: ['iam:PassRole'], ...all }], 'yes'],
  ['any role of an account', 'pass any role', [{ action: ['iam:Pass*'], resource: ['arn:aws:iam::111122223333:role/*'] }], 'yes'],
  ['roles of one name', 'pass any role', [{ action: ['iam:PassRole'], resource: ['arn:aws:iam::111122223333:role/training-*'] }], 'no'],
  [
    'to one service',
    'pass any role',
    [{ action: ['iam:PassRole'], ...all, condition: ['StringEquals', 'iam:PassedToService', 'sagemaker.amazonaws.com'] }],
    'unknown',
  ],
  ['policies on any role', 'raise itself', [{ action: ['iam:AttachRolePolicy'], ...all }], 'yes'],
  [
    'policies on one role',
    'raise itself',
    [{ action: ['iam:PutRolePolicy'], resource: ['arn:aws:iam::111122223333:role/training'] }],
    'no',
  ],
  ['reading IAM', 'raise itself', [{ action: ['iam:Get*', 'iam:List*'], ...all }], 'no'],
];

test.each(rows)('%s: may it %s?', (_name, question, statements, expected) => {
  expect(questions[question](spellings['a policy document']?.(statements) ?? worldOf('main.tf', ''))).toBe(expected);
  expect(questions[question](spellings['AWS::IAM::Policy']?.(statements) ?? worldOf('main.tf', ''))).toBe(expected);
});

const attach = (name: string): string =>
  `${role}resource "aws_iam_role_policy_attachment" "a" {\n role = aws_iam_role.r.name\n policy_arn = "arn:aws:iam::aws:policy/${name}"\n}`;
const ownPolicy = (statement: string): string =>
  `${role}resource "aws_iam_role_policy" "p" {\n role = aws_iam_role.r.id\n policy = jsonencode({ Statement = [${statement}] })\n}`;

test.each([
  ['AmazonS3FullAccess', attach('AmazonS3FullAccess'), 'write its model', 'yes'],
  ['AmazonS3ReadOnlyAccess', attach('AmazonS3ReadOnlyAccess'), 'write its model', 'no'],
  ['AmazonS3ReadOnlyAccess', attach('AmazonS3ReadOnlyAccess'), 'read every bucket', 'yes'],
  ['AdministratorAccess', attach('AdministratorAccess'), 'raise itself', 'yes'],
  ['PowerUserAccess', attach('PowerUserAccess'), 'raise itself', 'no'],
  ['AmazonSageMakerFullAccess', attach('AmazonSageMakerFullAccess'), 'write its model', 'no'],
  ['AmazonSageMakerFullAccess', attach('AmazonSageMakerFullAccess'), 'pass any role', 'unknown'],
  ['a policy that is not in the table', attach('SomethingOfTheirs'), 'write its model', 'unknown'],
  ['a policy from the caller', attach('x').replace(/"arn[^"]*"/, 'var.any'), 'write its model', 'unknown'],
  ['actions from the caller', ownPolicy('{ Effect = "Allow", Action = var.any, Resource = "*" }'), 'write its model', 'unknown'],
  ['an effect from the caller', ownPolicy('{ Effect = var.any, Action = "s3:*", Resource = "*" }'), 'write its model', 'unknown'],
  [
    'a bucket from the caller',
    ownPolicy('{ Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::${var.any}/*" }'),
    'write its model',
    'unknown',
  ],
  [
    'the bucket by reference',
    ownPolicy('{ Effect = "Allow", Action = "s3:*", Resource = "${aws_s3_bucket.models.arn}/*" }'),
    'write its model',
    'yes',
  ],
  [
    'a denied unknown',
    ownPolicy('{ Effect = "Allow", Action = "s3:*", Resource = "*" }, { Effect = "Deny", Action = var.any, Resource = "*" }'),
    'write its model',
    'unknown',
  ],
  [
    'a policy that the caller writes',
    `${role}resource "aws_iam_role_policy" "p" {\n role = aws_iam_role.r.id\n policy = var.any\n}`,
    'write its model',
    'unknown',
  ],
] as const)('%s (%#): may it %s?', (_name, text, question, expected) => {
  expect(questions[question](worldOf('main.tf', text))).toBe(expected);
});

test('an override replaces the statement of the same id', () => {
  const document = (name: string, id: string, actions: string, more = ''): string =>
    `data "aws_iam_policy_document" "${name}" {\n${more}\nstatement {\n sid = "${id}"\n actions = [${actions}]\n resources = ["*"]\n}\n}\n`;
  const world = worldOf(
    'main.tf',
    `${role}${document('over', 'Write', '"s3:GetObject"')}${document('d', 'Write', '"s3:PutObject"', 'override_policy_documents = [data.aws_iam_policy_document.over.json]')}
     resource "aws_iam_role_policy" "p" {\n role = aws_iam_role.r.name\n policy = data.aws_iam_policy_document.d.json\n}`,
  );
  expect(questions['write its model'](world)).toBe('no');
  expect(questions['read every bucket'](world)).toBe('yes');
});

test('the statement that gives the right is found where it is written', () => {
  const world = spellings['a policy document']?.([{ action: ['s3:GetObject', 's3:Put*'], resource: ['arn:aws:s3:::acme-models/*'] }]);
  if (!world) throw new Error('no world');
  const answer = mayWrite(roleIn(world), { cloud: 'aws', bucket: 'acme-models', key: 'm.bin' }, world);
  expect(answer.is === 'yes' && [answer.by, answer.at.of.address, answer.everywhere]).toEqual([
    's3:Put*',
    'data.aws_iam_policy_document.d',
    false,
  ]);
});

const google = `resource "google_service_account" "sa" { account_id = "serving" }
resource "google_storage_bucket" "models" {
  name = "acme-models"
  location = "EU"
}
`;
const onBucket = (roleName: string, more = ''): string =>
  `${google}resource "google_storage_bucket_iam_member" "m" {\n bucket = google_storage_bucket.models.name\n role = "${roleName}"\n member = "serviceAccount:\${google_service_account.sa.email}"\n ${more}\n}`;
const onProject = (roleName: string): string =>
  `${google}resource "google_project_iam_binding" "m" {\n project = "acme"\n role = "${roleName}"\n members = ["serviceAccount:serving@acme.iam.gserviceaccount.com"]\n}`;

describe('service accounts of Google Cloud', () => {
  const model = { cloud: 'google', bucket: 'acme-models', key: 'm/model.bin' } as const;
  const write = (id: Identity, world: World) => mayWrite(id, model, world).is;
  test.each([
    ['write', onBucket('roles/storage.objectAdmin'), write, 'yes'],
    ['write', onBucket('roles/storage.objectViewer'), write, 'no'],
    ['write', onBucket('roles/storage.objectCreator'), write, 'no'],
    [
      'write under a condition',
      onBucket('roles/storage.objectAdmin', 'condition {\n title = "x"\n expression = "true"\n }'),
      write,
      'unknown',
    ],
    [
      'write another bucket',
      onBucket('roles/storage.objectAdmin').replace('google_storage_bucket.models.name', '"acme-logs"'),
      write,
      'no',
    ],
    ['write, from the project', onProject('roles/storage.objectAdmin'), write, 'yes'],
    ['read all', onProject('roles/storage.objectViewer'), (id: Identity) => mayReadEveryBucket(id).is, 'yes'],
    ['read all', onBucket('roles/storage.objectViewer'), (id: Identity) => mayReadEveryBucket(id).is, 'no'],
    ['use every service account', onProject('roles/iam.serviceAccountUser'), (id: Identity) => mayPassAnyRole(id).is, 'yes'],
    ['raise itself', onProject('roles/resourcemanager.projectIamAdmin'), (id: Identity) => mayRaiseItself(id).is, 'yes'],
    [
      'write by a whole policy',
      `${google}data "google_iam_policy" "p" {\n binding {\n role = "roles/storage.admin"\n members = [google_service_account.sa.member]\n }\n}
       resource "google_storage_bucket_iam_policy" "m" {\n bucket = google_storage_bucket.models.name\n policy_data = data.google_iam_policy.p.policy_data\n}`,
      write,
      'yes',
    ],
  ] as const)('%s (%#)', (_name, text, ask, expected) => {
    const world = worldOf('main.tf', text);
    expect(ask(identityIn(world, 'google_service_account.sa'), world)).toBe(expected);
  });

  test('who may become one', () => {
    const world = worldOf(
      'main.tf',
      `${google}resource "google_service_account_iam_member" "m" {\n service_account_id = google_service_account.sa.name\n role = "roles/iam.workloadIdentityUser"\n member = "serviceAccount:acme.svc.id.goog[ai/llm]"\n}`,
    );
    const identity = identityIn(world, 'google_service_account.sa');
    expect(actorsOf(identity).map(({ name }) => name)).toEqual(['serviceAccount:acme.svc.id.goog[ai/llm]']);
    expect(mayAnyoneBecome(identity).is).toBe('no');
  });
});

describe('managed identities of Azure', () => {
  const azure = (scope: string, roleName: string): string => `resource "azurerm_user_assigned_identity" "id" {\n name = "serving"\n}
    resource "azurerm_storage_account" "models" {\n name = "acmemodels"\n}
    resource "azurerm_role_assignment" "a" {\n scope = ${scope}\n role_definition_name = "${roleName}"\n principal_id = azurerm_user_assigned_identity.id.principal_id\n}`;
  test.each([
    ['azurerm_storage_account.models.id', 'Storage Blob Data Contributor', 'yes'],
    ['azurerm_storage_account.models.id', 'Storage Blob Data Reader', 'no'],
    ['"/subscriptions/00000000-0000-0000-0000-000000000000"', 'Contributor', 'yes'],
    ['"/subscriptions/0/resourceGroups/ai/providers/Microsoft.Storage/storageAccounts/other"', 'Storage Blob Data Owner', 'no'],
  ])('on %s as %s', (scope, roleName, expected) => {
    const world = worldOf('main.tf', azure(scope, roleName));
    const identity = identityIn(world, 'azurerm_user_assigned_identity.id');
    expect(mayWrite(identity, { cloud: 'azure', bucket: 'acmemodels', key: 'm' }, world).is).toBe(expected);
  });
});

describe('who may become a role', () => {
  const trust = (statement: string): World =>
    worldOf(
      'main.tf',
      `variable "any" { type = string }\nresource "aws_iam_role" "r" {\n assume_role_policy = jsonencode({ Statement = [${statement}] })\n}`,
    );
  test.each([
    ['{ Effect = "Allow", Action = "sts:AssumeRole", Principal = "*" }', 'yes'],
    ['{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = ["*"] } }', 'yes'],
    [
      '{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } } }',
      'unknown',
    ],
    ['{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }', 'no'],
    ['{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = var.any } }', 'unknown'],
  ])('%s', (statement, expected) => {
    expect(mayAnyoneBecome(roleIn(trust(statement))).is).toBe(expected);
  });
});

describe('pods as identities of the cloud', () => {
  const pod = `resource "kubernetes_deployment" "llm" {
    metadata {
      name = "llm"
      namespace = "ai"
    }
    spec {
      template {
        spec {
          service_account_name = "llm"
          container {
            name  = "vllm"
            image = "vllm/vllm-openai:v0.9.0"
          }
        }
      }
    }
  }
  `;
  const annotated = (key: string, value: string): string => `resource "kubernetes_service_account" "llm" {
    metadata {
      name = "llm"
      namespace = "ai"
      annotations = { "${key}" = ${value} }
    }
  }
  `;
  test.each([
    ['IRSA by reference', role + annotated('eks.amazonaws.com/role-arn', 'aws_iam_role.r.arn'), 'aws_iam_role.r'],
    ['IRSA by name', role + annotated('eks.amazonaws.com/role-arn', '"arn:aws:iam::111122223333:role/serving"'), 'aws_iam_role.r'],
    [
      'Workload Identity',
      google + annotated('iam.gke.io/gcp-service-account', 'google_service_account.sa.email'),
      'google_service_account.sa',
    ],
    [
      'Pod Identity',
      `${role}resource "aws_eks_pod_identity_association" "llm" {\n cluster_name = "ai"\n namespace = "ai"\n service_account = "llm"\n role_arn = aws_iam_role.r.arn\n}`,
      'aws_iam_role.r',
    ],
    [
      'a trust policy',
      `resource "aws_iam_role" "r" {\n assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "x" }, Condition = { StringEquals = { "oidc.eks:sub" = "system:serviceaccount:ai:llm" } } }] })\n}`,
      'aws_iam_role.r',
    ],
    [
      'another service account',
      role + annotated('eks.amazonaws.com/role-arn', 'aws_iam_role.r.arn').replace('name = "llm"', 'name = "other"'),
      undefined,
    ],
  ])('%s', (_name, text, expected) => {
    const world = worldOf('main.tf', pod + text);
    const pods = world.resources.filter(({ type }) => type === 'Deployment').flatMap(podsOf);
    const found = pods.flatMap((one) => identitiesOfPod(one, world).map(({ resource }) => resource.address));
    expect(found).toEqual(expected === undefined ? [] : [expected]);
  });
});

test.each([
  ['s3://acme-models/ranker/model.tar.gz', { cloud: 'aws', bucket: 'acme-models', key: 'ranker/model.tar.gz' }],
  ['gs://acme-models', { cloud: 'google', bucket: 'acme-models', key: '' }],
  ['https://acmemodels.blob.core.windows.net/models/m.bin', { cloud: 'azure', bucket: 'acmemodels', key: 'models/m.bin' }],
  ['hf://acme/model', undefined],
])('%s as a place', (uri, expected) => {
  expect(storedAt(uri)).toEqual(expected);
});

test('SAM policy templates', () => {
  const world = template({
    b: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'acme-models' } },
    r: { Type: 'AWS::Serverless::Function', Properties: { Policies: [{ S3CrudPolicy: { BucketName: { Ref: 'b' } } }] } },
  });
  expect(questions['write its model'](world)).toBe('yes');
  expect(grantsOf(roleIn(world).resource, world)).toEqual([]);
});

describe('a permissions boundary', () => {
  const bounded = (boundary: string, more = '') =>
    worldOf(
      'main.tf',
      `resource "aws_iam_role" "r" {\n assume_role_policy = "{}"\n permissions_boundary = ${boundary}\n}
       resource "aws_iam_role_policy" "p" {\n role = aws_iam_role.r.id\n policy = jsonencode(${json([{ action: ['*'], ...all }])})\n}\n${more}`,
    );
  const policy = (statements: readonly Statement[]): string => `resource "aws_iam_policy" "b" { policy = jsonencode(${json(statements)}) }`;
  test.each([
    ['that forbids', 'aws_iam_policy.b.arn', policy([{ action: ['s3:*', 'logs:*'], ...all }]), 'yes', 'no'],
    [
      'that denies',
      'aws_iam_policy.b.arn',
      policy([
        { action: ['*'], ...all },
        { effect: 'Deny', action: ['iam:*'], ...all },
      ]),
      'yes',
      'no',
    ],
    ['that allows all', '"arn:aws:iam::aws:policy/AdministratorAccess"', '', 'yes', 'yes'],
    ['that is not seen', '"arn:aws:iam::111122223333:policy/ml-boundary"', '', 'unknown', 'unknown'],
  ] as const)('%s', (_name, boundary, more, reads, passes) => {
    const world = bounded(boundary, more);
    expect([questions['read every bucket'](world), questions['pass any role'](world)]).toEqual([reads, passes]);
  });
  test('in CloudFormation', () => {
    const world = template({
      r: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {},
          PermissionsBoundary: { Ref: 'b' },
          Policies: [{ PolicyName: 'p', PolicyDocument: policyOf([{ action: ['*'], ...all }]) }],
        },
      },
      b: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policyOf([{ action: ['s3:GetObject'], ...all }]) } },
    });
    expect([questions['read every bucket'](world), questions['pass any role'](world)]).toEqual(['yes', 'no']);
  });
});

describe('a condition that keeps nobody away', () => {
  test.each([
    [['IpAddress', 'aws:SourceIp', '0.0.0.0/0'], 'yes'],
    [['IpAddress', 'aws:SourceIp', '10.0.0.0/8'], 'unknown'],
    [['NotIpAddress', 'aws:SourceIp', '0.0.0.0/0'], 'unknown'],
    [['StringLike', 'aws:PrincipalArn', '*'], 'yes'],
    [['StringLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:*'], 'unknown'],
    [['StringNotLike', 'aws:PrincipalArn', '*'], 'unknown'],
    [['Bool', 'aws:SecureTransport', 'true'], 'yes'],
    [['StringLike', 'aws:PrincipalOrgID', '*'], 'unknown'],
  ] as const)('%j', (condition, expected) => {
    const world = spellings['jsonencode']?.([{ action: ['s3:GetObject'], ...all, condition }]);
    expect(world && questions['read every bucket'](world)).toBe(expected);
  });
});
