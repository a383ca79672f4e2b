import { describe, expect, test } from 'vitest';
import { loadRules } from '../../src/engine/load-rules.ts';
import { atlasTechniques, cisRecommendations, nistControls, owaspIds } from './framework-ids.ts';

const rules = await loadRules();

describe('the frameworks that rules map to', () => {
  test.each(rules)('$id', ({ frameworks }) => {
    expect(frameworks.nist?.filter((id) => !nistControls.has(id)) ?? []).toEqual([]);
    expect(frameworks.atlas?.filter((id) => !atlasTechniques.has(id)) ?? []).toEqual([]);
    expect(frameworks.owasp?.filter((id) => !owaspIds.has(id)) ?? []).toEqual([]);
    expect(frameworks.cis?.filter((id) => !cisRecommendations.has(id)) ?? []).toEqual([]);
  });

  test('are counted as their publishers do', () => {
    expect(nistControls.size).toBe(300);
    expect(atlasTechniques.size).toBe(170);
    expect(nistControls.has('SC-9')).toBe(false);
    expect(atlasTechniques.has('AML.T0045')).toBe(false);
  });
});
