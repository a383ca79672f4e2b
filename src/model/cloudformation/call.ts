import type { Node } from '../../documents/node.ts';

/** A call of an intrinsic function, in its short or its long form. `name` is without `Fn::`. */
export interface Call {
  readonly name: string;
  readonly argument: Node;
}

const functions = new Set([
  'And', 'Base64', 'Cidr', 'Condition', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Ref',
  'Select', 'Split', 'Sub', 'ToJsonString', 'Transform',
]); // prettier-ignore

export function call(node: Node): Call | undefined {
  if (node.tag !== undefined) {
    const { tag, ...argument } = node;
    return functions.has(tag) ? { name: tag, argument } : undefined;
  }
  const [only, ...more] = node.is === 'map' ? node.entries : [];
  if (!only || more.length > 0) return undefined;
  if (only.key === 'Ref' || (only.key === 'Condition' && only.value.is === 'scalar')) return { name: only.key, argument: only.value };
  const name = only.key.startsWith('Fn::') ? only.key.slice(4) : '';
  return functions.has(name) ? { name, argument: only.value } : undefined;
}
