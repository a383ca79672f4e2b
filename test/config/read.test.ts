import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { mergeSettings } from '../../src/config/merge.ts';
import { readSettings } from '../../src/config/read.ts';
import { keys } from '../../src/config/settings.ts';
import { settingsTemplate } from '../../src/config/reference.ts';
import { effectiveSettings } from '../../src/config/effective.ts';
import { lineAt, lineStarts } from '../../src/documents/span.ts';

const known = {
  rules: [
    { id: 'storage/no-versioning', title: '' },
    { id: 'notebooks/root-access', title: '' },
    { id: 'supply-chain/floating-image', title: '' },
  ],
};
const read = (text: string) => readSettings({ path: 'plumbline.yml', sha: '', text }, known);
const problems = (text: string): readonly string[] =>
  read(text).problems.map(({ span, message, remedy }) => `${lineAt(lineStarts(text), span.start)}: ${message} ${remedy}`);
const defaults = readSettings(undefined, known).settings;

const severity = '`info`, `low`, `medium`, `high`, `critical`, `never`';
const level = '`off`, `on`, `info`, `low`, `medium`, `high`, `critical`';
const root = 'Write a path from the root of the repository, such as `modules/**` or `envs/*.tfvars`.';

/** The whole error of every kind of mistake, with its line. */
const mistakes: readonly (readonly [name: string, text: string, error: string])[] = [
  [
    'an unknown key',
    'fail-on: high',
    '1: There is no setting `fail-on`. Did you mean `fail-at`? Allowed: `fail-at`, `comment-at`, `comment-limit`, `drafts`, `apply-fixes`, `rules`, `environments`, `ai-paths`, `ignore-paths`, `approved-registries`, `approved-module-sources`.',
  ],
  [
    'a key like nothing',
    '\nthreshold: high',
    '2: There is no setting `threshold`. Allowed: `fail-at`, `comment-at`, `comment-limit`, `drafts`, `apply-fixes`, `rules`, `environments`, `ai-paths`, `ignore-paths`, `approved-registries`, `approved-module-sources`.',
  ],
  ['fail-at: a misspelt word', 'fail-at: hihg', `1: \`fail-at\` can't be \`hihg\`. Did you mean \`high\`? Allowed: ${severity}.`],
  ['fail-at: nothing', 'fail-at:', `1: \`fail-at\` can't be empty. Allowed: ${severity}.`],
  ['fail-at: a list', 'fail-at: [high]', `1: \`fail-at\` can't be a list. Allowed: ${severity}.`],
  ['fail-at: a yes', 'fail-at: yes', `1: \`fail-at\` can't be \`yes\`. Allowed: ${severity}.`],
  ['comment-at: another word', '# x\ncomment-at: everything', `2: \`comment-at\` can't be \`everything\`. Allowed: ${severity}.`],
  ['comment-limit: too many', 'comment-limit: 101', "1: `comment-limit` can't be `101`. Allowed: a whole number from 1 to 100."],
  ['comment-limit: none', 'comment-limit: 0', "1: `comment-limit` can't be `0`. Allowed: a whole number from 1 to 100."],
  ['comment-limit: a fraction', 'comment-limit: 2.5', "1: `comment-limit` can't be `2.5`. Allowed: a whole number from 1 to 100."],
  ['comment-limit: a text', 'comment-limit: "10"', "1: `comment-limit` can't be `10`. Allowed: a whole number from 1 to 100."],
  ['drafts: another word', 'drafts: waiting', "1: `drafts` can't be `waiting`. Did you mean `wait`? Allowed: `wait`, `comment`."],
  [
    'rules: a list',
    'rules:\n  - storage/no-versioning',
    `2: \`rules\` can't be a list. Allowed: a map from rules (\`family/name\`, \`family/*\` or \`*\`) to ${level}, or a map from paths such as \`modules/**\` to ${level}.`,
  ],
  [
    'rules: no rule',
    'rules:\n  storage/no-versoning: off',
    '2: `storage/no-versoning` in `rules` is no rule. Did you mean `storage/no-versioning`? Allowed: a rule’s id, `family/*` for a family, or `*` for all.',
  ],
  [
    'rules: no family',
    'rules:\n  cluster/*: off',
    '2: `cluster/*` in `rules` is no rule. Allowed: a rule’s id, `family/*` for a family, or `*` for all.',
  ],
  ['rules: no level', 'rules:\n  storage/*: false', `2: \`rules.storage/*\` can't be \`false\`. Allowed: ${level}.`],
  [
    'rules: no level in a path',
    'rules:\n  storage/*:\n    sandbox: of',
    `3: \`rules.storage/*.sandbox\` can't be \`of\`. Did you mean \`off\`? Allowed: ${level}.`,
  ],
  [
    'rules: no path',
    'rules:\n  storage/*:\n    /sandbox: off',
    '3: `/sandbox` in `rules.storage/*` does not start at the root of the repository by its name. Leave out the `/` or `./` at its beginning.',
  ],
  [
    'environments: a list',
    'environments: [prod]',
    "1: `environments` can't be a list. Allowed: a map from names to a map with `stage` and `paths`.",
  ],
  [
    'environments: only paths',
    'environments:\n  eu:\n    paths: [live]',
    '3: `environments.eu` has no `stage`. Add it. Allowed: `prod`, `staging`, `dev`.',
  ],
  [
    'environments: only a stage',
    'environments:\n  eu:\n    stage: prod',
    '3: `environments.eu` has no `paths`. Add it. Allowed: a list of paths such as `modules/**`.',
  ],
  [
    'environments: no stage',
    'environments:\n  eu:\n    stage: production\n    paths: [live]',
    "3: `environments.eu.stage` can't be `production`. Did you mean `prod`? Allowed: `prod`, `staging`, `dev`.",
  ],
  [
    'environments: another key',
    'environments:\n  eu:\n    stage: prod\n    path: [live]\n    paths: [live]',
    '4: There is no setting `path` in `environments.eu`. Did you mean `paths`? Allowed: `stage`, `paths`.',
  ],
  [
    'environments: a path',
    'environments:\n  eu: live/**',
    "2: `environments.eu` can't be a single value. Allowed: a map with `stage` and `paths`.",
  ],
  [
    'environments: a long name',
    `environments:\n  ${'x'.repeat(51)}:\n    stage: prod\n    paths: [a]`,
    `2: \`${'x'.repeat(51)}\` in \`environments\` is no name. Allowed: up to 50 characters.`,
  ],
  [
    'ai-paths: one text',
    'ai-paths: ml/**',
    "1: `ai-paths` can't be a single value. Allowed: a list of paths such as `modules/**`, each on a line of its own after `- `.",
  ],
  [
    'ignore-paths: a map',
    'ignore-paths:\n  a: b',
    "2: `ignore-paths` can't be a map. Allowed: a list of paths such as `modules/**`, each on a line of its own after `- `.",
  ],
  ['ignore-paths: nothing', 'ignore-paths:\n  - ""', `2: \`""\` in \`ignore-paths\` is empty. ${root}`],
  [
    'ignore-paths: a negation',
    'ignore-paths:\n  - "!x"',
    `2: \`!x\` in \`ignore-paths\` starts with \`!\`, which means nothing here. ${root}`,
  ],
  [
    'ignore-paths: brackets',
    'ignore-paths:\n  - "{a,b}/**"',
    '2: `{a,b}/**` in `ignore-paths` holds brackets, which are not wildcards here. Wildcards are `*`, `?` and `**`; write one line for each alternative.',
  ],
  ['ignore-paths: a backslash', 'ignore-paths:\n  - a\\b', '2: `a\\b` in `ignore-paths` holds a backslash. Write `/` between directories.'],
  [
    'ignore-paths: upwards',
    'ignore-paths:\n  - a/../b',
    `2: \`a/../b\` in \`ignore-paths\` leads out of its directory with \`..\`. ${root}`,
  ],
  ['ignore-paths: a list in a list', 'ignore-paths:\n  - [a]', '2: `-` in `ignore-paths` is a list. Allowed: paths such as `modules/**`.'],
  [
    'approved-registries: a scheme',
    'approved-registries:\n  - https://ghcr.io/acme',
    '2: `https://ghcr.io/acme` in `approved-registries` holds a scheme. Leave out everything up to `://`.',
  ],
  [
    'approved-registries: one without its list',
    'approved-registries: ghcr.io',
    "1: `approved-registries` can't be a single value. Allowed: a list of addresses such as `ghcr.io/acme`, each on a line of its own after `- `.",
  ],
  [
    'approved-registries: nothing',
    'approved-registries:\n  - ""',
    '2: `""` in `approved-registries` is empty. Write a host and as much of the path as you like, such as `ghcr.io/acme` or `*.dkr.ecr.*.amazonaws.com`.',
  ],
  [
    'approved-module-sources: a user',
    'approved-module-sources:\n  - git@github.com/acme',
    '2: `git@\u200bgithub.com/acme` in `approved-module-sources` holds a space or an `@`. Write a host and as much of the path as you like, such as `ghcr.io/acme` or `*.dkr.ecr.*.amazonaws.com`.',
  ],
  [
    'approved-module-sources: brackets',
    'approved-module-sources:\n  - "github.com/{a,b}"',
    '2: `github.com/{a,b}` in `approved-module-sources` holds brackets, which are not wildcards here. Write a host and as much of the path as you like, such as `ghcr.io/acme` or `*.dkr.ecr.*.amazonaws.com`.',
  ],
  [
    'approved-module-sources: a slash before the host',
    'approved-module-sources:\n  - /acme',
    '2: `/acme` in `approved-module-sources` does not start at a host by its name. Write a host and as much of the path as you like, such as `ghcr.io/acme` or `*.dkr.ecr.*.amazonaws.com`.',
  ],
  [
    'locked, which only an organisation has',
    'locked: [fail-at]',
    "1: `locked` means nothing in a repository's own settings. Only the settings of an organisation, in its repository `.github`, lock something.",
  ],
  [
    'an unquoted star',
    'ignore-paths:\n  - **/x',
    '2: Nothing above carries the anchor `&*/x` that this alias names. In YAML a text that starts with `*` needs quotes: `"**/x"`.',
  ],
  ['two documents', 'fail-at: high\n---\nfail-at: low', '3: The settings are more than one YAML document. Take out the line `---`.'],
  [
    'no map',
    '- fail-at: high',
    '1: The settings are not a map. Write `key: value` lines. Allowed: `fail-at`, `comment-at`, `comment-limit`, `drafts`, `apply-fixes`, `rules`, `environments`, `ai-paths`, `ignore-paths`, `approved-registries`, `approved-module-sources`.',
  ],
  [
    'a template',
    'fail-at: {{ level }}',
    '1: The settings hold a template (`{{`), and nothing fills it in here. Write the values themselves.',
  ],
  ['the same key twice', 'fail-at: high\nfail-at: low', '2: The key `fail-at`'],
];

