import type { Value } from '../../value.ts';
import { whollyKnown } from '../convert.ts';
import { known } from '../../value.ts';
import { computed, decidedBy, refsOf, unknownFrom } from '../origins.ts';
import { convert, type Type } from '../types.ts';
import { argumentUnknown, refuse, type Call, type FunctionTable, type TerraformFunction } from './define.ts';

const to =
  (type: Type): TerraformFunction =>
  (args, call) => {
    const [value] = args;
    if (!value || args.length > 1) return refuse(call, ...args);
    return value.is === 'unknown' ? value : convert(value, type, call.context);
  };

/** Does Terraform stop anywhere inside this value? */
function failsInside(value: Value): boolean {
  if (value.is === 'unknown') return value.fails === true;
  if (value.is === 'list') return value.items.some(failsInside);
  return value.is === 'map' && [...value.entries.values()].some(failsInside);
}

/** The first argument that Terraform can evaluate. Whether it can evaluate an unknown one is unknown. */
function attempt(args: readonly Value[], call: Call): Value {
  const failed: Value[] = [];
  for (const arg of args) {
    if (failsInside(arg)) {
      failed.push(arg);
      continue;
    }
    if (arg.is === 'unknown') return arg;
    return whollyKnown(arg) ? decidedBy(arg, ...failed) : unknownFrom('whether this can be evaluated is unknown', call.origin, arg);
  }
  return refuse(call, ...args);
}

function can(args: readonly Value[], call: Call): Value {
  const [arg] = args;
  if (!arg) return refuse(call, ...args);
  if (failsInside(arg)) return known(false, computed(call.origin, arg));
  return whollyKnown(arg)
    ? known(true, computed(call.origin, arg))
    : { ...unknownFrom('whether this can be evaluated is unknown', call.origin, arg), refs: refsOf(arg) };
}

const same: TerraformFunction = (args, call) => args[0] ?? refuse(call);

export const types: FunctionTable = {
  tostring: to('string'),
  tonumber: to('number'),
  tobool: to('bool'),
  tolist: to({ is: 'list', of: 'any' }),
  toset: to({ is: 'set', of: 'any' }),
  tomap: to({ is: 'map', of: 'any' }),
  try: attempt,
  can,
  sensitive: same,
  nonsensitive: same,
  ephemeralasnull: (args, call) => argumentUnknown(call, ...args),
};
