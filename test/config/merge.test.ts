import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Governing } from '../../src/change.ts';
import { coversPattern, matchesPath } from '../../src/config/glob.ts';
import { severityIn } from '../../src/config/heed.ts';
import { mergeSettings } from '../../src/config/merge.ts';
import { readOrganisation, readSettings } from '../../src/config/read.ts';
import type { Settings } from '../../src/config/settings.ts';
import { settingsPath } from '../../src/context.ts';
import { severities } from '../../src/engine/rule.ts';
import { review } from '../../src/review.ts';
import { changeOf, notebook, open, rules, safe, said, today } from './reviewed.ts';

const file = (path: string, text: string) => ({ path, sha: text, text });
const merge = (organisation: string, repository: string) =>
  mergeSettings(
    readOrganisation(file('acme/.github/plumbline.yml', organisation), { rules }),
    readSettings(file(settingsPath, repository), { rules }),
  );
const merged = (organisation: string, repository: string): Settings => merge(organisation, repository).settings;

/** Two names for each setting: what an organisation may say, and what a repository may. `locked`: what comes of it when it is locked. */
type Row = readonly [organisation: string, repository: string, setting: keyof Settings, free: unknown, locked: unknown, refused: string];
const rows: readonly Row[] = [
  ['fail-at: medium', 'fail-at: low', 'failAt', 'low', 'low', ''],
  ['fail-at: medium', 'fail-at: never', 'failAt', 'never', 'medium', 'never'],
  ['', 'fail-at: critical', 'failAt', 'critical', 'high', 'critical'],
  ['comment-at: low', 'comment-at: info', 'commentAt', 'info', 'info', ''],
  ['comment-at: low', 'comment-at: high', 'commentAt', 'high', 'low', 'high'],
  ['comment-limit: 10', 'comment-limit: 20', 'commentLimit', 20, 20, ''],
  ['comment-limit: 10', 'comment-limit: 5', 'commentLimit', 5, 10, '5'],
  ['drafts: wait', 'drafts: comment', 'drafts', 'comment', 'comment', ''],
  ['drafts: comment', 'drafts: wait', 'drafts', 'wait', 'comment', 'wait'],
  ['apply-fixes: patch', 'apply-fixes: off', 'applyFixes', 'off', 'off', ''],
  ['apply-fixes: patch', 'apply-fixes: button', 'applyFixes', 'button', 'patch', 'button'],
  ['ai-paths: [a]', 'ai-paths: [b]', 'aiPaths', ['b'], ['a', 'b'], ''],
  ['ignore-paths: [examples]', 'ignore-paths: [examples/a]', 'ignorePaths', ['examples/a'], ['examples/a'], ''],
  ['ignore-paths: [examples]', 'ignore-paths: [live, examples/b]', 'ignorePaths', ['live', 'examples/b'], ['examples/b'], 'live'],
  ['ignore-paths: [examples]', 'ignore-paths:', 'ignorePaths', [], [], ''],
  ['', 'ignore-paths: [live]', 'ignorePaths', ['live'], [], 'live'],
  ['approved-registries: [ghcr.io/acme]', 'approved-registries: [ghcr.io/acme/ml]', 'approvedRegistries', ['ghcr.io/acme/ml'], ['ghcr.io/acme/ml'], ''],
  ['approved-registries: [ghcr.io/acme]', 'approved-registries: [quay.io]', 'approvedRegistries', ['quay.io'], ['ghcr.io/acme'], 'quay.io'],
  ['approved-registries: [ghcr.io/acme]', 'approved-registries:', 'approvedRegistries', [], ['ghcr.io/acme'], ''],
  ['', 'approved-module-sources: [quay.io]', 'approvedModuleSources', ['quay.io'], ['quay.io'], ''],
  ['approved-module-sources: ["*.acme.example/ml"]', 'approved-module-sources: ["**"]', 'approvedModuleSources', ['**'], ['*.acme.example/ml'], '**'],
]; // prettier-ignore
const names: Readonly<Partial<Record<keyof Settings, string>>> = {
  failAt: 'fail-at', commentAt: 'comment-at', commentLimit: 'comment-limit', drafts: 'drafts', applyFixes: 'apply-fixes', aiPaths: 'ai-paths',
  ignorePaths: 'ignore-paths', approvedRegistries: 'approved-registries', approvedModuleSources: 'approved-module-sources',
}; // prettier-ignore

