import type { Entry, Node } from './node.ts';
import type { Span } from './span.ts';
import { giveUp, type Reader, type Size } from './yaml-reader.ts';

const maxDepth = 100;
/** Nodes that aliases may stand for, all together: enough for any real file, far too few for one that multiplies itself. */
const maxAliasedNodes = 100_000;

/** The anchored node as it stands at another place. Its children are shared, so what aliases stand for is counted, not copied. */
export function borrow(reader: Reader, target: Node, span: Span): Node {
  const size = sizeOf(reader, target);
  reader.aliasedNodes += size.nodes;
  if (reader.aliasedNodes > maxAliasedNodes || size.depth > maxDepth) {
    giveUp(
      reader,
      span.start,
      'The aliases of this document stand for too many values.',
      'Write the values out, or use fewer nested aliases.',
    );
    return { is: 'scalar', value: null, span };
  }
  const node: Node = { ...target, span, via: target.via ?? target.span };
  reader.sizes.set(node, size);
  return node;
}

function sizeOf(reader: Reader, node: Node): Size {
  const known = reader.sizes.get(node);
  if (known) return known;
  const children = node.is === 'map' ? node.entries.map((e) => e.value) : node.is === 'list' ? node.items : [];
  let nodes = 1;
  let depth = 0;
  for (const child of children) {
    const size = sizeOf(reader, child);
    nodes += size.nodes;
    depth = Math.max(depth, size.depth);
  }
  const size = { nodes, depth: depth + 1 };
  reader.sizes.set(node, size);
  return size;
}

/** The entries that `<<: *name` (or a list of such) brings in, each standing at the merge key. */
export function mergedEntries(reader: Reader, value: Node, keySpan: Span): readonly Entry[] {
  if (value.is === 'list') return value.items.flatMap((item) => mergedEntries(reader, item, keySpan));
  if (value.is !== 'map') return [];
  const span = { ...keySpan, end: Math.max(keySpan.end, value.span.end) };
  return value.entries.map((e) => ({ key: e.key, keySpan, span, value: borrow(reader, e.value, value.span) }));
}

/** Of entries with the same key the first: that is how merged maps count. */
export function firstOfEach(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>();
  return entries.filter((e) => !seen.has(e.key) && seen.add(e.key));
}
