import { describe, expect, test } from 'vitest';
import { keys } from '../../src/config/settings.ts';
import { settingsPath } from '../../src/context.ts';
import { fix, review } from '../../src/review.ts';
import { changeOf, notebook, open, reviewed, rules, safe, said, today } from './reviewed.ts';

const before = { 'lab.tf': notebook(safe), 'sandbox/lab.tf': notebook(safe), 'live/lab.tf': notebook(safe) };
const flip = (path: 'lab.tf' | 'sandbox/lab.tf' | 'live/lab.tf') => ({ [path]: notebook(open) });
const rule = 'notebooks/direct-internet';
const bucket = 'resource "aws_s3_bucket" "registry" {\n  bucket = "acme-registry"\n}\n';

/** One test or more for each key: what it does, seen in a whole review. */
const honoured: Readonly<Record<string, () => void>> = {
  'fail-at': () => {
    test.each([
      ['', 'block'],
      ['fail-at: high', 'block'],
      ['fail-at: critical', 'advise'],
      ['fail-at: never', 'advise'],
      ['fail-at: info', 'block'],
      ['fail-at: never\nrules:\n  notebooks/*: low', 'pass'],
      ['fail-at: low\nrules:\n  notebooks/*: low', 'block'],
    ])('%j: %s', async (settings, verdict) => {
      expect(await reviewed(settings, before, flip('lab.tf'))).toMatchObject({ verdict, comments: [{ rule }] });
    });
  },
  'comment-at': () => {
    test.each([
      ['comment-at: high', 1, 0, 'block'],
      ['comment-at: critical', 0, 1, 'block'],
      ['comment-at: never', 0, 1, 'block'],
      ['comment-at: critical\nfail-at: critical', 0, 1, 'advise'],
    ])('%j', async (settings, comments, quiet, verdict) => {
      const result = await reviewed(settings, before, flip('lab.tf'));
      expect([result.comments.length, result.quiet.length, result.verdict]).toEqual([comments, quiet, verdict]);
    });
  },
  'comment-limit': () => {
    test.each([
      ['', 25],
      ['comment-limit: 3', 3],
    ])('%j', async (settings, limit) => {
      expect((await reviewed(settings, before, flip('lab.tf'))).posting.limit).toBe(limit);
    });
  },
  'apply-fixes': () => {
    test.each([
      ['', 'button'],
      ['apply-fixes: patch', 'patch'],
      ['apply-fixes: off', 'off'],
    ])('%j', async (settings, applyFixes) => {
      expect((await reviewed(settings, before, flip('lab.tf'))).posting.applyFixes).toBe(applyFixes);
      const base = { ...before, [settingsPath]: settings };
      expect(fix(changeOf(base, { ...base, ...flip('lab.tf') }), rules, today, new Set()).applyFixes).toBe(applyFixes);
    });
  },
  drafts: () => {
    test.each([
      ['', 'wait'],
      ['drafts: comment', 'comment'],
    ])('%j', async (settings, drafts) => {
      expect((await reviewed(settings, before, flip('lab.tf'))).posting.drafts).toBe(drafts);
    });
  },
  rules: () => {
    test.each([
      ['off by id', `${rule}: off`, 'lab.tf', undefined],
      ['off by family', 'notebooks/*: off', 'lab.tf', undefined],
      ['off for all', '"*": off', 'lab.tf', undefined],
      ['quoted', `${rule}: "off"`, 'lab.tf', undefined],
      ['another rule is off', 'notebooks/root-access: off', 'lab.tf', 'high'],
      ['a severity', `${rule}: low`, 'lab.tf', 'low'],
      ['the id goes before the family', `notebooks/*: off\n  ${rule}: medium`, 'lab.tf', 'medium'],
      ['on is the rule’s own severity', `"*": off\n  ${rule}: on`, 'lab.tf', 'high'],
      ['off in a path', `${rule}:\n    sandbox/**: off`, 'sandbox/lab.tf', undefined],
      ['off in a directory', `${rule}:\n    sandbox: off`, 'sandbox/lab.tf', undefined],
      ['not elsewhere', `${rule}:\n    sandbox/**: off`, 'live/lab.tf', 'high'],
      ['the first path counts', `${rule}:\n    live/**: critical\n    "**": low`, 'live/lab.tf', 'critical'],
      ['the rest of the paths', `${rule}:\n    live/**: critical\n    "**": low`, 'lab.tf', 'low'],
      ['no path fits: the family', `notebooks/*: low\n  ${rule}:\n    live/**: critical`, 'lab.tf', 'low'],
    ] as const)('%s', async (_, lines, path, severity) => {
      const { comments, settings } = await reviewed(`rules:\n  ${lines}\n`, before, flip(path));
      expect(settings).toEqual([]);
      expect(comments.map((comment) => comment.severity)).toEqual(severity === undefined ? [] : [severity]);
    });

    test('a module is judged by the root that deploys it', async () => {
      const call = (root: string): Readonly<Record<string, string>> => ({
        [`${root}/main.tf`]: 'module "lab" {\n  source = "../modules/lab"\n}\n',
      });
      const files = { ...call('sandbox'), ...call('live'), 'modules/lab/main.tf': notebook(safe) };
      const settings = (path: string): string => `rules:\n  ${rule}:\n    ${path}: off\n`;
      const changes = { 'modules/lab/main.tf': notebook(open) };
      expect((await reviewed(settings('sandbox/**'), files, changes)).comments).toMatchObject([{ rule, others: [] }]);
      expect((await reviewed(settings('modules/**'), files, changes)).comments).toEqual([]);
    });
  },
  environments: () => {
    const values = (stage: string): string => `environments:\n  eu:\n    stage: ${stage}\n    paths:\n      - stacks/a/**\n`;
    const endpoint = (count: number): string => `resource "aws_sagemaker_endpoint_configuration" "rank" {
  name        = "rank"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
  production_variants {
    variant_name           = "all"
    model_name             = "rank"
    initial_instance_count = ${count}
    instance_type          = "ml.m5.large"
  }
}
`;
    test.each([
      ['', 'stacks/a/main.tf', []],
      [values('prod'), 'stacks/a/main.tf', ['eu']],
      [values('dev'), 'stacks/a/main.tf', []],
      [values('prod'), 'stacks/b/main.tf', []],
      ['', 'prod/main.tf', ['prod']],
      ['environments:\n  try:\n    stage: dev\n    paths: [prod]\n', 'prod/main.tf', []],
    ])('%j, %s', async (settings, path, environments) => {
      const { comments } = await reviewed(settings, { [path]: endpoint(2) }, { [path]: endpoint(1) });
      expect(comments.filter((comment) => comment.rule === 'endpoints/single-instance').flatMap((comment) => comment.environments)).toEqual(
        environments,
      );
    });

    test('a variables file is an environment of its root module', async () => {
      const files = {
        'infra/main.tf': `variable "count_of" {\n  type = number\n}\n${endpoint(2).replace('= 2', '= var.count_of')}`,
        'infra/one.tfvars': 'count_of = 2\n',
        'infra/two.tfvars': 'count_of = 2\n',
      };
      const settings =
        'environments:\n  berlin:\n    stage: prod\n    paths:\n      - infra/one.tfvars\n  try:\n    stage: dev\n    paths:\n      - infra/**\n';
      const single = async (name: string): Promise<readonly string[]> => {
        const { comments } = await reviewed(settings, files, { [`infra/${name}.tfvars`]: 'count_of = 1\n' });
        return comments.filter((comment) => comment.rule === 'endpoints/single-instance').flatMap((comment) => comment.environments);
      };
      expect([await single('one'), await single('two')]).toEqual([['berlin'], []]);
    });

    test('the blast radius calls them by their names', async () => {
      const { impact } = await reviewed(values('staging'), { 'stacks/a/main.tf': endpoint(2) }, { 'stacks/a/main.tf': endpoint(3) });
      expect(impact.environments).toEqual(['eu']);
    });
  },
  'ai-paths': () => {
    test('an ordinary bucket there is part of an AI system', async () => {
      const aboutBucket = async (settings: string): Promise<readonly string[]> =>
        said(await reviewed(settings, { 'data/main.tf': '\n' }, { 'data/main.tf': bucket })).filter((one) => one.startsWith('storage/'));
      expect(await aboutBucket('')).toEqual([]);
      expect(await aboutBucket('ai-paths:\n  - other/**\n')).toEqual([]);
      expect(await aboutBucket('ai-paths:\n  - data/**\n')).toContain('storage/no-versioning data/main.tf');
    });
  },
  'approved-registries': () => {
    const pod = (image: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: chat\nspec:\n  containers:\n    - name: server\n      image: ${image}\n`;
    const unapproved = async (settings: string, after: string, before?: string): Promise<readonly string[]> =>
      said(await reviewed(settings, before === undefined ? {} : { 'pod.yaml': pod(before) }, { 'pod.yaml': pod(after) })).filter((one) =>
        one.startsWith('supply-chain/unapproved-registry'),
      );
    const only = 'approved-registries:\n  - ghcr.io/acme\n';
    test('an image from elsewhere is a finding', async () => {
      expect(await unapproved('', 'ghcr.io/other/x:1.0.0')).toEqual([]);
      expect(await unapproved(only, 'ghcr.io/acme/x:1.0.0')).toEqual([]);
      expect(await unapproved(only, 'ghcr.io/other/x:1.0.0')).toEqual(['supply-chain/unapproved-registry pod.yaml']);
    });
    test('one that was there before is not, in whatever release; another one is', async () => {
      expect(await unapproved(only, 'ghcr.io/other/x:2.0.0', 'ghcr.io/other/x:1.0.0')).toEqual([]);
      expect(await unapproved(only, 'ghcr.io/third/x:1.0.0', 'ghcr.io/other/x:1.0.0')).toHaveLength(1);
    });
  },
  'approved-module-sources': () => {
    test('a module from elsewhere is a finding', async () => {
      const call = (from: string): string => `module "x" {\n  source  = "${from}"\n  version = "1.0.0"\n}\n`;
      const unapproved = async (settings: string, from: string): Promise<readonly string[]> =>
        said(await reviewed(settings, {}, { 'main.tf': call(from) }));
      const only = 'approved-module-sources:\n  - registry.terraform.io/acme\n';
      expect(await unapproved('', 'someone/x/aws')).toEqual([]);
      expect(await unapproved(only, 'acme/x/aws')).toEqual([]);
      expect(await unapproved(only, 'someone/x/aws')).toEqual(['supply-chain/unapproved-module-source main.tf']);
    });
  },
  'ignore-paths': () => {
    test('nothing is said of them', async () => {
      const changes = { ...flip('sandbox/lab.tf'), ...flip('live/lab.tf'), 'sandbox/broken.tf': 'resource "a" {\n  x = \n}\n' };
      const result = await reviewed('ignore-paths:\n  - sandbox\n', before, changes);
      expect(said(result)).toEqual([`${rule} live/lab.tf`]);
      expect([result.notes, result.reviewedFiles, result.impact.resources.map(({ file }) => file)]).toEqual([[], 1, ['live/lab.tf']]);
    });

    test('a module that is only deployed from them is not', async () => {
      const call = (root: string): Readonly<Record<string, string>> => ({
        [`${root}/main.tf`]: 'module "lab" {\n  source = "../modules/lab"\n}\n',
      });
      const files = { ...call('trials'), 'modules/lab/main.tf': notebook(safe) };
      const changes = { 'modules/lab/main.tf': notebook(open) };
      expect(said(await reviewed('', files, changes))).toEqual([`${rule} modules/lab/main.tf`]);
      expect(said(await reviewed('ignore-paths:\n  - trials\n', files, changes))).toEqual([]);
      expect(said(await reviewed('ignore-paths:\n  - trials\n', { ...files, ...call('live') }, changes))).toEqual([
        `${rule} modules/lab/main.tf`,
      ]);
    });

    test('a module there still gives context', async () => {
      const files = {
        'live/main.tf': 'module "lab" {\n  source   = "../modules/lab"\n  internet = "Disabled"\n}\n',
        'modules/lab/main.tf': `variable "internet" {\n  type = string\n}\n${notebook('  direct_internet_access = var.internet')}`,
      };
      const { comments } = await reviewed('ignore-paths:\n  - modules\n', files, {
        'live/main.tf': files['live/main.tf'].replace('Disabled', 'Enabled'),
      });
      expect(comments).toMatchObject([{ rule, place: { file: 'live/main.tf' } }]);
    });
  },
};

test('every key has its test', () => {
  expect(Object.keys(honoured).toSorted()).toEqual(
    Object.values(keys)
      .map(({ name }) => name)
      .toSorted(),
  );
});
describe.each(Object.entries(honoured))('%s', (_, tests) => tests());

describe('whose settings hold', () => {
  const loose = 'fail-at: never\ncomment-at: never\nrules:\n  "*": off\nignore-paths:\n  - "**"\n';

  test('a pull request that loosens its own settings is judged by the base’s', async () => {
    const base = { ...before, [settingsPath]: 'fail-at: high\n' };
    const after = { ...base, ...flip('lab.tf'), [settingsPath]: loose };
    expect(await review(changeOf(base, after), rules, today)).toMatchObject({ verdict: 'block', comments: [{ rule }], settings: [] });
    expect(await review(changeOf(before, after), rules, today)).toMatchObject({ verdict: 'block', comments: [{ rule }], settings: [] });
  });

  test('one that tightens them is, too', async () => {
    const base = { ...before, [settingsPath]: loose };
    const after = { ...base, ...flip('lab.tf'), [settingsPath]: 'fail-at: info\n' };
    expect(await review(changeOf(base, after), rules, today)).toMatchObject({ verdict: 'pass', comments: [] });
  });

  test('removing the file changes nothing for the pull request that does it', async () => {
    const base = { ...before, [settingsPath]: 'rules:\n  notebooks/*: low\n' };
    const change = changeOf(base, { ...before, ...flip('lab.tf') });
    expect(await review(change, rules, today)).toMatchObject({ verdict: 'pass', comments: [{ rule, severity: 'low' }] });
  });

  test('what the change breaks in them is noted at its line; the base’s are obeyed', async () => {
    const base = { ...before, [settingsPath]: 'fail-at: critical\n' };
    const change = changeOf(base, { ...base, ...flip('lab.tf'), [settingsPath]: 'comment-at: low\nfail-at: hgih\n' });
    const result = await review(change, rules, today);
    expect(result.settings).toMatchObject([
      {
        side: 'head',
        file: settingsPath,
        line: 2,
        message: "`fail-at` can't be `hgih`.",
        remedy: expect.stringMatching(/^Did you mean `high`\? Allowed: /) as string,
      },
    ]);
    expect([result.verdict, result.comments.length]).toEqual(['advise', 1]);
  });

  test('what is broken at the base falls back to its default, the rest holds, and it is said', async () => {
    const result = await reviewed('fail-at: nver\nrules:\n  notebooks/*: medium\n  notebooks/nothing: off\n', before, flip('lab.tf'));
    expect(result.comments).toMatchObject([{ severity: 'medium' }]);
    expect(result.settings.map(({ side, line }) => `${side} ${line}`)).toEqual(['base 1', 'base 4']);
  });

  test('a base that is no YAML at all is all defaults', async () => {
    expect(await reviewed('rules: [\n  "*": off\n', before, flip('lab.tf'))).toMatchObject({
      verdict: 'block',
      settings: [{ side: 'base' }],
    });
  });

  test('what only the head has is not obeyed, even where the list of changed files was cut before it', async () => {
    const change = changeOf(before, { ...before, ...flip('lab.tf'), [settingsPath]: loose });
    const cut = { ...change, files: change.files.filter(({ path }) => path !== settingsPath), truncated: true };
    expect(await review(cut, rules, today)).toMatchObject({ verdict: 'block', comments: [{ rule }] });
  });

  test('a mistake that the change leaves as it was is said once', async () => {
    const base = { ...before, [settingsPath]: 'fail-at: nver\n' };
    const change = changeOf(base, { ...base, ...flip('lab.tf'), [settingsPath]: '# a comment\nfail-at: nver\n' });
    expect((await review(change, rules, today)).settings).toMatchObject([{ side: 'head', line: 2 }]);
  });
});