describe('an organisation’s settings and a repository’s', () => {
  test.each(rows)('%j, then %j: %s', (organisation, repository, setting, free, locked, refused) => {
    const name = names[setting] ?? '';
    expect(merged(organisation, repository)[setting]).toEqual(free);
    expect(merge(organisation, repository).problems).toEqual([]);
    const held = merge(`${organisation}\nlocked: [${name}]\n`, repository);
    expect(held.settings[setting]).toEqual(locked);
    expect(held.problems.map(({ message }) => message)).toEqual(
      refused === '' ? [] : [`\`${name}\` is locked by the organisation. \`${refused}\` would loosen it and does not count.`],
    );
    expect(held.from.get(name)?.locked).toBe(true);
    expect(merged(`${organisation}\n`, '')[setting]).toEqual(
      mergeSettings(undefined, readSettings(file('x', organisation), { rules })).settings[setting],
    );
  });

  test('environments are joined by name; locked, the organisation’s go first, save for more of prod', () => {
    const environment = (name: string, stage: string, path: string): string => `  ${name}:\n    stage: ${stage}\n    paths: [${path}]\n`;
    const organisation = `environments:\n${environment('live', 'prod', 'live')}${environment('try', 'dev', 'try')}`;
    const repository = `environments:\n${environment('live', 'dev', 'live')}${environment('eu', 'prod', 'eu')}${environment('lab', 'dev', 'live')}`;
    const shown = ({ environments }: Settings) => environments.map(({ name, value }) => `${name} ${value.stage}`);
    expect(shown(merged(organisation, repository))).toEqual(['live dev', 'eu prod', 'lab dev', 'try dev']);
    const held = merge(`${organisation}locked: [environments]\n`, repository);
    expect(shown(held.settings)).toEqual(['eu prod', 'live prod', 'try dev', 'lab dev']);
    expect(held.problems.map(({ message }) => message)).toEqual([
      '`environments` is locked by the organisation. `live` would loosen it and does not count.',
    ]);
  });

  test.each([
    // organisation, repository, finding's own severity -> free, locked
    ['', 'notebooks/*: off', 'off', 'high'],
    ['notebooks/*: medium', 'notebooks/root-access: off', 'off', 'medium'],
    ['notebooks/*: medium', 'notebooks/root-access: low', 'low', 'medium'],
    ['notebooks/*: medium', 'notebooks/root-access: critical', 'critical', 'critical'],
    ['notebooks/*: off', 'notebooks/*: on', 'high', 'high'],
    ['notebooks/*: off', 'notebooks/*: off', 'off', 'off'],
    ['"*": low', '"*": off', 'off', 'low'],
    ['"*": low', 'storage/*: off', 'low', 'low'],
    ['notebooks/root-access: {"sandbox/**": off}', 'notebooks/root-access: {"**": off}', 'off', 'high'],
    ['notebooks/root-access: {"lab/**": off}', 'notebooks/root-access: {"**": off}', 'off', 'off'],
  ])('rules: %j, then %j: %s, locked %s', (organisation, repository, free, locked) => {
    const level = (locks: string): string =>
      severityIn(
        merged(`rules:\n  ${organisation}\n${locks}`, `rules:\n  ${repository}\n`),
        'notebooks/root-access',
        ['lab/main.tf'],
        'high',
      );
    expect([level(''), level('locked: [rules]'), level('locked: [notebooks/*]'), level('locked: [notebooks/root-access]')]).toEqual([
      free, locked, locked, locked,
    ]); // prettier-ignore
    expect(level('locked: [storage/*, storage/no-versioning]')).toBe(free);
  });

  test.each([
    ['', 'secrets/*: off', 'secrets/*'],
    ['', 'secrets/literal-credential: {a: off}', 'secrets/literal-credential'],
    ['secrets/*: high', 'secrets/*: low', 'secrets/*'],
    ['secrets/*: high', 'secrets/literal-credential: medium', 'secrets/literal-credential'],
    ['secrets/*: off', 'secrets/*: off', ''],
    ['secrets/*: high', 'secrets/*: critical', ''],
    ['', 'secrets/*: low', ''],
    ['', 'notebooks/*: off', ''],
    ['', '"*": off', ''],
  ])('an entry below what is locked is said: %j, then %j', (organisation, repository, refused) => {
    const { problems, from } = merge(`rules:\n  ${organisation}\nlocked: [secrets/*]\n`, `rules:\n  ${repository}\n`);
    expect(problems.map(({ message }) => message)).toEqual(
      refused === '' ? [] : [`\`rules\` is locked by the organisation. \`${refused}\` would loosen it and does not count.`],
    );
    expect(from.get('rules')?.locked).toBe(true);
  });

  test('whatever a repository says, with everything locked no finding is worth less than the organisation wants', () => {
    const level = fc.constantFrom('off', 'on', ...severities);
    const name = fc.constantFrom('"*"', 'notebooks/*', 'notebooks/root-access', 'storage/*');
    const value = fc.oneof(
      level,
      fc.tuple(fc.constantFrom('"**"', 'lab', 'sandbox/**'), level).map(([path, one]) => `{${path}: ${one}}`),
    );
    const text = fc
      .uniqueArray(fc.tuple(name, value), { selector: ([one]) => one, maxLength: 4 })
      .map((entries) => `rules:\n${entries.map(([key, one]) => `  ${key}: ${one}\n`).join('')}`);
    const rank = (one: string): number => ['off', ...severities].indexOf(one);
    fc.assert(
      fc.property(text, text, fc.constantFrom(...severities), (organisation, repository, own) => {
        const of = (settings: Settings): string => severityIn(settings, 'notebooks/root-access', ['lab/main.tf'], own);
        expect(rank(of(merged(`${organisation}locked: [rules]\n`, repository)))).toBeGreaterThanOrEqual(rank(of(merged(organisation, ''))));
      }),
      { numRuns: 300 },
    );
  });
});

