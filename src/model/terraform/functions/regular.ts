import { known, type Value } from '../../value.ts';
import { maxText, spend } from '../budget.ts';
import { asText } from '../convert.ts';
import { computed, failure, makeList, refsOf, unknownFrom } from '../origins.ts';
import { argumentUnknown, fromData, refuse, type Call, type Data, type FunctionTable } from './define.ts';
import { compilePattern, makeMatcher, type Pattern } from './pattern.ts';

/** All matches of a pattern (or the first), or why they are not known. */
function find(pattern: Pattern, text: readonly string[], call: Call, all: boolean): readonly (readonly number[])[] | undefined {
  const found: (readonly number[])[] = [];
  const { budget } = call.context.scope;
  if (!spend(budget, (pattern.program.length * text.length) >> 7)) return undefined;
  const matcher = makeMatcher(pattern, text);
  let from = 0;
  while (from <= text.length) {
    const match = matcher.next(from);
    if (!match) {
      spend(budget, matcher.work() >> 3);
      return match === null ? found : undefined;
    }
    const [start = 0, end = 0] = match;
    // An empty match right behind another one does not count.
    if (!(start === end && found.at(-1)?.[1] === start)) found.push(match);
    if (!all) break;
    from = end > start ? end : end + 1;
  }
  spend(budget, matcher.work() >> 3);
  return found;
}

/** Groups by number when none has a name, by name when all have; the whole match when there are none. */
function result(pattern: Pattern, text: readonly string[], match: readonly number[]): Data | undefined {
  const group = (i: number): string | null => {
    const [start = -1, end = -1] = [match[i * 2], match[i * 2 + 1]];
    return start < 0 || end < 0 ? null : text.slice(start, end).join('');
  };
  if (pattern.groups === 0) return group(0);
  if (pattern.names.size === 0) return Array.from({ length: pattern.groups }, (_, i) => group(i + 1));
  return pattern.names.size === pattern.groups ? new Map(Array.from(pattern.names, ([name, i]) => [name, group(i)])) : undefined;
}

const regular =
  (all: boolean) =>
  (args: readonly Value[], call: Call): Value => {
    const [source, subject] = args;
    if (source?.is === 'unknown' || subject?.is === 'unknown') return argumentUnknown(call, ...args);
    if (source?.is !== 'known' || subject?.is !== 'known') return refuse(call, ...args);
    const pattern = compilePattern(asText(source).value);
    const text = Array.from(asText(subject).value);
    const matches = pattern && find(pattern, text, call, all);
    if (!matches) return unknownFrom('this pattern is not followed', call.origin, ...args);
    const results = matches.map((match) => result(pattern, text, match));
    if (results.includes(undefined)) return failure('some groups of this pattern have names and some have not', call.origin, ...args);
    const origins = computed(call.origin, ...args);
    const values = results.filter((r) => r !== undefined).map((r) => fromData(r, origins));
    if (all) return makeList(values, origins);
    return values[0] ?? failure('the pattern does not match', call.origin, ...args);
  };

/** `$1`, `${1}` and `${name}` in a replacement stand for groups; `$$` for a dollar sign. */
function substitute(replacement: string, pattern: Pattern, text: readonly string[], match: readonly number[]): string {
  return replacement.replace(
    /\$(?:(\$)|\{(\w+)\}|(\w+))/g,
    (_, dollar: string | undefined, braced: string | undefined, name: string | undefined) => {
      if (dollar) return '$';
      const key = braced ?? name ?? '';
      const i = /^\d+$/.test(key) ? Number(key) : pattern.names.get(key);
      const [start = -1, end = -1] = i === undefined ? [] : [match[i * 2], match[i * 2 + 1]];
      return start < 0 ? '' : text.slice(start, end).join('');
    },
  );
}

/** A part between slashes is a pattern. */
function replace(args: readonly Value[], call: Call): Value {
  const [subject, part, by] = args;
  if ([subject, part, by].some((arg) => arg?.is === 'unknown')) return argumentUnknown(call, ...args);
  if (subject?.is !== 'known' || part?.is !== 'known' || by?.is !== 'known') return refuse(call, ...args);
  const [s, search, replacement] = [asText(subject).value, asText(part).value, asText(by).value];
  const origins = computed(call.origin, ...args);
  const refs = refsOf(...args);
  const done = (text: string): Value =>
    text.length > maxText ? unknownFrom('this text is too long to follow', call.origin) : known(text, origins, refs);
  if (search.length < 2 || !search.startsWith('/') || !search.endsWith('/')) return replaceText(s, search, replacement, done, call);
  const pattern = compilePattern(search.slice(1, -1));
  const text = Array.from(s);
  const matches = pattern && find(pattern, text, call, true);
  if (!matches) return unknownFrom('this pattern is not followed', call.origin, ...args);
  let out = '';
  let from = 0;
  for (const match of matches) {
    const [start = 0, end = 0] = match;
    out += text.slice(from, start).join('') + substitute(replacement, pattern, text, match);
    if (out.length > maxText) break;
    from = end;
  }
  return done(out + text.slice(from).join(''));
}

function replaceText(s: string, search: string, replacement: string, done: (text: string) => Value, call: Call): Value {
  const parts = search === '' ? ['', ...Array.from(s), ''] : s.split(search);
  if (s.length + parts.length * replacement.length > maxText) return unknownFrom('this text is too long to follow', call.origin);
  return done(parts.join(replacement));
}

export const regularExpressions: FunctionTable = { regex: regular(false), regexall: regular(true), replace };
