import type { Value } from '../../value.ts';
import { numberText, scalarText, toBool, toNumber } from '../convert.ts';
import { toData } from './define.ts';
import { plainJson } from './json.ts';

const verb = /%(?:(%)|([+\- 0#]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z]))/y;
const maxWidth = 1000;

/**
 * A format string with its arguments put in, in pieces. A plain `%s` of something unknown stays a piece of its own; in any other verb it
 * makes the whole unknown.
 */
export function formatPieces(pattern: string, args: readonly Value[]): readonly (string | Value)[] | 'refused' | 'unknown' {
  const out: (string | Value)[] = [];
  let next = 0;
  let used = 0;
  for (let i = 0; i < pattern.length;) {
    const percent = pattern.indexOf('%', i);
    if (percent === -1) {
      out.push(pattern.slice(i));
      break;
    }
    if (percent > i) out.push(pattern.slice(i, percent));
    verb.lastIndex = percent;
    const m = verb.exec(pattern);
    if (!m) return 'refused';
    i = verb.lastIndex;
    if (m[1]) {
      out.push('%');
      continue;
    }
    if (m[5] !== undefined) next = Number(m[5]) - 1;
    const arg = args[next++];
    used = Math.max(used, next);
    if (!arg) return 'refused';
    const piece = formatOne(arg, m[2] ?? '', m[3], m[4], m[6] ?? '');
    if (piece === 'refused' || piece === 'unknown') return piece;
    out.push('text' in piece ? piece.text : piece);
  }
  return used < args.length ? 'refused' : out;
}

function formatOne(
  arg: Value,
  flags: string,
  width: string | undefined,
  precision: string | undefined,
  letter: string,
): Value | { text: string } | 'refused' | 'unknown' {
  if (arg.is === 'unknown')
    return !arg.fails && letter === 's' && width === undefined && precision === undefined ? arg : arg.fails ? 'refused' : 'unknown';
  const text = converted(arg, letter, flags, precision === undefined ? undefined : Number(precision));
  if (text === undefined) return 'refused';
  if (text === null) return 'unknown';
  const size = Number(width ?? 0);
  if (size > maxWidth || Number(precision ?? 0) > maxWidth) return 'unknown';
  if (flags.includes('-')) return { text: text.padEnd(size) };
  if (flags.includes('0') && 'dfFeEgG'.includes(letter)) {
    const sign = /^[+-]/.exec(text)?.[0] ?? '';
    return { text: sign + text.slice(sign.length).padStart(size - sign.length, '0') };
  }
  return { text: text.padStart(size) };
}

/** Undefined: Terraform refuses. Null: we do not know. */
function converted(arg: Value, letter: string, flags: string, precision: number | undefined): string | undefined | null {
  if (letter === 'v' || letter === 's' || letter === 'q') {
    const data = toData(arg);
    if (data === undefined) return null;
    // `%#v` writes JSON, whatever it is given.
    if (letter === 'v' && (data === null || flags.includes('#'))) return null;
    if (data === null || typeof data === 'object') return letter === 'v' ? plainJson(data) : undefined;
    if (letter === 'v' && typeof data === 'number' && !isShort(data)) return null;
    const text = scalarText(data);
    const cut = precision === undefined ? text : Array.from(text).slice(0, precision).join('');
    return letter === 'q' ? JSON.stringify(cut) : cut;
  }
  if (arg.is !== 'known') return undefined;
  if (letter === 't') return String(toBool(arg.value) ?? '') || undefined;
  const n = toNumber(arg.value);
  if (n === undefined) return undefined;
  const sign = flags.includes('+') && n >= 0 ? '+' : flags.includes(' ') && n >= 0 ? ' ' : '';
  const body = numeral(n, letter, flags, precision);
  return typeof body === 'string' ? sign + body : body;
}

const isHalfway = (n: number, precision: number): boolean => Math.abs((Math.abs(n) * 10 ** precision) % 1) === 0.5;

/** Go writes larger and smaller numbers with an exponent. */
const isShort = (n: number): boolean => n === 0 || (Math.abs(n) < 1e6 && Math.abs(n) >= 1e-4);

function numeral(n: number, letter: string, flags: string, precision: number | undefined): string | undefined | null {
  const whole = Math.trunc(n);
  const prefix = flags.includes('#');
  switch (letter) {
    case 'd':
      return whole === n ? numberText(whole) : undefined;
    case 'b':
      return whole.toString(2);
    case 'o':
      return (prefix ? '0' : '') + whole.toString(8);
    case 'x':
      return (prefix ? '0x' : '') + whole.toString(16);
    case 'X':
      return (prefix ? '0X' : '') + whole.toString(16).toUpperCase();
    case 'f':
      // Of two neighbours that are equally near, Go takes the even one.
      return precision !== undefined && (precision > 100 || isHalfway(n, precision)) ? null : n.toFixed(precision ?? 6);
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      return letter === 'g' && precision === undefined && isShort(n) ? numberText(n) : null;
    default:
      return undefined;
  }
}
