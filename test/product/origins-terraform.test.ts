import { test } from 'vitest';
import { checkRow, type Row } from './origins.ts';

/** A notebook in the VPC; the setting stands on line 9. */
const lab = (
  internet: string,
  name = 'lab',
  first = '  name                   = "lab"',
): string => `resource "aws_sagemaker_notebook_instance" "${name}" {
${first}
  instance_type          = "ml.t3.medium"
  role_arn               = "arn:aws:iam::123456789012:role/lab"
  kms_key_id             = "alias/lab"
  subnet_id              = "subnet-1"
  security_groups        = ["sg-1"]
  root_access            = "Disabled"
  direct_internet_access = ${internet}

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
`;
const declared = (name: string, type = 'string'): string => `variable "${name}" {\n  type = ${type}\n}\n`;
const variable = (name: string, value: string, type = 'string'): string =>
  `variable "${name}" {\n  type    = ${type}\n  default = ${value}\n}\n`;
const both = (make: (value: string) => string): readonly [string, string] => [make('Disabled'), make('Enabled')];

/** One file changes from safe to open, the others stay. */
function flipped(
  path: string,
  [safe, open]: readonly [string, string],
  others: Readonly<Record<string, string>>,
): Pick<Row, 'before' | 'changes'> {
  return { before: { ...others, [path]: safe }, changes: { [path]: open } };
}

const bucket = 'resource "aws_s3_bucket" "models" {\n  bucket = "acme-ranker-models"\n}\n';
const versions = `resource "aws_s3_bucket_versioning" "models" {
  bucket = aws_s3_bucket.models.id
  versioning_configuration {
    status = "Enabled"
  }
}
`;

const internet = 'notebooks/direct-internet';

