import type { Attribute, Block, Body, Expression, ObjectEntry } from '../documents/hcl-tree.ts';
import type { Entry, Node } from '../documents/node.ts';
import type { Span } from '../documents/span.ts';

export type Range = Pick<Span, 'start' | 'end'>;
type ObjectExpression = Extract<Expression, { is: 'object' }>;
type ListExpression = Extract<Expression, { is: 'list' }>;

/** Where a value can be added in HCL. */
export type HclContainer = { readonly is: 'block'; readonly block: Block } | { readonly is: 'object'; readonly object: ObjectExpression };

/** What holds a value in HCL, and goes when the value goes. */
export type HclOwner =
  | { readonly is: 'attribute'; readonly attribute: Attribute; readonly block?: Block }
  | { readonly is: 'block'; readonly block: Block; readonly parent?: Block }
  | { readonly is: 'entry'; readonly entry: ObjectEntry; readonly object: ObjectExpression }
  | { readonly is: 'item'; readonly item: Expression; readonly list: ListExpression };

export const same = (a: Range, b: Range): boolean => a.start === b.start && a.end === b.end;
export const holds = (outer: Range, inner: Range): boolean => outer.start <= inner.start && outer.end >= inner.end;
const blockMatches = ({ span, header, body }: Block, wanted: Range): boolean =>
  same(span, wanted) || same(header, wanted) || same(body.span, wanted) || (span.start === wanted.start && holds(span, wanted));

export function hclContainer(body: Body, wanted: Range): HclContainer | undefined {
  for (const block of body.blocks) {
    if (blockMatches(block, wanted)) return { is: 'block', block: contentOf(block) };
    if (holds(block.span, wanted)) return hclContainer(block.body, wanted);
  }
  for (const attribute of body.attributes) {
    if (!holds(attribute.span, wanted)) continue;
    const { value, span } = attribute;
    if (value.is === 'object' && (same(span, wanted) || same(value.span, wanted))) return { is: 'object', object: value };
    const object = objectAt(value, wanted);
    return object && { is: 'object', object };
  }
  return undefined;
}

function objectAt(expression: Expression, wanted: Range): ObjectExpression | undefined {
  if (expression.is === 'object' && same(expression.span, wanted)) return expression;
  for (const inner of children(expression)) {
    const found = holds(inner.span, wanted) ? objectAt(inner, wanted) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** What a `dynamic` block makes is written in its `content`. */
const contentOf = (block: Block): Block =>
  block.type === 'dynamic' ? (block.body.blocks.find(({ type }) => type === 'content') ?? block) : block;

export function hclOwner(body: Body, wanted: Range, holder?: Block): HclOwner | undefined {
  for (const block of body.blocks) {
    if (blockMatches(block, wanted)) return holder ? { is: 'block', block, parent: holder } : { is: 'block', block };
    if (holds(block.span, wanted)) return hclOwner(block.body, wanted, block);
  }
  for (const attribute of body.attributes) {
    if (!holds(attribute.span, wanted)) continue;
    if (same(attribute.span, wanted) || same(attribute.value.span, wanted))
      return holder ? { is: 'attribute', attribute, block: holder } : { is: 'attribute', attribute };
    return ownerIn(attribute.value, wanted);
  }
  return undefined;
}

function ownerIn(expression: Expression, wanted: Range): HclOwner | undefined {
  if (expression.is === 'object') {
    const entry = expression.entries.find(({ span, value }) => same(span, wanted) || same(value.span, wanted));
    if (entry) return { is: 'entry', entry, object: expression };
  }
  if (expression.is === 'list') {
    const item = expression.items.find(({ span }) => same(span, wanted));
    if (item) return { is: 'item', item, list: expression };
  }
  for (const inner of children(expression)) {
    const found = holds(inner.span, wanted) ? ownerIn(inner, wanted) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The expressions in which a place of a value can lie: not those that compute, because what they give is not written anywhere. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case 'list':
      return expression.items;
    case 'object':
      return expression.entries.map(({ value }) => value);
    case 'call':
      return expression.args;
    case 'conditional':
      return [expression.yes, expression.no];
    default:
      return [];
  }
}

/** What holds a value in YAML or JSON. `parent` is the map or list that it is in. */
export type DataOwner =
  | { readonly is: 'entry'; readonly entry: Entry; readonly parent: Extract<Node, { is: 'map' }> }
  | { readonly is: 'item'; readonly item: Node; readonly parent: Extract<Node, { is: 'list' }> }
  | { readonly is: 'root'; readonly root: Node };

/** The owner of the node, entry or key that has this span. Nodes behind aliases are found at their anchor. */
export function dataOwner(roots: readonly Node[], wanted: Range): DataOwner | undefined {
  for (const root of roots) {
    if (same(root.span, wanted)) return { is: 'root', root };
    const found = holds(root.span, wanted) ? ownerBelow(root, wanted) : undefined;
    if (found) return found;
  }
  return undefined;
}

function ownerBelow(node: Node, wanted: Range): DataOwner | undefined {
  if (node.via) return undefined;
  if (node.is === 'map') {
    for (const entry of node.entries) {
      if (same(entry.value.span, wanted) || same(entry.span, wanted) || same(entry.keySpan, wanted))
        return { is: 'entry', entry, parent: node };
      const found = holds(entry.value.span, wanted) ? ownerBelow(entry.value, wanted) : undefined;
      if (found) return found;
    }
  }
  if (node.is === 'list') {
    for (const item of node.items) {
      if (same(item.span, wanted)) return { is: 'item', item, parent: node };
      const found = holds(item.span, wanted) ? ownerBelow(item, wanted) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** Whether a span is a part of a text over several lines (a patch in a kustomization, a manifest in a ConfigMap), which has a syntax of its own. */
export function isInScalar(nodes: readonly Node[], wanted: Range): boolean {
  const node = nodes.find(({ span, via }) => !via && holds(span, wanted));
  if (!node) return false;
  if (node.is === 'scalar') return !same(node.span, wanted) && node.offsets !== undefined && node.templated !== true;
  return isInScalar(node.is === 'map' ? node.entries.map(({ value }) => value) : node.items, wanted);
}

/**
 * The map that a span stands for: the map itself, the value of an entry, or the map that begins on the span's first line (a resource is
 * pointed at by its header, a list item by its first line).
 */
export function dataContainer(roots: readonly Node[], wanted: Range): DataOwner | undefined {
  const exact = dataOwner(roots, wanted);
  if (exact) return exact;
  for (const root of roots) {
    const found = beginsAt(root, { is: 'root', root }, wanted);
    if (found) return found;
  }
  return undefined;
}

function beginsAt(node: Node, owner: DataOwner, wanted: Range): DataOwner | undefined {
  if (node.via || node.span.end < wanted.start || node.span.start > wanted.end) return undefined;
  if (node.is === 'map' && node.span.start >= wanted.start && node.span.start <= wanted.end) return owner;
  if (node.is === 'map') {
    for (const entry of node.entries) {
      const found = beginsAt(entry.value, { is: 'entry', entry, parent: node }, wanted);
      if (found) return found;
    }
  }
  if (node.is === 'list') {
    for (const item of node.items) {
      const found = beginsAt(item, { is: 'item', item, parent: node }, wanted);
      if (found) return found;
    }
  }
  return undefined;
}

/** The node that an owner holds. */
export function ownedNode(owner: DataOwner): Node {
  switch (owner.is) {
    case 'root':
      return owner.root;
    case 'item':
      return owner.item;
    case 'entry':
      return owner.entry.value;
  }
}
