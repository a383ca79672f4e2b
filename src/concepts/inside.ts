import { placed, type Key, type Located } from '../model/resource.ts';
import { absent, type Value } from '../model/value.ts';

/** A value inside another as a place of its own, also where the outer one is text with a document in it. */
export function located(value: Value, from: Located, ...more: readonly Key[]): Located {
  return placed(value, from.of, [...from.path, ...more]);
}

/** The entry of a map by its key; what is inside something unknown is unknown. */
export function child(from: Located, key: string): Located {
  if (from.is === 'unknown') return located(from, from, key);
  if (from.is !== 'map') return located(absent(from.origins), from, key);
  const found = from.entries.get(key);
  if (!found && from.open)
    return located({ is: 'unknown', why: 'part of the map is not known', refs: [], origins: from.origins }, from, key);
  return located(found ?? absent(from.origins.slice(0, 1).map((origin) => ({ ...origin, what: 'container' as const }))), from, key);
}
