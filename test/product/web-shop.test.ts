import { expect, test } from 'vitest';
import { loadRules } from '../../src/engine/load-rules.ts';
import { said } from '../support/rule-table.ts';
import { webShop } from '../support/web-shop.ts';

const rules = await loadRules();

test.each(webShop)('nothing is said of $name', (example) => {
  expect(said(rules, example)).toEqual([]);
});
