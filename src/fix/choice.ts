import type { Attribute, Body, Expression } from '../documents/hcl-tree.ts';
import type { Node } from '../documents/node.ts';
import type { Literal } from '../engine/rule.ts';
import { children, dataOwner, holds, same, type Range } from './find-node.ts';

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
  return children(expression).some((inner) => holds(inner.span, place) && endsIn(inner, place, to));
}

const says = (text: string | undefined, to: Literal): boolean => typeof to !== 'object' && text === String(to);

function textOf(expression: Expression): string | undefined {
  if (expression.is === 'literal') return String(expression.value);
  const [part, ...more] = expression.is === 'template' ? expression.parts : [];
  return part?.is === 'text' && more.length === 0 ? part.text : undefined;
}

/** The same in CloudFormation, whose choices are lists: the condition's name and two values. */
export function endsFormationChoice(roots: readonly Node[], place: Range, to: Literal): boolean {
  const owner = dataOwner(roots, place);
  if (owner?.is !== 'item' || owner.parent.items.length !== 3) return false;
  const around = dataOwner(roots, owner.parent.span);
  const isChoice = owner.parent.tag === 'If' || (around?.is === 'entry' && around.entry.key === 'Fn::If');
  const [, yes, no] = owner.parent.items;
  const other = owner.item === yes ? no : owner.item === no ? yes : undefined;
  return isChoice && other?.is === 'scalar' && says(String(other.value), to);
}