describe('mistakes', () => {
  test.each(mistakes)('%s', (_, text, error) => {
    expect(problems(text).map((one) => one.slice(0, error.length))).toEqual([error]);
  });

  test('one mistake leaves the rest as it is', () => {
    const { settings, lines } = read(
      'fail-at: hihg\ncomment-limit: 3\nrules:\n  storage/nothing: off\n  storage/*: low\nignore-paths: ["!a", b]\n',
    );
    expect(settings).toEqual({ ...defaults, commentLimit: 3, rules: [{ name: 'storage/*', value: 'low' }], ignorePaths: ['b'] });
    expect([...lines]).toEqual([
      ['comment-limit', 2],
      ['rules', 3],
      ['ignore-paths', 6],
    ]);
  });

  test('what an error repeats is bounded and can’t write Markdown or mention people', () => {
    const [error = ''] = problems(`fail-at: "@octocat \`x\` ${'y'.repeat(500)}"`);
    expect(error.length).toBeLessThan(400);
    expect(error).not.toContain('@octocat');
  });

  test('more lines than anybody writes are cut, and it is said', () => {
    const text = `ignore-paths:\n${Array.from({ length: 101 }, (_, i) => `  - d${i}`).join('\n')}\n`;
    expect(read(text).settings.ignorePaths).toHaveLength(100);
    expect(problems(text)).toEqual(['2: `ignore-paths` has more than 100 lines; the rest is left out. Use wildcards.']);
  });
});

