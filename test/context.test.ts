import { describe, expect, test } from 'vitest';
import type { ChangedFile } from '../src/change.ts';
import { isConfiguration, relevantFiles, wantedFiles } from '../src/context.ts';
import type { Tree } from '../src/context.ts';
import type { SourceFile } from '../src/documents/snapshot.ts';

const treeOf = (files: Readonly<Record<string, string>>): Tree =>
  new Map(Object.entries(files).map(([path, text]) => [path, { sha: `sha of ${path}`, size: text.length }]));

/** Asks until nothing more is wanted, as the rims do; returns what belongs to the review, sorted, and all that was read. */
function gathered(files: Readonly<Record<string, string>>, ...changed: (string | ChangedFile)[]) {
  const list = changed.map((one): ChangedFile => (typeof one === 'string' ? { path: one, status: 'modified' } : one));
  const tree = treeOf(files);
  const known = new Map<string, SourceFile>();
  let rounds = 0;
  for (;;) {
    const wanted = wantedFiles(list, tree, known);
    if (wanted.length === 0) break;
    if (++rounds > 10) throw new Error('it never ends');
    for (const path of wanted) known.set(path, { path, sha: '', text: files[path] ?? '' });
  }
  return { belongs: [...relevantFiles(list, tree, known)].sort(), read: [...known.keys()].sort(), rounds };
}

describe('which names may be configuration', () => {
  test.each([
    ['main.tf', true],
    ['a/b.tf.json', true],
    ['prod.tfvars', true],
    ['values.yaml', true],
    ['config/crd/bases/ray.io_rayclusters.yaml', false],
    ['charts/ray/crds/ray.io_rayclusters.yaml', false],
    ['config/crd/kustomization.yaml', true],
    ['charts/ray/eu.prod_values.yaml', true],
    ['template.json', true],
    ['stack.template', true],
    ['.github/workflows/train.yml', true],
    ['chart/templates/_helpers.tpl', true],
    ['other/_helpers.tpl', false],
    ['app.py', false],
    ['README.md', false],
    ['logo.png', false],
    ['package-lock.json', false],
    ['web/node_modules/x/data.json', false],
    ['.terraform/modules/x/main.tf', false],
    ['.terraform.lock.hcl', false],
    ['.yaml', false],
    ['stack/gpu-llm.tpl', true],
    ['manifests/deployment.tftpl', true],
    ['manifests/job.yaml.j2', true],
    ['notes.md.gotmpl', false],
  ])('%s: %s', (path, is) => {
    expect(isConfiguration(path)).toBe(is);
  });
});

describe('nothing relevant', () => {
  test('reads nothing, not even the settings', () => {
    expect(gathered({ 'app.py': '', 'main.tf': '', '.github/plumbline.yml': '' }, 'app.py').read).toEqual([]);
  });
});

