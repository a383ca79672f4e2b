import { absent, known, type Dict, type List, type Value } from '../../value.ts';
import { maxNodes, spend } from '../budget.ts';
import { asText, equal, toNumber, whollyKnown } from '../convert.ts';
import { computed, decidedBy, makeDict, makeList, refsOf, sortedKeys, unknownFrom } from '../origins.ts';
import { member } from '../traversal.ts';
import {
  argumentUnknown,
  keyOf,
  listOf,
  number,
  pure,
  refuse,
  texts,
  type Call,
  type Data,
  type FunctionTable,
  type TerraformFunction,
} from './define.ts';
import { sets, unique } from './sets.ts';
import { characters } from './strings.ts';

/** The items of a list have one type: numbers and truth values beside a text become text. */
function ofOneType(items: readonly Value[]): readonly Value[] {
  const kinds = new Set(items.map((item) => (item.is === 'known' ? typeof item.value : item.is)));
  return kinds.size > 1 && kinds.has('string') ? items.map((item) => (item.is === 'known' ? asText(item) : item)) : items;
}

const isBlank = (value: Value): boolean => value.is === 'absent' || (value.is === 'known' && value.value === '');

/** Takes the arguments as lists; an unknown one makes the whole unknown. */
function ofLists(combine: (lists: readonly List[], call: Call) => Value): TerraformFunction {
  return (args, call) => {
    if (args.some((arg) => arg.is === 'unknown')) return argumentUnknown(call, ...args);
    const lists = args.filter((arg) => arg.is === 'list');
    return lists.length === args.length ? combine(lists, call) : refuse(call, ...args);
  };
}

/** An unknown list among the arguments becomes one unknown item of an open list. */
function concat(args: readonly Value[], call: Call): Value {
  let open = false;
  const items: Value[] = [];
  for (const arg of args) {
    if (arg.is === 'list') {
      open ||= arg.open === true;
      for (const item of arg.items) items.push(item);
    } else if (arg.is === 'unknown' && !arg.fails) {
      open = true;
      items.push(arg);
    } else return refuse(call, ...args);
  }
  return listOf(items, call, args, open ? { open } : {});
}

function flatten(args: readonly Value[], call: Call): Value {
  const [list] = args;
  if (list?.is === 'unknown') return argumentUnknown(call, ...args);
  if (list?.is !== 'list') return refuse(call, ...args);
  const items: Value[] = [];
  let open = list.open === true;
  const walk = (at: List, depth: number): void => {
    for (const item of at.items) {
      if (item.is === 'list' && depth < 50) walk(item, depth + 1);
      else items.push(item);
      // An unknown item may be a list of any length.
      if (item.is === 'unknown' || (item.is === 'list' && item.open)) open = true;
    }
  };
  walk(list, 0);
  return listOf(items, call, args, open ? { open } : {});
}

function merge(args: readonly Value[], call: Call): Value {
  const entries = new Map<string, Value>();
  const unknowns: Value[] = [];
  for (const arg of args) {
    if (arg.is === 'absent') continue;
    if (arg.is === 'unknown' && !arg.fails) {
      unknowns.push(arg);
      // It may replace whatever came before it.
      for (const [key, item] of entries) entries.set(key, unknownFrom('an unknown map may replace it', call.origin, item, arg));
    } else if (arg.is === 'map') {
      if (arg.open) unknowns.push(arg);
      for (const [key, item] of arg.entries) {
        // What comes later has the later place, too.
        if (entries.has(key)) entries.delete(key);
        entries.set(key, item);
      }
    } else return refuse(call, ...args);
  }
  const refs = refsOf(...unknowns);
  return makeDict(entries, computed(call.origin, ...args), {
    ...(unknowns.length ? { open: true } : {}),
    ...(refs.length ? { refs } : {}),
  });
}

function lookup(args: readonly Value[], call: Call): Value {
  const [map, key, fallback] = args;
  if (!map || !key) return refuse(call, ...args);
  if (map.is === 'unknown' || key.is === 'unknown') return argumentUnknown(call, map, key);
  const name = keyOf(key);
  if (map.is !== 'map' || name === undefined) return refuse(call, ...args);
  const found = map.entries.get(name);
  if (found) return decidedBy(found, key);
  return map.open || !fallback ? member(map, name, call.origin) : decidedBy(fallback, map, key);
}

const isText = (value: Value): boolean => value.is === 'known' && typeof value.value === 'string';

function coalesce(args: readonly Value[], call: Call): Value {
  if (args.some((arg) => arg.is === 'unknown' && arg.fails)) return refuse(call, ...args);
  const skipped: Value[] = [];
  for (const arg of args) {
    if (arg.is === 'unknown') return argumentUnknown(call, ...args);
    if (!isBlank(arg)) return decidedBy(args.some(isText) && arg.is === 'known' ? asText(arg) : arg, ...skipped);
    skipped.push(arg);
  }
  return refuse(call, ...args);
}

