import { describe, expect, test } from 'vitest';
import { typeNames } from './literals.ts';
import { knownTypes } from './schema.ts';
import { isWithoutSchema } from './unknown-types.ts';

const types = knownTypes();
const known = new Set([...types, ...types.map((type) => type.replace(/^.*\//, ''))]);

/** `kubernetes_daemon_set` stands for `kubernetes_daemon_set_v1` where the code takes the version off; a data source is named without `data.`. */
const isKnown = (name: string): boolean =>
  known.has(name) || known.has(`data.${name}`) || (name.startsWith('kubernetes_') && known.has(`${name}_v1`)) || isWithoutSchema(name);

describe('the resource types that the sources name', () => {
  const named = typeNames();

  test('exist', () => {
    const wrong = named.filter(({ name, part }) => !isKnown(name) && !(part && types.some((type) => type.includes(name))));
    expect([...new Set(wrong.map(({ name, file }) => `${name} in ${file}`))]).toEqual([]);
  });

  test('are many', () => expect(new Set(named.map(({ name }) => name)).size).toBeGreaterThan(200));
});
