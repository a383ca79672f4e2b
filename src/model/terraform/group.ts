import type { Block } from '../../documents/hcl-tree.ts';
import { unknown, type Value } from '../value.ts';
import { readPart, readParts, underWay } from './blocks.ts';
import { expand, noNames, type Instance, type Instances } from './expand.ts';
import type { Context } from './scope.ts';

/** Where the expressions of an instance are evaluated, as what. */
export type ContextOf = (kind: Context['kind'], names?: Instance['names']) => Context;

/** A block of a resource, data source or module call with its instances. Nothing of it is evaluated before it is asked for. */
export interface Group {
  readonly address: string;
  readonly block: Block;
  readonly contextOf: ContextOf;
  expanded: Instances | 'busy' | undefined;
}

export const makeGroup = (address: string, block: Block, contextOf: ContextOf): Group => ({
  address,
  block,
  contextOf,
  expanded: undefined,
});

export function instancesOf(group: Group): Instances {
  if (group.expanded === 'busy') return { by: 'unknown', instances: [{ suffix: '', names: noNames, parts: new Map() }] };
  if (group.expanded) return group.expanded;
  group.expanded = 'busy';
  return (group.expanded = expand(group.block, group.contextOf('attribute')));
}

/** An attribute, or all blocks of a type, as configured for an instance. */
export function partOf({ address, block, contextOf }: Group, { names, parts }: Instance, name: string): Value | undefined {
  const before = parts.get(name);
  if (before === underWay) return unknown(`\`${address}\` refers to itself`, []);
  return before ?? readPart(block.body, name, contextOf('attribute', names), parts);
}

/** All of an instance's configuration, in the order in which it is written. */
export function partsOf({ block, contextOf }: Group, { names, parts }: Instance): ReadonlyMap<string, Value> {
  // What others have asked for so far is there already, but not in its place.
  const before = parts.size > 0 ? new Map(parts) : undefined;
  parts.clear();
  readParts(block.body, contextOf('attribute', names), parts, before);
  return parts;
}
