import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHcl } from '../../../src/documents/hcl.ts';
import { buildModel, readDocuments } from '../../../src/model/model.ts';
import { readTerraform } from '../../../src/model/terraform/worlds.ts';
import { resourceOf, snapshotOf, summary, worldOf, worldsOf, type Files } from './evaluate-support.ts';

const resource = 'resource "t" "r" { v = var.v }\nvariable "v" {}\n';

/** Each world as `id stage name`. */
const outline = (files: Files): readonly string[] =>
  worldsOf(files).map((w) => `${w.id} ${w.resources[0]?.environment.stage ?? '-'} ${w.resources[0]?.environment.name ?? ''}`.trim());
const addresses = (files: Files): readonly string[] =>
  worldsOf(files).flatMap((w) => w.resources.filter((r) => r.type === 't').map((r) => r.address));

describe('roots', () => {
  test('a directory that another one calls is not a root', () => {
    const files = {
      'live/prod/main.tf': 'module "m" { source = "../../modules/m" }',
      'modules/m/main.tf': resource,
      'other/main.tf': resource,
    };
    expect(outline(files)).toEqual(['terraform:live/prod prod prod', 'terraform:other unknown']);
    expect(worldsOf(files)[0]?.resources.map((r) => `${r.scope} ${r.address}`)).toEqual([
      'live/prod module.m.t.r',
      'live/prod module.m.var.v',
    ]);
  });
  test('of modules that call each other the first is a root, and the circle is not followed', () => {
    const files = {
      'a/m.tf': 'module "b" { source = "../b" }\nresource "t" "a" {}',
      'b/m.tf': 'module "a" { source = "../a" }\nresource "t" "b" {}',
    };
    expect(outline(files)).toEqual(['terraform:a unknown']);
    expect(addresses(files)).toEqual(['t.a', 'module.b.t.b']);
    expect(outline({ 'm.tf': 'module "self" { source = "./" }\nresource "t" "a" {}' })).toEqual(['terraform:. unknown']);
  });
});

describe('modules for others', () => {
  const call = 'module "m" { source = "../../" }';
  test.each<[string, Files, readonly string[]]>([
    ['called by an example', { 'main.tf': resource, 'examples/full/main.tf': call }, ['terraform:.', 'terraform:examples/full']],
    [
      'called by a test and by another',
      { 'm/main.tf': resource, 'm/tests/main.tf': 'module "m" { source = "../" }', 'live/main.tf': 'module "m" { source = "../m" }' },
      ['terraform:live', 'terraform:m/tests'],
    ],
    [
      'of an example itself',
      { 'examples/full/main.tf': 'module "m" { source = "./part" }', 'examples/full/part/main.tf': resource },
      ['terraform:examples/full'],
    ],
  ])('%s', (_, files, expected) => {
    expect(worldsOf(files).map(({ id }) => id)).toEqual(expected);
  });
});

test('a model names what could not be followed or read', () => {
  const problems = (files: Files): readonly string[] => {
    const snapshot = snapshotOf(files);
    return buildModel(snapshot, readDocuments(snapshot)).problems.map(({ span, message }) => `${span.file}: ${message}`);
  };
  expect(problems({ 'a.tf.json': '{"output": {"o": {"value": "${1 +"}}}' })).toEqual([expect.stringMatching(/^a\.tf\.json: /)]);
  expect(problems({ 'a.tf.json': '{"output": {"o": {"value": 1}' })).toEqual([expect.stringMatching(/^a\.tf\.json: /)]);
  const loops = `locals {\n  many = range(1000)\n}\n${Array.from({ length: 8 }, (_, i) => `output "o${i}" {\n  value = length([for a in local.many : length([for b in local.many : a * b])])\n}\n`).join('')}`;
  expect(problems({ 'live/main.tf': loops })).toEqual([
    expect.stringMatching(/^live\/main\.tf: Evaluating the Terraform in `live` took too many steps/),
  ]);
});

