import { makeGraph } from '../../src/model/graph.ts';
import { makeResource, type Dialect, type Resource } from '../../src/model/resource.ts';
import { known, unknown, type Dict, type Origin, type Value } from '../../src/model/value.ts';
import type { World } from '../../src/model/world.ts';
import { isFree, type Field, type Fields } from './schema.ts';

/** Every text of a made-up resource: words that concepts look for in names, so that they look further. */
const words = 'llm-vector-postgres';

/** Where a concept goes on only for one of a field's values, that value. */
const telling: ReadonlyMap<string, string> = new Map([
  ['type', 'LoadBalancer'],
  ['serviceType', 'LoadBalancer'],
]);

/**
 * How the fields of a made-up resource are filled: not at all; the required ones, or all, with true, 1 and a few words; all with false, 0 and
 * an empty text; all with something unknown.
 */
export const fillings = ['nothing', 'required', 'on', 'off', 'unknown'] as const;
export type Filling = (typeof fillings)[number];

const span = { file: 'made-up', start: 0, end: 0 };
const origins: readonly Origin[] = [{ span, what: 'attribute' }];
const map = (entries: Iterable<readonly [string, Value]>): Dict => ({ is: 'map', entries: new Map(entries), origins });

/** A world with one resource of a type, every field of which is filled. */
export function worldOf(type: string, fields: Fields, filling: Filling): World {
  const resource = resourceOf(type, filling === 'nothing' ? map([]) : structureOf(fields, filling, 0));
  return { id: 'made-up', resources: [resource], graph: makeGraph([resource]) };
}

function resourceOf(type: string, value: Dict): Resource {
  const common = { scope: '.', environment: { stage: 'unknown', name: '', why: '' }, at: span, span } as const;
  const made = (dialect: Dialect, ownType: string, whole: Dict): Resource =>
    makeResource({ dialect, type: ownType, address: `${ownType}.${words}`, name: words, value: whole, ...common });
  if (type.startsWith('AWS::'))
    return made('cloudformation', type, map([['Type', known(type, origins)] as const, ['Properties', value] as const]));
  const [, apiVersion, kind] = /^(.+)\/([A-Za-z0-9]+)$/.exec(type) ?? [];
  if (apiVersion === undefined || kind === undefined) return made('terraform', type, value);
  const identity = [
    ['apiVersion', known(apiVersion, origins)],
    ['kind', known(kind, origins)],
  ] as const;
  return made('kubernetes', kind, map([...value.entries, ...identity]));
}

function structureOf(fields: Fields, filling: Filling, depth: number): Dict {
  return map(
    fields.names.flatMap((name) => {
      const field = fields.get(name);
      const left = !field || field.need === 'c' || (filling === 'required' && field.need !== 'r') || depth > 13;
      return left ? [] : [[name, valueOf(name, field, filling, depth)] as const];
    }),
  );
}

function valueOf(name: string, field: Field, filling: Filling, depth: number): Value {
  const { form, fields } = field;
  if (filling === 'unknown' && !fields) return unknown('made up', origins);
  const one = fields ? structureOf(fields, filling, depth + 1) : scalarOf(name, form.replace(/(?:\[\])+$/, ''), filling);
  if (fields && form.startsWith('map')) return map([['key', one]]);
  return form.startsWith('block') || form.endsWith('[]') ? { is: 'list', items: [one], origins } : one;
}

function scalarOf(name: string, form: string, filling: Filling): Value {
  const on = filling !== 'off';
  if (form.startsWith('map<')) return map([['key', known(on ? (telling.get(name) ?? words) : '', origins)]]);
  if (form.startsWith('bool')) return known(on, origins);
  if (/^(?:number|integer)/.test(form)) return known(on ? 1 : 0, origins);
  if (isFree({ need: 'o', form })) return unknown('free-form', origins);
  return known(on ? (telling.get(name) ?? words) : '', origins);
}
