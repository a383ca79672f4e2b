import { describe, expect, test } from 'vitest';
import { renderCheck, renderNote } from '../../src/report/github.ts';
import { renderText } from '../../src/report/terminal.ts';
import { toJson } from '../../src/report/json.ts';
import { review } from '../../src/review.ts';
import { changeOf, notebook, open, reviewed, rules, safe, said, today } from '../config/reviewed.ts';

const rule = 'notebooks/direct-internet';
const ignore = (reason = 'no data here', until = ''): string =>
  `# plumbline:ignore ${rule}${until === '' ? '' : ` until=${until}`} -- ${reason}`;
const before = { 'lab.tf': notebook(safe) };
const change = (text: string) => reviewed('', before, { 'lab.tf': text });

describe('a suppression hides its finding', () => {
  test.each([
    ['above the resource', `${ignore()}\n${notebook(open)}`, 1],
    ['on the resource’s header', notebook(open).replace('{\n', `{ ${ignore()}\n`), 1],
    ['above the line', notebook(`  ${ignore()}\n${open}`), 9],
    ['on the line', notebook(`${open} ${ignore()}`), 9],
    ['until a later day', `${ignore('x', '2026-06-16')}\n${notebook(open)}`, 1],
    ['on its last day', `${ignore('x', today)}\n${notebook(open)}`, 1],
  ])('%s', async (_, text, line) => {
    const { comments, quiet, verdict, suppressions } = await change(text);
    expect([comments, quiet, verdict]).toEqual([[], [], 'pass']);
    expect(suppressions).toMatchObject([
      { rule, file: 'lab.tf', line, added: true, hides: [{ severity: 'high', resource: 'aws_sagemaker_notebook_instance.lab' }] },
    ]);
  });

  test.each([
    ['two lines above the resource', `${ignore()}\nlocals {}\n${notebook(open)}`],
    ['on another line of the resource', notebook(`${open}\n  role = 1 ${ignore()}`)],
    ['of another rule', `# plumbline:ignore notebooks/root-access -- x\n${notebook(open)}`],
    ['in a text', notebook(`${open}\n  description = "${ignore()}"`)],
    ['that ended yesterday', `${ignore('x', '2026-06-14')}\n${notebook(open)}`],
    ['without a reason', `# plumbline:ignore ${rule}\n${notebook(open)}`],
  ])('but not: %s', async (_, text) => {
    const result = await change(text);
    expect(said(result)).toContain(`${rule} lab.tf`);
    expect([result.verdict, result.suppressions.flatMap(({ hides }) => hides)]).toEqual(['block', []]);
  });

  test('only at its place: the other resource’s finding stays', async () => {
    const result = await change(`${ignore()}\n${notebook(open)}\n${notebook(open, 'other')}`);
    expect(result.comments.map(({ resource }) => resource)).toEqual(['aws_sagemaker_notebook_instance.other']);
  });

  test('where the value comes from', async () => {
    const files = {
      'lab.tf': `variable "internet" {\n  type = string\n}\n${notebook('  direct_internet_access = var.internet')}`,
      'terraform.tfvars': 'internet = "Disabled"\n',
    };
    expect(said(await reviewed('', files, { 'terraform.tfvars': 'internet = "Enabled"\n' }))).toEqual([`${rule} terraform.tfvars`]);
    expect(said(await reviewed('', files, { 'terraform.tfvars': `internet = "Enabled" ${ignore()}\n` }))).toEqual([]);
  });

  test('in YAML, above the object and on the line', async () => {
    const service = (type: string, comment = ''): string =>
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: triton\nspec:\n  type: ${type}${comment}\n  ports:\n    - port: 8000\n`;
    const files = { 'service.yaml': service('ClusterIP') };
    const found = await reviewed('', files, { 'service.yaml': service('LoadBalancer') });
    expect(found.comments.length).toBeGreaterThan(0);
    for (const above of [true, false]) {
      const comments = found.comments.map((comment) => `# plumbline:ignore ${comment.rule} -- a closed network`);
      const text = above ? `${comments.join('\n')}\n${service('LoadBalancer')}` : service('LoadBalancer', ` ${comments[0] ?? ''}`);
      expect(said(await reviewed('', files, { 'service.yaml': text }))).toHaveLength(above ? 0 : found.comments.length - 1);
    }
  });
});

