import { parseJson, parseYaml } from '../documents/data.ts';
import type { Node } from '../documents/node.ts';
import { plainScalar, terraformScalar } from '../documents/yaml-scalar.ts';
import { nodeValue, originsOf, type Special } from './node-value.ts';
import { absent, known, references, unknown, type Known, type Origin, type Reference, type Unknown, type Value } from './value.ts';

const remembered = { any: new WeakMap<Value, Value>(), yaml: new WeakMap<Value, Value>(), yamldecode: new WeakMap<Value, Value>() };

/**
 * The structure behind a text: the argument of `jsonencode` or `yamlencode`, the statements of a policy document, or the JSON or YAML that
 * is written in the text, with its places in the file. Several YAML documents in one text are a list. Texts that hold no document, and all
 * other values, are given back as they are. What is unknown in the text is unknown in the structure, with its references. `yaml` says that
 * the text is meant as YAML: then one line is read too, and one with template actions in it. `yamldecode` reads it as Terraform does.
 */
export function embedded(value: Value, meant: Meant = 'any'): Value {
  if (value.is !== 'known' && value.is !== 'unknown') return value;
  if (value.structure) return value.structure;
  const before = remembered[meant].get(value);
  if (before) return before;
  const found = readText(value, meant) ?? value;
  remembered[meant].set(value, found);
  return found;
}

type Meant = keyof typeof remembered;

function readText(value: Known | Unknown, meant: Meant): Value | undefined {
  const written = assemble(value);
  if (!written) return undefined;
  const syntax = syntaxOf(written.text) ?? (meant === 'any' ? undefined : 'yaml');
  if (!syntax) return undefined;
  const { text, place, unknowns, inserted } = syntax === 'json' ? quoteBare(written) : written;
  const file = value.origins[0]?.span.file ?? '';
  const json = syntax === 'json' ? parseJson(file, text) : undefined;
  // YAML takes in JSON, and more that begins like it.
  const document = json && (json.errors.length === 0 || meant === 'any') ? json : parseYaml(file, text);
  const { templated } = document;
  if (document.errors.length || (templated && meant !== 'yaml')) return undefined;
  const special: Special | undefined =
    meant === 'yamldecode' && document.syntax === 'yaml' ? (node, read) => terraformNode(text, node, read) : undefined;
  const after = value.origins.map(({ span, what }) => ({ span, what }));
  const roots = document.roots.map((root) =>
    settle(nodeValue(root, { templated, ...(special && { special }) }), { text, place, unknowns, inserted, after }),
  );
  const [first] = roots;
  if (roots.length > 1 && meant === 'yamldecode') return undefined;
  if (roots.length > 1) return { is: 'list', items: roots, origins: value.origins };
  return first?.is === 'map' || first?.is === 'list' ? first : undefined;
}

/** Unquoted scalars and keys as `yamldecode` reads them, where that is not how the cluster does. */
function terraformNode(text: string, node: Node, read: (node: Node) => Value): Value | undefined {
  if (node.is === 'map') {
    const entries = node.entries.map((e) => {
      const key = text.slice(e.keySpan.start, e.keySpan.end) === e.key ? terraformScalar(e.key) : e.key;
      return key === undefined || key === null || String(key) === e.key ? e : { ...e, key: String(key) };
    });
    return entries.some((e, i) => e !== node.entries[i]) ? read({ ...node, entries }) : undefined;
  }
  if (node.is !== 'scalar' || node.templated || node.tag !== undefined) return undefined;
  const { start, end } = node.via ?? node.span;
  const source = text.slice(start, end);
  if (plainScalar(source) !== node.value) return undefined;
  const value = terraformScalar(source);
  if (value === node.value) return undefined;
  const origins = originsOf(node);
  if (value === undefined) return unknown('Terraform writes this in a form of its own', origins);
  return value === null ? absent(origins) : known(value, origins);
}

