import { describe, expect, test } from 'vitest';
import { places, summary, worldsOf, type Files } from './evaluate-support.ts';

const module = 'variable "v" { default = "own" }\nresource "t" "r" { v = var.v }\n';
const unit = (rest: string): string => `terraform {\n  source = "../../modules/store"\n}\n${rest}`;

/** Each world with the value that its resource has. */
const values = (files: Files): Record<string, unknown> =>
  Object.fromEntries(
    worldsOf(files).map((w) => [
      w.id.replace('terraform:', ''),
      summary(w.resources.find((r) => r.type === 't')?.attr('v') ?? { is: 'absent', origins: [] }),
    ]),
  );

describe('a unit', () => {
  test('is its module with its inputs, one world for each, in the environment of its path', () => {
    const files = {
      'live/prod/terragrunt.hcl': unit('inputs = {\n  v = "p"\n}'),
      'live/dev/terragrunt.hcl': unit('inputs = {\n  v = "d"\n}'),
      'modules/store/main.tf': module,
    };
    expect(values(files)).toEqual({ 'live/dev': 'd', 'live/prod': 'p' });
    const [dev, prod] = worldsOf(files);
    expect([dev, prod].map((w) => w?.resources[0]?.environment.stage)).toEqual(['dev', 'prod']);
    expect(prod?.resources[0]?.scope).toBe('live/prod');
    const at = prod?.resources.find((r) => r.type === 't')?.attr('v');
    expect(at && places(at, files)).toEqual(['attribute modules/store/main.tf:2 var.v', 'tfvars live/prod/terragrunt.hcl:5 "p" !']);
  });

  test.each<[string, string, unknown]>([
    ['without inputs', '', 'own'],
    ['of a local', 'locals {\n  it = "x"\n}\ninputs = { v = "${local.it}-y" }', 'x-y'],
    ['of a dependency', 'dependency "d" { config_path = "../d" }\ninputs = { v = dependency.d.outputs.it }', 'unknown'],
    ['of the environment', 'inputs = { v = get_env("V", "x") }', 'unknown'],
    ['of a command', 'inputs = { v = run_cmd("id") }', 'unknown'],
    ['merged with something unknown', 'inputs = merge(run_cmd("id"), { w = 1 })', 'unknown'],
    ['which are all unknown', 'inputs = run_cmd("id")', 'unknown'],
    ['included', 'include {\n  path = find_in_parent_folders()\n}', 'root'],
    ['included by name', 'include "root" {\n  path = find_in_parent_folders("env.hcl")\n}', 'env'],
    ['above those included', 'include "root" {\n  path = find_in_parent_folders()\n}\ninputs = { v = "mine" }', 'mine'],
    ['not merged', 'include "root" {\n  path = find_in_parent_folders()\n  merge_strategy = "no_merge"\n}', 'own'],
    ['included from nowhere', 'include "root" {\n  path = find_in_parent_folders("gone.hcl")\n}', 'unknown'],
    [
      'of the locals of an included file',
      'include "env" {\n  path = "../env.hcl"\n  expose = true\n}\ninputs = { v = include.env.locals.name }',
      'staging',
    ],
    [
      'of another file',
      'locals {\n  env = read_terragrunt_config(find_in_parent_folders("env.hcl"))\n}\ninputs = { v = local.env.locals.name }',
      'staging',
    ],
    ['of a path', 'include "root" {\n  path = find_in_parent_folders()\n}\ninputs = { v = get_path_from_repo_root() }', 'live/app'],
    ['that include themselves', 'include "root" {\n  path = "./terragrunt.hcl"\n}', 'unknown'],
  ])('with inputs %s', (_, rest, expected) => {
    const files = {
      'live/app/terragrunt.hcl': unit(rest),
      'live/terragrunt.hcl': 'inputs = { v = "root" }',
      'live/env.hcl': 'locals {\n  name = "staging"\n}\ninputs = { v = "env" }',
      'modules/store/main.tf': module,
    };
    expect(values(files)).toEqual({ 'live/app': expected });
  });

  test.each<[string, string, unknown]>([
    ['two slashes', '../..//modules/store', 'x'],
    ['the unit’s directory', '${get_terragrunt_dir()}/../../modules/store', 'x'],
    ['the repository’s root', '${get_repo_root()}/modules//store', 'x'],
    ['a registry', 'tfr:///acme/store/aws?version=1.0.0', undefined],
    ['git', 'git::https://example.com/modules.git//store?ref=v1', undefined],
    ['a place outside', '../../../../store', undefined],
    ['something unknown', '${get_env("MODULES")}/store', undefined],
  ])('with a source by %s', (_, source, expected) => {
    const files = {
      'live/app/terragrunt.hcl': `terraform {\n  source = "${source}"\n}\ninputs = { v = "x" }`,
      'modules/store/main.tf': module,
    };
    expect(values(files)).toEqual(expected === undefined ? { 'modules/store': 'own' } : { 'live/app': expected });
  });

  test('takes its source from what it includes, and may be its own module', () => {
    const root = 'terraform {\n  source = "${get_repo_root()}/modules/store"\n}';
    expect(
      values({
        'live/app/terragrunt.hcl': 'include {\n path = find_in_parent_folders()\n}\ninputs = { v = "x" }',
        'live/terragrunt.hcl': root,
        'modules/store/main.tf': module,
      }),
    ).toMatchObject({ 'live/app': 'x' });
    expect(values({ 'app/terragrunt.hcl': 'inputs = { v = "x" }', 'app/main.tf': module })).toEqual({ app: 'x' });
  });

  test('whose Terraform gets further arguments has unknown inputs; files that apply by themselves go before them', () => {
    const more =
      'terraform {\n  source = "../modules/store"\n  extra_arguments "a" {\n    commands = ["plan"]\n    required_var_files = ["x.tfvars"]\n  }\n}\ninputs = { v = "x" }';
    expect(values({ 'app/terragrunt.hcl': more, 'modules/store/main.tf': module })).toEqual({ app: 'unknown' });
    expect(
      values({
        'app/terragrunt.hcl': 'terraform {\n  source = "../modules/store"\n}\ninputs = { v = "x" }',
        'modules/store/main.tf': module,
        'modules/store/terraform.tfvars': 'v = "file"',
      }),
    ).toEqual({ app: 'file' });
  });

  test('that is broken breaks nothing', () => {
    expect(values({ 'app/terragrunt.hcl': 'terraform {\n  source = "../m"\ninputs = {{', 'm/main.tf': module })).toBeTypeOf('object');
    expect(
      values({
        'a/terragrunt.hcl': 'include { path = "../b/terragrunt.hcl" }',
        'b/terragrunt.hcl': 'include { path = "../a/terragrunt.hcl" }',
      }),
    ).toEqual({});
  });
});
