// Counts the rules by family, dialect and severity, and says which requirement rows have none: `npm run rules`.
import { loadRules } from '../dist/src/engine/load-rules.js';
import { dialectsOf, isAboutAi, mends, requirementsOf } from './rule-pages.mjs';

const rules = await loadRules();
const count = (keysOf) => {
  const counts = new Map();
  for (const rule of rules) for (const key of keysOf(rule)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([key, number]) => `${key} ${number}`)
    .join(', ');
};
const rows = Array.from({ length: 46 }, (_, i) => `R${i + 1}`);
console.log(
  `${rules.length} rules, ${rules.filter(isAboutAi).length} in families about AI alone, ${rules.filter(mends).length} with a proven suggestion in their examples`,
);
console.log(`by family: ${count((rule) => [rule.id.slice(0, rule.id.indexOf('/'))])}`);
console.log(`by dialect: ${count(dialectsOf)}`);
console.log(`by severity: ${count((rule) => [rule.severity])}`);
console.log(
  `requirement rows without a rule: ${rows.filter((row) => !rules.some((rule) => requirementsOf(rule).includes(row))).join(', ') || 'none'}`,
);