describe('Terraform', () => {
  const modules = {
    'modules/bucket/main.tf': 'resource "aws_s3_bucket" "b" {}',
    'modules/bucket/variables.tf': '',
    'modules/key/main.tf': '',
    'prod/main.tf': 'module "bucket" {\n  source = "../modules/bucket"\n}\nmodule "key" {\n  source = "../modules/key"\n}',
    'prod/terraform.tfvars': '',
    'other/main.tf': 'module "x" { source = "terraform-aws-modules/vpc/aws" }',
    'app/main.py': '',
    '.github/plumbline.yml': '',
  };

  test('the module, its callers with their variables, and the settings; others are only probed', () => {
    const { belongs, read } = gathered(modules, 'modules/bucket/main.tf');
    expect(belongs).toEqual([
      '.github/plumbline.yml',
      'modules/bucket/main.tf',
      'modules/bucket/variables.tf',
      'prod/main.tf',
      'prod/terraform.tfvars',
    ]);
    expect(read).toEqual([...belongs, 'modules/key/main.tf', 'other/main.tf'].sort());
  });

  test('the modules that a changed root calls, and those that they call', () => {
    const files = { ...modules, 'modules/bucket/main.tf': 'module "k" { source = "../key/" }' };
    const { belongs } = gathered(files, 'prod/main.tf');
    expect(belongs).toContain('modules/bucket/main.tf');
    expect(belongs).toContain('modules/key/main.tf');
    expect(belongs).not.toContain('other/main.tf');
  });

  test.each([
    ['beside the code', 'stack/prod.tfvars', 'stack'],
    ['below it', 'stack/envs/prod.tfvars', 'stack'],
    ['one folder an environment', 'stack/environments/prod/terraform.tfvars', 'stack'],
    ['in a folder beside the module', 'live/env/prod.tfvars', 'live/app'],
  ])('variables files %s are found from the code, and the code from them', (_where, variables, module) => {
    const files = { [`${module}/main.tf`]: '', [variables]: '', 'unrelated/prod.tfvars': '' };
    expect(gathered(files, `${module}/main.tf`).belongs).toEqual([`${module}/main.tf`, variables].sort());
    expect(gathered(files, variables).belongs).toContain(`${module}/main.tf`);
  });

  test('a source that leads out of the repository is not followed', () => {
    expect(
      gathered({ 'main.tf': 'module "x" { source = "../../../etc" }\nmodule "y" { source = "./__proto__" }' }, 'main.tf').belongs,
    ).toEqual(['main.tf']);
  });

  test('modules that call one another in a circle end', () => {
    const files = { 'a/main.tf': 'module "b" { source = "../b" }', 'b/main.tf': 'module "a" { source = "../a" }' };
    expect(gathered(files, 'a/main.tf').belongs).toEqual(['a/main.tf', 'b/main.tf']);
  });

  test('callers are looked for in the nearest 300 files', () => {
    const files: Record<string, string> = { 'near/module/main.tf': '', 'near/root/main.tf': 'module "m" { source = "../module" }' };
    for (let i = 0; i < 1000; i++) files[`far/away/r${String(i)}/main.tf`] = '';
    const { belongs, read } = gathered(files, 'near/module/main.tf');
    expect(belongs).toEqual(['near/module/main.tf', 'near/root/main.tf']);
    expect(read.length).toBeLessThanOrEqual(301);
  });

  test('a renamed file brings the directories of both names', () => {
    const files = { 'new/main.tf': '', 'new/variables.tf': '', 'old/rest.tf': '' };
    expect(gathered(files, { path: 'new/main.tf', previousPath: 'old/main.tf', status: 'renamed' }).belongs).toEqual([
      'new/main.tf',
      'new/variables.tf',
      'old/rest.tf',
    ]);
  });

  test('a text made of the beginnings of sources takes no time', () => {
    const started = performance.now();
    gathered({ 'main.tf': 'source = "'.repeat(90_000), 'b.tf': `source${' '.repeat(900_000)}` }, 'main.tf');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('Helm', () => {
  const chart = {
    'charts/server/Chart.yaml': '',
    'charts/server/values.yaml': '',
    'charts/server/values-prod.yaml': '',
    'charts/server/templates/deployment.yaml': 'apiVersion: v1\nkind: Deployment\n',
    'charts/server/templates/_helpers.tpl': '',
    'charts/server/README.md': '',
    'charts/other/Chart.yaml': '',
    'charts/other/values.yaml': '',
  };
  test('the whole chart of a changed file and nothing of another', () => {
    const own = Object.keys(chart).filter((path) => path.startsWith('charts/server/') && !path.endsWith('.md'));
    expect(gathered(chart, 'charts/server/values-prod.yaml').belongs).toEqual(own.sort());
    expect(gathered(chart, 'charts/server/templates/deployment.yaml').belongs).toEqual(own.sort());
  });
  test("the values of the chart around it: they override the inner one's", () => {
    const files = {
      'app/Chart.yaml': '',
      'app/values.yaml': '',
      'app/templates/x.yaml': '',
      'app/charts/inner/Chart.yaml': '',
      'app/charts/inner/values.yaml': '',
    };
    expect(gathered(files, 'app/charts/inner/values.yaml').belongs).toEqual([
      'app/Chart.yaml',
      'app/charts/inner/Chart.yaml',
      'app/charts/inner/values.yaml',
      'app/values.yaml',
    ]);
  });
});

describe('Kubernetes', () => {
  const manifest = 'apiVersion: apps/v1\nkind: Deployment\n';
  test('the manifests beside a changed one; not those beside another YAML file', () => {
    const files = {
      'k8s/deployment.yaml': manifest,
      'k8s/policy.yml': manifest,
      'k8s/notes.txt': '',
      'ci/config.yaml': 'steps: []\n',
      'ci/more.yaml': '',
    };
    expect(gathered(files, 'k8s/deployment.yaml').belongs).toEqual(['k8s/deployment.yaml', 'k8s/policy.yml']);
    expect(gathered(files, 'ci/config.yaml').belongs).toEqual(['ci/config.yaml']);
  });
  test('the overlays that build on a base, and what kustomizations list', () => {
    const files = {
      'base/deployment.yaml': manifest,
      'base/kustomization.yaml': 'resources:\n- deployment.yaml\n- "../shared/policy.yaml"\n',
      'shared/policy.yaml': manifest,
      'overlays/prod/kustomization.yaml': 'resources:\n  - ../../base\npatches:\n  - path: patch.yaml\n',
      'overlays/prod/patch.yaml': manifest,
      'overlays/prod/unlisted.yaml': manifest,
    };
    expect(gathered(files, 'base/deployment.yaml').belongs).toEqual(
      Object.keys(files)
        .filter((path) => !path.includes('unlisted'))
        .sort(),
    );
  });
  test('a directory of very many manifests is not read whole', () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 500; i++) files[`k8s/m${String(i)}.yaml`] = manifest;
    expect(gathered(files, 'k8s/m499.yaml').belongs.length).toBeLessThanOrEqual(101);
  });
});

describe('CloudFormation', () => {
  test('nested local templates, also of nested ones; not those in buckets', () => {
    const files = {
      'cfn/root.yaml': 'Resources:\n  A:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./nested/a.yaml\n',
      'cfn/nested/a.yaml': 'TemplateURL: b.json\nTemplateURL: https://s3.amazonaws.com/x/c.yaml\n',
      'cfn/nested/b.json': '{"TemplateURL":"../root.yaml"}',
      'cfn/unrelated.yaml': '',
    };
    expect(gathered(files, 'cfn/root.yaml').belongs).toEqual(['cfn/nested/a.yaml', 'cfn/nested/b.json', 'cfn/root.yaml']);
  });
});

test('a large repository with a large change is planned in seconds', () => {
  const files: Record<string, string> = {};
  for (let i = 0; i < 10_000; i++) {
    files[`teams/t${String(i % 500)}/d${String(i)}/main.tf`] = '';
    files[`teams/t${String(i % 500)}/d${String(i)}/app.yaml`] = 'apiVersion: v1\nkind: Service\n';
    files[`charts/c${String(i)}/Chart.yaml`] = '';
    files[`charts/c${String(i)}/templates/x.yaml`] = '';
  }
  const paths = Object.keys(files);
  const started = performance.now();
  gathered(files, ...Array.from({ length: 1000 }, (_, i) => paths[i * 97] ?? ''));
  expect(performance.now() - started).toBeLessThan(10_000);
});
