import { describe, expect, test } from 'vitest';
import { embedded } from '../../../src/model/embedded.ts';
import { references } from '../../../src/model/value.ts';
import { places, resourceOf, summary, valueOf, type Files } from './evaluate-support.ts';

describe('what is not known', () => {
  const main = `
variable "u" {}
variable "o" { type = object({ a = optional(string, "x"), b = string }) }
resource "t" "r" {
  name = "n"
  size = var.u
  block { on = true }
}
resource "t" "many" { count = var.u }
resource "t" "two" {
  count = 2
  name  = "n\${count.index}"
}
resource "t" "each" {
  for_each = { a = 1, b = 2 }
  name     = each.key
}
resource "t" "swapped" {
  for_each = { b = 1, a = 2 }
  name     = each.key
}
module "far" { source = "acme/x/aws" }
locals { loop = local.loop }
`;
  test.each([
    ['var.u', 'unknown'],
    ['var.o.a', 'unknown'],
    ['"x-${var.u}"', 'unknown'],
    ['var.u == 1', 'unknown'],
    ['var.u && false', false],
    ['var.u || true', true],
    ['var.u && true', 'unknown'],
    ['var.u ? 1 : 1', 1],
    ['var.u ? 1 : 2', 'unknown'],
    ['var.u ? [1, 2] : [1, 2]', [1, 2]],
    ['[1, var.u]', [1, 'unknown']],
    ['length([1, var.u])', 2],
    ['length(var.u)', 'unknown'],
    ['concat([1], var.u)', [1, 'unknown']],
    ['length(concat([1], var.u))', 'unknown'],
    ['concat([1], var.u)[0]', 1],
    ['concat([1], var.u)[1]', 'unknown'],
    ['merge({a = 1, b = 2}, var.u)', { a: 'unknown', b: 'unknown' }],
    ['merge(var.u, {a = 1})', { a: 1 }],
    ['merge(var.u, {a = 1}).b', 'unknown'],
    ['lookup(merge(var.u, {a = 1}), "b", 5)', 'unknown'],
    ['contains(["a", var.u], "a")', true],
    ['contains(["a", var.u], "b")', 'unknown'],
    ['coalesce(var.u, "a")', 'unknown'],
    ['try(var.u, 1)', 'unknown'],
    ['can(var.u)', 'unknown'],
    ['try({a = 1}.b, var.u)', 'unknown'],
    ['keys(merge({a = 1}, var.u))', ['a', 'unknown']],
    ['[for x in [1, 2] : x if var.u]', ['unknown', 'unknown']],
    ['{ for x in ["a"] : "${x}${var.u}" => 1 }', {}],
    ['[for x in var.u : x]', 'unknown'],
    ['{a = 1}[var.u]', 'unknown'],
    ['timestamp()', 'unknown'],
    ['uuid()', 'unknown'],
    ['not_a_function(1)', 'unknown'],
    ['file("absent.txt")', 'unknown'],
    ['fileexists("absent.txt")', 'unknown'],
    ['terraform.workspace', 'unknown'],
    ['path.module', '.'],
    ['path.cwd', 'unknown'],
    ['local.loop', 'unknown'],
    ['local.missing', 'unknown'],
    ['t.r.name', 'n'],
    ['t.r.id', 'unknown'],
    ['t.r.block[0].on', true],
    ['t.r.block[0].other', 'unknown'],
    ['t.two[1].name', 'n1'],
    ['t.two[*].name', ['n0', 'n1']],
    ['t.two[2].name', 'fails'],
    ['one(t.two[*].name)', 'fails'],
    ['t.each["b"].name', 'b'],
    ['[for k, r in t.each : r.name]', ['a', 'b']],
    ['[for r in t.two : r.name]', ['n0', 'n1']],
    ['[for i, r in t.two : "${i}${r.name}" if r.name != "n0"]', ['1n1']],
    ['{ for k, r in t.each : "${k}${r.name}" => r.id }', { aa: 'unknown', bb: 'unknown' }],
    ['[for r in t.each : r["name"]]', ['a', 'b']],
    [
      '[for r in t.each : [for s in t.two : "${r.name}${s.name}"]]',
      [
        ['an0', 'an1'],
        ['bn0', 'bn1'],
      ],
    ],
    ['[for r in t.each : [for r in [1] : r]]', [[1], [1]]],
    ['[for r in t.each : lookup(r, "name", "x")]', ['a', 'b']],
    ['{ for r in t.each : r.name => r.id... }', { a: ['unknown'], b: ['unknown'] }],
    ['[for r in t.swapped : r.name]', ['a', 'b']],
    ['length([for r in t.r : r])', 'unknown'],
    ['[for r in t.many : r.name]', 'unknown'],
    ['values(t.each)[*].name', ['a', 'b']],
    ['t.many[0].name', 'unknown'],
    ['length(t.many)', 'unknown'],
    ['length(t.two)', 2],
    ['module.far.arn', 'unknown'],
    ['jsonencode({ a = var.u })', 'unknown'],
    ['{}.toString', 'fails'],
    ['{ __proto__ = 1 }.__proto__', 1],
    ['999999999999999999999', 'unknown'],
  ])('%s', (expression, expected) => {
    expect(summary(valueOf(expression, { 'main.tf': main }))).toEqual(expected);
  });

  test('text that is known in part keeps its pieces and references', () => {
    const value = valueOf('"arn:${t.r.id}/${t.r.name}/*"', { 'main.tf': main });
    expect(value).toMatchObject({
      is: 'unknown',
      parts: ['arn:', null, '/n/*'],
      refs: [
        { to: 't.r', attr: ['id'] },
        { to: 't.r', attr: ['name'] },
      ],
    });
    expect(valueOf('format("%s-%d", var.u, 5)', { 'main.tf': main })).toMatchObject({ parts: [null, '-5'] });
    expect(valueOf('join("/", ["a", var.u, "b"])', { 'main.tf': main })).toMatchObject({ parts: ['a/', null, '/b'] });
  });

  test.each([
    ['t.r.id', [['t.r', 'id']]],
    ['t.r.name', [['t.r', 'name']]],
    ['t.two[1].id', [['t.two[1]', 'id']]],
    ['t.each["a"].arn', [['t.each["a"]', 'arn']]],
    [
      '[for r in t.each : r.arn]',
      [
        ['t.each["a"]', 'arn'],
        ['t.each["b"]', 'arn'],
      ],
    ],
    ['[for r in t.each : r.name if r.name == "b"]', [['t.each["b"]', 'name']]],
    ['t.many[0].id', [['t.many', 'id']]],
    ['[t.r.id, "x"]', [['t.r', 'id']]],
    ['module.far.arn', [['module.far', 'arn']]],
    ['var.u', [['var.u']]],
    ['t.nowhere.id', [['t.nowhere', 'id']]],
  ])('references of %s', (expression, expected) => {
    const value = valueOf(expression, { 'main.tf': main });
    expect(Array.from(references(value), ({ to, attr }) => [to, ...attr])).toEqual(expected);
  });
});

