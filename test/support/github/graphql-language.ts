import type { Json } from './json.ts';

/** A parsed request: as much of GraphQL as clients of GitHub's API write. Directives are not understood. */
export interface Operation {
  readonly kind: 'query' | 'mutation';
  readonly variables: ReadonlyMap<string, Variable>;
  readonly selections: readonly Selection[];
}
export interface Variable {
  readonly type: string;
  readonly value: ArgumentValue | undefined;
}
export interface Document {
  readonly operations: readonly Operation[];
  readonly fragments: ReadonlyMap<string, { readonly on: string; readonly selections: readonly Selection[] }>;
}
export interface FieldSelection {
  readonly is: 'field';
  readonly alias: string;
  readonly name: string;
  readonly args: ReadonlyMap<string, ArgumentValue>;
  readonly selections: readonly Selection[];
}
export type Selection =
  | FieldSelection
  | { readonly is: 'inline'; readonly on: string | undefined; readonly selections: readonly Selection[] }
  | { readonly is: 'spread'; readonly name: string };
export type ArgumentValue =
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'literal'; readonly value: Json }
  | { readonly is: 'list'; readonly items: readonly ArgumentValue[] }
  | { readonly is: 'object'; readonly fields: ReadonlyMap<string, ArgumentValue> };

/** Field name to its type (without list brackets or `!`) and its arguments' types as written. */
export type TypeFields = ReadonlyMap<string, { readonly type: string; readonly args: ReadonlyMap<string, string> }>;
export interface Schema {
  readonly types: ReadonlyMap<string, TypeFields>;
  /** Interface or union to the types that it may be. */
  readonly possible: ReadonlyMap<string, readonly string[]>;
}

export class GraphqlSyntaxError extends Error {}

const TOKEN =
  /[\s,\uFEFF]+|#[^\n]*|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[!$()[\]{}:=|]/y;

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
}

function tokenize(source: string): Cursor {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const start = TOKEN.lastIndex;
    const [token] = TOKEN.exec(source) ?? [];
    if (token === undefined)
      throw new GraphqlSyntaxError(`Expected one of GraphQL's tokens, actual: ${JSON.stringify(source.slice(start, start + 10))}`);
    if (!/^[\s,\uFEFF#]/.test(token)) tokens.push(token);
  }
  return { tokens, at: 0 };
}

const peek = (cursor: Cursor): string => cursor.tokens[cursor.at] ?? '';

function take(cursor: Cursor, expected?: string): string {
  const token = peek(cursor);
  if (token === '' || (expected !== undefined && token !== expected)) {
    throw new GraphqlSyntaxError(`Expected ${expected ?? 'more'}, actual: ${token === '' ? 'end of the text' : token}`);
  }
  cursor.at += 1;
  return token;
}

function takeIf(cursor: Cursor, token: string): boolean {
  if (peek(cursor) !== token) return false;
  cursor.at += 1;
  return true;
}

function takeName(cursor: Cursor): string {
  const name = take(cursor);
  if (!/^[A-Za-z_]/.test(name)) throw new GraphqlSyntaxError(`Expected a name, actual: ${name}`);
  return name;
}

export function parseDocument(source: string): Document {
  const cursor = tokenize(source);
  const operations: Operation[] = [];
  const fragments = new Map<string, { on: string; selections: readonly Selection[] }>();
  while (peek(cursor) !== '') {
    if (takeIf(cursor, 'fragment')) {
      const name = takeName(cursor);
      take(cursor, 'on');
      fragments.set(name, { on: takeName(cursor), selections: parseSelections(cursor) });
      continue;
    }
    const kind = takeIf(cursor, 'mutation') ? 'mutation' : 'query';
    if (kind === 'query' && peek(cursor) !== '{') take(cursor, 'query');
    if (/^[A-Za-z_]/.test(peek(cursor))) takeName(cursor);
    operations.push({ kind, variables: parseVariables(cursor), selections: parseSelections(cursor) });
  }
  return { operations, fragments };
}

function parseVariables(cursor: Cursor): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  if (!takeIf(cursor, '(')) return variables;
  while (!takeIf(cursor, ')')) {
    take(cursor, '$');
    const name = takeName(cursor);
    take(cursor, ':');
    const type = parseType(cursor);
    variables.set(name, { type, value: takeIf(cursor, '=') ? parseValue(cursor) : undefined });
  }
  return variables;
}

