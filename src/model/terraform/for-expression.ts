import type { Expression } from '../../documents/hcl-tree.ts';
import { known, type Origin, type Value } from '../value.ts';
import { maxNodes, sizeOf, spend } from './budget.ts';
import { asText } from './convert.ts';
import { asBool } from './operators.ts';
import { byCodePoint, failure, makeDict, makeList, refsOf, sortedKeys, unknownFrom } from './origins.ts';
import { originOf, withNames, type AllInstances, type Context, type Instanced, type Named } from './scope.ts';

type For = Extract<Expression, { is: 'for' }>;
type Evaluate = (expression: Expression, context: Context) => Value;

/** What an iteration goes over, as pairs of key and value. Undefined for what cannot be iterated or is unknown. */
export function pairs(value: Value): readonly (readonly [Value, Value])[] | undefined {
  if (value.is === 'list') return value.items.map((item, i) => [value.set ? item : known(i, item.origins), item]);
  if (value.is === 'map') {
    const all: (readonly [Value, Value])[] = [];
    for (const key of sortedKeys(value)) {
      const item = value.entries.get(key);
      if (item) all.push([known(key, item.origins), item]);
    }
    return all;
  }
  return undefined;
}

function instancePairs({ all }: AllInstances, origins: readonly Origin[]): readonly (readonly [Value, Instanced])[] {
  const inOrder = all.toSorted(([a], [b]) => (typeof a === 'string' && typeof b === 'string' ? byCodePoint(a, b) : 0));
  return inOrder.map(([key, instance]) => [known(key, origins), instance]);
}

/** `what` is what it goes over: of a resource's instances only that is evaluated which the expression asks of them. */
export function forExpression(expression: For, what: Value | AllInstances, context: Context, evaluate: Evaluate): Value {
  const origin = originOf(expression, context);
  const from = [originOf(expression.over, context)];
  const [over, all] = what.is === 'instances' ? [makeList([], from), instancePairs(what, from)] : [what, pairs(what)];
  if (!all) {
    if (over.is === 'unknown') return unknownFrom('it goes over something unknown', origin, over);
    return failure('`for` can only go over a list, a set or a map', origin, over);
  }
  let open = (over.is === 'list' || over.is === 'map') && over.open === true;
  let size = 0;
  const uncertain: Value[] = [];
  const items: Value[] = [];
  const entries = new Map<string, Value>();
  const groups = new Map<string, Value[]>();
  for (const [key, value] of all) {
    if (!spend(context.scope.budget, 1)) return unknownFrom('evaluation took too long', origin);
    const names: [string, Named][] = [[expression.valueName, value]];
    if (expression.keyName !== undefined) names.push([expression.keyName, key]);
    const inner = withNames(context, names);
    const wanted = expression.condition ? asBool(evaluate(expression.condition, inner)) : true;
    if (wanted === 'fails') return failure('the condition of this `for` is neither true nor false', origin, over);
    if (!wanted && wanted !== undefined) continue;
    const item = evaluate(expression.value, inner);
    size += sizeOf(item);
    if (size > maxNodes) return unknownFrom('this value is too large to follow', origin);
    if (wanted === undefined) {
      open = true;
      uncertain.push(item);
      if (!expression.key) items.push(unknownFrom('whether this item exists is unknown', origin, item));
      continue;
    }
    if (!expression.key) {
      items.push(item);
      continue;
    }
    const name = evaluate(expression.key, inner);
    if (name.is === 'unknown') {
      open = true;
      uncertain.push(name, item);
    } else if (name.is !== 'known') return failure('a key of this `for` is not a text', origin, name);
    else if (expression.grouped) groups.set(asText(name).value, [...(groups.get(asText(name).value) ?? []), item]);
    else if (entries.has(asText(name).value)) return failure('two items of this `for` have the same key', origin, over);
    else entries.set(asText(name).value, item);
  }
  const origins = [origin, ...over.origins.map(({ span, what }) => ({ span, what }))];
  const refs = refsOf(...uncertain);
  const flags = { ...(open ? { open } : {}), ...(refs.length ? { refs } : {}) };
  if (!expression.key) return makeList(items, origins, flags);
  for (const [key, group] of groups) entries.set(key, makeList(group, origins, open ? { open } : {}));
  return makeDict(entries, origins, flags);
}