describe('origins', () => {
  const files: Files = {
    'main.tf': `resource "t" "r" {
  literal   = "a"
  by_var    = var.v
  by_local  = local.l
  computed  = upper(local.l)
  chosen    = var.on ? "yes" : "no"
  listed    = ["x", var.v]
  nothing   = null
  empty     = var.n
  picked    = lookup(local.m, "k", "z")
  whole     = local.m
  block {
    inner = var.v
  }
}
locals {
  l = "low"
  m = { k = "deep" }
}
`,
    'variables.tf': `variable "v" {
  default = "dv"
}
variable "on" { default = true }
variable "n" { default = null }
`,
    'terraform.tfvars': 'on = false\n',
  };
  test.each([
    [['literal'], 'a', ['attribute main.tf:2 "a" !']],
    [['by_var'], 'dv', ['attribute main.tf:3 var.v', 'variable-default variables.tf:2 "dv" !']],
    [['by_local'], 'low', ['attribute main.tf:4 local.l', 'local main.tf:17 "low" !']],
    [['computed'], 'LOW', ['attribute main.tf:5 upper(local.l)', 'local main.tf:17 "low"']],
    [['chosen'], 'no', ['attribute main.tf:6 "no" !', 'attribute main.tf:6 var.on', 'tfvars terraform.tfvars:1 false']],
    [['listed', 1], 'dv', ['attribute main.tf:7 var.v', 'variable-default variables.tf:2 "dv" !']],
    [['nothing'], null, ['attribute main.tf:8 null !']],
    [['empty'], null, ['attribute main.tf:9 var.n', 'variable-default variables.tf:5 null !']],
    [['picked'], 'deep', ['attribute main.tf:10 local.m', 'local main.tf:18 "deep" !', 'attribute main.tf:10 "k"']],
    [['whole', 'k'], 'deep', ['attribute main.tf:11 local.m', 'local main.tf:18 "deep" !']],
    [['block', 'inner'], 'dv', ['attribute main.tf:13 var.v', 'variable-default variables.tf:2 "dv" !']],
    [['missing'], null, ['container main.tf:1 resource "t" "r"']],
    [['block', 'missing'], null, ['container main.tf:12 block']],
  ])('%s', (path, expected, origins) => {
    const value = resourceOf(files, 't.r').attr(...path);
    expect(summary(value)).toBe(expected);
    expect(places(value, files)).toEqual(origins);
  });

  test('through a module: the attribute, the variable at the caller, and what the caller was given', () => {
    const nested: Files = {
      'main.tf': 'module "m" {\n  source = "./m"\n  size   = var.size\n}\nvariable "size" {}\n',
      'prod.tfvars': 'size = 3\n',
      'm/main.tf': 'variable "size" {\n  default = 1\n}\nresource "t" "r" {\n  n = var.size\n}\n',
    };
    const value = resourceOf(nested, 'module.m.t.r').attr('n');
    expect(value).toMatchObject({ is: 'known', value: 3 });
    expect(places(value, nested)).toEqual([
      'attribute m/main.tf:5 var.size',
      'module-input main.tf:3 var.size',
      'tfvars prod.tfvars:1 3 !',
    ]);
  });

  test('of a resource in a module: its header, then the call', () => {
    const nested: Files = { 'main.tf': 'module "m" {\n  source = "./m"\n}\n', 'm/main.tf': 'resource "t" "r" {}\n' };
    expect(places(resourceOf(nested, 'module.m.t.r').value, nested)).toEqual([
      'attribute m/main.tf:1 resource "t" "r"',
      'module-input main.tf:1 module "m"',
    ]);
  });
});

