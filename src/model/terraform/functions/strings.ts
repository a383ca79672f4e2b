import { known, type Value } from '../../value.ts';
import { asText } from '../convert.ts';
import { makeList, unknownFrom } from '../origins.ts';
import { joined } from '../template.ts';
import { argumentUnknown, number, ofTexts, pure, refuse, text, texts, type Call, type Data, type FunctionTable } from './define.ts';
import { formatPieces } from './format.ts';

/** What people take for one character each. Finding them is slow, so that plain and very long texts are taken by code points. */
export const characters = (s: string): readonly string[] =>
  s.length > 10_000 || !/[^ -~\s]/.test(s)
    ? Array.from(s)
    : Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(s), ({ segment }) => segment);

function trimSet(s: string, cutset: string): string {
  const set = new Set(cutset);
  const chars = Array.from(s);
  let from = 0;
  let to = chars.length;
  while (from < to && set.has(chars[from] ?? '')) from++;
  while (to > from && set.has(chars[to - 1] ?? '')) to--;
  return chars.slice(from, to).join('');
}

function substring(s: Data | undefined, offset: Data | undefined, length: Data | undefined): string | undefined {
  const value = text(s);
  let from = number(offset);
  const count = number(length);
  if (value === undefined || from === undefined || count === undefined) return undefined;
  const chars = characters(value);
  // An offset from the end that reaches before the beginning is the beginning.
  if (from < 0) from = Math.max(0, from + chars.length);
  return chars.slice(from, count < 0 ? undefined : from + count).join('');
}

/** `join` keeps what is known of a text whose items are partly unknown. */
function join(args: readonly Value[], call: Call): Value {
  const [separator, ...lists] = args;
  if (separator?.is !== 'known' || lists.length === 0)
    return separator?.is === 'unknown' ? argumentUnknown(call, ...args) : refuse(call, ...args);
  const pieces: Value[] = [];
  for (const list of lists) {
    if (list.is === 'unknown') return argumentUnknown(call, ...args);
    if (list.is !== 'list') return refuse(call, ...args);
    for (const item of list.items) {
      if (pieces.length) pieces.push({ ...asText(separator), offsets: undefinedOffsets });
      if (item.is === 'known') pieces.push({ ...asText(item), offsets: undefinedOffsets });
      else if (item.is === 'unknown') for (const piece of item.pieces ?? [item]) pieces.push(piece);
      else return refuse(call, ...args);
    }
  }
  const value = joined(pieces, args, call.origin, call.context);
  return value.is === 'known' ? withoutOffsets(value) : value;
}

const undefinedOffsets = (): number => 0;
function withoutOffsets(value: Extract<Value, { is: 'known' }>): Value {
  return known(value.value, value.origins, value.refs);
}

function format(args: readonly Value[], call: Call): Value {
  const [pattern, ...rest] = args;
  if (pattern?.is !== 'known') return pattern?.is === 'unknown' ? argumentUnknown(call, ...args) : refuse(call, ...args);
  const pieces = formatPieces(asText(pattern).value, rest);
  if (pieces === 'refused') return refuse(call, ...args);
  if (pieces === 'unknown') return unknownFrom(`an argument of \`${call.name}\` is unknown`, call.origin, ...args);
  const value = joined(
    pieces.map((piece) => (typeof piece === 'string' ? { ...known(piece, [call.origin]), offsets: undefinedOffsets } : piece)),
    args,
    call.origin,
    call.context,
  );
  return value.is === 'known' ? withoutOffsets(value) : value;
}

function formatList(args: readonly Value[], call: Call): Value {
  const [pattern, ...rest] = args;
  if (!pattern || args.some((arg) => arg.is === 'unknown' || (arg.is === 'list' && arg.open))) return argumentUnknown(call, ...args);
  const lengths = new Set(rest.flatMap((arg) => (arg.is === 'list' ? [arg.items.length] : [])));
  if (lengths.size > 1) return refuse(call, ...args);
  const count = [...lengths][0] ?? 1;
  const items = Array.from({ length: count }, (_, i) => {
    const row = rest.map((arg) => (arg.is === 'list' ? (arg.items[i] ?? arg) : arg));
    return format([pattern, ...row], call);
  });
  return items.find((item) => item.is === 'unknown' && item.fails) ?? makeList(items, [call.origin]);
}

export const strings: FunctionTable = {
  chomp: ofTexts((s = '') => s.replace(/[\r\n]+$/, ''), 1),
  startswith: ofTexts((s = '', prefix = '') => s.startsWith(prefix), 2),
  endswith: ofTexts((s = '', suffix = '') => s.endsWith(suffix), 2),
  strcontains: ofTexts((s = '', part = '') => s.includes(part), 2),
  lower: ofTexts((s = '') => s.toLowerCase(), 1),
  upper: ofTexts((s = '') => s.toUpperCase(), 1),
  title: ofTexts(
    (s = '') => s.replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
    1,
  ),
  strrev: ofTexts((s = '') => [...characters(s)].reverse().join(''), 1),
  trim: ofTexts((s = '', cutset = '') => trimSet(s, cutset), 2),
  trimprefix: ofTexts((s = '', prefix = '') => (s.startsWith(prefix) ? s.slice(prefix.length) : s), 2),
  trimsuffix: ofTexts((s = '', suffix = '') => (suffix && s.endsWith(suffix) ? s.slice(0, -suffix.length) : s), 2),
  trimspace: ofTexts((s = '') => s.trim(), 1),
  split: ofTexts((separator = '', s = '') => (separator === '' ? Array.from(s) : s.split(separator)), 2),
  substr: pure(substring),
  indent: pure((spaces, s) => {
    const [n, value] = [number(spaces), text(s)];
    return n === undefined || value === undefined || n > 1000 ? undefined : value.replaceAll('\n', `\n${' '.repeat(Math.max(0, n))}`);
  }),
  sort: pure((list) => {
    const all = texts(list);
    return all && [...all].sort();
  }),
  join,
  format,
  formatlist: formatList,
};
