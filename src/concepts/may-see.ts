import type { Concept } from '../engine/rule.ts';
import type { Dialect } from '../model/resource.ts';

/** Whether a concept can see something in resources of a type. */
export const maySee = ({ types, sees }: Concept<unknown>, type: string, dialect: Dialect): boolean =>
  types?.has(type) ?? sees?.(type, dialect) ?? true;