describe('environments', () => {
  test.each<[string, Files, readonly string[]]>([
    ['none', { 'main.tf': resource }, ['terraform:. unknown']],
    ['automatic variables only', { 'main.tf': resource, 'terraform.tfvars': 'v = 1', 'x.auto.tfvars': 'v = 2' }, ['terraform:. unknown']],
    [
      'files beside the code',
      { 'infra/main.tf': resource, 'infra/prod.tfvars': 'v = 1', 'infra/dev.tfvars': 'v = 2' },
      ['terraform:infra#dev.tfvars dev dev', 'terraform:infra#prod.tfvars prod prod'],
    ],
    [
      'a folder of files',
      { 'main.tf': resource, 'envs/staging.tfvars': 'v = 1', 'envs/production.tfvars': 'v = 1' },
      ['terraform:.#envs/production.tfvars prod production', 'terraform:.#envs/staging.tfvars staging staging'],
    ],
    [
      'a folder for each',
      { 'main.tf': resource, 'env/prod/terraform.tfvars': 'v = 1', 'env/dev/terraform.tfvars': 'v = 2' },
      ['terraform:.#env/dev dev dev', 'terraform:.#env/prod prod prod'],
    ],
    ['folders beside the code', { 'tf/main.tf': resource, 'envs/prod.tfvars': 'v = 1' }, ['terraform:tf#../envs/prod.tfvars prod prod']],
    ['files for another module', { 'tf/main.tf': resource, 'envs/prod.tfvars': 'w = 1\nx = 2' }, ['terraform:tf unknown']],
    ['what is common to all', { 'main.tf': resource, 'common.tfvars': 'v = 1', 'prod.tfvars': '' }, ['terraform:.#prod.tfvars prod prod']],
    [
      'a name that says no stage',
      { 'main.tf': resource, 'acme.tfvars': 'v = 1' },
      ['terraform:. unknown', 'terraform:.#acme.tfvars unknown acme'],
    ],
    [
      'names of which one says a stage',
      { 'main.tf': resource, 'acme.tfvars': 'v = 1', 'prod.tfvars': 'v = 2' },
      ['terraform:.#acme.tfvars unknown acme', 'terraform:.#prod.tfvars prod prod'],
    ],
    [
      'an example of variables',
      { 'main.tf': resource, 'example.tfvars': 'v = 1' },
      ['terraform:. unknown', 'terraform:.#example.tfvars unknown example'],
    ],
    ['the directory', { 'envs/prod/main.tf': resource }, ['terraform:envs/prod prod prod']],
    ['a variable', { 'main.tf': `${resource}variable "environment" { default = "prd" }` }, ['terraform:. prod prd']],
    ['a tag', { 'main.tf': 'resource "t" "r" {\n tags = { Environment = "staging" }\n}' }, ['terraform:. staging staging']],
  ])('from %s', (_, files, expected) => {
    expect(outline(files)).toEqual(expected);
  });

  test('each environment has its own values', () => {
    const files = { 'main.tf': resource, 'common.tfvars': 'v = 1', 'prod.tfvars': '', 'dev.tfvars': 'v = 2' };
    expect(worldsOf(files).map((w) => summary(w.resources[0]?.attr('v') ?? { is: 'absent', origins: [] }))).toEqual([2, 1]);
  });
});

