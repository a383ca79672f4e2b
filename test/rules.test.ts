import { describe, expect, test } from 'vitest';
import { loadRules } from '../src/engine/load-rules.ts';
import { landings, marked, said, suggestions } from './support/rule-table.ts';

const rules = await loadRules();

describe.each(rules)('$id', (rule) => {
  test.each(rule.examples.bad)('finds: $name', async (example) => {
    expect(landings(rule, example)).toEqual(marked(example.files));
    const texts = await suggestions(rule, example, rules);
    if (example.suggests !== undefined) expect(texts).toContain(example.suggests);
    else expect(texts).toEqual([]);
  });

  test.each([...rule.examples.good, ...rule.examples.unknown])('stays silent: $name', (example) => {
    const family = rules.filter((other) => other.id.startsWith(rule.id.slice(0, rule.id.indexOf('/') + 1)));
    expect(said(family, example)).toEqual([]);
  });

  test('has a row of each kind', () => {
    expect(Object.entries(rule.examples).filter(([, rows]) => rows.length === 0)).toEqual([]);
  });
});
