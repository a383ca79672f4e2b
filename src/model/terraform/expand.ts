import type { Block } from '../../documents/hcl-tree.ts';
import { known, unknown, type Value } from '../value.ts';
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
  readonly names: readonly (readonly [string, Value])[];
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

const noNames: Instance['names'] = Object.freeze([]);

function byCount(count: Value): Instances {
  const n = count.is === 'known' ? toNumber(count.value) : undefined;
  if (n === undefined || n < 0 || n > maxInstances) {
    const names = [['count', makeDict(new Map([['index', unknown('the count is unknown', count.origins)]]), count.origins)]] as const;
    return { by: 'unknown', instances: [{ suffix: '', names, because: count, parts: new Map() }] };
  }
  const instances = Array.from({ length: Math.floor(n) }, (_, i) => ({
    suffix: `[${i}]`,
    key: i,
    names: [['count', makeDict(new Map([['index', known(i, count.origins)]]), count.origins)]] as const,
    because: count,
    parts: new Map<string, Value>(),
  }));
  return { by: 'count', instances };
}

/** The keys and values that `for_each` goes over; undefined when they are not all known. */
export function eachOf(value: Value): readonly (readonly [string, Value])[] | undefined {
  if ((value.is !== 'map' && value.is !== 'list') || value.open) return undefined;
  if (value.is === 'map') return value.entries.size > maxInstances ? undefined : [...value.entries];
  if (value.items.length > maxInstances) return undefined;
  const pairs = value.items.flatMap((item) => (item.is === 'known' ? [[asText(item).value, item] as const] : []));
  return pairs.length === value.items.length ? pairs : undefined;
}

function byKeys(value: Value): Instances {
  const pairs = eachOf(value);
  if (!pairs) {
    const some = unknown('the keys of for_each are unknown', value.origins, value.is === 'unknown' ? value.refs : []);
    const each = makeDict(
      new Map([
        ['key', some],
        ['value', anyItem(value)],
      ]),
      value.origins,
    );
    return { by: 'unknown', instances: [{ suffix: '', names: [['each', each]], because: value, parts: new Map() }] };
  }
  const instances = pairs.map(([key, item]) => ({
    suffix: `[${JSON.stringify(key)}]`,
    key,
    names: [
      [
        'each',
        makeDict(
          new Map([
            ['key', known(key, item.origins)],
            ['value', item],
          ]),
          item.origins,
        ),
      ],
    ] as const,
    because: item,
    parts: new Map<string, Value>(),
  }));
  return { by: 'for_each', instances };
}

function anyItem(value: Value): Value {
  return unknown('which item this is is unknown', value.origins, value.is === 'unknown' ? value.refs : []);
}
