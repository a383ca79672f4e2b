import { test } from 'vitest';
import { checkRow, type Row } from './origins.ts';

const trust = `jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "sagemaker.amazonaws.com" }
    }]
  })`;
/** A training role with one policy of its own. */
const role = (policy: string): string => `resource "aws_iam_role" "training" {
  name               = "training"
  assume_role_policy = ${trust}
}

resource "aws_iam_role_policy" "training" {
  role   = aws_iam_role.training.id
  policy = ${policy}
}
`;
const statement = (actions: string, sid = 'Data'): string => `  statement {
    sid       = "${sid}"
    actions   = [${actions}]
    resources = ["*"]
  }
`;
const document = (name: string, body: string): string => `data "aws_iam_policy_document" "${name}" {\n${body}}\n`;
const narrow = '"s3:ListAllMyBuckets"';
const wide = '"s3:*"';
const json = (action: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["logs:PutLogEvents", "${action}"],
      "Resource": "*"
    }
  ]
}
`;
const whole = 'identity/whole-service';
const none = { none: 'which actions and resources the training needs is not to be known from here' };

const rows: readonly Row[] = [
  {
    name: 'a statement of a policy document',
    before: { 'role.tf': role('data.aws_iam_policy_document.training.json'), 'policy.tf': document('training', statement(narrow)) },
    changes: { 'policy.tf': document('training', statement(wide)) },
    says: [`${whole} policy.tf:4`],
    mends: none,
  },
  {
    name: 'a statement added to a document that another takes in',
    before: {
      'role.tf': role('data.aws_iam_policy_document.training.json'),
      'policy.tf': document('training', '  source_policy_documents = [data.aws_iam_policy_document.training_data.json]\n'),
      'data.tf': document('training_data', statement(narrow, 'List')),
    },
    changes: { 'data.tf': document('training_data', statement(narrow, 'List') + statement(wide)) },
    says: [`${whole} data.tf:9`],
    mends: none,
  },
  {
    name: 'a document that overrides another',
    before: {
      'role.tf': role('data.aws_iam_policy_document.training.json'),
      'policy.tf': document(
        'training',
        `  override_policy_documents = [data.aws_iam_policy_document.sagemaker_team.json]\n${statement(narrow)}`,
      ),
      'team.tf': document('sagemaker_team', statement(narrow)),
    },
    changes: { 'team.tf': document('sagemaker_team', statement(wide)) },
    says: [`${whole} team.tf:4`],
    mends: none,
  },
  {
    name: 'the actions of a document in a local',
    before: {
      'role.tf': role('data.aws_iam_policy_document.training.json'),
      'policy.tf': document('training', statement('').replace('[]', 'local.actions')),
      'locals.tf': `locals {\n  actions = [\n    "logs:PutLogEvents",\n    ${narrow},\n  ]\n}\n`,
    },
    changes: { 'locals.tf': `locals {\n  actions = [\n    "logs:PutLogEvents",\n    ${wide},\n  ]\n}\n` },
    says: [`${whole} locals.tf:4`],
    mends: none,
  },
  {
    name: 'jsonencode in a local',
    before: {
      'role.tf': role('local.policy'),
      'locals.tf': `locals {\n  policy = jsonencode({\n    Statement = [{\n      Effect   = "Allow"\n      Action   = ${narrow}\n      Resource = "*"\n    }]\n  })\n}\n`,
    },
    changes: {
      'locals.tf': `locals {\n  policy = jsonencode({\n    Statement = [{\n      Effect   = "Allow"\n      Action   = ${wide}\n      Resource = "*"\n    }]\n  })\n}\n`,
    },
    says: [`${whole} locals.tf:5`],
    mends: none,
  },
  {
    name: 'a policy in a file',
    before: { 'role.tf': role('file("${path.module}/policy.json")'), 'policy.json': json('s3:ListAllMyBuckets') },
    changes: { 'policy.json': json('s3:*') },
    says: [`${whole} policy.json:6`],
    mends: none,
  },
  {
    name: 'a variable of a template of a policy',
    before: {
      'role.tf': role('templatefile("${path.module}/policy.json.tftpl", { action = var.action })'),
      'policy.json.tftpl': json('${action}'),
      'variables.tf': 'variable "action" {\n  default = "s3:ListAllMyBuckets"\n}\n',
    },
    changes: { 'variables.tf': 'variable "action" {\n  default = "s3:*"\n}\n' },
    says: [`${whole} variables.tf:2`],
    mends: none,
  },
  {
    name: 'the template of a policy',
    before: {
      'role.tf': role('templatefile("${path.module}/policy.json.tftpl", { bucket = "acme" })'),
      'policy.json.tftpl': json('s3:ListAllMyBuckets'),
    },
    changes: { 'policy.json.tftpl': json('s3:*') },
    says: [`${whole} policy.json.tftpl:6`],
    mends: none,
  },
  {
    name: 'a policy in a heredoc',
    before: { 'role.tf': role(`<<-EOT\n${json('s3:ListAllMyBuckets')}EOT`) },
    changes: { 'role.tf': role(`<<-EOT\n${json('s3:*')}EOT`) },
    says: [`${whole} role.tf:21`],
    mends: none,
  },
  {
    name: 'a switch of a bucket, by the input of a module',
    before: {
      'main.tf': 'module "models" {\n  source         = "./modules/bucket"\n  block_policies = true\n}\n',
      'modules/bucket/main.tf': `variable "block_policies" {
  type = bool
}

resource "aws_s3_bucket" "models" {
  bucket = "acme-ranker-models"
}

resource "aws_s3_bucket_public_access_block" "models" {
  bucket                  = aws_s3_bucket.models.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = var.block_policies
  restrict_public_buckets = true
}
`,
    },
    changes: { 'main.tf': 'module "models" {\n  source         = "./modules/bucket"\n  block_policies = false\n}\n' },
    says: ['storage/public-access-block main.tf:3'],
    mends: ['suggestion main.tf:3 block_policies = true'],
  },
];

test.each(rows)('$name', checkRow);
