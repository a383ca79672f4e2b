import type { BinaryOperator } from '../../documents/hcl-tree.ts';
import { known, type Origin, type Value } from '../value.ts';
import { equal, toBool, toNumber } from './convert.ts';
import { computed, failure, refsOf, unknownFrom } from './origins.ts';

type Bool = boolean | undefined | 'fails';
type NumberOperator = Exclude<BinaryOperator, '==' | '!=' | '&&' | '||'>;

/** Terraform counts with far more digits than a double has: without this, 0.1 + 0.2 would not be 0.3 here. */
const decimal = (n: number): number => (Number.isInteger(n) ? n : Number(n.toPrecision(15)));

/** Not a number where the result is no fraction of two that a double holds: Terraform then has digits that we do not. */
const exactly = (result: number, a: number, b: number): number => ([result, a, b].every(isBinary) ? result : Number.NaN);
const isBinary = (n: number): boolean => Number.isFinite(n) && Number.isInteger(n * 2 ** 20);

const numeric: Readonly<Record<NumberOperator, (a: number, b: number) => number | boolean | undefined>> = {
  '+': (a, b) => decimal(a + b),
  '-': (a, b) => decimal(a - b),
  '*': (a, b) => exactly(a * b, a, b),
  // Terraform has infinity, and stops only at zero by zero.
  '/': (a, b) => (a === 0 && b === 0 ? undefined : exactly(a / b, a, b)),
  // Nothing is left to divide by nothing: Terraform gives the number back.
  '%': (a, b) => (b === 0 ? a : a % b),
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

export function binary(operator: BinaryOperator, left: Value, right: Value, origin: Origin): Value {
  const result = (value: boolean | number): Value => {
    const refs = refsOf(left, right);
    return known(value, computed(origin, left, right), refs);
  };
  if (operator === '==' || operator === '!=') {
    const same = equal(left, right);
    return same === undefined ? unknownFrom('it compares something unknown', origin, left, right) : result(same === (operator === '=='));
  }
  if (operator === '&&' || operator === '||') {
    const decided = logical(operator, asBool(left), asBool(right));
    if (decided === 'fails') return failure(`\`${operator}\` needs true or false on both sides`, origin, left, right);
    return decided === undefined ? unknownFrom('a condition is unknown', origin, left, right) : result(decided);
  }
  if (left.is === 'unknown' || right.is === 'unknown') return unknownFrom('it is computed from something unknown', origin, left, right);
  const a = left.is === 'known' ? toNumber(left.value) : undefined;
  const b = right.is === 'known' ? toNumber(right.value) : undefined;
  const value = a === undefined || b === undefined ? undefined : numeric[operator](a, b);
  if (typeof value === 'number' && (!representable(value) || Object.is(value, -0)))
    return unknownFrom('this number cannot be told exactly', origin, left, right);
  return value === undefined ? failure(`\`${operator}\` cannot be applied here`, origin, left, right) : result(value);
}

/** A fraction with more digits than a double surely keeps is not what Terraform, which has far more of them, comes to. */
export const representable = (n: number): boolean =>
  Number.isFinite(n) && (Number.isInteger(n) ? Number.isSafeInteger(n) : Number(n.toPrecision(15)) === n);

export function asBool(value: Value): Bool {
  if (value.is === 'unknown') return value.fails ? 'fails' : undefined;
  return value.is === 'known' ? (toBool(value.value) ?? 'fails') : 'fails';
}

/** One side can decide alone: whatever the other turns out to be, the result is the same. */
function logical(operator: '&&' | '||', a: Bool, b: Bool): Bool {
  if (a === 'fails' || b === 'fails') return 'fails';
  const deciding = operator === '||';
  if (a === deciding || b === deciding) return deciding;
  return a === undefined || b === undefined ? undefined : !deciding;
}

export function unary(operator: '!' | '-', operand: Value, origin: Origin): Value {
  if (operand.is === 'unknown') return unknownFrom('it is computed from something unknown', origin, operand);
  const input = operand.is === 'known' ? (operator === '!' ? toBool(operand.value) : toNumber(operand.value)) : undefined;
  if (input === undefined) return failure(`\`${operator}\` cannot be applied here`, origin, operand);
  // Terraform tells minus zero from zero, in texts too.
  if (input === 0) return unknownFrom('it is minus zero', origin, operand);
  const refs = refsOf(operand);
  return known(typeof input === 'boolean' ? !input : -input, computed(origin, operand), refs);
}
