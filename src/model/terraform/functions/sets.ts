import type { List, Value } from '../../value.ts';
import { asText, whollyKnown } from '../convert.ts';
import { byCodePoint } from '../origins.ts';
import { argumentUnknown, listOf, refuse, toData, type Call, type FunctionTable, type TerraformFunction } from './define.ts';
import { plainJson } from './json.ts';

/** Equal values have equal keys; undefined for what is not wholly known, which equals nothing for certain. */
function identity(value: Value): string | undefined {
  if (value.is === 'known' && typeof value.value === 'string') return JSON.stringify(value.value);
  const data = toData(value);
  return data === undefined ? undefined : plainJson(data);
}

/** Each known item once, in the order of their first appearance. Unknown items all stay. */
export function unique(items: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = identity(item);
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
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

/** In the sets of one call a number and its text are the same. */
const common = (value: Value): string => (value.is === 'known' ? JSON.stringify(asText(value).value) : (identity(value) ?? ''));
const members = (list: List): ReadonlySet<string> => new Set(list.items.map(common));

function without(first: readonly Value[], other: ReadonlySet<string>): readonly Value[] {
  return first.filter((item) => !other.has(common(item)));
}

export const sets: FunctionTable = {
  setunion: setFunction((first, others) => [first, ...others].flatMap((list) => list.items)),
  setintersection: setFunction((first, others) => {
    const all = others.map(members);
    return first.items.filter((item) => all.every((other) => other.has(common(item))));
  }),
  setsubtract: setFunction((first, others) => others.map(members).reduce(without, first.items)),
  setsymmetricdifference: setFunction((first, others) => {
    const [second] = others;
    return second ? [...without(first.items, members(second)), ...without(second.items, members(first))] : first.items;
  }),
};