describe('blocks', () => {
  const of = (body: string, more = ''): unknown => {
    const { value } = resourceOf({ 'main.tf': `resource "t" "r" {\n${body}\n}\n${more}` }, 't.r');
    return summary(value);
  };
  test('a single block, several, and an attribute of the same shape look alike', () => {
    expect(of('ingress {\n port = 1\n}')).toEqual({ ingress: [{ port: 1 }] });
    expect(of('ingress {\n port = 1\n}\ningress {\n port = 2\n}')).toEqual({ ingress: [{ port: 1 }, { port: 2 }] });
    expect(of('ingress = [{ port = 1 }]')).toEqual({ ingress: [{ port: 1 }] });
  });
  test('dynamic blocks over what is known make the blocks', () => {
    expect(of('dynamic "ingress" {\n for_each = [1, 2]\n content {\n port = ingress.value\n i = ingress.key\n }\n}')).toEqual({
      ingress: [
        { port: 1, i: 0 },
        { port: 2, i: 1 },
      ],
    });
    expect(of('dynamic "ingress" {\n for_each = { a = 1 }\n iterator = it\n content {\n port = it.value\n k = it.key\n }\n}')).toEqual({
      ingress: [{ port: 1, k: 'a' }],
    });
    expect(of('dynamic "ingress" {\n for_each = []\n content {}\n}')).toEqual({ ingress: [] });
  });
  test('over what is unknown they are one, of which only what depends on the iterator is unknown', () => {
    const body = 'dynamic "ingress" {\n for_each = var.u\n content {\n port = ingress.value\n open = true\n }\n}';
    expect(of(body, 'variable "u" {}')).toEqual({ ingress: [{ port: 'unknown', open: true }] });
    expect(resourceOf({ 'main.tf': `resource "t" "r" {\n${body}\n}\nvariable "u" {}` }, 't.r').attr('ingress')).toMatchObject({
      is: 'list',
      open: true,
    });
  });
  test('names in meta-arguments are names', () => {
    expect(of('lifecycle {\n ignore_changes = [tags["a"], name]\n prevent_destroy = true\n}\nprovider = aws.west')).toEqual({
      lifecycle: [{ ignore_changes: ['tags["a"]', 'name'], prevent_destroy: true }],
      provider: 'aws.west',
    });
    expect(
      resourceOf({ 'main.tf': 'resource "t" "r" {\n  depends_on = [module.m, t.s, data.x.y]\n}\n' }, 't.r').attr('depends_on'),
    ).toMatchObject({
      items: [{ refs: [{ to: 'module.m' }] }, { refs: [{ to: 't.s' }] }, { refs: [{ to: 'data.x.y' }] }],
    });
  });
});

