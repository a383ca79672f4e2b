/**
 * Regular expressions of the kind that Terraform has (RE2), matched in time linear in pattern times text: patterns come from the pull
 * request, and the language's own engine can be made to run for ever. Unsupported syntax gives undefined, never a wrong match.
 */
export interface Pattern {
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly program: readonly Instruction[];
}

type Test = (c: string) => boolean;
type Instruction =
  | { readonly op: 'char'; readonly test: Test }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly holds: (text: readonly string[], at: number) => boolean }
  | { readonly op: 'match' };

type Tree =
  | { readonly is: 'empty' }
  | { readonly is: 'char'; readonly test: Test }
  | { readonly is: 'assert'; readonly holds: (text: readonly string[], at: number) => boolean }
  | { readonly is: 'group'; readonly index: number; readonly of: Tree }
  | { readonly is: 'sequence' | 'either'; readonly of: readonly Tree[] }
  | { readonly is: 'repeat'; readonly of: Tree; readonly min: number; readonly max: number; readonly lazy: boolean };

interface Reader {
  readonly source: readonly string[];
  pos: number;
  groups: number;
  depth: number;
  flags: Flags;
  readonly names: Map<string, number>;
}
interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

class Unsupported extends Error {}

const maxPattern = 500;
const maxProgram = 3000;
const maxWork = 1_000_000;