const rows: readonly Row[] = [
  {
    name: "a variable's default",
    ...flipped(
      'variables.tf',
      both((v) => variable('internet', `"${v}"`)),
      { 'lab.tf': lab('var.internet') },
    ),
    says: [`${internet} variables.tf:3`],
    mends: ['suggestion variables.tf:3 default = "Disabled"'],
  },
  {
    name: 'terraform.tfvars',
    ...flipped(
      'terraform.tfvars',
      both((v) => `region   = "eu-central-1"\ninternet = "${v}"\n`),
      { 'lab.tf': lab('var.internet'), 'variables.tf': variable('internet', '"Disabled"') + variable('region', '""') },
    ),
    says: [`${internet} terraform.tfvars:2`],
    mends: ['suggestion terraform.tfvars:2 internet = "Disabled"'],
  },
  {
    name: 'an automatic variables file that wins over terraform.tfvars',
    before: { 'lab.tf': lab('var.internet'), 'variables.tf': declared('internet'), 'terraform.tfvars': 'internet = "Disabled"\n' },
    changes: { 'team.auto.tfvars': '# The team wants packages.\ninternet = "Enabled"\n' },
    says: [`${internet} team.auto.tfvars:2`],
    mends: ['suggestion team.auto.tfvars:2 internet = "Disabled"'],
  },
  {
    name: 'one of two environments',
    ...flipped(
      'envs/prod.tfvars',
      both((v) => `internet = "${v}"\n`),
      { 'lab.tf': lab('var.internet'), 'variables.tf': declared('internet'), 'envs/dev.tfvars': 'internet = "Disabled"\n' },
    ),
    says: [`${internet} envs/prod.tfvars:1 in prod`],
    mends: ['suggestion envs/prod.tfvars:1 internet = "Disabled"'],
  },
  {
    name: 'two environments at once',
    before: {
      'lab.tf': lab('var.internet'),
      'variables.tf': declared('internet'),
      'dev.tfvars': 'internet = "Disabled"\n',
      'prod.tfvars': 'internet = "Disabled"\n',
    },
    changes: { 'dev.tfvars': 'internet = "Enabled"\n', 'prod.tfvars': 'internet = "Enabled"\n' },
    says: [`${internet} dev.tfvars:1 in dev, prod`],
    mends: ['patch dev.tfvars:1 internet = "Disabled"', 'patch prod.tfvars:1 internet = "Disabled"'],
  },
  {
    name: 'a default that all environments have',
    ...flipped(
      'variables.tf',
      both((v) => variable('internet', `"${v}"`) + declared('size')),
      { 'lab.tf': lab('var.internet'), 'dev.tfvars': 'size = "small"\n', 'prod.tfvars': 'size = "large"\n' },
    ),
    says: [`${internet} variables.tf:3 in dev, prod`],
    mends: ['suggestion variables.tf:3 default = "Disabled"'],
  },
  {
    name: 'a default that only one environment leaves as it is',
    ...flipped(
      'variables.tf',
      both((v) => variable('internet', `"${v}"`) + declared('size')),
      { 'lab.tf': lab('var.internet'), 'dev.tfvars': 'size     = "small"\ninternet = "Disabled"\n', 'prod.tfvars': 'size = "large"\n' },
    ),
    says: [`${internet} variables.tf:3 in prod`],
    mends: ['suggestion variables.tf:3 default = "Disabled"'],
  },
  {
    name: 'an override file',
    before: { 'lab.tf': lab('"Disabled"') },
    changes: { 'lab_override.tf': 'resource "aws_sagemaker_notebook_instance" "lab" {\n  direct_internet_access = "Enabled"\n}\n' },
    says: [`${internet} lab_override.tf:2`],
    mends: ['suggestion lab_override.tf:2 direct_internet_access = "Disabled"'],
  },
  {
    name: 'a default in a .tf.json',
    ...flipped(
      'variables.tf.json',
      both((v) => `{\n  "variable": {\n    "internet": {\n      "default": "${v}"\n    }\n  }\n}\n`),
      { 'lab.tf': lab('var.internet') },
    ),
    says: [`${internet} variables.tf.json:4`],
    mends: ['suggestion variables.tf.json:4 "default": "Disabled"'],
  },
  {
    name: 'a .tfvars.json',
    ...flipped(
      'terraform.tfvars.json',
      both((v) => `{\n  "internet": "${v}"\n}\n`),
      { 'lab.tf': lab('var.internet'), 'variables.tf': declared('internet') },
    ),
    says: [`${internet} terraform.tfvars.json:2`],
    mends: ['suggestion terraform.tfvars.json:2 "internet": "Disabled"'],
  },
  {
    name: 'a line of tfvars that goes, so that the default counts',
    before: {
      'lab.tf': lab('var.internet'),
      'variables.tf': variable('internet', '"Enabled"') + declared('region'),
      'terraform.tfvars': 'region   = "eu-central-1"\ninternet = "Disabled"\n',
    },
    changes: { 'terraform.tfvars': 'region = "eu-central-1"\n' },
    says: [`${internet} terraform.tfvars:2 LEFT`],
    mends: ['patch variables.tf:3 default = "Disabled"'],
  },
  {
    name: 'a variables file that goes',
    before: {
      'lab.tf': lab('var.internet'),
      'variables.tf': variable('internet', '"Enabled"'),
      'terraform.tfvars': '# Packages come from the mirror.\ninternet = "Disabled"\n',
    },
    changes: { 'terraform.tfvars': null },
    says: [`${internet} terraform.tfvars:2 LEFT`],
    mends: ['patch variables.tf:3 default = "Disabled"'],
  },
  {
    name: 'a local',
    ...flipped(
      'locals.tf',
      both((v) => `locals {\n  name     = "lab"\n  internet = "${v}"\n}\n`),
      { 'lab.tf': lab('local.internet') },
    ),
    says: [`${internet} locals.tf:3`],
    mends: ['suggestion locals.tf:3 internet = "Disabled"'],
  },
  {
    name: 'a local of a local',
    ...flipped(
      'locals.tf',
      both((v) => `locals {\n  internet = local.open\n}\n\nlocals {\n  open = "${v}"\n}\n`),
      { 'lab.tf': lab('local.internet') },
    ),
    says: [`${internet} locals.tf:6`],
    mends: ['suggestion locals.tf:6 open = "Disabled"'],
  },
  {
    name: 'a text put together from a local',
    ...flipped(
      'locals.tf',
      both((v) => `locals {\n  state = "${v.slice(0, -1)}"\n}\n`),
      { 'lab.tf': lab('"${local.state}d"') },
    ),
    says: [`${internet} locals.tf:2`],
    mends: { none: 'no place holds the whole value: it is two texts put together' },
  },
  {
    name: 'the map under a merge',
    ...flipped(
      'locals.tf',
      both(
        (v) =>
          `locals {\n  defaults = {\n    internet = "${v}"\n    root     = "Disabled"\n  }\n  lab = merge(local.defaults, { size = "small" })\n}\n`,
      ),
      { 'lab.tf': lab('local.lab.internet') },
    ),
    says: [`${internet} locals.tf:3`],
    mends: ['suggestion locals.tf:3 internet = "Disabled"'],
  },
  {
    name: 'what a merge puts over a map',
    before: {
      'lab.tf': lab('local.lab.internet'),
      'locals.tf':
        'locals {\n  defaults = {\n    internet = "Disabled"\n  }\n  lab = merge(local.defaults, {\n    size = "small"\n  })\n}\n',
    },
    changes: {
      'locals.tf':
        'locals {\n  defaults = {\n    internet = "Disabled"\n  }\n  lab = merge(local.defaults, {\n    size     = "small"\n    internet = "Enabled"\n  })\n}\n',
    },
    says: [`${internet} locals.tf:7`],
    mends: ['suggestion locals.tf:7 internet = "Disabled"'],
  },
  {
    name: "a lookup's own default",
    ...flipped(
      'lab.tf',
      both((v) => lab(`lookup(var.settings, "internet", "${v}")`)),
      { 'variables.tf': variable('settings', '{}', 'map(string)') },
    ),
    says: [`${internet} lab.tf:9`],
    mends: ['suggestion lab.tf:9 direct_internet_access = lookup(var.settings, "internet", "Disabled")'],
  },
  {
    name: 'the entry that a lookup finds',
    ...flipped(
      'terraform.tfvars',
      both((v) => `settings = {\n  internet = "${v}"\n}\n`),
      { 'lab.tf': lab('lookup(var.settings, "internet", "Disabled")'), 'variables.tf': declared('settings', 'map(string)') },
    ),
    says: [`${internet} terraform.tfvars:2`],
    mends: ['suggestion terraform.tfvars:2 internet = "Disabled"'],
  },
  {
    name: 'an entry that goes, so that the default of a lookup counts',
    before: {
      'lab.tf': lab('lookup(var.settings, "internet", "Enabled")'),
      'variables.tf': declared('settings', 'map(string)'),
      'terraform.tfvars': 'settings = {\n  size     = "small"\n  internet = "Disabled"\n}\n',
    },
    changes: { 'terraform.tfvars': 'settings = {\n  size = "small"\n}\n' },
    says: [`${internet} terraform.tfvars:2`],
    mends: ['patch lab.tf:9 direct_internet_access = lookup(var.settings, "internet", "Disabled")'],
  },
  {
    name: 'what a condition on the environment decides',
    ...flipped('terraform.tfvars', ['env = "prod"\n', 'env = "dev"\n'], {
      'lab.tf': lab('var.env == "prod" ? "Disabled" : "Enabled"'),
      'variables.tf': declared('env'),
    }),
    says: [`${internet} terraform.tfvars:1 in dev`],
    mends: { none: 'both branches would say the same, and what becomes of the choice is for its author to say' },
  },
  {
    name: 'one branch of a condition, in the environment that takes it',
    ...flipped(
      'lab.tf',
      both((v) => lab(`var.env == "prod" ? "${v}" : "Disabled"`)),
      { 'variables.tf': declared('env'), 'prod.tfvars': 'env = "prod"\n', 'dev.tfvars': 'env = "dev"\n' },
    ),
    says: [`${internet} lab.tf:9 in prod`],
    mends: { none: 'both branches would say the same, and what becomes of the choice is for its author to say' },
  },
  {
    name: 'the first that is set, by coalesce',
    ...flipped('terraform.tfvars', ['# nothing yet\n', 'internet = "Enabled"\n'], {
      'lab.tf': lab('coalesce(var.internet, "Disabled")'),
      'variables.tf': variable('internet', 'null'),
    }),
    says: [`${internet} terraform.tfvars:1`],
    mends: ['suggestion terraform.tfvars:1 internet = "Disabled"'],
  },
  {
    name: "a module's input",
    ...flipped(
      'main.tf',
      both((v) => `module "lab" {\n  source   = "./modules/lab"\n  internet = "${v}"\n}\n`),
      { 'modules/lab/main.tf': lab('var.internet'), 'modules/lab/variables.tf': declared('internet') },
    ),
    says: [`${internet} main.tf:3`],
    mends: ['suggestion main.tf:3 internet = "Disabled"'],
  },
  {
    name: "a module's default",
    ...flipped(
      'modules/lab/variables.tf',
      both((v) => variable('internet', `"${v}"`)),
      { 'main.tf': 'module "lab" {\n  source = "./modules/lab"\n}\n', 'modules/lab/main.tf': lab('var.internet') },
    ),
    says: [`${internet} modules/lab/variables.tf:3`],
    mends: ['suggestion modules/lab/variables.tf:3 default = "Disabled"'],
  },
  {
    name: "a module's argument that goes, so that its default counts",
    before: {
      'main.tf': 'module "lab" {\n  source   = "./modules/lab"\n  internet = "Disabled"\n}\n',
      'modules/lab/main.tf': lab('var.internet'),
      'modules/lab/variables.tf': variable('internet', '"Enabled"'),
    },
    changes: { 'main.tf': 'module "lab" {\n  source = "./modules/lab"\n}\n' },
    says: [`${internet} main.tf:3 LEFT`],
    mends: ['patch modules/lab/variables.tf:3 default = "Disabled"'],
  },
  {
    name: 'a safe line that goes in a module',
    before: { 'main.tf': 'module "lab" {\n  source = "./modules/lab"\n}\n', 'modules/lab/main.tf': lab('"Disabled"') },
    changes: { 'modules/lab/main.tf': lab('"Disabled"').replace('  direct_internet_access = "Disabled"\n', '') },
    says: [`${internet} modules/lab/main.tf:8`],
    mends: ['suggestion modules/lab/main.tf:9 direct_internet_access = "Disabled"'],
  },
  {
    name: "a module's output that another resource takes",
    ...flipped(
      'modules/settings/outputs.tf',
      both((v) => `output "internet" {\n  value = "${v}"\n}\n`),
      { 'main.tf': `module "settings" {\n  source = "./modules/settings"\n}\n`, 'lab.tf': lab('module.settings.internet') },
    ),
    says: [`${internet} modules/settings/outputs.tf:2`],
    mends: ['suggestion modules/settings/outputs.tf:2 value = "Disabled"'],
  },
  {
    name: 'an input of a module in a module',
    ...flipped(
      'main.tf',
      both((v) => `module "platform" {\n  source = "./modules/platform"\n  labs   = { internet = "${v}" }\n}\n`),
      {
        'modules/platform/main.tf':
          'variable "labs" {\n  type = map(string)\n}\n\nmodule "lab" {\n  source   = "../lab"\n  internet = var.labs.internet\n}\n',
        'modules/lab/main.tf': declared('internet') + lab('var.internet'),
      },
    ),
    says: [`${internet} main.tf:3`],
    mends: ['suggestion main.tf:3 labs   = { internet = "Disabled" }'],
  },
  {
    name: 'the variables of the root, two modules up',
    ...flipped(
      'prod.tfvars',
      both((v) => `internet = "${v}"\n`),
      {
        'main.tf': `${declared('internet')}module "platform" {\n  source   = "./modules/platform"\n  internet = var.internet\n}\n`,
        'dev.tfvars': 'internet = "Disabled"\n',
        'modules/platform/main.tf': `${declared('internet')}module "lab" {\n  source   = "../lab"\n  internet = var.internet\n}\n`,
        'modules/lab/main.tf': declared('internet') + lab('var.internet'),
      },
    ),
    says: [`${internet} prod.tfvars:1 in prod`],
    mends: ['suggestion prod.tfvars:1 internet = "Disabled"'],
  },
  {
    name: 'one entry of for_each',
    ...flipped(
      'locals.tf',
      both((v) => `locals {\n  labs = {\n    vision = { internet = "Disabled" }\n    text   = { internet = "${v}" }\n  }\n}\n`),
      {
        'lab.tf': lab('each.value.internet', 'lab', '  for_each = local.labs\n  name = each.key').replace(
          '  for_each = local.labs\n  name = each.key',
          '  for_each               = local.labs',
        ),
      },
    ),
    says: [`${internet} locals.tf:4`],
    mends: ['suggestion locals.tf:4 text   = { internet = "Disabled" }'],
  },
  {
    name: 'an entry of a for expression over a variable',
    ...flipped(
      'terraform.tfvars',
      both((v) => `labs = {\n  vision = "Disabled"\n  text   = "${v}"\n}\n`),
      {
        'lab.tf': `${declared('labs', 'map(string)')}locals {\n  labs = { for name, access in var.labs : name => { internet = access } }\n}\n${lab('each.value.internet').replace('  name                   = "lab"', '  for_each               = local.labs')}`,
      },
    ),
    says: [`${internet} terraform.tfvars:3`],
    mends: ['suggestion terraform.tfvars:3 text   = "Disabled"'],
  },
  {
    name: 'an item by count.index',
    ...flipped(
      'terraform.tfvars',
      both((v) => `internet = [\n  "Disabled",\n  "${v}",\n]\n`),
      {
        'lab.tf': lab('var.internet[count.index]').replace(
          '  name                   = "lab"',
          '  count                  = length(var.internet)',
        ),
        'variables.tf': declared('internet', 'list(string)'),
      },
    ),
    says: [`${internet} terraform.tfvars:3`],
    mends: ['suggestion terraform.tfvars:3 "Disabled",'],
  },
  {
    name: 'a dynamic block',
    ...flipped('locals.tf', ['locals {\n  metadata = ["2"]\n}\n', 'locals {\n  metadata = ["1"]\n}\n'], {
      'lab.tf': lab('"Disabled"').replace(
        / {2}instance_metadata[^}]*\}/,
        '  dynamic "instance_metadata_service_configuration" {\n    for_each = local.metadata\n    content {\n      minimum_instance_metadata_service_version = instance_metadata_service_configuration.value\n    }\n  }',
      ),
    }),
    says: ['notebooks/metadata-v1 locals.tf:2'],
    mends: ['suggestion locals.tf:2 metadata = ["2"]'],
  },
  {
    name: 'a switch that lets a bad resource exist',
    ...flipped('variables.tf', [variable('enabled', 'false', 'bool'), variable('enabled', 'true', 'bool')], {
      'lab.tf': lab('"Enabled"').replace('  name                   = "lab"', '  count                  = var.enabled ? 1 : 0'),
    }),
    says: [`${internet} variables.tf:3`],
    mends: ['patch lab.tf:9 direct_internet_access = "Disabled"'],
  },
  {
    name: 'a new entry of for_each that makes another bad resource',
    ...flipped(
      'locals.tf',
      ['locals {\n  labs = {\n    vision = {}\n  }\n}\n', 'locals {\n  labs = {\n    vision = {}\n    text   = {}\n  }\n}\n'],
      { 'lab.tf': lab('"Enabled"').replace('  name                   = "lab"', '  for_each               = local.labs') },
    ),
    says: [`${internet} locals.tf:4`],
    mends: ['patch lab.tf:9 direct_internet_access = "Disabled"'],
  },
  {
    name: 'a switch that lets a module be called',
    ...flipped('terraform.tfvars', ['labs = false\n', 'labs = true\n'], {
      'main.tf': `${declared('labs', 'bool')}module "lab" {\n  source = "./modules/lab"\n  count  = var.labs ? 1 : 0\n}\n`,
      'modules/lab/main.tf': lab('"Enabled"'),
    }),
    says: [`${internet} terraform.tfvars:1`],
    mends: ['patch modules/lab/main.tf:9 direct_internet_access = "Disabled"'],
  },
  {
    name: 'a new entry of for_each at the call of a module, two modules up',
    ...flipped('prod.tfvars', ['teams = ["vision"]\n', 'teams = [\n  "vision",\n  "text",\n]\n'], {
      'main.tf': `${declared('teams', 'set(string)')}module "platform" {\n  source   = "./modules/platform"\n  for_each = var.teams\n}\n`,
      'dev.tfvars': 'teams = ["vision"]\n',
      'modules/platform/main.tf': 'module "lab" {\n  source = "../lab"\n}\n',
      'modules/lab/main.tf': lab('"Enabled"'),
    }),
    says: [`${internet} prod.tfvars:3 in prod`],
    mends: ['patch modules/lab/main.tf:9 direct_internet_access = "Disabled"'],
  },
  {
    name: 'a companion in another file that goes',
    before: { 'bucket.tf': bucket, 'versions.tf': versions, 'main.tf': 'locals {\n  team = "ml"\n}\n' },
    changes: { 'versions.tf': null },
    says: ['storage/no-versioning versions.tf:1 LEFT'],
    mends: ['', ...versions.trimEnd().replace('id\n', 'id\n\n').split('\n')].map((line, i) => `patch bucket.tf:${i + 4} ${line.trim()}`),
  },
];

test.each(rows)('$name', checkRow);