describe('instances', () => {
  test.each([
    ['count = 0', []],
    ['count = 2', ['t.r[0]', 't.r[1]']],
    ['count = var.u', ['t.r']],
    ['count = var.u ? 0 : 0', []],
    ['count = length(local.names)', ['t.r[0]', 't.r[1]']],
    ['for_each = toset(local.names)', ['t.r["a"]', 't.r["b"]']],
    ['for_each = { "x y" = 1 }', ['t.r["x y"]']],
    ['for_each = {}', []],
    ['for_each = var.u', ['t.r']],
    ['for_each = { for n in local.names : n => n if var.u }', ['t.r']],
    ['for_each = toset([for i in range(1000) : tostring(i) if i > 997])', ['t.r["998"]', 't.r["999"]']],
    ['count = 1000000', ['t.r']],
  ])('%s', (argument, expected) => {
    expect(addresses({ 'main.tf': `variable "u" {}\nlocals { names = ["a", "b"] }\nresource "t" "r" {\n  ${argument}\n}` })).toEqual(
      expected,
    );
  });

  test('of modules, with values that flow in and out', () => {
    const files = {
      'main.tf':
        'module "m" {\n source = "./m"\n for_each = { a = 1, b = 2 }\n n = each.value\n}\nresource "t" "sum" {\n all = [for k, m in module.m : m.n]\n one = module.m["b"].n\n id = module.m["a"].id\n}',
      'm/main.tf': 'variable "n" {}\nresource "t" "r" { n = var.n }\noutput "n" { value = t.r.n * 10 }\noutput "id" { value = t.r.id }',
    };
    expect(addresses(files)).toEqual(['t.sum', 'module.m["a"].t.r', 'module.m["b"].t.r']);
    const sum = resourceOf(files, 't.sum');
    expect(summary(sum.value)).toEqual({ all: [10, 20], one: 20, id: 'unknown' });
    expect(sum.attr('id')).toMatchObject({ refs: [{ to: 'module.m["a"].t.r', attr: ['id'] }] });
    const world = worldOf(files);
    expect(world.graph.dependencies(world.graph.get('t.sum') ?? sum).map((r) => r.address)).toEqual([
      'module.m["a"].t.r',
      'module.m["b"].t.r',
    ]);
  });
});

test('blocks that are not resources can be looked at like resources', () => {
  const files = {
    'main.tf': `terraform {
  required_version = ">= 1.5"
  backend "s3" { encrypt = false }
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}
provider "aws" { region = "eu-central-1" }
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
variable "secret" {
  type      = list(string)
  sensitive = true
  default   = ["a"]
}
output "o" {
  value     = var.secret
  sensitive = true
}
module "far" {
  source  = "acme/x/aws"
  version = "1.0"
  public  = true
}
module "gone" { source = "./not-here" }
data "d" "x" { n = 1 }
ephemeral "e" "x" { n = 1 }
`,
  };
  const world = worldOf(files);
  expect(world.resources.map((r) => `${r.type} ${r.address} ${r.name}`)).toEqual([
    'data.d data.d.x x',
    'ephemeral.e ephemeral.e.x x',
    'variable var.secret secret',
    'output output.o o',
    'provider provider.aws aws',
    'provider provider.aws.west aws',
    'terraform terraform terraform',
    'module module.far far',
    'module module.gone gone',
  ]);
  const of = (address: string): unknown => summary(resourceOf(files, address).value);
  expect(of('terraform')).toMatchObject({
    backend: [{ type: 's3', encrypt: false }],
    required_providers: [{ aws: { source: 'hashicorp/aws' } }],
  });
  expect(of('var.secret')).toEqual({ type: 'list(string)', sensitive: true, default: ['a'], value: ['a'] });
  expect(of('module.far')).toEqual({ source: 'acme/x/aws', version: '1.0', public: true });
});

test('JSON configuration means the same', () => {
  const files = {
    'main.tf.json': JSON.stringify(
      {
        variable: { v: { type: 'string', default: 'd' } },
        locals: { l: '${var.v}-l' },
        resource: { t: { r: { name: '${local.l}', list: [1, '${var.v}'], block: { n: 1 }, depends_on: ['t.s'], count: 1 }, s: {} } },
        module: { m: { source: './m', n: '${t.s.id}' } },
      },
      null,
      1,
    ),
    'm/m.tf.json': '{"resource": {"t": {"in": {"n": "${var.n}"}}}, "variable": {"n": {}}}',
  };
  expect(addresses(files)).toEqual(['t.r[0]', 't.s', 'module.m.t.in']);
  const r = resourceOf(files, 't.r[0]');
  expect(summary(r.value)).toEqual({ name: 'd-l', list: [1, 'd'], block: { n: 1 }, depends_on: ['unknown'] });
  expect(r.attr('depends_on')).toMatchObject({ items: [{ refs: [{ to: 't.s' }] }] });
  const { span } = r.attr('name').origins[0] ?? { span: { start: 0, end: 0 } };
  expect(files['main.tf.json'].slice(span.start, span.end)).toBe('local.l');
  expect(resourceOf(files, 'module.m.t.in').attr('n')).toMatchObject({ is: 'unknown', refs: [{ to: 't.s', attr: ['id'] }] });
});

