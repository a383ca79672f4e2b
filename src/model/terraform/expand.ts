import type { Block } from '../../documents/hcl-tree.ts';
import { known, unknown, type Origin, type Value } from '../value.ts';
import { maxInstances } from './budget.ts';
import { asText, toNumber } from './convert.ts';
import { evaluate } from './evaluate.ts';
import { makeDict } from './origins.ts';
import type { Context } from './scope.ts';

/** One of the things that a block with `count` or `for_each` stands for. */
export interface Instance {
  /** `[0]`, `["a"]`; empty for a block without either, and where they are unknown. */
  readonly suffix: string;
  readonly key?: string | number;
  /** `each` or `count`, for the expressions inside. */
  readonly names: ReadonlyMap<string, Value>;
  /** What decided that this instance exists. */
  readonly because?: Value;
  /** What has been evaluated of it: what it is configured with, by name. */
  readonly parts: Map<string, Value>;
}

/** `unknown`: the number of instances is not known; the one that is given stands for all of them. */
export interface Instances {
  readonly by: 'nothing' | 'count' | 'for_each' | 'unknown';
  readonly instances: readonly Instance[];
}

export function expand(block: Block, context: Context): Instances {
  for (const { name, value } of block.body.attributes) {
    if (name === 'count') return byCount(evaluate(value, context));
    if (name === 'for_each') return byKeys(evaluate(value, context));
  }
  return { by: 'nothing', instances: [{ suffix: '', names: noNames, parts: new Map() }] };
}

export const noNames: Instance['names'] = new Map();

function byCount(count: Value): Instances {
  const n = count.is === 'known' ? toNumber(count.value) : undefined;
  if (n === undefined || n < 0 || n > maxInstances) {
    const names = named('count', [['index', unknown('the count is unknown', count.origins)]], count.origins);
    return { by: 'unknown', instances: [{ suffix: '', names, because: count, parts: new Map() }] };
  }
  const instances = Array.from({ length: Math.floor(n) }, (_, i) => ({
    suffix: `[${i}]`,
    key: i,
    names: named('count', [['index', known(i, count.origins)]], count.origins),
    because: count,
    parts: new Map<string, Value>(),
  }));
  return { by: 'count', instances };
}

/** `each` or `count` with what it holds. */
const named = (name: string, entries: readonly (readonly [string, Value])[], origins: readonly Origin[]): Instance['names'] =>
  new Map([[name, makeDict(new Map(entries), origins)]]);

/** The keys and values that `for_each` goes over; undefined when they are not all known. */
export function eachOf(value: Value): readonly (readonly [string, Value])[] | undefined {
  if ((value.is !== 'map' && value.is !== 'list') || value.open) return undefined;
  if (value.is === 'map') return value.entries.size > maxInstances ? undefined : [...value.entries];
  if (value.items.length > maxInstances) return undefined;
  const pairs: (readonly [string, Value])[] = [];
  for (const item of value.items) {
    if (item.is !== 'known') return undefined;
    pairs.push([asText(item).value, item]);
  }
  return pairs;
}

function byKeys(value: Value): Instances {
  const pairs = eachOf(value);
  if (!pairs) {
    const some = unknown('the keys of for_each are unknown', value.origins, value.is === 'unknown' ? value.refs : []);
    const names = named(
      'each',
      [
        ['key', some],
        ['value', anyItem(value)],
      ],
      value.origins,
    );
    return { by: 'unknown', instances: [{ suffix: '', names, because: value, parts: new Map() }] };
  }
  const instances = pairs.map(([key, item]) => ({
    suffix: `[${JSON.stringify(key)}]`,
    key,
    names: named(
      'each',
      [
        ['key', known(key, item.origins)],
        ['value', item],
      ],
      item.origins,
    ),
    because: item,
    parts: new Map<string, Value>(),
  }));
  return { by: 'for_each', instances };
}

function anyItem(value: Value): Value {
  return unknown('which item this is is unknown', value.origins, value.is === 'unknown' ? value.refs : []);
}
