import type { ParseError } from './document.ts';
import type { Entry, Node, ScalarNode } from './node.ts';
import { lineAt, lineStarts, type Span } from './span.ts';

const maxDepth = 100;

interface Reader {
  readonly file: string;
  readonly text: string;
  readonly errors: ParseError[];
  at: number;
  depth: number;
  starts?: readonly number[];
}

/** Thrown inside this file to leave a broken text; `readJson` turns it into an error of the document. */
class Broken extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/**
 * Reads one JSON text strictly as RFC 8259 has it, with the place of every node. No root when it is broken, and then exactly one error.
 * Duplicate keys are an error too, but reading goes on.
 */
export function readJson(file: string, text: string): { root?: Node; errors: readonly ParseError[] } {
  const reader: Reader = { file, text, errors: [], at: text.startsWith('\uFEFF') ? 1 : 0, depth: 0 };
  try {
    const root = readValue(reader);
    skipSpace(reader);
    if (reader.at < text.length) throw new Broken(reader.at, 'More text follows after the end of the JSON value.');
    return { root, errors: reader.errors };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const at = Math.min(error.at, text.length);
    const remedy = 'Correct the JSON here: double quotes, no comments, no comma after the last item.';
    return { errors: [{ span: spanOf(reader, at, Math.min(at + 1, text.length)), message: error.message, remedy }] };
  }
}

const spanOf = (reader: Reader, start: number, end: number): Span => ({ file: reader.file, start, end });

function skipSpace(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    reader.at++;
  }
}

function readValue(reader: Reader): Node {
  skipSpace(reader);
  const char = reader.text.charAt(reader.at);
  if (char === '{' || char === '[') {
    if (++reader.depth > maxDepth) throw new Broken(reader.at, `The JSON is nested more than ${maxDepth} levels deep.`);
    const node = char === '{' ? readMap(reader) : readList(reader);
    reader.depth--;
    return node;
  }
  if (char === '"') return readString(reader);
  return readWord(reader);
}

function readList(reader: Reader): Node {
  const start = reader.at++;
  const items: Node[] = [];
  skipSpace(reader);
  if (reader.text.charAt(reader.at) !== ']') {
    do items.push(readValue(reader));
    while (more(reader, ']'));
  }
  reader.at++;
  return { is: 'list', items, flow: true, span: spanOf(reader, start, reader.at) };
}

function readMap(reader: Reader): Node {
  const start = reader.at++;
  const entries: Entry[] = [];
  const seen = new Map<string, number>();
  skipSpace(reader);
  if (reader.text.charAt(reader.at) !== '}') {
    do entries.push(readEntry(reader, seen));
    while (more(reader, '}'));
  }
  reader.at++;
  return { is: 'map', entries, flow: true, span: spanOf(reader, start, reader.at) };
}

function readEntry(reader: Reader, seen: Map<string, number>): Entry {
  skipSpace(reader);
  const start = reader.at;
  if (reader.text.charAt(start) !== '"') throw new Broken(start, 'A key in double quotes is expected here.');
  const key = String(readString(reader).value);
  const keyEnd = reader.at;
  const first = seen.get(key);
  if (first !== undefined) reader.errors.push(duplicateKey(reader, key, first, start, keyEnd));
  seen.set(key, start);
  skipSpace(reader);
  if (reader.text.charAt(reader.at) !== ':') throw new Broken(reader.at, 'A `:` is expected after the key.');
  reader.at++;
  const value = readValue(reader);
  return { key, keySpan: spanOf(reader, start, keyEnd), value, span: spanOf(reader, start, reader.at) };
}

function duplicateKey(reader: Reader, key: string, first: number, start: number, end: number): ParseError {
  reader.starts ??= lineStarts(reader.text);
  const lines = `lines ${lineAt(reader.starts, first)} and ${lineAt(reader.starts, start)}`;
  return {
    span: spanOf(reader, start, end),
    message: `The key \`${key}\` stands twice in the same map (${lines}); the last one counts.`,
    remedy: 'Keep one of them.',
  };
}

function more(reader: Reader, end: string): boolean {
  skipSpace(reader);
  const char = reader.text.charAt(reader.at);
  if (char === end) return false;
  if (char !== ',') throw new Broken(reader.at, `A \`,\` or \`${end}\` is expected here.`);
  reader.at++;
  return true;
}

function readString(reader: Reader): ScalarNode {
  const { text } = reader;
  const start = reader.at;
  let escaped = false;
  for (reader.at = start + 1; ; reader.at++) {
    const code = text.charCodeAt(reader.at);
    if (code === 34) break;
    if (Number.isNaN(code)) throw new Broken(start, 'This text is never closed with a double quote.');
    if (code < 32) throw new Broken(reader.at, 'A line break or control character stands inside a text.');
    if (code === 92) {
      escaped = true;
      reader.at++;
    }
  }
  reader.at++;
  const span = spanOf(reader, start, reader.at);
  if (!escaped) return withOffsets(reader, { is: 'scalar', value: text.slice(start + 1, reader.at - 1), span }, start);
  return withOffsets(reader, { is: 'scalar', value: unescape(text.slice(start, reader.at), start), span }, start);
}

function unescape(quoted: string, start: number): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new Broken(start, 'A text holds an escape that JSON does not know.');
  }
}

/** Texts that hold a document (a policy as a JSON string) keep the way back to the file. */
function withOffsets(reader: Reader, node: ScalarNode, start: number): ScalarNode {
  if (typeof node.value !== 'string' || !/^\s*[[{]/.test(node.value)) return node;
  return { ...node, offsets: quotedOffsets(reader.text, start, node.value.length) };
}

/** Maps offsets in a double-quoted text to the file; `start` is the opening quote. Every escape is one character (or one UTF-16 unit). */
export function quotedOffsets(text: string, start: number, length: number): (inValue: number) => number {
  let table: Int32Array | undefined;
  return (inValue) => {
    if (!table) {
      table = new Int32Array(length + 1);
      let at = start + 1;
      for (let i = 0; i <= length; i++) {
        table[i] = at;
        if (text.charAt(at) !== '\\') at++;
        else at += text.charAt(at + 1) === 'u' ? 6 : text.charAt(at + 1) === 'x' ? 4 : 2;
      }
    }
    return table[Math.max(0, Math.min(inValue, length))] ?? start;
  };
}

const literals: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

function readWord(reader: Reader): Node {
  const { text, at } = reader;
  const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
  number.lastIndex = at;
  const digits = number.exec(text)?.[0];
  const literal = literals.find(([word]) => text.startsWith(word, at));
  const length = digits?.length ?? literal?.[0].length;
  if (length === undefined) throw new Broken(at, at >= text.length ? 'The JSON ends too early.' : 'A JSON value is expected here.');
  reader.at += length;
  const value = literal ? literal[1] : Number(digits);
  return {
    is: 'scalar',
    value: typeof value === 'number' && !Number.isFinite(value) ? String(digits) : value,
    span: spanOf(reader, at, reader.at),
  };
}
