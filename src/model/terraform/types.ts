import type { Expression } from '../../documents/hcl-tree.ts';
import { absent, known, type Dict, type Value } from '../value.ts';
import { asText, toBool, toNumber } from './convert.ts';
import { evaluate } from './evaluate.ts';
import { asSetItems } from './functions/sets.ts';
import { failure, makeDict, makeList } from './origins.ts';
import type { Context } from './scope.ts';

/** A type constraint of a variable. */
export type Type =
  | 'any'
  | 'string'
  | 'number'
  | 'bool'
  | { readonly is: 'list' | 'set' | 'map'; readonly of: Type }
  | { readonly is: 'object'; readonly members: ReadonlyMap<string, Member> }
  | { readonly is: 'tuple'; readonly items: readonly Type[] };

interface Member {
  readonly type: Type;
  readonly optional: boolean;
  readonly default?: Expression;
}

/** The type that an expression in `type = ...` names. What is not understood is `any`, which changes nothing. */
export function readType(expression: Expression | undefined): Type {
  if (!expression) return 'any';
  if (expression.is === 'variable') {
    const { name } = expression;
    if (name === 'string' || name === 'number' || name === 'bool') return name;
    return name === 'list' || name === 'set' || name === 'map' ? { is: name, of: 'any' } : 'any';
  }
  if (expression.is === 'literal')
    return expression.value === 'string'
      ? 'string'
      : expression.value === 'list' || expression.value === 'map'
        ? { is: expression.value, of: 'any' }
        : 'any';
  if (expression.is !== 'call') return 'any';
  const [argument] = expression.args;
  if (expression.name === 'list' || expression.name === 'set' || expression.name === 'map')
    return { is: expression.name, of: readType(argument) };
  if (expression.name === 'tuple' && argument?.is === 'list') return { is: 'tuple', items: argument.items.map(readType) };
  if (expression.name === 'object' && argument?.is === 'object')
    return {
      is: 'object',
      members: new Map(
        argument.entries.flatMap(({ key, value }) => (key.is === 'literal' ? [[String(key.value), readMember(value)] as const] : [])),
      ),
    };
  return 'any';
}

function readMember(expression: Expression): Member {
  if (expression.is !== 'call' || expression.name !== 'optional') return { type: readType(expression), optional: false };
  const [type, fallback] = expression.args;
  return { type: readType(type), optional: true, ...(fallback ? { default: fallback } : {}) };
}

/** A value as the type has it. `context` is where the defaults of optional members are evaluated. */
export function convert(value: Value, type: Type, context: Context): Value {
  if (type === 'any' || value.is === 'unknown' || value.is === 'absent') return value;
  const origin = value.origins[0];
  const misfit = (): Value =>
    origin ? failure('this value does not fit its type', { span: origin.span, what: origin.what }, value) : value;
  if (typeof type === 'string') return convertScalar(value, type) ?? misfit();
  switch (type.is) {
    case 'list':
    case 'set': {
      if (value.is !== 'list') return misfit();
      const items = value.items.map((item) => convert(item, type.of, context));
      const flags = { ...(value.open ? { open: true as const } : {}), ...(value.refs ? { refs: value.refs } : {}) };
      return type.is === 'set'
        ? makeList(asSetItems(items), value.origins, { ...flags, set: true })
        : makeList(oneType(items), value.origins, flags);
    }
    case 'map':
      if (value.is !== 'map') return misfit();
      return rebuilt(value, oneTypeEntries(new Map(Array.from(value.entries, ([key, item]) => [key, convert(item, type.of, context)]))));
    case 'tuple':
      return value.is === 'list'
        ? makeList(
            value.items.map((item, i) => convert(item, type.items[i] ?? 'any', context)),
            value.origins,
            value.open ? { open: true } : {},
          )
        : misfit();
    case 'object':
      return value.is === 'map' ? (toObject(value, type.members, context) ?? misfit()) : misfit();
  }
}

const rebuilt = (from: Dict, entries: ReadonlyMap<string, Value>): Value =>
  makeDict(entries, from.origins, { ...(from.open ? { open: true } : {}), ...(from.refs ? { refs: from.refs } : {}) });

function convertScalar(value: Value, type: 'string' | 'number' | 'bool'): Value | undefined {
  if (value.is !== 'known') return undefined;
  if (type === 'string') return asText(value);
  const converted = type === 'number' ? toNumber(value.value) : toBool(value.value);
  return converted === undefined ? undefined : known(converted, value.origins, value.refs);
}

/** Only the members that the type names, those left out with their defaults. */
function toObject(value: Dict, members: ReadonlyMap<string, Member>, context: Context): Value | undefined {
  const entries = new Map<string, Value>();
  for (const [name, member] of members) {
    const given = value.entries.get(name);
    if (given && !(given.is === 'absent' && member.default)) entries.set(name, convert(given, member.type, context));
    else if (!given && value.open) continue;
    else if (member.default)
      entries.set(name, convert(evaluate(member.default, { ...context, kind: 'variable-default' }), member.type, context));
    else if (member.optional) entries.set(name, absent(value.origins.slice(0, 1).map((o) => ({ ...o, what: 'container' as const }))));
    else return undefined;
  }
  return rebuilt(value, entries);
}

/** The items of a list have one type: with a text among them, numbers and truth values are texts too. */
function oneType(items: readonly Value[]): readonly Value[] {
  const kinds = new Set(items.flatMap((item) => (item.is === 'known' ? [typeof item.value] : [])));
  return kinds.size > 1 ? items.map((item) => (item.is === 'known' ? asText(item) : item)) : items;
}

function oneTypeEntries(entries: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const values = oneType([...entries.values()]);
  return new Map([...entries.keys()].flatMap((key, i) => (values[i] ? [[key, values[i]] as const] : [])));
}