describe('variables', () => {
  const given = (declaration: string, files: Files = {}): unknown => summary(valueOf('var.v', { ...files, 'main.tf': declaration }));
  test.each([
    ['variable "v" {\n type = string\n default = 5\n}', '5'],
    ['variable "v" {\n type = number\n default = "5"\n}', 5],
    ['variable "v" {\n type = bool\n default = "true"\n}', true],
    ['variable "v" {\n type = set(string)\n default = ["b", "a", "b"]\n}', ['a', 'b']],
    ['variable "v" {\n type = list(string)\n default = [1, true]\n}', ['1', 'true']],
    ['variable "v" {\n type = map(number)\n default = { a = "1" }\n}', { a: 1 }],
    [
      'variable "v" {\n type = object({ a = string, b = optional(bool, true), c = optional(string) })\n default = { a = 1, extra = 2 }\n}',
      { a: '1', b: true, c: null },
    ],
    ['variable "v" {\n type = map(object({ n = optional(number, 3) }))\n default = { x = {} }\n}', { x: { n: 3 } }],
    ['variable "v" {\n type = tuple([string, number])\n default = [1, "2"]\n}', ['1', 2]],
    ['variable "v" {\n type = object({ a = string })\n default = {}\n}', 'fails'],
    ['variable "v" {}', 'unknown'],
    ['variable "v" {\n default = null\n}', null],
  ])('%s', (declaration, expected) => {
    expect(given(declaration)).toEqual(expected);
  });

  test('files in order: terraform.tfvars, then automatic ones by name; a later one wins', () => {
    const declaration = 'variable "v" { default = 0 }';
    expect(given(declaration, { 'terraform.tfvars': 'v = 1' })).toBe(1);
    expect(given(declaration, { 'terraform.tfvars': 'v = 1', 'terraform.tfvars.json': '{"v": 2}' })).toBe(2);
    expect(given(declaration, { 'terraform.tfvars': 'v = 1', 'a.auto.tfvars': 'v = 3', 'b.auto.tfvars.json': '{"v": 4}' })).toBe(4);
    expect(given(declaration, { 'example.tfvars': 'v = 9' })).toBe(0);
  });

  test('null takes the default only where null is refused', () => {
    const module = (nullable: string): unknown =>
      summary(
        resourceOf(
          {
            'main.tf': 'module "m" {\n source = "./m"\n v = null\n}',
            'm/m.tf': `variable "v" {\n default = 1\n ${nullable}\n}\nresource "t" "r" { n = var.v }`,
          },
          'module.m.t.r',
        ).attr('n'),
      );
    expect(module('')).toBe(null);
    expect(module('nullable = false')).toBe(1);
  });

  test('override files replace attributes and whole block types', () => {
    const files = {
      'main.tf': 'resource "t" "r" {\n a = 1\n b = 1\n x { n = 1 }\n x { n = 2 }\n}',
      'main_override.tf': 'resource "t" "r" {\n a = 2\n x { n = 3 }\n}',
    };
    expect(summary(resourceOf(files, 't.r').value)).toEqual({ b: 1, a: 2, x: [{ n: 3 }] });
  });
});