function coalesceList(args: readonly Value[], call: Call): Value {
  for (const arg of args) {
    if (arg.is === 'unknown' || (arg.is === 'list' && arg.open)) return argumentUnknown(call, ...args);
    if ((arg.is === 'list' && arg.items.length) || (arg.is === 'map' && arg.entries.size)) return arg;
  }
  return refuse(call, ...args);
}

function length(args: readonly Value[], call: Call): Value {
  const [of] = args;
  if (of?.is === 'unknown' || ((of?.is === 'list' || of?.is === 'map') && of.open)) return argumentUnknown(call, ...args);
  if (of?.is === 'list' && of.set && !whollyKnown(of)) return argumentUnknown(call, ...args);
  const size =
    of?.is === 'list'
      ? of.items.length
      : of?.is === 'map'
        ? of.entries.size
        : of?.is === 'known' && typeof of.value === 'string'
          ? characters(of.value).length
          : undefined;
  return size === undefined ? refuse(call, ...args) : known(size, computed(call.origin, ...args));
}

function element(args: readonly Value[], call: Call): Value {
  const [list, index] = args;
  if (list?.is === 'unknown' || index?.is === 'unknown' || (list?.is === 'list' && list.open)) return argumentUnknown(call, ...args);
  const at = index?.is === 'known' ? toNumber(index.value) : undefined;
  if (list?.is !== 'list' || index === undefined || at === undefined || !list.items.length || at < 0) return refuse(call, ...args);
  return decidedBy(list.items[at % list.items.length] ?? refuse(call, ...args), index);
}

function contains(args: readonly Value[], call: Call): Value {
  const [list, wanted] = args;
  if (!list || !wanted || list.is === 'unknown' || wanted.is === 'unknown') return argumentUnknown(call, ...args);
  if (list.is !== 'list' || wanted.is === 'absent') return refuse(call, ...args);
  // Elements of a list have one type, so that a text in it compares with a number's text.
  const same = list.items.map((item) =>
    item.is === 'known' && wanted.is === 'known' ? asText(item).value === asText(wanted).value : equal(item, wanted),
  );
  if (same.includes(true)) return known(true, computed(call.origin, ...args));
  return list.open || same.includes(undefined) ? argumentUnknown(call, ...args) : known(false, computed(call.origin, ...args));
}

function ofMap(take: (map: Dict, call: Call) => Value): TerraformFunction {
  return (args, call) => {
    const [map] = args;
    if (map?.is === 'unknown') return argumentUnknown(call, ...args);
    return map?.is === 'map' ? take(map, call) : refuse(call, ...args);
  };
}

/** The items of an open map are followed by one that stands for the rest. */
function withRest(items: readonly Value[], map: Dict, call: Call): Value {
  const rest = map.open ? [unknownFrom('part of the map is not known', call.origin, map)] : [];
  return listOf([...items, ...rest], call, [map], map.open ? { open: true } : {});
}

function one(args: readonly Value[], call: Call): Value {
  const [list] = args;
  if (list?.is === 'unknown' || (list?.is === 'list' && list.open)) return argumentUnknown(call, ...args);
  if (list?.is !== 'list') return refuse(call, ...args);
  const [first, second] = list.items;
  return second ? refuse(call, ...args) : (first ?? absent(computed(call.origin, list)));
}

function zipmap(args: readonly Value[], call: Call): Value {
  const [keys, values] = args;
  if (keys?.is === 'unknown' || values?.is === 'unknown' || (keys?.is === 'list' && !whollyKnown(keys)))
    return argumentUnknown(call, ...args);
  if (keys?.is !== 'list' || values?.is !== 'list' || keys.items.length !== values.items.length || values.open)
    return refuse(call, ...args);
  const entries = new Map<string, Value>();
  keys.items.forEach((key, i) => {
    const item = values.items[i];
    const name = keyOf(key);
    if (item && name !== undefined) entries.set(name, item);
  });
  return makeDict(entries, computed(call.origin, ...args));
}

function matchkeys(args: readonly Value[], call: Call): Value {
  const [values, keys, wanted] = args;
  if (
    values?.is !== 'list' ||
    keys?.is !== 'list' ||
    wanted?.is !== 'list' ||
    ![values, keys, wanted].every((l) => !l.open) ||
    !whollyKnown(keys) ||
    !whollyKnown(wanted)
  ) {
    return args.some((arg) => !whollyKnown(arg)) ? argumentUnknown(call, ...args) : refuse(call, ...args);
  }
  return listOf(
    values.items.filter((_, i) => wanted.items.some((w) => equal(keys.items[i] ?? w, w) === true)),
    call,
    args,
  );
}

