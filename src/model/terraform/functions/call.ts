import type { Expression } from '../../../documents/hcl-tree.ts';
import type { Value } from '../../value.ts';
import { sizeOf, spend } from '../budget.ts';
import { failure, unknownFrom } from '../origins.ts';
import { originOf, type Context } from '../scope.ts';
import { collections } from './collections.ts';
import { argumentUnknown, type Call, type FunctionTable } from './define.ts';
import { encoding } from './encoding.ts';
import { files } from './files.ts';
import { networkFunctions } from './network.ts';
import { numbers } from './numbers.ts';
import { regularExpressions } from './regular.ts';
import { strings } from './strings.ts';
import { time } from './time.ts';
import { types } from './types.ts';

type Evaluate = (expression: Expression, context: Context) => Value;

/** Every function that can be decided from the source. Others (`timestamp`, `uuid`, `bcrypt`, a provider's own) are unknown. */
let table: ReadonlyMap<string, FunctionTable[string]> | undefined;
// Built at the first call, because the modules of the functions and of the evaluator need each other.
const functions = (): ReadonlyMap<string, FunctionTable[string]> =>
  (table ??= new Map(
    Object.entries({
      ...strings,
      ...regularExpressions,
      ...collections,
      ...numbers,
      ...networkFunctions,
      ...encoding,
      ...files,
      ...time,
      ...types,
    }),
  ));

export function callFunction(expression: Extract<Expression, { is: 'call' }>, context: Context, evaluate: Evaluate): Value {
  const origin = originOf(expression, context);
  const name = expression.name.startsWith('core::') ? expression.name.slice('core::'.length) : expression.name;
  const args = expression.args.map((arg) => evaluate(arg, context));
  const call: Call = { name, origin, context, evaluate };
  const compute = context.scope.functions?.get(name) ?? functions().get(name);
  if (!compute) return unknownFrom(`\`${name}\` is only known when it runs`, origin, ...args);
  if (
    !spend(
      context.scope.budget,
      args.reduce((sum, arg) => sum + costOf(arg), 0),
    )
  )
    return unknownFrom('evaluation took too long', origin, ...args);
  const counted = (all: readonly Value[]): Value => {
    const value = compute(all, call);
    return spend(context.scope.budget, sizeOf(value)) ? value : unknownFrom('evaluation took too long', origin, ...args);
  };
  if (!expression.spread) return counted(args);
  const last = args.pop();
  if (last?.is !== 'list')
    return last?.is === 'unknown' ? argumentUnknown(call, ...args, last) : failure('`...` needs a list', origin, ...args);
  if (last.open) return argumentUnknown(call, ...args, last);
  return counted([...args, ...last.items]);
}

/** What reading an argument costs: a step for a few nodes or a little text. */
const costOf = (arg: Value): number => (arg.is === 'known' && typeof arg.value === 'string' ? arg.value.length >> 4 : sizeOf(arg) >> 2);
