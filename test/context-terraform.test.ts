import { describe, expect, test } from 'vitest';
import { relevantFiles, wantedFiles } from '../src/context.ts';
import type { SourceFile } from '../src/documents/snapshot.ts';

type Files = Readonly<Record<string, string>>;

/** Asks until nothing more is wanted, as the rims do; gives what belongs to the review of a change of `path`. */
function gathered(files: Files, path: string, sizes: Readonly<Record<string, number>> = {}): readonly string[] {
  const tree = new Map(Object.entries(files).map(([name, text]) => [name, { sha: name, size: sizes[name] ?? text.length }]));
  const known = new Map<string, SourceFile>();
  const changed = [{ path, status: 'modified' }] as const;
  for (let round = 0; round < 10; round++) {
    const wanted = wantedFiles(changed, tree, known);
    if (wanted.length === 0) return [...relevantFiles(changed, tree, known)].sort();
    for (const name of wanted) known.set(name, { path: name, sha: '', text: files[name] ?? '' });
  }
  throw new Error('it never ends');
}

describe('files that Terraform reads', () => {
  const beside: Files = {
    'a/policy.json': '{}',
    'a/user-data.sh.tftpl': '',
    'a/k8s/one.yaml': '',
    'a/k8s/two.yaml': '',
    'a/k8s/three.txt': '',
    'shared/x.json': '',
    'secret.txt': '',
  };
  test.each<[string, string, readonly string[]]>([
    ['file', 'p = file("${path.module}/policy.json")', ['a/policy.json']],
    ['file from where it runs', 'p = file("policy.json")', ['a/policy.json']],
    ['file above', 'p = file("${path.module}/../shared/x.json")', ['shared/x.json']],
    [
      'templatefile on several lines',
      'p = templatefile(\n    "${path.module}/user-data.sh.tftpl",\n    { a = 1 })',
      ['a/user-data.sh.tftpl'],
    ],
    [
      'fileset',
      'for_each = fileset(path.module, "k8s/*.yaml")\n  x = fileset("${path.module}/k8s", "*.yaml")',
      ['a/k8s/one.yaml', 'a/k8s/two.yaml'],
    ],
    ['fileset of one name', 'x = fileset("${path.root}", "k8s/three.txt")', ['a/k8s/three.txt']],
    ['fileset of anything below', 'x = fileset("${path.module}", "**")', []],
    ['filesha256', 'x = filesha256("policy.json")', ['a/policy.json']],
    ['a name that is computed', 'p = file("${path.module}/${var.name}.json")', []],
    ['a file that is not there', 'p = file("gone.json")', []],
    ['a file outside', 'p = file("../../../etc/passwd")', []],
    ['another function', 'p = profile("policy.json")', []],
  ])('%s', (_, text, expected) => {
    const files = { ...beside, 'a/main.tf': `resource "x" "y" {\n  ${text}\n}` };
    expect(gathered(files, 'a/main.tf')).toEqual(['a/main.tf', ...expected].sort());
  });

  test('of a module that is called', () => {
    const files = { 'a/main.tf': 'module "m" {\n  source = "../m"\n}', 'm/main.tf': 'x = file("${path.module}/p.json")', 'm/p.json': '{}' };
    expect(gathered(files, 'a/main.tf')).toEqual(['a/main.tf', 'm/main.tf', 'm/p.json']);
  });
  test('but neither large ones nor very many', () => {
    expect(gathered({ 'main.tf': 'x = file("big.json")', 'big.json': '' }, 'main.tf', { 'big.json': 1_000_000 })).toEqual(['main.tf']);
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m/${i}.json`, '']));
    expect(gathered({ ...many, 'main.tf': 'x = fileset("m", "*.json")' }, 'main.tf').length).toBe(101);
  });
});

describe('Terragrunt', () => {
  const live: Files = {
    'live/root.hcl': 'inputs = {}',
    'live/prod/env.hcl': '',
    'live/prod/store/terragrunt.hcl':
      'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\nterraform {\n  source = "${get_repo_root()}/modules//store"\n}',
    'live/prod/other/terragrunt.hcl': 'terraform {\n  source = "git::https://example.com/x.git"\n}',
    'modules/store/main.tf': '',
    'modules/apart/main.tf': '',
    '.terraform.lock.hcl': '',
    'live/.tflint.hcl': '',
  };
  const store = ['live/prod/env.hcl', 'live/prod/store/terragrunt.hcl', 'live/root.hcl', 'modules/store/main.tf'];
  test.each<[string, readonly string[]]>([
    ['live/prod/store/terragrunt.hcl', store],
    ['modules/store/main.tf', store],
    ['live/prod/env.hcl', ['live/prod/other/terragrunt.hcl', ...store].sort()],
    ['live/root.hcl', ['live/prod/other/terragrunt.hcl', ...store].sort()],
    ['modules/apart/main.tf', ['modules/apart/main.tf']],
  ])('a change of %s', (path, expected) => {
    expect(gathered(live, path)).toEqual(expected);
  });
});