describe('documents in texts', () => {
  test('jsonencode keeps its argument, also when part of it is unknown', () => {
    const files = {
      'main.tf': 'variable "u" {}\nresource "t" "r" {\n  policy = jsonencode({\n    Action = "*"\n    Resource = var.u\n  })\n}\n',
    };
    const inside = embedded(resourceOf(files, 't.r').attr('policy'));
    expect(summary(inside)).toEqual({ Action: '*', Resource: 'unknown' });
    expect(inside.is === 'map' && inside.entries.get('Action') && places(inside.entries.get('Action') ?? inside, files)).toEqual([
      'attribute main.tf:4 "*" !',
    ]);
  });

  test('a heredoc with JSON is read in place, with its unknown pieces', () => {
    const files = {
      'main.tf':
        'resource "t" "b" {}\nresource "t" "r" {\n  policy = <<-EOT\n    {\n      "Action": "s3:*",\n      "Resource": "${t.b.arn}/*",\n      "Extra": ${jsonencode(t.b.id)}\n    }\n  EOT\n}\n',
    };
    const inside = embedded(resourceOf(files, 't.r').attr('policy'));
    if (inside.is !== 'map') throw new Error('not a map');
    expect(summary(inside)).toEqual({ Action: 's3:*', Resource: 'unknown', Extra: 'unknown' });
    expect(places(inside.entries.get('Action') ?? inside, files)[0]).toBe('attribute main.tf:5 "s3:*" !');
    expect(places(inside.entries.get('Resource') ?? inside, files)[0]).toMatch(/^attribute main\.tf:6 "\$\{t\.b\.arn\}\/\*"/);
    expect(inside.entries.get('Resource')).toMatchObject({ parts: [null, '/*'], refs: [{ to: 't.b', attr: ['arn'] }] });
  });

  test('YAML in a heredoc and JSON in a file too', () => {
    const files = {
      'main.tf':
        'resource "t" "r" {\n  values = [<<EOT\nimage:\n  tag: latest\nEOT\n  ]\n  policy = file("p.json")\n  other  = jsondecode(file("${path.module}/p.json")).a\n  script = <<EOT\n#!/bin/sh\nexit: 1\nEOT\n}\n',
      'p.json': '{\n  "a": [1]\n}\n',
    };
    const resource = resourceOf(files, 't.r');
    const values = embedded(resource.attr('values', 0));
    expect(summary(values)).toEqual({ image: { tag: 'latest' } });
    const policy = embedded(resource.attr('policy'));
    expect(policy.is === 'map' && places(policy.entries.get('a') ?? policy, files)[0]).toBe('attribute p.json:2 [1]');
    expect(summary(resource.attr('other'))).toEqual([1]);
    expect(embedded(resource.attr('script')).is).toBe('known');
  });

  test('a policy document is the policy that it renders', () => {
    const files = {
      'main.tf': `data "aws_iam_policy_document" "d" {
  statement {
    sid       = "All"
    actions   = ["s3:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
data "aws_iam_policy_document" "more" {
  source_policy_documents = [data.aws_iam_policy_document.d.json]
  statement {
    effect  = "Deny"
    actions = ["iam:*"]
  }
}
resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.d.json
  more   = data.aws_iam_policy_document.more.json
}
`,
    };
    const policy = resourceOf(files, 'aws_iam_policy.p').attr('policy');
    expect(policy).toMatchObject({ is: 'unknown', refs: [{ to: 'data.aws_iam_policy_document.d', attr: ['json'] }] });
    const inside = embedded(policy);
    expect(summary(inside)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'All',
          Action: ['s3:*'],
          Resource: ['*'],
          Effect: 'Allow',
          Principal: { AWS: ['*'] },
          Condition: { Bool: { 'aws:SecureTransport': ['false'] } },
        },
      ],
    });
    const statements = inside.is === 'map' ? inside.entries.get('Statement') : undefined;
    const first = statements?.is === 'list' ? statements.items[0] : undefined;
    expect(first?.is === 'map' && places(first.entries.get('Action') ?? first, files)[0]).toBe('attribute main.tf:4 ["s3:*"] !');
    const more = embedded(resourceOf(files, 'aws_iam_policy.p').attr('more'));
    expect(summary(more)).toMatchObject({ Statement: [{ Sid: 'All' }, { Effect: 'Deny', Action: ['iam:*'] }] });
  });

  test('templatefile renders a file of the snapshot', () => {
    const files = { 'main.tf': '', 'a/t.tpl': 'name: ${name}\n%{ for p in ports ~}\n- ${p}\n%{ endfor ~}\n' };
    expect(summary(valueOf('templatefile("a/t.tpl", { name = "n", ports = [1, 2] })', files))).toBe('name: n\n- 1\n- 2\n');
    expect(summary(valueOf('templatefile("a/t.tpl", { name = "n" })', files))).toBe('fails');
    expect(summary(valueOf('file("../outside")', files))).toBe('unknown');
  });
});
