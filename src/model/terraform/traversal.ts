import type { Expression, SplatStep } from '../../documents/hcl-tree.ts';
import { unknown, type Origin, type Reference, type Value } from '../value.ts';
import { asText, toNumber } from './convert.ts';
import { decidedBy, failure, makeList, refsOf } from './origins.ts';
import type { Context, Instanced, Step } from './scope.ts';

type Evaluate = (expression: Expression, context: Context) => Value;

/** Follows attributes, indexes and splats into a value, without the first `used` of them. */
export function applySteps(value: Value, steps: readonly Step[], context: Context, evaluate: Evaluate, used = 0): Value {
  let at = value;
  for (let i = used; i < steps.length; i++) {
    const step = steps[i];
    if (step) at = applyStep(at, step, { span: step.span, what: context.kind }, context, evaluate);
  }
  return at;
}

/** An instance of a resource or module, or the one attribute of it that the next step asks for. */
export function intoInstance(one: Instanced, steps: readonly Step[], used: number): { readonly value: Value; readonly used: number } {
  const next = steps[used];
  return next?.is === 'attribute' ? { value: one.part(next.name), used: used + 1 } : { value: one.whole(), used };
}

function applyStep(value: Value, step: SplatStep, origin: Origin, context: Context, evaluate: Evaluate): Value {
  if (step.is === 'splat') return splat(value, step.each, origin, context, evaluate);
  if (step.is === 'attribute') return member(value, step.name, origin);
  const key = evaluate(step.key, context);
  if (key.is === 'known') return decidedBy(member(value, key.value, origin), ...(step.key.is === 'literal' ? [] : [key]));
  if (key.is === 'unknown') {
    if (value.is === 'unknown' && value.fails) return value;
    return { ...unknown('the index is unknown', [origin, ...key.origins], refsOf(...(value.is === 'absent' ? [] : [value]), key)) };
  }
  return failure('the index is neither a number nor a text', origin, key);
}

/** The part of a value behind a name or an index. A part that cannot be there is what Terraform would stop at. */
export function member(value: Value, key: string | number | boolean, origin: Origin): Value {
  switch (value.is) {
    case 'unknown':
      if (value.fails) return value;
      return unknown(
        value.why,
        value.origins,
        value.refs.map((ref) => ({ to: ref.to, attr: [...ref.attr, String(key)] })),
      );
    case 'absent':
      return failure(`\`${String(key)}\` of null`, origin, value);
    case 'known':
      return failure(`\`${String(key)}\` of a single value`, origin, value);
    case 'map': {
      const name = asText({ is: 'known', value: key, origins: [] }).value;
      const found = value.entries.get(name);
      if (found) return found;
      if (!value.open) return failure(`there is no \`${name}\` here`, origin, value);
      return unknown(
        value.refs?.length ? 'its provider decides on it' : 'part of the map is not known',
        [origin, ...value.origins],
        extended(value.refs, name),
      );
    }
    case 'list': {
      const index = toNumber(key);
      if (index === undefined || value.set) return failure('a list has numbers as indexes', origin, value);
      const before = value.items.slice(0, index + 1);
      if (value.open && (before.length <= index || before.some((item) => item.is === 'unknown'))) {
        return unknown('how many items there are is not known', [origin, ...value.origins], refsOf(value));
      }
      return value.items[index] ?? failure(`there is no item ${index}`, origin, value);
    }
  }
}

const extended = (refs: readonly Reference[] | undefined, name: string): readonly Reference[] =>
  (refs ?? []).map((ref) => ({ to: ref.to, attr: [...ref.attr, name] }));

/** `[*]`: of a list every item, of a single value a list of that one, of null an empty list. */
function splat(value: Value, each: readonly SplatStep[], origin: Origin, context: Context, evaluate: Evaluate): Value {
  const follow = (item: Value): Value => each.reduce((at, step) => applyStep(at, step, origin, context, evaluate), item);
  if (value.is === 'unknown') {
    return value.fails ? value : unknown(value.why, value.origins, extendedAll(value.refs, each));
  }
  if (value.is === 'absent') return makeList([], [origin, ...value.origins]);
  if (value.is !== 'list') return makeList([follow(value)], [origin, ...value.origins]);
  return makeList(value.items.map(follow), [origin, ...value.origins], {
    ...(value.open ? { open: true } : {}),
    ...(value.refs ? { refs: value.refs } : {}),
  });
}

function extendedAll(refs: readonly Reference[], each: readonly SplatStep[]): readonly Reference[] {
  const names = each.flatMap((step) => (step.is === 'attribute' ? [step.name] : []));
  return refs.map((ref) => ({ to: ref.to, attr: [...ref.attr, ...names] }));
}

/** A reference written where Terraform wants a name and not a value: `aws_s3_bucket.b`, in depends_on and ignore_changes. */
export function staticPath(expression: Expression): string | undefined {
  if (expression.is === 'variable') return expression.name;
  if (expression.is === 'literal' && typeof expression.value === 'string') return expression.value;
  if (expression.is === 'attribute') {
    const of = staticPath(expression.of);
    return of === undefined ? undefined : `${of}.${expression.name}`;
  }
  if (expression.is === 'index' && expression.key.is === 'literal') {
    const of = staticPath(expression.of);
    return of === undefined ? undefined : `${of}[${JSON.stringify(expression.key.value)}]`;
  }
  return undefined;
}
