import { createHash } from 'node:crypto';
import { embedded } from '../../embedded.ts';
import type { Scalar, Value } from '../../value.ts';
import { maxText, spend } from '../budget.ts';
import { asText } from '../convert.ts';
import { computed, refsOf, seenFrom, unknownFrom } from '../origins.ts';
import {
  argumentUnknown,
  fromData,
  ofTexts,
  refuse,
  toData,
  type Call,
  type Data,
  type FunctionTable,
  type TerraformFunction,
} from './define.ts';
import { toJson, toYaml } from './json.ts';

/** The text of a value, with the value kept beside it: rules look at what stands inside, also where not all of it is known. */
function encoder(write: (data: Data) => string): TerraformFunction {
  return (args, call) => {
    const [value] = args;
    if (!value || (value.is === 'unknown' && value.fails)) return refuse(call, ...args);
    const refs = refsOf(value);
    const data = toData(value);
    if (data === undefined) return Object.assign(unknownFrom('part of the text is unknown', call.origin, value), { structure: value });
    const text = write(data);
    if (text.length > maxText || !spend(call.context.scope.budget, text.length >> 8))
      return unknownFrom('this text is too long to follow', call.origin, value);
    return { is: 'known', value: text, origins: computed(call.origin, value), structure: value, ...(refs.length ? { refs } : {}) };
  };
}

/** A document in a text as a value, with positions when the text comes from a file. */
function decoder(args: readonly Value[], call: Call): Value {
  const [text] = args;
  if (!text) return refuse(call, ...args);
  if (text.is === 'unknown' && !text.structure && !text.pieces) return argumentUnknown(call, ...args);
  if (text.is !== 'known' && text.is !== 'unknown') return refuse(call, ...args);
  if (call.name === 'jsondecode' && text.is === 'known' && !text.structure && !/^\s*[[{]/.test(String(text.value)))
    return scalarDocument(text, call);
  const inside = embedded(text, call.name === 'yamldecode' ? 'yamldecode' : 'any');
  if (inside === text) return scalarDocument(text, call);
  return seenFrom(inside, call.origin, call.context.scope.budget);
}

/** `jsondecode("5")` and the like, which hold no structure. */
function scalarDocument(text: Value, call: Call): Value {
  if (text.is !== 'known') return argumentUnknown(call, text);
  const value = scalarJson(asText(text).value);
  if (value !== undefined) return fromData(value, computed(call.origin, text));
  return call.name === 'jsondecode' ? refuse(call, text) : unknownFrom('this document could not be read', call.origin, text);
}

function scalarJson(text: string): Scalar | null | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  } catch {
    // Not JSON: the caller says so.
    return undefined;
  }
}

const hash = (algorithm: string, encoding: 'hex' | 'base64'): TerraformFunction =>
  ofTexts((s = '') => createHash(algorithm).update(s).digest(encoding), 1);

function base64decode(s: string | undefined): string | undefined {
  if (s === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(s) || s.length % 4) return undefined;
  const bytes = Buffer.from(s, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

const csvCell = /(?:"((?:[^"]|"")*)"|([^",\n\r]*))(,|\r?\n|$)/y;

function csvRows(text: string): readonly (readonly string[])[] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  csvCell.lastIndex = 0;
  while (csvCell.lastIndex < text.length) {
    const m = csvCell.exec(text);
    if (!m) return undefined;
    row.push(m[1]?.replaceAll('""', '"') ?? m[2] ?? '');
    if (m[3] === ',') {
      if (csvCell.lastIndex >= text.length) row.push('');
      else continue;
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

function csvdecode(text: string | undefined): Data | undefined {
  const [header, ...rows] = csvRows(text ?? '') ?? [];
  if (!header || rows.some((row) => row.length !== header.length)) return undefined;
  return rows.map((row) => new Map(header.map((name, i) => [name, row[i] ?? ''])));
}

export const urlencode = (s: string): string =>
  encodeURIComponent(s)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/** `base64encode` keeps what is inside, so that user data and secrets can be looked into. */
function base64encode(args: readonly Value[], call: Call): Value {
  const value = ofTexts((s = '') => Buffer.from(s, 'utf8').toString('base64'), 1)(args, call);
  const [text] = args;
  if (value.is !== 'known' || text?.is !== 'known') return value;
  const { structure } = text;
  return structure ? { ...value, structure } : value;
}

export const encoding: FunctionTable = {
  jsonencode: encoder((data) => toJson(data)),
  yamlencode: encoder(toYaml),
  jsondecode: decoder,
  yamldecode: decoder,
  csvdecode: ofTexts(csvdecode, 1),
  base64encode,
  base64decode: ofTexts(base64decode, 1),
  urlencode: ofTexts((s = '') => urlencode(s), 1),
  md5: hash('md5', 'hex'),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
};
