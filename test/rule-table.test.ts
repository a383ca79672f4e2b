import { expect, test } from 'vitest';
import { loadRules } from '../src/engine/load-rules.ts';
import type { Rule } from '../src/engine/rule.ts';
import { failingRow } from './support/rule-table.ts';

const rules = await loadRules();
const rule = rules.find(({ id }) => id === 'notebooks/root-access');
if (!rule) throw new Error('The rule that these tests break is gone.');
/** The rule with its judgement replaced. */
const broken = (check: Rule['check']): Rule => ({ ...rule, check });

test('a sound rule has no row that fails', async () => {
  expect(await failingRow(rule, rules)).toBeUndefined();
});

test('a rule that finds nothing fails at a bad row', async () => {
  const name = await failingRow(
    broken(() => []),
    rules,
  );
  expect(rule.examples.bad.map((row) => row.name)).toContain(name);
});

test('a rule that finds everything fails at a row that must stay silent', async () => {
  const always = broken(function* (subject, world) {
    for (const resource of world.resources) yield { at: resource, message: 'always', subject: String(subject === undefined) };
  });
  const name = await failingRow(always, rules);
  expect([...rule.examples.good, ...rule.examples.unknown].map((row) => row.name)).toContain(name);
});

test('a rule whose fix is lost fails at the row that has one', async () => {
  const mute = broken(function* (subject, world) {
    for (const problem of rule.check(subject, world)) yield { ...problem, fix: [] };
  });
  expect(rule.examples.bad.filter(({ suggests }) => suggests !== undefined).map((row) => row.name)).toContain(
    await failingRow(mute, rules),
  );
});
