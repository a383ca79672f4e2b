import type { Span } from '../../documents/span.ts';
import { references, unknown, type Dict, type List, type Origin, type Reference, type Unknown, type Value } from '../value.ts';
import { maxNodes, sizeOf, spend, type Budget } from './budget.ts';

const maxOrigins = 12;
const maxRefs = 50;

const within = (inner: Span, outer: Span): boolean => inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
const same = (a: Origin, b: Origin): boolean => a.span.start === b.span.start && a.span.end === b.span.end && a.span.file === b.span.file;

/** Origins in order, each place once. Of a long chain the middle goes: its ends say where a value is used and where it is written. */
export function chain(...lists: readonly (readonly Origin[])[]): readonly Origin[] {
  const out: Origin[] = [];
  for (const list of lists) for (const origin of list) if (!out.some((o) => same(o, origin))) out.push(origin);
  return out.length <= maxOrigins ? out : [...out.slice(0, maxOrigins / 2), ...out.slice(-maxOrigins / 2)];
}

/** Places that had a part in a value without being it: replacing their text would not simply replace the value. */
export function influences(...values: readonly Value[]): readonly Origin[] {
  return values.flatMap((value) => value.origins.map(({ span, what }) => ({ span, what })));
}

/** The origins of a value that was computed by the expression at `origin` from `inputs`; places inside the expression add nothing. */
export function computed(origin: Origin, ...inputs: readonly Value[]): readonly Origin[] {
  return chain(
    [origin],
    influences(...inputs).filter((o) => !within(o.span, origin.span)),
  );
}

/** A value as it looks from a place that refers to it: that place comes first in its origins, and in those of everything inside it. */
export function seenFrom(value: Value, origin: Origin, budget: Budget): Value {
  const first = value.origins[0];
  if (first && within(first.span, origin.span)) return value;
  if (!spend(budget, 1)) return unknown('evaluation took too long', [origin]);
  const origins = chain([origin], value.origins);
  if (value.is === 'list') return { ...value, origins, items: value.items.map((item) => seenFrom(item, origin, budget)) };
  if (value.is === 'map') {
    return { ...value, origins, entries: new Map(Array.from(value.entries, ([key, item]) => [key, seenFrom(item, origin, budget)])) };
  }
  return { ...value, origins };
}

/** A value with further places that decided on it (a condition, an index), behind its own. */
export function decidedBy(value: Value, ...by: readonly Value[]): Value {
  return { ...value, origins: chain(value.origins, influences(...by)) };
}

export function refsOf(...values: readonly Value[]): readonly Reference[] {
  const out = new Map<string, Reference>();
  for (const value of values) {
    for (const ref of references(value)) {
      out.set(`${ref.to}.${ref.attr.join('.')}`, ref);
      if (out.size >= maxRefs) return [...out.values()];
    }
  }
  return [...out.values()];
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

export function makeList(items: readonly Value[], origins: readonly Origin[], flags: Pick<List, 'open' | 'set' | 'refs'> = {}): Value {
  return bounded({ is: 'list', items, origins, ...flags });
}

export function makeDict(entries: ReadonlyMap<string, Value>, origins: readonly Origin[], flags: Pick<Dict, 'open' | 'refs'> = {}): Value {
  return bounded({ is: 'map', entries, origins, ...flags });
}

function bounded(value: List | Dict): Value {
  const nodes = sizeOf(value);
  return nodes > maxNodes ? unknown('this value is too large to follow', value.origins) : { ...value, nodes };
}

/** The keys of a map in the order in which Terraform goes over them. */
export function sortedKeys(dict: Dict): readonly string[] {
  return [...dict.entries.keys()].sort(byCodePoint);
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
