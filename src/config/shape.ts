import type { ParseError } from '../documents/document.ts';
import type { Entry, Node } from '../documents/node.ts';
import type { Span } from '../documents/span.ts';
import { nearest } from '../engine/nearest.ts';
import { code, list } from '../engine/words.ts';
import { globFault, sourceFault } from './glob.ts';

/** What the settings may speak of besides their own words: the rules there are. */
export interface Known {
  readonly rules: readonly { readonly id: string; readonly title: string }[];
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A value as it is read, with a place to put what is wrong with it. `text` is the whole file. */
export interface Reading {
  readonly text: string;
  readonly known: Known;
  readonly problems: ParseError[];
  /** What is being read, as a person would find it: `rules`, `environments.production.paths`. */
  readonly at: string;
}

/**
 * What may be written at one place of the settings, said once: reading it, its JSON Schema and the words for people come from here. `read`
 * gives null for what can't be used, after saying why.
 */
export interface Shape<T> {
  /** Ends the sentence "Allowed: ...". */
  readonly allowed: string;
  readonly schema: (known: Known) => JsonSchema;
  readonly read: (node: Node, reading: Reading) => T | null;
}

export function refuse(reading: Reading, span: Span, message: string, remedy: string): null {
  reading.problems.push({ span, message, remedy });
  return null;
}

const within = (reading: Reading, key: string): Reading => ({ ...reading, at: `${reading.at}.${key}` });

/** "Did you mean `x`?" in front of what is allowed. */
export function didYouMean(word: string, words: readonly string[], otherwise: string): string {
  const close = nearest(word, words);
  return close === undefined ? otherwise : `Did you mean ${code(close)}? ${otherwise}`;
}

/** A scalar as it is written, without its quotes: to YAML 1.1 an unquoted `off` is not a word. */
function written(node: Node, { text }: Reading): string | undefined {
  if (node.is !== 'scalar') return undefined;
  if (typeof node.value === 'string') return node.value;
  const at = node.via ?? node.span;
  return text.slice(at.start, Math.min(at.end, at.start + 200));
}

const kind = (node: Node): string =>
  node.is === 'list' ? 'a list' : node.is === 'map' ? 'a map' : node.value === null ? 'empty' : 'a single value';
const isEmpty = (node: Node): boolean => node.is === 'scalar' && node.value === null && node.tag === undefined;

/** One of a few words. */
export function word<W extends string>(words: readonly W[]): Shape<W> {
  const allowed = words.map((one) => code(one)).join(', ');
  return {
    allowed,
    schema: () => ({ enum: words }),
    read: (node, reading) => {
      const given = written(node, reading);
      const found = words.find((one) => one === given);
      if (found !== undefined) return found;
      const what = given === undefined || isEmpty(node) ? kind(node) : code(given);
      return refuse(reading, node.span, `${code(reading.at)} can't be ${what}.`, didYouMean(given ?? '', words, `Allowed: ${allowed}.`));
    },
  };
}

export function whole(from: number, to: number): Shape<number> {
  const allowed = `a whole number from ${from} to ${to}`;
  return {
    allowed,
    schema: () => ({ type: 'integer', minimum: from, maximum: to }),
    read: (node, reading) => {
      const value = node.is === 'scalar' ? node.value : undefined;
      if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
      const what = node.is === 'scalar' && !isEmpty(node) ? code(written(node, reading) ?? '') : kind(node);
      return refuse(reading, node.span, `${code(reading.at)} can't be ${what}.`, `Allowed: ${allowed}.`);
    },
  };
}

/** A text that is checked by `fault`, or names what a map's key may be. */
export interface Text {
  readonly allowed: string;
  readonly schema: (known: Known) => JsonSchema;
  readonly fault: (text: string, known: Known) => { readonly message: string; readonly remedy: string } | undefined;
}

export const path: Text = {
  allowed: 'paths such as `modules/**`',
  schema: () => ({ type: 'string', minLength: 1, maxLength: 200, pattern: '^(?![!/]|\\./)[^\\\\\\[\\]{}]+$' }),
  fault: globFault,
};

/** A place that images or modules come from. */
export const source: Text = {
  allowed: 'addresses such as `ghcr.io/acme`',
  schema: () => ({ type: 'string', minLength: 1, maxLength: 200, pattern: '^(?![!/])(?!.*://)[^\\s\\\\\\[\\]{}@]+$' }),
  fault: sourceFault,
};

/** A list of texts. Nothing at all is an empty list: its lines may be commented out. */
export function texts(of: Text, most: number): Shape<readonly string[]> {
  const allowed = `a list of ${of.allowed}`;
  return {
    allowed,
    schema: (known) => ({ type: ['array', 'null'], items: of.schema(known), maxItems: most, uniqueItems: true }),
    read: (node, reading) => {
      if (isEmpty(node)) return [];
      if (node.is !== 'list')
        return refuse(
          reading,
          node.span,
          `${code(reading.at)} can't be ${kind(node)}.`,
          `Allowed: ${allowed}, each on a line of its own after \`- \`.`,
        );
      if (node.items.length > most)
        refuse(reading, node.span, `${code(reading.at)} has more than ${most} lines; the rest is left out.`, 'Use wildcards.');
      return node.items.slice(0, most).flatMap((item) => {
        const text = written(item, reading);
        const fault =
          text === undefined || isEmpty(item)
            ? { message: `is ${kind(item)}`, remedy: `Allowed: ${of.allowed}.` }
            : of.fault(text, reading.known);
        if (text !== undefined && !fault) return [text];
        refuse(
          reading,
          item.span,
          `${code(text === undefined ? '-' : text === '' ? '""' : text)} in ${code(reading.at)} ${fault?.message ?? ''}.`,
          fault?.remedy ?? '',
        );
        return [];
      });
    },
  };
}

/** One entry of a map whose keys the team chooses. */
export interface Named<T> {
  readonly name: string;
  readonly value: T;
}

/** A map whose keys the team chooses. An entry that can't be used is left out, the others stay. */
export function named<T>(names: Text, of: Shape<T>, most: number): Shape<readonly Named<T>[]> {
  const allowed = `a map from ${names.allowed} to ${of.allowed}`;
  return {
    allowed,
    schema: (known) => ({
      type: ['object', 'null'],
      propertyNames: names.schema(known),
      additionalProperties: of.schema(known),
      maxProperties: most,
    }),
    read: (node, reading) => {
      if (isEmpty(node)) return [];
      if (node.is !== 'map') return refuse(reading, node.span, `${code(reading.at)} can't be ${kind(node)}.`, `Allowed: ${allowed}.`);
      if (node.entries.length > most)
        refuse(reading, node.span, `${code(reading.at)} has more than ${most} entries; the rest is left out.`, 'Use wildcards.');
      return node.entries.slice(0, most).flatMap((entry) => {
        const fault = names.fault(entry.key, reading.known);
        if (fault) refuse(reading, entry.keySpan, `${code(entry.key)} in ${code(reading.at)} ${fault.message}.`, fault.remedy);
        const value = of.read(entry.value, within(reading, entry.key));
        return fault || value === null ? [] : [{ name: entry.key, value }];
      });
    },
  };
}

/** A map with these keys, all of which must be there. */
export function fields<T extends object>(of: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> {
  const keys = Object.entries<Shape<unknown>>(of);
  const allowed = `a map with ${list(keys.map(([key]) => code(key)))}`;
  return {
    allowed,
    schema: (known) => ({
      type: 'object',
      properties: Object.fromEntries(keys.map(([key, shape]) => [key, shape.schema(known)])),
      required: keys.map(([key]) => key),
      additionalProperties: false,
    }),
    read: (node, reading) => {
      if (node.is !== 'map') return refuse(reading, node.span, `${code(reading.at)} can't be ${kind(node)}.`, `Allowed: ${allowed}.`);
      unknownKeys(
        node.entries,
        keys.map(([key]) => key),
        reading,
      );
      const values = keys.map(([key, shape]) => {
        const entry = node.entries.findLast((one) => one.key === key);
        const value = entry
          ? shape.read(entry.value, within(reading, key))
          : refuse(reading, node.span, `${code(reading.at)} has no ${code(key)}.`, `Add it. Allowed: ${shape.allowed}.`);
        return [key, value] as const;
      });
      // Every key of T has been read by the shape of that key.
      return values.some(([, value]) => value === null) ? null : (Object.fromEntries(values) as T);
    },
  };
}

/** Says of each key that is not one of `keys` that it means nothing. */
export function unknownKeys(entries: readonly Entry[], keys: readonly string[], reading: Reading): void {
  for (const { key, keySpan } of entries) {
    if (keys.includes(key)) continue;
    const where = reading.at === '' ? '' : ` in ${code(reading.at)}`;
    refuse(
      reading,
      keySpan,
      `There is no setting ${code(key)}${where}.`,
      didYouMean(key, keys, `Allowed: ${keys.map((one) => code(one)).join(', ')}.`),
    );
  }
}

/** Either of two, told apart by whether a map is written. */
export function either<A, B>(plain: Shape<A>, map: Shape<B>): Shape<A | B> {
  return {
    allowed: `${plain.allowed}, or ${map.allowed}`,
    schema: (known) => ({ anyOf: [plain.schema(known), map.schema(known)] }),
    read: (node, reading) => (node.is === 'map' ? map.read(node, reading) : plain.read(node, reading)),
  };
}