describe('hostile configuration ends soon', () => {
  const chain = (n: number, each: (before: string) => string): string =>
    `locals {\n${Array.from({ length: n }, (_, i) => `  l${i} = ${i ? each(`local.l${i - 1}`) : '["x"]'}\n`).join('')}}\noutput "o" { value = local.l${n - 1} }`;
  test.each<[string, Files]>([
    ['long chains of locals', { 'm.tf': chain(5000, (l) => l) }],
    ['values that double', { 'm.tf': chain(60, (l) => `[${l}, ${l}]`) }],
    ['texts that double', { 'm.tf': chain(60, (l) => `"\${jsonencode(${l})}\${jsonencode(${l})}"`) }],
    ['nested loops', { 'm.tf': 'output "o" { value = [for a in range(1024) : [for b in range(1024) : [for c in range(1024) : a * b]]] }' }],
    ['products', { 'm.tf': 'output "o" { value = setproduct(range(1000), range(1000), range(1000)) }' }],
    [
      'modules of modules',
      Object.fromEntries(
        Array.from({ length: 8 }, (_, i) => [
          i ? `m${i}/m.tf` : 'm.tf',
          `module "a" {\n  source = "${i ? '..' : '.'}/m${i + 1}"\n  count = 100\n}\nresource "t" "r" {}`,
        ]),
      ),
    ],
    [
      'patterns',
      {
        'm.tf':
          'locals { s = join("", [for i in range(1024) : "aaaaaaaaaaaaaaaaaaaa"]) }\noutput "o" { value = [regexall("(a*)*b", local.s), replace(local.s, "/((a{0,50}){0,50}){0,50}/", "x"), regexall("a*b|a", local.s)] }',
      },
    ],
    [
      'templates in themselves',
      { 'm.tf': 'output "o" { value = templatefile("t.tpl", {}) }', 't.tpl': '${templatefile("t.tpl", {})}${templatefile("t.tpl", {})}' },
    ],
    [
      'blocks in blocks',
      { 'm.tf': `resource "t" "r" {\n${'dynamic "x" {\nfor_each = range(100)\ncontent {\n'.repeat(15)}${'}}'.repeat(15)}\n}` },
    ],
  ])('%s', (_, files) => {
    const documents = new Map(
      Object.entries(files).flatMap(([path, text]) => (path.endsWith('.tf') ? [[path, parseHcl(path, text)] as const] : [])),
    );
    const start = performance.now();
    const { worlds } = readTerraform(documents, snapshotOf(files));
    expect(worlds).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  test('keys of the language do no harm', () => {
    const files = {
      'm.tf':
        'locals { __proto__ = { polluted = true } }\nresource "t" "r" {\n  __proto__ = local.__proto__\n  m = { __proto__ = { polluted = true } }\n  f = constructor("x")\n}\nvariable "toString" {}',
    };
    expect(addresses(files)).toEqual(['t.r']);
    const plainObject: Readonly<Record<string, unknown>> = {};
    expect(plainObject['polluted']).toBeUndefined();
  });
});

test('any text evaluates without an exception', () => {
  const word = fc.constantFrom(
    'resource "t" "a" {',
    'module "m" {',
    'locals {',
    'variable "v" {',
    '}',
    'x = ',
    'count = ',
    'for_each = ',
    'source = "./"',
    'var.v',
    'local.x',
    't.a',
    '.id',
    '[0]',
    '[*]',
    '["k"]',
    '1',
    '"s"',
    '"${',
    '}"',
    'null',
    '[',
    ']',
    '{',
    '(',
    ')',
    ',',
    '\n',
    '?',
    ':',
    '==',
    '&&',
    '+',
    'for x in ',
    '=>',
    '...',
    'merge(',
    'jsonencode(',
    'try(',
    'format("%s", ',
    'default = ',
    'type = object({})',
    '<<-E\n',
    '\nE\n',
    '%{ if true }',
    '%{ endif }',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const text = words.join(' ');
      worldsOf({ 'main.tf': text, 'prod.tfvars': text });
    }),
    { numRuns: 300 },
  );
});
