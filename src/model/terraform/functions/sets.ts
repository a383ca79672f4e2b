import type { List, Value } from '../../value.ts';
import { asText, equal, whollyKnown } from '../convert.ts';
import { byCodePoint } from '../origins.ts';
import { argumentUnknown, listOf, refuse, type Call, type FunctionTable, type TerraformFunction } from './define.ts';

/** Each known item once, in the order of their first appearance. Unknown items all stay. */
export function unique(items: readonly Value[]): readonly Value[] {
  const seen = new Set<string | number | boolean>();
  const out: Value[] = [];
  for (const item of items) {
    if (item.is === 'known') {
      if (seen.has(item.value)) continue;
      seen.add(item.value);
    } else if (item.is !== 'unknown' && out.length < 1000 && out.some((other) => other.is === item.is && equal(other, item))) continue;
    out.push(item);
  }
  return out;
}

/** Items as a set has them: one type, each once, and in an order that does not depend on how they were written. */
export function asSetItems(items: readonly Value[]): readonly Value[] {
  const textual = items.some((item) => item.is === 'known' && typeof item.value === 'string');
  const same = textual ? items.map((item) => (item.is === 'known' ? asText(item) : item)) : items;
  return [...unique(same)].sort((a, b) => {
    if (a.is !== 'known' || b.is !== 'known') return Number(b.is === 'known') - Number(a.is === 'known');
    if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value;
    return byCodePoint(asText(a).value, asText(b).value);
  });
}

function setFunction(combine: (first: List, others: readonly List[]) => readonly Value[]): TerraformFunction {
  return (args, call: Call) => {
    if (args.some((arg) => !whollyKnown(arg))) return argumentUnknown(call, ...args);
    const [first, ...others] = args.filter((arg) => arg.is === 'list');
    if (!first || others.length !== args.length - 1) return refuse(call, ...args);
    return listOf(asSetItems(combine(first, others)), call, args, { set: true });
  };
}

const has = (list: List, item: Value): boolean => list.items.some((other) => (item.is === 'known' && other.is === 'known' ? asText(item).value === asText(other).value : equal(item, other) === true));

export const sets: FunctionTable = {
  setunion: setFunction((first, others) => [first, ...others].flatMap((list) => list.items)),
  setintersection: setFunction((first, others) => first.items.filter((item) => others.every((list) => has(list, item)))),
  setsubtract: setFunction((first, others) => first.items.filter((item) => !others.some((list) => has(list, item)))),
  setsymmetricdifference: setFunction((first, others) => {
    const [second] = others;
    if (!second) return first.items;
    return [...first.items.filter((item) => !has(second, item)), ...second.items.filter((item) => !has(first, item))];
  }),
};