function parseType(cursor: Cursor): string {
  const inner = takeIf(cursor, '[') ? `[${parseType(cursor)}]` : takeName(cursor);
  if (inner.startsWith('[')) take(cursor, ']');
  return takeIf(cursor, '!') ? `${inner}!` : inner;
}

function parseSelections(cursor: Cursor): Selection[] {
  const selections: Selection[] = [];
  take(cursor, '{');
  while (!takeIf(cursor, '}')) selections.push(parseSelection(cursor));
  return selections;
}

function parseSelection(cursor: Cursor): Selection {
  if (takeIf(cursor, '...')) {
    if (takeIf(cursor, 'on')) return { is: 'inline', on: takeName(cursor), selections: parseSelections(cursor) };
    if (peek(cursor) === '{') return { is: 'inline', on: undefined, selections: parseSelections(cursor) };
    return { is: 'spread', name: takeName(cursor) };
  }
  const first = takeName(cursor);
  const name = takeIf(cursor, ':') ? takeName(cursor) : first;
  const args = new Map<string, ArgumentValue>();
  if (takeIf(cursor, '(')) {
    while (!takeIf(cursor, ')')) {
      const argument = takeName(cursor);
      take(cursor, ':');
      args.set(argument, parseValue(cursor));
    }
  }
  return { is: 'field', alias: first, name, args, selections: peek(cursor) === '{' ? parseSelections(cursor) : [] };
}

function parseValue(cursor: Cursor): ArgumentValue {
  const token = take(cursor);
  if (token === '$') return { is: 'variable', name: takeName(cursor) };
  if (token === '[') {
    const items: ArgumentValue[] = [];
    while (!takeIf(cursor, ']')) items.push(parseValue(cursor));
    return { is: 'list', items };
  }
  if (token === '{') {
    const fields = new Map<string, ArgumentValue>();
    while (!takeIf(cursor, '}')) {
      const name = takeName(cursor);
      take(cursor, ':');
      fields.set(name, parseValue(cursor));
    }
    return { is: 'object', fields };
  }
  return { is: 'literal', value: literal(token) };
}

function literal(token: string): Json {
  if (token.startsWith('"""')) return token.slice(3, -3);
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  if (token.startsWith('"')) {
    const value: unknown = JSON.parse(token);
    return typeof value === 'string' ? value : null;
  }
  return /^-?\d/.test(token) ? Number(token) : token; // a bare name is an enum's value
}

/** Reads a schema's types, with `type A {}`, `interface`, `input` and `union A = B | C`. Who implements an interface says so by a union. */
export function parseSchema(source: string): Schema {
  const cursor = tokenize(source);
  const types = new Map<string, TypeFields>();
  const possible = new Map<string, readonly string[]>();
  while (peek(cursor) !== '') {
    const keyword = take(cursor);
    const name = takeName(cursor);
    if (keyword === 'union') {
      take(cursor, '=');
      const members = [takeName(cursor)];
      while (takeIf(cursor, '|')) members.push(takeName(cursor));
      possible.set(name, members);
    } else types.set(name, parseFields(cursor));
  }
  return { types, possible };
}

function parseFields(cursor: Cursor): TypeFields {
  const fields = new Map<string, { type: string; args: Map<string, string> }>();
  take(cursor, '{');
  while (!takeIf(cursor, '}')) {
    const name = takeName(cursor);
    const args = new Map<string, string>();
    if (takeIf(cursor, '(')) {
      while (!takeIf(cursor, ')')) {
        const argument = takeName(cursor);
        take(cursor, ':');
        args.set(argument, parseType(cursor));
      }
    }
    take(cursor, ':');
    fields.set(name, { type: parseType(cursor).replace(/[[\]!]/g, ''), args });
  }
  return fields;
}
