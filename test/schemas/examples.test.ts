import { describe, expect, test } from 'vitest';
import { loadRules } from '../../src/engine/load-rules.ts';
import type { Example, Rule } from '../../src/engine/rule.ts';
import { understand } from '../../src/engine/understand.ts';
import { applyFixes } from '../../src/fix/apply-fixes.ts';
import { namesIn, snapshotOf } from './wrong-names.ts';

const rules = await loadRules();
const examplesOf = ({ examples }: Rule): readonly Example[] => [...examples.bad, ...examples.good, ...examples.unknown];

describe('examples use names that their providers have', () => {
  test.each(rules)('$id', (rule) => {
    const wrong = examplesOf(rule).flatMap(({ name, files }) => namesIn(snapshotOf(files)).wrong.map((what) => `${name}: ${what}`));
    expect(wrong).toEqual([]);
  });

  test('and many of them', () => {
    const names = rules.flatMap(examplesOf).map(({ files }) => namesIn(snapshotOf(files)).names);
    const sum = (dialect: keyof (typeof names)[number]): number => names.reduce((all, one) => all + one[dialect], 0);
    expect(sum('terraform')).toBeGreaterThan(1500);
    expect(sum('cloudformation')).toBeGreaterThan(200);
    expect(sum('kubernetes')).toBeGreaterThan(1000);
  });
});

describe('what fixes write are names that the providers have', () => {
  test.each(rules)('$id', (rule) => {
    const wrong = rule.examples.bad.flatMap(({ name, files }) => {
      const snapshot = snapshotOf(files);
      const { findings, documents } = understand(snapshot, [rule]);
      return findings.flatMap(({ fix }) => {
        const texts = fix.length > 0 ? applyFixes(fix, (file) => documents.get(file)) : undefined;
        if (!texts) return [];
        const mended = new Map([...snapshot, ...[...texts].map(([path, text]) => [path, { path, sha: '', text }] as const)]);
        return namesIn(mended).wrong.map((what) => `${name}: ${what}`);
      });
    });
    expect(wrong).toEqual([]);
  });
});
