import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { follow, missing, providerOf, schemaOf } from './schema.ts';

/** A name that people and scanners get wrong, and what is right; each was read from the provider's declarations and a newer build's. */
interface Trap {
  readonly type: string;
  /** Empty when the whole type does not exist where people look for it. */
  readonly not_an_attribute: string;
  readonly use_type: string;
  readonly use: string;
  readonly schema: string;
}

const traps = JSON.parse(readFileSync(new URL('traps.json', import.meta.url), 'utf8')) as readonly Trap[];

describe('names that people get wrong', () => {
  test('are as many as were collected', () => expect(traps).toHaveLength(115));

  test.each(traps)('$type has no $not_an_attribute, $use_type has $use', (trap) => {
    const right = schemaOf(trap.use_type);
    const field = right && follow(right, trap.use.split('.'));
    expect(field).toBeTypeOf('object');
    if (typeof field === 'object')
      expect(trap.schema === 'block' ? field.form.replace('[]', '') : `${field.need}:${field.form}`).toBe(trap.schema);
    if (trap.not_an_attribute === '') {
      // Only the beta provider has it, or none.
      expect(providerOf(trap.type) ?? 'none').toMatch(/^hashicorp\/google-beta |^none$/);
      return;
    }
    const wrong = schemaOf(trap.type);
    expect(wrong && missing(wrong, trap.not_an_attribute.split('.'))).toBe(trap.not_an_attribute);
  });
});
