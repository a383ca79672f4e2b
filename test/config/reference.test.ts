import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { settingsReference, settingsSchema, settingsTemplate } from '../../src/config/reference.ts';
import { keys } from '../../src/config/settings.ts';
import { readOrganisation, readSettings } from '../../src/config/read.ts';
import { rules } from './reviewed.ts';

const schema = settingsSchema({ rules });
const isValid = new Ajv().compile(schema);

/** What the script writes; run it when this fails: npm run build && node scripts/settings-reference.mjs */
async function written(path: string, text: string): Promise<{ readonly is: string; readonly shouldBe: string }> {
  const filepath = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  return { is: readFileSync(filepath, 'utf8'), shouldBe: await format(text, { ...(await resolveConfig(filepath)), filepath }) };
}

test('the schema is fresh (else: npm run build && node scripts/settings-reference.mjs)', async () => {
  const { is, shouldBe } = await written('schema/plumbline.schema.json', JSON.stringify(schema));
  expect(is).toBe(shouldBe);
});

test('the organisation’s schema is fresh (else: the same)', async () => {
  const { is, shouldBe } = await written(
    'schema/plumbline-organisation.schema.json',
    JSON.stringify(settingsSchema({ rules }, 'organisation')),
  );
  expect(is).toBe(shouldBe);
});

test('the reference is fresh (else: the same)', async () => {
  const { is, shouldBe } = await written('docs/settings.md', settingsReference());
  expect(is).toBe(shouldBe);
});

test('the reference names every key, and no line of the template is long', () => {
  for (const { name } of Object.values(keys)) expect(settingsReference()).toContain(`## \`${name}\``);
  expect(
    Math.max(
      ...settingsTemplate()
        .split('\n')
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(100);
});

const files: readonly (readonly [string, boolean])[] = [
  ['', true],
  ...Object.values(keys).map(({ example }) => [example, true] as const),
  ['rules:\nenvironments:\nai-paths:\nignore-paths:\n', true],
  ['rules:\n  "*": on\n  notebooks/*: low\n  notebooks/root-access: "off"\n', true],
  ['fail-at: hihg', false],
  ['fail-at:', false],
  ['fail-on: high', false],
  ['comment-limit: 0', false],
  ['comment-limit: 2.5', false],
  ['drafts: 1', false],
  ['rules:\n  notebooks/nothing: off', false],
  ['rules:\n  notebooks/*: loud', false],
  ['rules:\n  notebooks/*:\n    /a: off', false],
  ['rules: [a]', false],
  ['environments:\n  eu:\n    stage: prod', false],
  ['environments:\n  eu:\n    stage: prod\n    paths: [a]\n    more: 1', false],
  ['ai-paths: a', false],
  ['approved-registries: ["https://ghcr.io/acme"]', false],
  ['approved-registries: [/acme]', false],
  ['approved-registries: [""]', false],
  ['approved-module-sources: ["git@github.com"]', false],
  ['approved-module-sources: ["a b"]', false],
  ['approved-module-sources: ["github.com/acme[1]"]', false],
  ['approved-registries: ["registry.acme.example:5000/team"]', true],
  ['locked: [fail-at]', false],
  ['ignore-paths: ["!a"]', false],
  ['ignore-paths: [./a]', false],
  ['ignore-paths: ["a[b]"]', false],
  ['- a', false],
];

const organisationIsValid = new Ajv().compile(settingsSchema({ rules }, 'organisation'));

test.each([
  ['locked:\n  - fail-at\n  - rules\n  - notebooks/*\n  - notebooks/root-access\n', true],
  ['fail-at: low\nlocked:\n', true],
  ['locked: [fail-on]', false],
  ['locked: ["*"]', false],
  ['locked: [notebooks/nothing]', false],
  ['locked: [locked]', false],
  ['locked: fail-at', false],
])('organisation: schema and reader agree on %j: %s', (text, valid) => {
  expect([
    organisationIsValid(parse(text) as unknown),
    readOrganisation({ path: 'plumbline.yml', sha: '', text }, { rules }).problems.length === 0,
  ]).toEqual([valid, valid]);
});

test.each(files)('schema and reader agree on %j: %s', (text, valid) => {
  expect([
    isValid(parse(text) as unknown),
    readSettings({ path: 'plumbline.yml', sha: '', text }, { rules }).problems.length === 0,
  ]).toEqual([valid, valid]);
});