export function compilePattern(source: string): Pattern | undefined {
  if (source.length > maxPattern) return undefined;
  try {
    const reader: Reader = {
      source: Array.from(source),
      pos: 0,
      groups: 0,
      depth: 0,
      flags: { i: false, m: false, s: false, U: false },
      names: new Map(),
    };
    const tree = readEither(reader);
    if (reader.pos < reader.source.length) return undefined;
    const program: Instruction[] = [];
    emit({ is: 'group', index: 0, of: tree }, program);
    program.push({ op: 'match' });
    return { groups: reader.groups, names: reader.names, program };
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

function readEither(reader: Reader): Tree {
  if (++reader.depth > 50) throw new Unsupported();
  const { flags } = reader;
  const branches = [readSequence(reader)];
  while (reader.source[reader.pos] === '|') {
    reader.pos++;
    branches.push(readSequence(reader));
  }
  reader.flags = flags;
  reader.depth--;
  return branches.length === 1 && branches[0] ? branches[0] : { is: 'either', of: branches };
}

function readSequence(reader: Reader): Tree {
  const of: Tree[] = [];
  for (let c = reader.source[reader.pos]; c !== undefined && c !== '|' && c !== ')'; c = reader.source[reader.pos])
    of.push(readRepeat(reader, readAtom(reader)));
  return { is: 'sequence', of };
}

function readRepeat(reader: Reader, atom: Tree): Tree {
  let tree = atom;
  for (;;) {
    const c = reader.source[reader.pos];
    const bounds = c === '*' ? [0, Infinity] : c === '+' ? [1, Infinity] : c === '?' ? [0, 1] : c === '{' ? readBounds(reader) : undefined;
    if (!bounds) return tree;
    if (c !== '{') reader.pos++;
    if (tree !== atom) throw new Unsupported();
    const lazy = reader.source[reader.pos] === '?';
    if (lazy) reader.pos++;
    const [min = 0, max = 0] = bounds;
    if (max < min || min > 1000 || (max !== Infinity && max > 1000)) throw new Unsupported();
    tree = { is: 'repeat', of: tree, min, max, lazy: lazy !== reader.flags.U };
  }
}

/** `{n}`, `{n,}` or `{n,m}`; a brace that is none of these stands for itself. */
function readBounds(reader: Reader): readonly [number, number] | undefined {
  const m = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(reader.source.slice(reader.pos, reader.pos + 12).join(''));
  if (!m) return undefined;
  reader.pos += m[0].length;
  const min = Number(m[1]);
  return [min, m[2] === undefined ? min : m[3] ? Number(m[3]) : Infinity];
}

function readAtom(reader: Reader): Tree {
  const c = reader.source[reader.pos++] ?? '';
  const { flags } = reader;
  switch (c) {
    case '.':
      return { is: 'char', test: flags.s ? () => true : (x) => x !== '\n' };
    case '^':
      return { is: 'assert', holds: flags.m ? (text, at) => at === 0 || text[at - 1] === '\n' : (_, at) => at === 0 };
    case '$':
      return { is: 'assert', holds: flags.m ? (text, at) => at === text.length || text[at] === '\n' : (text, at) => at === text.length };
    case '(':
      return readGroup(reader);
    case '[':
      return { is: 'char', test: readClass(reader) };
    case '\\':
      return readEscape(reader);
    case '*':
    case '+':
    case '?':
      throw new Unsupported();
    default:
      return { is: 'char', test: single(c, flags) };
  }
}

function single(c: string, flags: Flags): Test {
  if (!flags.i) return (x) => x === c;
  const lower = c.toLowerCase();
  return (x) => x.toLowerCase() === lower;
}

function readGroup(reader: Reader): Tree {
  const rest = reader.source.slice(reader.pos, reader.pos + 60).join('');
  const named = /^\?P?<([A-Za-z_]\w*)>/.exec(rest);
  const flagged = /^\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
  if (rest.startsWith('?') && !named && !flagged) throw new Unsupported();
  const outer = reader.flags;
  if (flagged) {
    reader.pos += flagged[0].length;
    const on = flagged[1] ?? '';
    const off = flagged[2] ?? '';
    const has = (f: keyof Flags): boolean => (on.includes(f) || outer[f]) && !off.includes(f);
    reader.flags = { i: has('i'), m: has('m'), s: has('s'), U: has('U') };
    if (flagged[3] === ')') return { is: 'empty' };
    const of = readEither(reader);
    reader.flags = outer;
    return closed(reader, of);
  }
  if (named) reader.pos += named[0].length;
  const index = ++reader.groups;
  if (named?.[1] !== undefined) reader.names.set(named[1], index);
  return { is: 'group', index, of: closed(reader, readEither(reader)) };
}

function closed(reader: Reader, tree: Tree): Tree {
  if (reader.source[reader.pos++] !== ')') throw new Unsupported();
  return tree;
}

const isWord: Test = (c) => /^[0-9A-Za-z_]$/.test(c);
const perl: Readonly<Record<string, Test>> = {
  d: (c) => c >= '0' && c <= '9',
  w: isWord,
  s: (c) => c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === '\f',
};
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', a: '\u0007' };
const posix: Readonly<Record<string, RegExp>> = {
  alnum: /^[0-9A-Za-z]$/,
  alpha: /^[A-Za-z]$/,
  digit: /^[0-9]$/,
  lower: /^[a-z]$/,
  upper: /^[A-Z]$/,
  space: /^[\t\n\v\f\r ]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  word: /^\w$/,
  xdigit: /^[0-9A-Fa-f]$/,
};

function perlClass(letter: string): Test | undefined {
  const test = Object.hasOwn(perl, letter.toLowerCase()) ? perl[letter.toLowerCase()] : undefined;
  return test && (letter === letter.toLowerCase() ? test : (c) => !test(c));
}

function readEscape(reader: Reader): Tree {
  const letter = reader.source[reader.pos++];
  if (letter === undefined) throw new Unsupported();
  const test = perlClass(letter);
  if (test) return { is: 'char', test };
  const boundary = (text: readonly string[], at: number): boolean => isWord(text[at - 1] ?? '') !== isWord(text[at] ?? '');
  if (letter === 'b') return { is: 'assert', holds: boundary };
  if (letter === 'B') return { is: 'assert', holds: (text, at) => !boundary(text, at) };
  if (letter === 'A') return { is: 'assert', holds: (_, at) => at === 0 };
  if (letter === 'z') return { is: 'assert', holds: (text, at) => at === text.length };
  return { is: 'char', test: single(escaped(letter), reader.flags) };
}

function escaped(letter: string): string {
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined;
  if (control !== undefined) return control;
  if (/[0-9A-Za-z]/.test(letter)) throw new Unsupported();
  return letter;
}

function readClass(reader: Reader): Test {
  const tests: Test[] = [];
  const { i } = reader.flags;
  const negated = reader.source[reader.pos] === '^';
  if (negated) reader.pos++;
  for (let first = true; ; first = false) {
    const c = reader.source[reader.pos];
    if (c === undefined) throw new Unsupported();
    if (c === ']' && !first) break;
    const named = c === '[' ? /^\[:(\^?)([a-z]+):\]/.exec(reader.source.slice(reader.pos, reader.pos + 14).join('')) : undefined;
    if (named) {
      const set = Object.hasOwn(posix, named[2] ?? '') ? posix[named[2] ?? ''] : undefined;
      if (!set) throw new Unsupported();
      tests.push((x) => set.test(x) !== (named[1] === '^'));
      reader.pos += named[0].length;
      continue;
    }
    const from = classChar(reader);
    if (typeof from !== 'string') {
      tests.push(from);
      continue;
    }
    let to = from;
    if (reader.source[reader.pos] === '-' && reader.source[reader.pos + 1] !== ']' && reader.source[reader.pos + 1] !== undefined) {
      reader.pos++;
      const end = classChar(reader);
      if (typeof end !== 'string' || code(end) < code(from)) throw new Unsupported();
      to = end;
    }
    const within: Test = (x) => x !== '' && code(x) >= code(from) && code(x) <= code(to);
    tests.push(i ? (x) => within(x.toLowerCase()) || within(x.toUpperCase()) : within);
  }
  reader.pos++;
  return (x) => tests.some((test) => test(x)) !== negated;
}

const code = (c: string): number => c.codePointAt(0) ?? -1;

function classChar(reader: Reader): string | Test {
  const c = reader.source[reader.pos++] ?? '';
  if (c !== '\\') return c;
  const letter = reader.source[reader.pos++];
  if (letter === undefined) throw new Unsupported();
  return perlClass(letter) ?? escaped(letter);
}

function emit(tree: Tree, program: Instruction[]): void {
  if (program.length > maxProgram) throw new Unsupported();
  switch (tree.is) {
    case 'empty':
      return;
    case 'char':
      program.push({ op: 'char', test: tree.test });
      return;
    case 'assert':
      program.push({ op: 'assert', holds: tree.holds });
      return;
    case 'group':
      program.push({ op: 'save', slot: tree.index * 2 });
      emit(tree.of, program);
      program.push({ op: 'save', slot: tree.index * 2 + 1 });
      return;
    case 'sequence':
      for (const part of tree.of) emit(part, program);
      return;
    case 'either':
      emitEither(tree.of, program);
      return;
    case 'repeat':
      emitRepeat(tree, program);
  }
}

function emitEither(branches: readonly Tree[], program: Instruction[]): void {
  const ends: { op: 'jump'; to: number }[] = [];
  branches.forEach((branch, i) => {
    if (i === branches.length - 1) {
      emit(branch, program);
      return;
    }
    const split = { op: 'split' as const, first: program.length + 1, second: 0 };
    program.push(split);
    emit(branch, program);
    const end = { op: 'jump' as const, to: 0 };
    ends.push(end);
    program.push(end);
    split.second = program.length;
  });
  for (const end of ends) end.to = program.length;
}

function emitRepeat({ of, min, max, lazy }: Extract<Tree, { is: 'repeat' }>, program: Instruction[]): void {
  for (let i = 0; i < min; i++) emit(of, program);
  const branch = (body: () => void): void => {
    const split = { op: 'split' as const, first: 0, second: 0 };
    program.push(split);
    const inside = program.length;
    body();
    [split.first, split.second] = lazy ? [program.length, inside] : [inside, program.length];
  };
  if (max === Infinity) {
    const start = program.length;
    branch(() => {
      emit(of, program);
      program.push({ op: 'jump', to: start });
    });
    return;
  }
  const optional = (left: number): void => {
    if (left > 0)
      branch(() => {
        emit(of, program);
        optional(left - 1);
      });
  };
  if (max - min > 200) throw new Unsupported();
  optional(max - min);
}

/** Finds matches in one text. Its work is counted over all of them, because finding all can take the square of the text's length. */
export interface Matcher {
  /** Groups of the first match at or after `from`, as pairs of offsets (-1 where a group took no part). Null: none. Undefined: too much work. */
  next(from: number): readonly number[] | null | undefined;
  /** Instructions carried out so far. */
  work(): number;
}

export function makeMatcher({ program, groups }: Pattern, text: readonly string[]): Matcher {
  const width = text.length + 1;
  const size = program.length * width;
  const visited = new Uint8Array(size > maxWork ? 0 : size);
  const state: Attempt = { program, text, groups, visited, touched: [], left: maxWork };
  const next = (from: number): readonly number[] | null | undefined => {
    if (size > maxWork) return undefined;
    // What failed from an earlier start fails from a later one too, so that the marks stay until something matches.
    for (const seen of state.touched) visited[seen] = 0;
    state.touched.length = 0;
    for (let start = from; start <= text.length; start++) {
      const found = matchAt(state, start);
      if (state.left <= 0) return undefined;
      if (found) return found;
    }
    return null;
  };
  return { next, work: () => maxWork - state.left };
}

interface Attempt {
  readonly program: readonly Instruction[];
  readonly text: readonly string[];
  readonly groups: number;
  readonly visited: Uint8Array;
  readonly touched: number[];
  left: number;
}

/** Tries the alternatives in order, and never the same instruction at the same place twice. */
function matchAt(state: Attempt, start: number): readonly number[] | undefined {
  const { program, text, groups, visited } = state;
  const width = text.length + 1;
  const slots: number[] = Array.from({ length: (groups + 1) * 2 }, () => -1);
  const stack: ({ pc: number; at: number } | { slot: number; old: number })[] = [{ pc: 0, at: start }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if ('slot' in top) {
      slots[top.slot] = top.old;
      continue;
    }
    let { pc, at } = top;
    for (;;) {
      const instruction = program[pc];
      const seen = pc * width + at;
      if (!instruction || visited[seen] || state.left-- <= 0) break;
      visited[seen] = 1;
      state.touched.push(seen);
      if (instruction.op === 'match') return slots;
      if (instruction.op === 'char') {
        const c = text[at];
        if (c === undefined || !instruction.test(c)) break;
        at++;
        pc++;
      } else if (instruction.op === 'jump') pc = instruction.to;
      else if (instruction.op === 'split') {
        stack.push({ pc: instruction.second, at });
        pc = instruction.first;
      } else if (instruction.op === 'save') {
        stack.push({ slot: instruction.slot, old: slots[instruction.slot] ?? -1 });
        slots[instruction.slot] = at;
        pc++;
      } else if (instruction.holds(text, at)) pc++;
      else break;
    }
  }
  return undefined;
}
