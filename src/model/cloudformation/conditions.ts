import { child, type Node } from '../../documents/node.ts';
import { call } from './call.ts';
import { evaluate } from './intrinsics.ts';
import type { Template } from './template.ts';

/** Whether a named condition holds with the parameters' defaults; undefined when that can't be told. */
export function conditionHolds(template: Template, name: string): boolean | undefined {
  if (template.decided.has(name)) return template.decided.get(name);
  // Conditions chain without bound in a hostile template, and may name themselves: while one is being decided it is not known.
  template.decided.set(name, undefined);
  const node = template.decided.size > mostConditions ? undefined : child(template.conditions, name);
  const result = node && holds(template, node);
  template.decided.set(name, result);
  return result;
}

const mostConditions = 300;

function holds(template: Template, node: Node): boolean | undefined {
  const called = call(node);
  if (!called) return undefined;
  const { name, argument } = called;
  const list = argument.is === 'list' ? argument.items : [argument];
  switch (name) {
    case 'Condition':
      return argument.is === 'scalar' ? conditionHolds(template, String(argument.value)) : undefined;
    case 'Equals':
      return equal(template, list);
    case 'Not': {
      const inner = list[0] && holds(template, list[0]);
      return inner === undefined ? undefined : !inner;
    }
    case 'And':
      return every(list.map((item) => holds(template, item)));
    case 'Or': {
      const none = every(list.map((item) => negated(holds(template, item))));
      return negated(none);
    }
    default:
      return undefined;
  }
}

const negated = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);
const every = (values: readonly (boolean | undefined)[]): boolean | undefined =>
  values.includes(false) ? false : values.includes(undefined) ? undefined : true;

function equal(template: Template, [left, right]: readonly Node[]): boolean | undefined {
  if (!left || !right) return undefined;
  const a = evaluate(template, left);
  const b = evaluate(template, right);
  return a.is === 'known' && b.is === 'known' ? String(a.value) === String(b.value) : undefined;
}