describe('defaults', () => {
  test.each(['', '\n', '# nothing\n', '---\n', 'rules:\nenvironments:\nai-paths:\nignore-paths:\n'])('%j', (text) => {
    expect(read(text)).toMatchObject({ settings: defaults, problems: [] });
  });

  test('what `plumbline init` writes is all defaults', () => {
    expect(read(settingsTemplate())).toMatchObject({ settings: defaults, problems: [] });
  });

  test('with its comments taken away it is in order and says every key', () => {
    const text = settingsTemplate()
      .replaceAll(/^#(?! )/gm, '')
      .replaceAll(/^# {2,}/gm, (start) => start.slice(1));
    const { problems: wrong, lines } = read(text);
    expect(wrong).toEqual([]);
    expect([...lines.keys()].toSorted()).toEqual(
      Object.values(keys)
        .map(({ name }) => name)
        .toSorted(),
    );
  });
});

test('every example of the documentation is in order', () => {
  for (const { name, example } of Object.values(keys)) {
    const { problems: wrong, lines } = read(example);
    expect([wrong, [...lines.keys()]]).toEqual([[], [name]]);
  }
});

test('what `plumbline config` prints can be used as a file and means the same', () => {
  for (const text of ['', ...Object.values(keys).map(({ example }) => example)]) {
    const first = read(text);
    const printed = read(effectiveSettings(mergeSettings(undefined, first), { repository: 'plumbline.yml', organisation: '' }));
    expect([printed.problems, printed.settings]).toEqual([[], first.settings]);
  }
});

test('any text is read without throwing, and gives settings that can be used', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(...Object.values(keys).map(({ name }) => `${name}: `), '  - ', '  x: ', '<<: *a', '&a ', '__proto__: 1', '"*": off'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const { settings } = read(lines.join('\n'));
      expect(settings.commentLimit).toBeGreaterThan(0);
      expect(Object.values(settings)).not.toContain(undefined);
    }),
    { numRuns: 300 },
  );
});
