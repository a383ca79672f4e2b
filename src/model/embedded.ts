import { parseJson, parseYaml } from '../documents/data.ts';
import { nodeValue } from './node-value.ts';
import { references, unknown, type Known, type Origin, type Reference, type Unknown, type Value } from './value.ts';

const remembered = { any: new WeakMap<Value, Value>(), yaml: new WeakMap<Value, Value>() };

/**
 * The structure behind a text: the argument of `jsonencode` or `yamlencode`, the statements of a policy document, or the JSON or YAML that
 * is written in the text, with its places in the file. Several YAML documents in one text are a list. Texts that hold no document, and all
 * other values, are given back as they are. What is unknown in the text is unknown in the structure, with its references. `yaml` says that
 * the text is meant as YAML: then one line is read too, and one with template actions in it.
 */
export function embedded(value: Value, meant: 'any' | 'yaml' = 'any'): Value {
  if (value.is !== 'known' && value.is !== 'unknown') return value;
  if (value.structure) return value.structure;
  const before = remembered[meant].get(value);
  if (before) return before;
  const found = readText(value, meant) ?? value;
  remembered[meant].set(value, found);
  return found;
}

function readText(value: Known | Unknown, meant: 'any' | 'yaml'): Value | undefined {
  const written = assemble(value);
  if (!written) return undefined;
  const syntax = syntaxOf(written.text) ?? (meant === 'yaml' ? 'yaml' : undefined);
  if (!syntax) return undefined;
  const { text, place, unknowns } = syntax === 'json' ? quoteBare(written) : written;
  const file = value.origins[0]?.span.file ?? '';
  const json = syntax === 'json' ? parseJson(file, text) : undefined;
  // YAML takes in JSON, and more that begins like it.
  const document = json && (json.errors.length === 0 || meant === 'any') ? json : parseYaml(file, text);
  const { templated } = document;
  if (document.errors.length || (templated && meant === 'any')) return undefined;
  const after = value.origins.map(({ span, what }) => ({ span, what }));
  const roots = document.roots.map((root) => settle(nodeValue(root, { templated }), { place, unknowns, after }));
  const [first] = roots;
  if (roots.length > 1) return { is: 'list', items: roots, origins: value.origins };
  return first?.is === 'map' || first?.is === 'list' ? first : undefined;
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
}

/** Two private-use characters stand for an unknown piece: this one, and one that counts. */
const mark = '\uE100';
const firstCount = 0xe200;
const maxUnknowns = 1000;

/** The text with a mark for each piece that is unknown. */
function assemble(value: Known | Unknown): Written | undefined {
  if (value.is === 'known')
    return typeof value.value === 'string' ? { text: value.value, place: placeIn(value, value.textFile), unknowns: [] } : undefined;
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
  return { text, place: first && ((inText) => place(inText) ?? first(0)), unknowns };
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
  let text = '';
  let inString = false;
  for (let i = 0; i < written.text.length; i++) {
    const c = written.text[i] ?? '';
    if (c === '"') inString = !inString;
    if (c === '\\' && inString) text += c + (written.text[++i] ?? '');
    else if (c === mark && !inString) {
      inserted.push(text.length, text.length + 3);
      text += `"${c}${written.text[++i] ?? ''}"`;
    } else text += c;
  }
  const { place } = written;
  return { ...written, text, place: place && ((inText) => place(inText - countUpTo(inserted, inText - 1))) };
}

interface Setting {
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
        : { is: 'known', value: value.value, origins };
    default:
      return { ...value, origins };
  }
}

function settleOrigin(origin: Origin, { place }: Setting): readonly Origin[] {
  if (!place) return [];
  const { start, end } = origin.span;
  const { file, offset: from } = place(start);
  const last = place(Math.max(start, end - 1));
  const to = last.file !== file ? from : end > start ? last.offset + 1 : from;
  const span = { file, start: from, end: Math.max(from, to) };
  // Where the text is escaped in its file, its parts cannot simply be replaced.
  return [origin.literal && to - from === end - start ? { ...origin, span } : { span, what: origin.what }];
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
