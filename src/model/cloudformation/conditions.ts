import { child, type Node } from '../../documents/node.ts';
import type { Origin, Scalar } from '../value.ts';
import { call } from './call.ts';
import { evaluate, withoutLiteral } from './intrinsics.ts';
import type { Template } from './template.ts';

/** Whether a condition holds with the parameters' defaults (undefined when that can't be told), and the places that decided it, nearest first. */
export interface Decision {
  readonly holds: boolean | undefined;
  readonly origins: readonly Origin[];
}

export function decide(template: Template, name: string): Decision {
  const before = template.decided.get(name);
  if (before) return before;
  // Conditions chain without bound in a hostile template, and may name themselves: while one is being decided it is not known.
  template.decided.set(name, undecided);
  const node = template.decided.size > mostConditions ? undefined : child(template.conditions, name);
  const result = node ? withPlace(node, decisionOf(template, node)) : undecided;
  template.decided.set(name, result);
  return result;
}

const undecided: Decision = { holds: undefined, origins: [] };
const mostConditions = 300;
const mostOrigins = 12;

const withPlace = (node: Node, { holds, origins }: Decision): Decision => ({
  holds,
  origins: [{ span: node.via ?? node.span, what: 'local' as const }, ...origins].slice(0, mostOrigins),
});

function decisionOf(template: Template, node: Node): Decision {
  const called = call(node);
  if (!called) return undecided;
  const { name, argument } = called;
  const list = argument.is === 'list' ? argument.items : [argument];
  switch (name) {
    case 'Condition':
      return argument.is === 'scalar' ? decide(template, String(argument.value)) : undecided;
    case 'Equals':
      return equal(template, list);
    case 'Not':
      return list[0] ? negated(decisionOf(template, list[0])) : undecided;
    case 'And':
      return every(list.map((item) => decisionOf(template, item)));
    case 'Or':
      return negated(every(list.map((item) => negated(decisionOf(template, item)))));
    default:
      return undecided;
  }
}

const negated = ({ holds, origins }: Decision): Decision => ({ holds: holds === undefined ? undefined : !holds, origins });

/** Of what is put together by "and", what does not hold decides by itself. */
function every(parts: readonly Decision[]): Decision {
  const against = parts.find(({ holds }) => holds === false);
  if (against) return against;
  const holds = parts.some((part) => part.holds === undefined) ? undefined : true;
  return { holds, origins: parts.flatMap(({ origins }) => origins).slice(0, mostOrigins) };
}

function equal(template: Template, [left, right]: readonly Node[]): Decision {
  if (!left || !right) return undecided;
  const a = evaluate(template, left);
  const b = evaluate(template, right);
  // What stands in the condition itself is a part of it; what it takes from elsewhere had a part of its own.
  const origins = [a, b].flatMap((value) => value.origins.slice(1).map(withoutLiteral));
  return { holds: a.is === 'known' && b.is === 'known' ? sameText(a.value, b.value) : undefined, origins };
}

/** Whether `yes` without quotes is a text or a truth differs between the readers that templates go through. */
function sameText(a: Scalar, b: Scalar): boolean | undefined {
  const word = [a, b].find((value) => typeof value === 'string' && /^(?:yes|no|on|off)$/i.test(value));
  if (word !== undefined && (typeof a === 'boolean' || typeof b === 'boolean')) return undefined;
  return String(a) === String(b);
}
