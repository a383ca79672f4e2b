import type { Entry, Node } from '../../documents/node.ts';
import type { Decision } from './conditions.ts';

/** A template while it is evaluated. Parameters count with their defaults, as Terraform's variables do. */
export interface Template {
  readonly file: string;
  readonly parameters: ReadonlyMap<string, Node>;
  readonly mappings: Node | undefined;
  readonly conditions: Node | undefined;
  readonly resources: ReadonlyMap<string, Entry>;
  /** Conditions that are decided or being decided. */
  readonly decided: Map<string, Decision>;
  /** Values that functions may still make: a small template can ask for very many. */
  readonly budget: { left: number };
}

export const valuesOfTemplate = 100_000;

/** Takes from the template's budget; false when it is used up, and what was asked for is then unknown. */
export function spend(template: Template, values: number): boolean {
  template.budget.left -= values;
  return template.budget.left >= 0;
}

/** Whether the template has a resource of that logical id. */
export const isResource = (template: Template, id: string): boolean => template.resources.has(id);