test('a pattern covers another only where it matches all that the other matches', () => {
  const part = fc.constantFrom('a', 'b', '*', '?', '**', 'a*', '*b');
  const pattern = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'aab'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(pattern, pattern, fc.array(path, { minLength: 20, maxLength: 20 }), (wide, narrow, paths) => {
      fc.pre(coversPattern(wide, narrow));
      for (const one of paths)
        if (matchesPath(narrow, one)) expect([wide, narrow, one, matchesPath(wide, one)]).toEqual([wide, narrow, one, true]);
    }),
    { numRuns: 500 },
  );
  expect([coversPattern('acme', 'acme/x'), coversPattern('**', '*.tf'), coversPattern('a/*', 'a/*b'), coversPattern('*', 'a')]).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

describe('in a review', () => {
  const before = { 'lab.tf': notebook(safe) };
  const rule = 'notebooks/direct-internet';
  const judged = (governing: Governing, more: Readonly<Record<string, string>> = {}) =>
    review({ ...changeOf(before, { 'lab.tf': notebook(open), ...more }), governing }, rules, today);
  const organisation = (text: string) => file('acme/.github/plumbline.yml', text);
  const repository = (text: string) => file(settingsPath, text);

  test('the organisation’s word holds where the repository says nothing', async () => {
    const { comments } = await judged({ repository: undefined, organisation: organisation(`rules:\n  ${rule}: low\n`) });
    expect(comments).toMatchObject([{ rule, severity: 'low' }]);
  });

  test('a locked rule can’t be switched off, and that it can’t is said', async () => {
    const result = await judged({ repository: repository(`rules:\n  ${rule}: off\n`), organisation: organisation('locked: [rules]\n') });
    expect([said(result), result.verdict]).toEqual([[`${rule} lab.tf`], 'block']);
    expect(result.settings).toMatchObject([{ side: 'base', file: settingsPath, line: 1 }]);
  });

  test('a pull request that would loosen what is locked is told so on its line', async () => {
    const result = await judged(
      { repository: undefined, organisation: organisation('locked: [fail-at]\n') },
      { [settingsPath]: '# ours\nfail-at: never\n' },
    );
    expect(result.settings).toMatchObject([
      { side: 'head', file: settingsPath, line: 2, remedy: expect.stringContaining('may only lower it') as string },
    ]);
  });

  test('what is wrong in the organisation’s file is said with its line, the rest of it holds', async () => {
    const result = await judged({ repository: undefined, organisation: organisation('fail-at: hihg\nrules:\n  notebooks/*: low\n') });
    expect(result.comments).toMatchObject([{ severity: 'low' }]);
    expect(result.settings).toMatchObject([{ side: 'organisation', file: 'acme/.github/plumbline.yml', line: 1 }]);
  });

  test('the base branch’s settings of today hold, not those of the merge base', async () => {
    const change = changeOf(
      { ...before, [settingsPath]: 'rules:\n  "*": off\n' },
      { 'lab.tf': notebook(open), [settingsPath]: 'rules:\n  "*": off\n' },
    );
    const { comments } = await review({ ...change, governing: { repository: undefined, organisation: undefined } }, rules, today);
    expect(comments).toMatchObject([{ rule }]);
  });

  test('where the organisation keeps its settings, what a pull request changes in them is checked', async () => {
    const result = await judged(
      { repository: undefined, organisation: undefined, keeps: 'plumbline.yml' },
      { 'plumbline.yml': 'locked: [fail-on]\n' },
    );
    expect(result.settings).toMatchObject([{ side: 'head', file: 'plumbline.yml', line: 1 }]);
  });
});