/** Only a text that begins like a document is read as one, so that scripts and sentences are left alone. */
function syntaxOf(text: string): 'json' | 'yaml' | undefined {
  const start = /\S/.exec(text)?.index ?? text.length;
  if (/[{[]/y.test(text.slice(start, start + 1))) return 'json';
  if (!text.includes('\n') || text.startsWith('#!', start)) return undefined;
  const first = /^(?!\s*(?:#|$)).*$/m.exec(text)?.[0] ?? '';
  return /^\s*(?:---|- |["']?[\w./-]{1,100}["']?\s*:(?:\s|$))/.test(first) ? 'yaml' : undefined;
}

interface Place {
  readonly file: string;
  readonly offset: number;
}

interface Written {
  readonly text: string;
  /** From an offset in `text` to its place in a file; undefined when the text was computed and stands nowhere. */
  readonly place?: ((inText: number) => Place) | undefined;
  readonly unknowns: readonly Value[];
  readonly inserted: Inserted;
}

/** Known values that were put into the text, in order, and where in it each begins. */
interface Inserted {
  readonly starts: readonly number[];
  readonly pieces: readonly Known[];
}

/** Two private-use characters stand for an unknown piece: this one, and one that counts. */
const mark = '\uE100';
const firstCount = 0xe200;
const maxUnknowns = 1000;

/** The text with a mark for each piece that is unknown. */
function assemble(value: Known | Unknown): Written | undefined {
  if (value.is === 'known')
    return typeof value.value === 'string'
      ? { text: value.value, place: placeIn(value, value.textFile), unknowns: [], inserted: insertedOf(value.pieces ?? []) }
      : undefined;
  const { pieces } = value;
  if (!pieces || pieces.length > 20_000) return undefined;
  const unknowns: Value[] = [];
  const starts: number[] = [];
  const places: ((inPiece: number) => Place)[] = [];
  let text = '';
  for (const piece of pieces) {
    const place = piece.is === 'known' ? placeIn(piece) : undefined;
    if (place) {
      starts.push(text.length);
      places.push(place);
    }
    if (piece.is === 'known') text += String(piece.value);
    else if (unknowns.length < maxUnknowns) text += mark + String.fromCharCode(firstCount + unknowns.push(piece) - 1);
    else return undefined;
  }
  const [first] = places;
  // An unknown piece stands where the text before it ends.
  const place = (inText: number): Place | undefined => {
    const at = Math.max(0, countUpTo(starts, inText) - 1);
    return places[at]?.(Math.max(0, inText - (starts[at] ?? 0)));
  };
  return { text, place: first && ((inText) => place(inText) ?? first(0)), unknowns, inserted: insertedOf(pieces) };
}

/** All characters of a value that was put in have one place: that of its `${...}`. */
function insertedOf(pieces: readonly Value[]): Inserted {
  const starts: number[] = [];
  const known: Known[] = [];
  let start = 0;
  for (const piece of pieces) {
    if (piece.is === 'known' && piece.offsets && piece.offsets(0) === piece.offsets(1)) {
      starts.push(start);
      known.push(piece);
    }
    start += piece.is === 'known' ? String(piece.value).length : mark.length + 1;
  }
  return { starts, pieces: known };
}

/** What was put in last before a place in the text ends, with its range. */
function insertedBefore({ starts, pieces }: Inserted, end: number): { start: number; end: number; piece: Known } | undefined {
  const at = countUpTo(starts, end - 1) - 1;
  const start = starts[at];
  const piece = pieces[at];
  return start === undefined || !piece ? undefined : { start, end: start + String(piece.value).length, piece };
}

/** Where the text of a value stands. A piece of a template names its own place first, before those of what was put into it. */
function placeIn({ offsets, origins }: Known, textFile?: string): ((inText: number) => Place) | undefined {
  const file = textFile ?? origins[0]?.span.file;
  return offsets && file !== undefined ? (inText) => ({ file, offset: offsets(inText) }) : undefined;
}

/** How many of the numbers, which ascend, are not above a limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An unknown piece outside of JSON's quotes stands for a whole value, and gets quotes so that the rest can be read. */
function quoteBare(written: Written): Written {
  if (!written.text.includes(mark)) return written;
  const inserted: number[] = [];
  const before: number[] = [];
  let text = '';
  let inString = false;
  for (let i = 0; i < written.text.length; i++) {
    const c = written.text[i] ?? '';
    if (c === '"') inString = !inString;
    if (c === '\\' && inString) text += c + (written.text[++i] ?? '');
    else if (c === mark && !inString) {
      inserted.push(text.length, text.length + 3);
      before.push(i, i + 2);
      text += `"${c}${written.text[++i] ?? ''}"`;
    } else text += c;
  }
  const { place } = written;
  const starts = written.inserted.starts.map((start) => start + countUpTo(before, start));
  return {
    ...written,
    text,
    place: place && ((inText) => place(inText - countUpTo(inserted, inText - 1))),
    inserted: { ...written.inserted, starts },
  };
}

interface Setting {
  readonly text: string;
  readonly inserted: Inserted;
  readonly place?: ((inText: number) => Place) | undefined;
  readonly unknowns: readonly Value[];
  /** The places of the text itself. */
  readonly after: readonly Origin[];
}

/** Moves a value read from the text to its place in the file, and puts back what is unknown. */
function settle(value: Value, setting: Setting): Value {
  const origins = [...value.origins.flatMap((origin) => settleOrigin(origin, setting)), ...setting.after];
  switch (value.is) {
    case 'list':
      return { ...value, origins, items: value.items.map((item) => settle(item, setting)) };
    case 'map': {
      const open = [...value.entries.keys()].some((key) => key.includes(mark));
      const entries = [...value.entries].filter(([key]) => !key.includes(mark)).map(([key, item]) => [key, settle(item, setting)] as const);
      return { ...value, origins, entries: new Map(entries), ...(open ? { open } : {}) };
    }
    case 'known':
      return typeof value.value === 'string' && value.value.includes(mark)
        ? withUnknowns(value.value, origins, setting)
        : { is: 'known', value: value.value, origins: throughText(value, origins, setting) };
    default:
      return { ...value, origins };
  }
}

/** A value that is one `${...}` of the text: what was put in is where it is written. */
function throughText({ origins: [own] }: Known, settled: readonly Origin[], { inserted, text, after }: Setting): readonly Origin[] {
  if (!own || inserted.starts.length === 0) return settled;
  const quotes = /["']/.test(text.charAt(own.span.start)) ? 1 : 0;
  const found = insertedBefore(inserted, own.span.end - quotes);
  if (found?.start !== own.span.start + quotes || found.end !== own.span.end - quotes) return settled;
  return [...settled.slice(0, settled.length - after.length), ...found.piece.origins, ...after];
}

function settleOrigin(origin: Origin, { place, inserted }: Setting): readonly Origin[] {
  if (!place) return [];
  const { start, end } = origin.span;
  const { file, offset: from } = place(start);
  const last = place(Math.max(start, end - 1));
  const to = last.file !== file ? from : end > start ? last.offset + 1 : from;
  const span = { file, start: from, end: Math.max(from, to) };
  // Where the text is escaped in its file or was put together, its parts cannot simply be replaced.
  const whole = (insertedBefore(inserted, end)?.end ?? 0) <= start;
  return [origin.literal && whole && to - from === end - start ? { ...origin, span } : { span, what: origin.what }];
}

function withUnknowns(text: string, origins: readonly Origin[], setting: Setting): Value {
  const pieces = text.split(new RegExp(`(${mark}[\\s\\S])`)).filter((piece) => piece !== '');
  const values = pieces.map((piece): Value => {
    const hole = piece.startsWith(mark) ? setting.unknowns[piece.charCodeAt(1) - firstCount] : undefined;
    return hole ?? { is: 'known', value: piece, origins };
  });
  const [only] = values;
  if (only && values.length === 1) {
    const structure = only.is === 'unknown' ? only.structure : undefined;
    return structure ?? { ...only, origins: [...origins, ...only.origins] };
  }
  const refs = values.flatMap((value): Reference[] => [...references(value)]);
  return {
    ...unknown('part of the text is unknown', origins, refs),
    parts: values.map((v) => (v.is === 'known' ? String(v.value) : null)),
    pieces: values,
  };
}
