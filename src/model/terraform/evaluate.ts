import type { Expression } from '../../documents/hcl-tree.ts';
import { absent, known, unknown, type Origin, type Value } from '../value.ts';
import { maxDepth, spend } from './budget.ts';
import { asText, equal, scalarText } from './convert.ts';
import { forExpression } from './for-expression.ts';
import { callFunction } from './functions/call.ts';
import { asBool, binary, representable, unary } from './operators.ts';
import { decidedBy, failure, influences, makeDict, makeList, refsOf, seenFrom, unknownFrom } from './origins.ts';
import { originOf, type AllInstances, type Context, type Found, type Named, type Step } from './scope.ts';
import { evaluateTemplate, literalText } from './template.ts';
import { applySteps, intoInstance } from './traversal.ts';

/** The value of an expression. Never throws; what cannot be decided is unknown, with the reason. */
export function evaluate(expression: Expression, context: Context): Value {
  const { budget } = context.scope;
  if (!spend(budget, 1)) return unknown('evaluation took too long', [originOf(expression, context)]);
  if (budget.depth >= maxDepth) return unknown('expressions and references are nested too deeply', [originOf(expression, context)]);
  // Most of what is written needs nothing around it.
  if (expression.is === 'literal') return literal(expression.value, { span: expression.span, what: context.kind, literal: true });
  budget.depth++;
  const value = evaluateHere(expression, context);
  budget.depth--;
  return value;
}

function evaluateHere(expression: Exclude<Expression, { is: 'literal' }>, context: Context): Value {
  switch (expression.is) {
    case 'template':
      return evaluateTemplate(expression, context, evaluate);
    case 'variable':
    case 'attribute':
    case 'index':
    case 'splat':
      return traversal(expression, context);
    case 'list':
      return makeList(
        expression.items.map((item) => evaluate(item, context)),
        [{ span: expression.span, what: context.kind, literal: true }],
      );
    case 'object':
      return object(expression, context);
    case 'call':
      return callFunction(expression, context, evaluate);
    case 'unary':
      return unary(expression.operator, evaluate(expression.operand, context), originOf(expression, context));
    case 'binary':
      return binary(
        expression.operator,
        evaluate(expression.left, context),
        evaluate(expression.right, context),
        originOf(expression, context),
      );
    case 'conditional':
      return conditional(expression, context);
    case 'for':
      return forExpression(
        expression,
        isStep(expression.over) ? resolve(expression.over, context) : evaluate(expression.over, context),
        context,
        evaluate,
      );
    case 'broken':
      return unknown('this part of the file could not be read', [originOf(expression, context)]);
  }
}

function literal(value: string | number | boolean | null, origin: Origin): Value {
  const origins: readonly Origin[] = [origin];
  if (value === null) return absent(origins);
  if (typeof value === 'string') return literalText(value, origins, origin.span.start + 1);
  if (typeof value === 'number' && !representable(value)) return unknown('this number is too large to be exact', origins);
  return known(value, origins);
}

function object(expression: Extract<Expression, { is: 'object' }>, context: Context): Value {
  const entries = new Map<string, Value>();
  let open = false;
  const unknownKeys: Value[] = [];
  for (const { key, value } of expression.entries) {
    // A key as it is written needs no origins, and nearly all are.
    if (key.is === 'literal' && typeof key.value === 'string') {
      entries.set(key.value, evaluate(value, context));
      continue;
    }
    const name = evaluate(key, context);
    const item = evaluate(value, context);
    if (name.is === 'known') entries.set(scalarText(name.value), item);
    else {
      open = true;
      unknownKeys.push(name, item);
    }
  }
  const origins: readonly Origin[] = [{ span: expression.span, what: context.kind, literal: true }];
  if (!open) return makeDict(entries, origins);
  const refs = refsOf(...unknownKeys);
  return makeDict(entries, origins, { open, ...(refs.length ? { refs } : {}) });
}

/** A name with all that is written behind it. */
function traversal(expression: Expression, context: Context): Value {
  const value = resolve(expression, context);
  return value.is === 'instances' ? seenFrom(value.whole(), originOf(expression, context), context.scope.budget) : value;
}

