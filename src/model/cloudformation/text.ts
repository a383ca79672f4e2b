import { child, type Node, type ScalarNode } from '../../documents/node.ts';
import { unknown, type Origin, type Reference, type Value } from '../value.ts';
import { attribute, reference, withoutLiteral, type Read } from './intrinsics.ts';
import { spend, type Template } from './template.ts';

/** Longer texts are not configuration, and nested substitutions can double a text at every step. */
const longestText = 100_000;

/** `Fn::Sub`: known when everything in it is; otherwise its pieces, with what they refer to. */
export function substitute(template: Template, text: ScalarNode, names: Node | undefined, read: Read, here: readonly Origin[]): Value {
  const source = String(text.value);
  const pieces: Value[] = [];
  // Each name is read once: nested substitutions would otherwise be read as often as their names stand.
  const values = new Map<string, Value>();
  let end = 0;
  for (const match of source.matchAll(/\$\{([^${}]{1,300})\}/g)) {
    const name = match[1] ?? '';
    pieces.push(literal(source.slice(end, match.index)));
    const value =
      values.get(name) ?? (name.startsWith('!') ? literal(`\${${name.slice(1)}}`) : named(template, name.trim(), names, read, here));
    values.set(name, value);
    pieces.push(value);
    end = match.index + match[0].length;
  }
  if (pieces.length === 0 && !source.includes('{{resolve:')) {
    const origin: Origin = { span: text.via ?? text.span, what: 'attribute', literal: true };
    return { is: 'known', value: source, origins: [origin], ...(text.offsets && { offsets: text.offsets }) };
  }
  pieces.push(literal(source.slice(end)));
  return joinValues(template, '', pieces, here);
}

const literal = (value: string): Value => ({ is: 'known', value, origins: [] });

function named(template: Template, name: string, names: Node | undefined, read: Read, here: readonly Origin[]): Value {
  const own = child(names, name);
  if (own) return read(own);
  const [id = '', ...attr] = name.split('.');
  return attr.length > 0 ? attribute(template, id, attr, here) : reference(template, name, here);
}

/** Values put together as one text. Where a piece is unknown the whole is, with the pieces that are known. */
export function joinValues(template: Template, separator: string, values: readonly Value[], here: readonly Origin[]): Value {
  const pieces = values.flatMap((value, i) => (i > 0 && separator !== '' ? [literal(separator), value] : [value]));
  const origins = distinct(
    [...here, ...pieces.flatMap((piece) => piece.origins.slice(0, mostOrigins))],
    (origin) => `${origin.span.start}-${origin.span.end}`,
  );
  const refs = distinct(
    pieces.flatMap((piece) => (piece.is === 'known' || piece.is === 'unknown' ? (piece.refs ?? []).slice(0, mostOrigins) : [])),
    referenceKey,
  );
  const parts = joinedParts(pieces);
  if (!parts || !spend(template, 1 + parts.reduce((sum, part) => sum + (part?.length ?? 1), 0) / 10))
    return unknown('the text is too long', here, refs);
  const plainOrigins = origins.map(withoutLiteral);
  const [only = ''] = parts;
  if (parts.some((part) => part?.includes('{{resolve:') === true)) return unknown('dynamic reference', plainOrigins, refs);
  if (parts.length <= 1 && only !== null) return { is: 'known', value: only, origins: plainOrigins, ...(refs.length > 0 && { refs }) };
  return { ...unknown('known after deployment in part', plainOrigins, refs), parts };
}

const mostOrigins = 20;
const mostParts = 500;

const referenceKey = ({ to, attr }: Reference): string => [to, ...attr].join('.');

function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.toReversed().map((item) => [key(item), item])).values()].toReversed().slice(0, mostOrigins);
}

/** Neighbouring texts become one; undefined where there is too much of it. */
function joinedParts(pieces: readonly Value[]): readonly (string | null)[] | undefined {
  const parts: (string | null)[] = [];
  let length = 0;
  for (const piece of pieces) {
    for (const part of piece.is === 'known' ? [String(piece.value)] : piece.is === 'unknown' ? (piece.parts ?? [null]) : [null]) {
      const last = parts.at(-1);
      length += part?.length ?? 1;
      if (length > longestText || parts.length > mostParts) return undefined;
      if (part === '') continue;
      if (part !== null && typeof last === 'string') parts[parts.length - 1] = last + part;
      else parts.push(part);
    }
  }
  return parts;
}
