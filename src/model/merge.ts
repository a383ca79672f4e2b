import { unknown, type Dict, type Origin, type Value } from './value.ts';

/**
 * One map of values laid over another, as Helm and Kubernetes do it: maps are merged key by key, everything else is replaced, and a null takes
 * the key away. What lies under something unknown is not known any more.
 */
export function overlaid(under: Value, over: Value, depth = 0): Value {
  if (over.is === 'unknown')
    return under.is === 'absent' ? over : unknown('something unknown is laid over it', [...over.origins, ...under.origins], over.refs);
  if (under.is !== 'map' || over.is !== 'map' || depth > maxDepth) return over;
  const entries = new Map(over.open ? [...under.entries].map(([key, value]) => [key, mayBeReplaced(value, over)] as const) : under.entries);
  for (const [key, value] of over.entries) {
    const before = under.entries.get(key);
    if (value.is === 'absent') entries.delete(key);
    else entries.set(key, before ? overlaid(before, value, depth + 1) : value);
  }
  const open = under.open === true || over.open === true;
  return { is: 'map', entries, origins: [...under.origins, ...over.origins], ...(open ? { open } : {}) };
}

const maxDepth = 100;

function mayBeReplaced(value: Value, by: Dict): Value {
  return unknown('something unknown is laid over it', [...value.origins, ...by.origins]);
}

/** The same value where more may be in every map of it than is known. */
export function opened(value: Value): Value {
  if (value.is === 'list') return { ...value, items: value.items.map(opened) };
  return value.is === 'map'
    ? { ...value, open: true, entries: new Map(Array.from(value.entries, ([key, item]) => [key, opened(item)])) }
    : value;
}

/** The same value with other places in all its parts. */
export function withOrigins(value: Value, change: (origins: readonly Origin[]) => readonly Origin[]): Value {
  const origins = change(value.origins);
  if (value.is === 'list') return { ...value, origins, items: value.items.map((item) => withOrigins(item, change)) };
  if (value.is === 'map')
    return { ...value, origins, entries: new Map(Array.from(value.entries, ([key, item]) => [key, withOrigins(item, change)])) };
  return { ...value, origins };
}