describe('what is listed', () => {
  test('a suppression that was there before hides what the change introduces, and says that it was there', async () => {
    const files = { 'lab.tf': `${ignore()}\n${notebook(safe)}` };
    const { suppressions, comments } = await reviewed('', files, { 'lab.tf': `${ignore()}\n${notebook(open)}` });
    expect([comments.length, suppressions]).toMatchObject([
      0,
      [{ added: false, reason: 'no data here', until: '', hides: [{ severity: 'high' }] }],
    ]);
  });

  test('one that was there before and hides nothing new is not', async () => {
    const files = { 'lab.tf': `${ignore()}\n${notebook(open)}` };
    expect((await reviewed('', files, { 'lab.tf': files['lab.tf'].replace('t3.medium', 't3.large') })).suppressions).toEqual([]);
  });

  test('one that the change adds for an old problem is', async () => {
    const { suppressions } = await reviewed('', { 'lab.tf': notebook(open) }, { 'lab.tf': `${ignore()}\n${notebook(open)}` });
    expect(suppressions).toMatchObject([{ added: true, hides: [{ severity: 'high' }] }]);
  });

  test('one that the change adds for nothing is', async () => {
    expect((await change(`${ignore()}\n${notebook(safe)}`)).suppressions).toMatchObject([{ added: true, hides: [] }]);
  });

  test('the summary, the terminal and JSON show the reason, defused', async () => {
    const text = `${ignore('@octocat said <img src=x> in #12 `so` | yes', '2027-01-01')}\n${notebook(open)}`;
    const result = await change(text);
    const { summary, title } = renderCheck(result);
    expect(title).toBe('No new problems');
    expect(summary).toContain('**Suppressed** (1 suppression, 1 of them added by this pull request)');
    expect(summary).toMatch(
      /\| `notebooks\/direct-internet` \| `lab.tf:1` \| high: .* \| ``@\u200boctocat said <img src=x> in #\u200b12 `so` \\\| yes`` until 2027-01-01 \| \*\*this pull request\*\* \|/,
    );
    const options = { colour: false, width: 100, names: { base: 'main', head: 'x' } };
    expect(renderText(result, changeOf(before, { 'lab.tf': text }), options)).toMatch(/Suppressed\n.*lab.tf:1/);
    expect(toJson(result).suppressions).toMatchObject([{ reason: '@octocat said <img src=x> in #12 `so` | yes' }]);
  });
});

describe('what is wrong with a suppression is said', () => {
  test.each([
    ['unknown', `# plumbline:ignore notebooks/direct-internt -- x`],
    ['unreasoned', `# plumbline:ignore ${rule}`],
    ['malformed', `# plumbline:ignore ${rule} until=never -- x`],
    ['expired', ignore('x', '2026-06-14')],
  ])('%s: on its line, low, blocking nothing', async (fault, comment) => {
    const { comments, verdict } = await change(`${comment}\n${notebook(safe)}`);
    expect(comments).toMatchObject([
      {
        rule: `plumbline/${fault}-suppression`,
        severity: 'low',
        place: { is: 'lines', file: 'lab.tf', side: 'RIGHT', from: 1, to: 1 },
        fix: { is: 'none' },
      },
    ]);
    expect(verdict).toBe('pass');
  });

  test('each time it stands there', async () => {
    const { comments } = await change(
      `# plumbline:ignore nothing -- x\n${notebook(safe)}\n# plumbline:ignore nothing -- x\n${notebook(safe, 'b')}`,
    );
    expect(comments.map(({ place }) => place.is === 'lines' && place.from)).toEqual([1, 16]);
    expect(new Set(comments.map(({ key }) => key)).size).toBe(2);
  });

  test('not when the change leaves it alone', async () => {
    const comment = `# plumbline:ignore nothing -- x`;
    const files = { 'lab.tf': `${notebook(safe)}\n\n\n\n\n\n${comment}\nlocals {}\n` };
    expect((await reviewed('', files, { 'lab.tf': files['lab.tf'].replace('t3.medium', 't3.large') })).comments).toEqual([]);
  });

  test('an ended one tells with the finding that it no longer hides', async () => {
    const comment = ignore('x', '2026-06-14');
    const files = { 'lab.tf': `${comment}\n${notebook(safe)}` };
    const { comments } = await reviewed('', files, { 'lab.tf': `${comment}\n${notebook(open)}` });
    expect(comments).toMatchObject([
      { rule, message: expect.stringMatching(/The suppression on line 1 ended on 2026-06-14\.$/) as string },
    ]);
  });

  test('the day decides', async () => {
    const text = `${ignore('x', '2026-06-30')}\n${notebook(open)}`;
    const verdictOn = async (day: string) => (await review(changeOf(before, { 'lab.tf': text }), rules, day)).verdict;
    expect([await verdictOn('2026-06-30'), await verdictOn('2026-07-01')]).toEqual(['pass', 'block']);
  });

  test.each([
    ['off', 'rules:\n  plumbline/*: off\n', []],
    ['high', 'rules:\n  plumbline/unknown-suppression: high\n', ['high']],
    ['ignored', 'ignore-paths:\n  - "*.tf"\n', []],
  ])('the settings can make it %s', async (_, settings, severities) => {
    const { comments } = await reviewed(settings, before, { 'lab.tf': `# plumbline:ignore nothing -- x\n${notebook(safe)}` });
    expect(comments.map(({ severity }) => severity)).toEqual(severities);
  });

  test('and no suppression hides it', async () => {
    const { comments } = await change(
      `# plumbline:ignore plumbline/unknown-suppression -- x\n# plumbline:ignore nothing -- x\n${notebook(safe)}`,
    );
    expect(comments.map((comment) => comment.rule)).toEqual(['plumbline/unknown-suppression', 'plumbline/unknown-suppression']);
  });
});

test('a pull request with settings that are wrong gets a note and an annotation on the line', async () => {
  const result = await review(changeOf({}, { '.github/plumbline.yml': 'fail-at: high\nrules:\n  none: off\n' }), rules, today);
  const check = renderCheck(result);
  expect(check.title).toBe('Settings have problems');
  expect(check.summary).toContain('- `.github/plumbline.yml:3`: `none` in `rules` is no rule.');
  expect(check.annotations).toMatchObject([{ path: '.github/plumbline.yml', start_line: 3, annotation_level: 'warning' }]);
  expect(renderNote(result)).toContain('`.github/plumbline.yml:3`');
});
