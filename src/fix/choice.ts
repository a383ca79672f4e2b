import type { Attribute, Body, Expression } from '../documents/hcl-tree.ts';
import type { Node } from '../documents/node.ts';
import type { Span } from '../documents/span.ts';
import type { Literal } from '../engine/rule.ts';

type Range = Pick<Span, 'start' | 'end'>;

const same = (a: Range, b: Range): boolean => a.start === b.start && a.end === b.end;
const holds = (outer: Range, inner: Range): boolean => outer.start <= inner.start && outer.end >= inner.end;

/**
 * Whether the value at a place is one branch of a choice whose other branch says already what would be written: `var.strict ? true : false`,
 * `!If [Strict, required, optional]`. Written in both, the choice would be one no longer, and whoever made it has to say what becomes of it.
 */
export function endsChoice(body: Body, place: Range, to: Literal): boolean {
  const attribute = attributeAt(body, place);
  return attribute !== undefined && endsIn(attribute.value, place, to);
}

function attributeAt(body: Body, place: Range): Attribute | undefined {
  const own = body.attributes.find(({ span }) => holds(span, place));
  if (own) return own;
  const block = body.blocks.find(({ span }) => holds(span, place));
  return block && attributeAt(block.body, place);
}

function endsIn(expression: Expression, place: Range, to: Literal): boolean {
  if (expression.is === 'conditional') {
    const { yes, no } = expression;
    const other = same(yes.span, place) ? no : same(no.span, place) ? yes : undefined;
    if (other) return says(textOf(other), to);
  }
  return inner(expression).some((one) => holds(one.span, place) && endsIn(one, place, to));
}

function inner(expression: Expression): readonly Expression[] {
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

const says = (text: string | undefined, to: Literal): boolean => typeof to !== 'object' && text === String(to);

function textOf(expression: Expression): string | undefined {
  if (expression.is === 'literal') return String(expression.value);
  const [part, ...more] = expression.is === 'template' ? expression.parts : [];
  return part?.is === 'text' && more.length === 0 ? part.text : undefined;
}

/** The same in CloudFormation, whose choices are lists: the condition's name and two values. */
export function endsFormationChoice(nodes: readonly Node[], place: Range, to: Literal): boolean {
  const node = nodes.find(({ span, via }) => !via && holds(span, place));
  if (node?.is === 'map')
    return node.entries.some(({ key, value }) =>
      holds(value.span, place) ? isBranch(value, key === 'Fn::If', place, to) || endsFormationChoice([value], place, to) : false,
    );
  if (node?.is !== 'list') return false;
  return isBranch(node, false, place, to) || endsFormationChoice(node.items, place, to);
}

function isBranch(node: Node, isIf: boolean, place: Range, to: Literal): boolean {
  if (node.is !== 'list' || (!isIf && node.tag !== 'If') || node.items.length !== 3) return false;
  const [, yes, no] = node.items;
  const other = yes && same(yes.span, place) ? no : no && same(no.span, place) ? yes : undefined;
  return other?.is === 'scalar' && says(String(other.value), to);
}
