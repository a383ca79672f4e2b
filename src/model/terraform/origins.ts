import type { Span } from '../../documents/span.ts';
import { unknown, type Dict, type Known, type List, type Origin, type Reference, type Unknown, type Value } from '../value.ts';
import { maxNodes, sizeOf, spend, type Budget } from './budget.ts';

const maxOrigins = 12;
const maxRefs = 50;

const within = (inner: Span, outer: Span): boolean => inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
const same = (a: Origin, b: Origin): boolean => a.span.start === b.span.start && a.span.end === b.span.end && a.span.file === b.span.file;

/** Origins in order, each place once. Of a long chain the middle goes: its ends say where a value is used and where it is written. */
export function chain(...lists: readonly (readonly Origin[])[]): readonly Origin[] {
  let count = 0;
  for (const list of lists) for (const origin of list) count = gather(origin, count);
  return taken(count);
}

/** Where origins are put together. An array that grows has room for many more than are in it, and there is one for each value. */
const gathered: Origin[] = [];

/** How many have been gathered with this one, each place once. */
function gather(origin: Origin, count: number): number {
  for (let i = 0; i < count; i++) {
    const other = gathered[i];
    if (other && same(other, origin)) return count;
  }
  gathered[count] = origin;
  return count + 1;
}

const taken = (count: number): readonly Origin[] =>
  count <= maxOrigins ? gathered.slice(0, count) : [...gathered.slice(0, maxOrigins / 2), ...gathered.slice(count - maxOrigins / 2, count)];

/** Places that had a part in a value without being it: replacing their text would not simply replace the value. */
export function influences(...values: readonly Value[]): readonly Origin[] {
  const [only] = values;
  if (values.length === 1 && only) return only.origins.map(withoutText);
  return values.flatMap(({ origins }) => origins.map(withoutText));
}

const withoutText = (origin: Origin): Origin => (origin.literal ? { span: origin.span, what: origin.what } : origin);

/** The origins of a value that was computed by the expression at `origin` from `inputs`; places inside the expression add nothing. */
export function computed(origin: Origin, ...inputs: readonly Value[]): readonly Origin[] {
  let count = gather(origin, 0);
  for (const { origins } of inputs)
    for (const from of origins) if (!within(from.span, origin.span)) count = gather(withoutText(from), count);
  return taken(count);
}

/** A place before others, each once. */
export function followedBy(origin: Origin, others: readonly Origin[]): readonly Origin[] {
  const [a, b] = others;
  // Written out, an array has room for what is in it; one that grows has room for many more, and there is one for each value.
  if (others.length === 0) return [origin];
  if (others.length === 1 && a) return same(a, origin) ? [origin] : [origin, a];
  if (others.length === 2 && a && b && !same(a, origin) && !same(b, origin) && !same(a, b)) return [origin, a, b];
  return chain([origin], others);
}

/** A value as it looks from a place that refers to it: that place comes first in its origins, and in those of everything inside it. */
export function seenFrom(value: Value, origin: Origin, budget: Budget): Value {
  const first = value.origins[0];
  if (first && within(first.span, origin.span)) return value;
  if (!spend(budget, 1)) return unknown('evaluation took too long', [origin]);
  const origins = followedBy(origin, value.origins);
  if (value.is === 'list') return { ...value, origins, items: value.items.map((item) => seenFrom(item, origin, budget)) };
  if (value.is === 'map') {
    const entries = new Map<string, Value>();
    for (const [key, item] of value.entries) entries.set(key, seenFrom(item, origin, budget));
    return { ...value, origins, entries };
  }
  return withOrigins(value, origins);
}

/** Most known values have nothing more to them. */
const isPlain = (value: Known): boolean => value.refs === undefined && value.offsets === undefined && value.structure === undefined;

