import type { Value } from '../value.ts';

/**
 * What evaluation may still cost, shared by all worlds of a snapshot so that hostile configuration cannot buy more by having more
 * directories. Every expression, copied node and kilobyte of text is a step.
 */
export interface Budget {
  steps: number;
  depth: number;
}

export const maxSteps = 2_000_000;
/** Expressions inside expressions and references behind references, together. Each takes a few stack frames. */
export const maxDepth = 250;
/** Nodes of one value, counted as if nothing were shared. */
export const maxNodes = 20_000;
export const maxText = 1_000_000;
/** Instances of one resource or module. */
export const maxInstances = 1000;

export const makeBudget = (steps = maxSteps): Budget => ({ steps, depth: 0 });

/** Takes steps from the budget; false when it is used up. */
export function spend(budget: Budget, steps: number): boolean {
  budget.steps -= steps;
  return budget.steps > 0;
}

/** How many nodes a value has; sharing does not make it smaller, since whoever walks it walks all of it. */
export function sizeOf(value: Value): number {
  if (value.is !== 'list' && value.is !== 'map') return 1;
  if (value.nodes !== undefined) return value.nodes;
  return sizeOfAll(value.is === 'list' ? value.items : value.entries.values());
}

/** How many nodes a list or map of these has, itself included. */
function sizeOfAll(items: Iterable<Value>): number {
  let size = 1;
  for (const item of items) size += sizeOf(item);
  return size;
}
