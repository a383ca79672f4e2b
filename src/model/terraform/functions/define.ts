import type { Expression } from '../../../documents/hcl-tree.ts';
import { absent, known, type List, type Origin, type Scalar, type Value } from '../../value.ts';
import { asText, scalarText, toBool, toNumber } from '../convert.ts';
import { computed, failure, makeDict, makeList, refsOf, unknownFrom } from '../origins.ts';
import type { Context } from '../scope.ts';

/** A call under way: where it stands and what it may use. */
export interface Call {
  readonly name: string;
  readonly origin: Origin;
  readonly context: Context;
  readonly evaluate: (expression: Expression, context: Context) => Value;
}
export type TerraformFunction = (args: readonly Value[], call: Call) => Value;
export type FunctionTable = Readonly<Record<string, TerraformFunction>>;

/** Data without positions, which a plain computation takes and gives. A Map stands for an object so that keys cannot do harm. */
export type Data = Scalar | null | readonly Data[] | ReadonlyMap<string, Data>;

/** Wraps a computation that needs all of its arguments known. It gives undefined for what Terraform refuses. */
export function pure(compute: (...args: readonly Data[]) => Data | undefined): TerraformFunction {
  return (args, call) => {
    const failed = args.find((arg) => arg.is === 'unknown' && arg.fails);
    if (failed) return failed;
    const data = args.map(toData);
    if (data.includes(undefined)) return unknownFrom(`an argument of \`${call.name}\` is unknown`, call.origin, ...args);
    const result = compute(...data.filter((d) => d !== undefined));
    if (result === undefined) return failure(`\`${call.name}\` does not take these arguments`, call.origin, ...args);
    const origins = computed(call.origin, ...args);
    const refs = refsOf(...args);
    if (result !== null && typeof result !== 'object') return known(result, origins, refs);
    const value = fromData(result, origins);
    return refs.length && (value.is === 'list' || value.is === 'map') ? { ...value, refs } : value;
  };
}

/** A value as data; undefined when any part of it is unknown. */
export function toData(value: Value): Data | undefined {
  if (value.is === 'known') return value.value;
  if (value.is === 'absent') return null;
  if (value.is === 'unknown' || value.open) return undefined;
  if (value.is === 'list') {
    const items = value.items.map(toData);
    return items.includes(undefined) ? undefined : items.filter((item) => item !== undefined);
  }
  const out = new Map<string, Data>();
  for (const [key, item] of value.entries) {
    const inner = toData(item);
    if (inner === undefined) return undefined;
    out.set(key, inner);
  }
  return out;
}

export function fromData(data: Data, origins: readonly Origin[]): Value {
  if (data === null) return absent(origins);
  if (typeof data !== 'object') return known(data, origins);
  if (data instanceof Map)
    return makeDict(new Map(Array.from(data as ReadonlyMap<string, Data>, ([key, item]) => [key, fromData(item, origins)])), origins);
  return makeList(
    (data as readonly Data[]).map((item) => fromData(item, origins)),
    origins,
  );
}

export const isList = (data: Data | undefined): data is readonly Data[] => Array.isArray(data);
export const text = (data: Data | undefined): string | undefined =>
  data === null || data === undefined || typeof data === 'object' ? undefined : scalarText(data);
export const number = (data: Data | undefined): number | undefined =>
  data === null || data === undefined || typeof data === 'object' ? undefined : toNumber(data);
export const bool = (data: Data | undefined): boolean | undefined =>
  data === null || data === undefined || typeof data === 'object' ? undefined : toBool(data);
export function texts(data: Data | undefined): readonly string[] | undefined {
  if (!isList(data)) return undefined;
  const out = data.map(text);
  return out.includes(undefined) ? undefined : out.filter((t) => t !== undefined);
}

/** A function of texts: every argument is converted; undefined in, undefined out. */
export function ofTexts(compute: (...args: readonly string[]) => Data | undefined, arity: number): TerraformFunction {
  return pure((...args) => {
    const all = args.map(text);
    return args.length !== arity || all.includes(undefined) ? undefined : compute(...all.filter((t) => t !== undefined));
  });
}

export function ofNumbers(compute: (...args: readonly number[]) => number | undefined): TerraformFunction {
  return pure((...args) => {
    const all = args.map(number);
    if (args.length === 0 || all.includes(undefined)) return undefined;
    const result = compute(...all.filter((n) => n !== undefined));
    return result === undefined || !Number.isFinite(result) ? undefined : result;
  });
}

/** What a function says when an argument that must be known is not. */
export function argumentUnknown(call: Call, ...args: readonly Value[]): Value {
  return (
    args.find((arg) => arg.is === 'unknown' && arg.fails) ?? unknownFrom(`an argument of \`${call.name}\` is unknown`, call.origin, ...args)
  );
}

export const refuse = (call: Call, ...args: readonly Value[]): Value =>
  args.find((arg) => arg.is === 'unknown' && arg.fails) ?? failure(`\`${call.name}\` does not take these arguments`, call.origin, ...args);

/** A list's items in a new list, made by this call. */
export function listOf(items: readonly Value[], call: Call, from: readonly Value[], flags: Pick<List, 'open' | 'set'> = {}): Value {
  const refs = from.flatMap((value) => (value.is === 'list' ? (value.refs ?? []) : []));
  return makeList(items, computed(call.origin, ...from), { ...flags, ...(refs.length ? { refs } : {}) });
}

export const keyOf = (value: Value): string | undefined => (value.is === 'known' ? asText(value).value : undefined);