function slice(args: readonly Value[], call: Call): Value {
  const [list, from, to] = args;
  if (list?.is === 'unknown' || from?.is === 'unknown' || to?.is === 'unknown' || (list?.is === 'list' && list.open))
    return argumentUnknown(call, ...args);
  const [a, b] = [from?.is === 'known' ? toNumber(from.value) : undefined, to?.is === 'known' ? toNumber(to.value) : undefined];
  if (list?.is !== 'list' || a === undefined || b === undefined || a < 0 || b > list.items.length || a > b) return refuse(call, ...args);
  return listOf(list.items.slice(a, b), call, [list]);
}

function chunklist(args: readonly Value[], call: Call): Value {
  const [list, size] = args;
  if (list?.is === 'unknown' || size?.is === 'unknown' || (list?.is === 'list' && list.open)) return argumentUnknown(call, ...args);
  const n = size?.is === 'known' ? toNumber(size.value) : undefined;
  if (list?.is !== 'list' || n === undefined || n < 0) return refuse(call, ...args);
  const items = ofOneType(list.items);
  const step = n === 0 ? items.length : n;
  const chunks: Value[] = [];
  for (let i = 0; i < items.length; i += step) chunks.push(listOf(items.slice(i, i + step), call, [list]));
  return listOf(chunks, call, [list]);
}

function setproduct(args: readonly Value[], call: Call): Value {
  return ofLists((lists) => {
    const size = lists.reduce((n, list) => n * list.items.length, lists.length);
    if (size > maxNodes / 4 || !spend(call.context.scope.budget, size))
      return unknownFrom('this product is too large to follow', call.origin, ...args);
    if (lists.some((list) => list.open)) return argumentUnknown(call, ...args);
    let rows: readonly (readonly Value[])[] = [[]];
    for (const list of lists) rows = rows.flatMap((row) => ofOneType(list.items).map((item) => [...row, item]));
    return makeList(
      rows.map((row) => makeList(row, [call.origin])),
      computed(call.origin, ...args),
    );
  })(args, call);
}

function range(...args: readonly Data[]): Data | undefined {
  const all = args.map(number);
  const [a, b, c] = all;
  if (a === undefined || all.includes(undefined) || args.length > 3) return undefined;
  const [start, limit] = args.length === 1 ? [0, a] : [a, b ?? 0];
  const step = c ?? (limit >= start ? 1 : -1);
  if (step === 0 || (limit - start) / step > 1024) return undefined;
  const out: number[] = [];
  for (let n = start; step > 0 ? n < limit : n > limit; n += step) out.push(n);
  return out;
}

function transpose(map: Data | undefined): Data | undefined {
  if (!(map instanceof Map)) return undefined;
  const out = new Map<string, string[]>();
  for (const [key, list] of map as ReadonlyMap<string, Data>) {
    for (const item of texts(list) ?? []) out.set(item, [...(out.get(item) ?? []), key]);
  }
  return out;
}

export const collections: FunctionTable = {
  concat,
  flatten,
  merge,
  lookup,
  coalesce,
  coalescelist: coalesceList,
  length,
  element,
  contains,
  one,
  zipmap,
  matchkeys,
  slice,
  chunklist,
  setproduct,
  keys: ofMap((map, call) =>
    withRest(
      sortedKeys(map).map((key) => known(key, computed(call.origin, map.entries.get(key) ?? map))),
      map,
      call,
    ),
  ),
  values: ofMap((map, call) =>
    withRest(
      sortedKeys(map).flatMap((key) => map.entries.get(key) ?? []),
      map,
      call,
    ),
  ),
  compact: ofLists(([list], call) =>
    list
      ? listOf(
          list.items.filter((item) => !isBlank(item)).map((item) => (item.is === 'known' ? asText(item) : item)),
          call,
          [list],
          list.open || !whollyKnown(list) ? { open: true } : {},
        )
      : refuse(call),
  ),
  distinct: ofLists(([list], call) =>
    list ? listOf(unique(ofOneType(list.items)), call, [list], list.open || !whollyKnown(list) ? { open: true } : {}) : refuse(call),
  ),
  reverse: ofLists(([list], call) =>
    list ? listOf([...list.items].reverse(), call, [list], list.open ? { open: true } : {}) : refuse(call),
  ),
  index: (args, call) => {
    const [list, wanted] = args;
    if (list?.is !== 'list' || !wanted || !whollyKnown(list) || wanted.is === 'unknown')
      return list && whollyKnown(list) && wanted?.is !== 'unknown' ? refuse(call, ...args) : argumentUnknown(call, ...args);
    const at = list.items.findIndex((item) => equal(item, wanted) === true);
    return at === -1 ? refuse(call, ...args) : known(at, computed(call.origin, ...args));
  },
  range: pure(range),
  transpose: pure(transpose),
  ...sets,
};