/** The same value with other origins. Kinds are copied apart, since a copy of what always has the same fields is several times as fast. */
function withOrigins(value: Value, origins: readonly Origin[]): Value {
  switch (value.is) {
    case 'absent':
      return { is: 'absent', origins };
    case 'known':
      return isPlain(value) ? { is: 'known', value: value.value, origins } : { ...value, origins };
    case 'unknown':
      return { ...value, origins };
    case 'list':
      return { ...value, origins };
    case 'map':
      return { ...value, origins };
  }
}

/** A value with further places that decided on it (a condition, an index), behind its own. */
export function decidedBy(value: Value, ...by: readonly Value[]): Value {
  return withOrigins(value, chain(value.origins, influences(...by)));
}

/** The references in values, each once. */
export function refsOf(...values: readonly Value[]): readonly Reference[] {
  const found: Reference[] = [];
  for (const value of values) collectRefs(value, found);
  const [first] = found;
  if (!first) return noRefs;
  if (found.length === 1) return [first];
  return [...new Map(found.map((ref) => [`${ref.to}.${ref.attr.join('.')}`, ref])).values()].slice(0, maxRefs);
}

const noRefs: readonly Reference[] = Object.freeze([]);

function collectRefs(value: Value, found: Reference[]): void {
  // Far more than are kept, because the same one may stand in many places.
  if (value.is === 'absent' || found.length > 20 * maxRefs) return;
  if (value.refs) for (const ref of value.refs) found.push(ref);
  if (value.is === 'list') for (const item of value.items) collectRefs(item, found);
  else if (value.is === 'map') for (const item of value.entries.values()) collectRefs(item, found);
}

/** An unknown value that was computed from `inputs`. */
export function unknownFrom(why: string, origin: Origin, ...inputs: readonly Value[]): Unknown {
  const failed = inputs.find((input) => input.is === 'unknown' && input.fails);
  const value = unknown(failed?.is === 'unknown' ? failed.why : why, computed(origin, ...inputs), refsOf(...inputs));
  return failed ? { ...value, fails: true } : value;
}

/** What Terraform would stop at. `try` and `can` need to tell it from what we merely do not know. */
export function failure(why: string, origin: Origin, ...inputs: readonly Value[]): Unknown {
  return { ...unknownFrom(why, origin, ...inputs), fails: true };
}

/** Put onto the value rather than into a copy: a field that a copy did not have makes V8 take a slow way. */
type Flags<T extends List | Dict> = Omit<T, 'is' | 'items' | 'entries' | 'origins' | 'nodes'>;

export function makeList(items: readonly Value[], origins: readonly Origin[], flags?: Flags<List>): Value {
  let nodes = 1;
  for (const item of items) nodes += sizeOf(item);
  if (nodes > maxNodes) return tooLarge(origins);
  const list: List = { is: 'list', items, origins, nodes };
  return flags ? Object.assign(list, flags) : list;
}

export function makeDict(entries: ReadonlyMap<string, Value>, origins: readonly Origin[], flags?: Flags<Dict>): Value {
  let nodes = 1;
  for (const item of entries.values()) nodes += sizeOf(item);
  if (nodes > maxNodes) return tooLarge(origins);
  const dict: Dict = { is: 'map', entries, origins, nodes };
  return flags ? Object.assign(dict, flags) : dict;
}

const tooLarge = (origins: readonly Origin[]): Unknown => unknown('this value is too large to follow', origins);

/** The keys of a map in the order in which Terraform goes over them. */
export function sortedKeys(dict: Dict): readonly string[] {
  return inOrder(dict.entries.keys());
}

/** Texts by code point, which is how Terraform orders keys. Most are written in order. */
export function inOrder(texts: Iterable<string>): readonly string[] {
  const all = [...texts];
  for (let i = 1; i < all.length; i++) if (byCodePoint(all[i - 1] ?? '', all[i] ?? '') > 0) return all.sort(byCodePoint);
  return all;
}

export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  for (let i = 0; ; i++) {
    const x = a.codePointAt(i);
    const y = b.codePointAt(i);
    if (x === y && x !== undefined) {
      if (x > 0xffff) i++;
      continue;
    }
    return (x ?? -1) - (y ?? -1);
  }
}