function resolve(expression: Expression, context: Context): Value | AllInstances {
  const base = baseOf(expression);
  const steps = stepsTo(expression);
  if (base.is !== 'variable') return applySteps(evaluate(base, context), steps, context, evaluate);
  const named = context.names.get(base.name);
  const { value, used } = named ? namedValue(named, steps) : context.scope.lookup(base.name, steps, context);
  if (value.is === 'instances') return value;
  return seenFrom(applySteps(value, steps, context, evaluate, used), originOf(expression, context), context.scope.budget);
}

const namedValue = (named: Named, steps: readonly Step[]): Found =>
  named.is === 'instance' ? intoInstance(named, steps, 0) : { value: named, used: 0 };

const isStep = (expression: Expression): expression is Extract<Expression, { is: 'attribute' | 'index' | 'splat' }> =>
  expression.is === 'attribute' || expression.is === 'index' || expression.is === 'splat';

function baseOf(expression: Expression): Expression {
  let base = expression;
  while (isStep(base)) base = base.of;
  return base;
}

/** An expression that takes a step is that step: it has its name, key or splat, and the span that ends with it. */
function stepsTo(expression: Expression): readonly Step[] {
  if (expression.is === 'attribute' && expression.of.is === 'variable') return [expression];
  let count = 0;
  for (let at = expression; isStep(at); at = at.of) count++;
  const steps = new Array<Step>(count);
  for (let at = expression; isStep(at); at = at.of) steps[--count] = at;
  return steps;
}

function conditional(expression: Extract<Expression, { is: 'conditional' }>, context: Context): Value {
  const condition = evaluate(expression.condition, context);
  const decided = asBool(condition);
  const origin = originOf(expression, context);
  if (decided === 'fails') return failure('the condition is neither true nor false', origin, condition);
  const yes = evaluate(expression.yes, context);
  const no = evaluate(expression.no, context);
  if (isSettled(yes) && isSettled(no) && yes.is !== no.is)
    return failure('its two results are of different kinds', origin, condition, yes, no);
  if (decided !== undefined) return decidedBy(decided ? unified(yes, no) : unified(no, yes), condition);
  if (equal(yes, no)) return { ...yes, origins: [...yes.origins, ...influences(no, condition)] };
  // One of the branches may fail without the whole failing.
  const either = [yes, no].map((value): Value =>
    value.is === 'unknown' ? { is: 'unknown', why: value.why, refs: value.refs, origins: value.origins } : value,
  );
  return unknownFrom('it depends on a condition that is unknown', origin, condition, ...either);
}

const isSettled = ({ is }: Value): boolean => is === 'known' || is === 'list' || is === 'map';

/** Both results of a conditional have one type; a number beside a text becomes text, in lists and maps of the same shape too. */
function unified(chosen: Value, other: Value): Value {
  if (chosen.is === 'list' && other.is === 'list') {
    const sameLength = chosen.items.length === other.items.length;
    const all = [...chosen.items, ...other.items];
    return { ...chosen, items: chosen.items.map((item, i) => like(item, sameLength ? other.items[i] : textIn(all))) };
  }
  if (chosen.is === 'map' && other.is === 'map') {
    const sameKeys = chosen.entries.size === other.entries.size && [...chosen.entries.keys()].every((key) => other.entries.has(key));
    const all = [...chosen.entries.values(), ...other.entries.values()];
    const entries = Array.from(
      chosen.entries,
      ([key, item]) => [key, like(item, sameKeys ? other.entries.get(key) : textIn(all))] as const,
    );
    return { ...chosen, entries: new Map(entries) };
  }
  return like(chosen, other);
}

/** Of several scalars that must have one type, the text that the others become; none where something else is among them. */
const textIn = (all: readonly Value[]): Value | undefined =>
  all.every((item) => item.is === 'known' || item.is === 'absent')
    ? all.find((item) => item.is === 'known' && typeof item.value === 'string')
    : undefined;

const like = (value: Value, other: Value | undefined): Value =>
  value.is === 'known' && other?.is === 'known' && typeof other.value === 'string' ? asText(value) : value;
