import type { Entry, MapNode, Node, ScalarNode } from '../documents/node.ts';
import type { Span } from '../documents/span.ts';
import { absent, unknown, type Known, type Origin, type Unknown, type Value } from './value.ts';

/** A dialect's own reading of a node (an intrinsic function, a template action); undefined where the node means what it says. */
export type Special = (node: Node, read: (node: Node) => Value) => Value | undefined;

/**
 * The value that a node of a data document states. Behind an alias or a merge key the first origin is the place of use and the second the
 * anchored text, which is the literal.
 */
export function nodeValue(node: Node, reading: Reading = {}): Value {
  return read(node, [], reading);
}

export interface Reading {
  readonly special?: Special;
  /** The document was a template: a key that stands twice is then written by one branch or the other, and not known. */
  readonly templated?: boolean;
}

function read(node: Node, uses: readonly Origin[], reading: Reading): Value {
  const own = reading.special?.(node, (inner) => read(inner, uses, reading));
  if (own) return own;
  const here = node.via ? [...uses, use(node.span)] : uses;
  const origins = originsOf(node, uses);
  switch (node.is) {
    case 'scalar':
      return readScalar(node, origins);
    case 'list':
      return { is: 'list', items: node.items.map((item) => read(item, here, reading)), origins };
    case 'map':
      return readMap(node, origins, reading.templated === true, (inner) => read(inner, here, reading));
  }
}

const use = (span: Span): Origin => ({ span, what: 'attribute' });

/** Where a node's value stands: the places of use outside in, then its own text. */
export function originsOf(node: Node, uses: readonly Origin[] = []): readonly Origin[] {
  const text = node.via ?? node.span;
  const before = node.via ? [...uses, use(node.span)] : uses;
  const what = before.length > 0 ? 'anchor' : 'attribute';
  return [
    ...before,
    node.is === 'scalar' && !node.templated && node.tag === undefined ? { span: text, what, literal: true } : { span: text, what },
  ];
}

function readScalar(node: ScalarNode, origins: readonly Origin[]): Value {
  if (node.templated) return templatedText(node, origins);
  if (node.value === null) return absent(origins);
  const known: Known = { is: 'known', value: node.value, origins };
  return node.offsets ? { ...known, offsets: node.offsets } : known;
}

/** Not known as a whole; of a block text it is known what stands around the actions. */
export function templatedText(node: ScalarNode, origins: readonly Origin[]): Unknown {
  const whole = unknown('written by a template', origins);
  if (!node.around) return whole;
  const { file } = node.span;
  const pieces = node.around.map((piece): Value => {
    if (piece.is === 'action') return unknown('written by a template', [use(piece.span)]);
    const span = { file, start: piece.offsets(0), end: piece.offsets(piece.text.length) };
    return { is: 'known', value: piece.text, origins: [{ span, what: 'attribute', literal: true }], offsets: piece.offsets };
  });
  return { ...whole, pieces };
}

function readMap(node: MapNode, origins: readonly Origin[], branches: boolean, readInner: (node: Node) => Value): Value {
  const entries = new Map<string, Value>();
  const written = new Map<string, Entry[]>();
  for (const e of node.entries) {
    const twins = written.get(e.key);
    if (twins) twins.push(e);
    else written.set(e.key, [e]);
  }
  for (const [key, twins] of written) {
    const last = twins.at(-1);
    if (last) entries.set(key, branches && twins.length > 1 ? either(twins) : readInner(last.value));
  }
  return { is: 'map', entries, origins, ...(node.open && { open: true }) };
}

const either = (twins: readonly Entry[]): Value =>
  unknown(
    'a template writes one of several values',
    twins.map((e) => use(e.value.span)),
  );
