import { bool, isList, number, ofNumbers, pure, text, type Data, type FunctionTable } from './define.ts';

function sum(list: Data | undefined): number | undefined {
  if (!isList(list) || list.length === 0) return undefined;
  return list.map(number).reduce((a, b) => (a === undefined || b === undefined ? undefined : a + b), 0);
}

function parseInteger(value: Data | undefined, base: Data | undefined): number | undefined {
  const [s, radix] = [text(value), number(base)];
  if (s === undefined || radix === undefined || radix < 2 || radix > 36 || !/^[+-]?[0-9a-zA-Z]+$/.test(s)) return undefined;
  const n = parseInt(s, radix);
  // parseInt stops at the first digit that is too large; writing the number again shows whether it did.
  const written = n.toString(radix);
  return Number.isSafeInteger(n) &&
    written ===
      s
        .toLowerCase()
        .replace(/^\+/, '')
        .replace(/^(-?)0+(?=.)/, '$1')
    ? n
    : undefined;
}

export const numbers: FunctionTable = {
  abs: ofNumbers((n = 0) => Math.abs(n)),
  ceil: ofNumbers((n = 0) => Math.ceil(n)),
  floor: ofNumbers((n = 0) => Math.floor(n)),
  signum: ofNumbers((n = 0) => (Number.isInteger(n) ? Math.sign(n) : undefined)),
  log: ofNumbers((n = 0, base = 0) => Math.log(n) / Math.log(base)),
  pow: ofNumbers((n = 0, exponent = 0) => n ** exponent),
  max: ofNumbers((...all) => Math.max(...all)),
  min: ofNumbers((...all) => Math.min(...all)),
  sum: pure(sum),
  parseint: pure(parseInteger),
  alltrue: pure((list) => (isList(list) ? list.every((item) => bool(item) === true) : undefined)),
  anytrue: pure((list) => (isList(list) ? list.some((item) => bool(item) === true) : undefined)),
};
