import type { Known, Scalar, Value } from '../value.ts';

/** A number as Terraform prints it: all digits, no exponent. */
export function numberText(n: number): string {
  const text = String(n);
  const [, sign = '', head = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  const digits = head + fraction;
  const point = head.length + shift;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return point >= digits.length ? sign + digits.padEnd(point, '0') : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

export const scalarText = (value: Scalar): string => (typeof value === 'number' ? numberText(value) : String(value));

export function toNumber(value: Scalar): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export function toBool(value: Scalar): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

type Text = Known & { readonly value: string };
const isText = (value: Known): value is Text => typeof value.value === 'string';

/** A known value as text; it keeps its origins. Only text keeps what is known about its inside. */
export function asText(value: Known): Text {
  if (isText(value)) return value;
  const { origins, refs } = value;
  const text = scalarText(value.value);
  return refs ? { is: 'known', value: text, origins, refs } : { is: 'known', value: text, origins };
}

/** Equality as `==` has it: no conversion between types. Undefined where it depends on something unknown. */
export function equal(a: Value, b: Value): boolean | undefined {
  if (a.is === 'unknown' || b.is === 'unknown') return undefined;
  if (a.is !== b.is) return false;
  if (a.is === 'known' && b.is === 'known') return a.value === b.value;
  if (a.is === 'list' && b.is === 'list') {
    if (a.open || b.open) return undefined;
    if (a.items.length !== b.items.length) return false;
    return all(a.items.map((item, i) => [item, b.items[i]]));
  }
  if (a.is === 'map' && b.is === 'map') {
    if (a.open || b.open) return undefined;
    const keys = new Set([...a.entries.keys(), ...b.entries.keys()]);
    if (keys.size !== a.entries.size || keys.size !== b.entries.size) return false;
    return all(Array.from(keys, (key) => [a.entries.get(key), b.entries.get(key)]));
  }
  return true;
}

function all(pairs: readonly (readonly [Value | undefined, Value | undefined])[]): boolean | undefined {
  let result: boolean | undefined = true;
  for (const [x, y] of pairs) {
    const one = x && y ? equal(x, y) : false;
    if (one === false) return false;
    if (one === undefined) result = undefined;
  }
  return result;
}

/** Is every part of the value known? */
export function whollyKnown(value: Value): boolean {
  if (value.is === 'list') return !value.open && value.items.every(whollyKnown);
  if (value.is === 'map') return !value.open && [...value.entries.values()].every(whollyKnown);
  return value.is !== 'unknown';
}
