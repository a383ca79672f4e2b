import type { Expression, SplatStep } from '../../documents/hcl-tree.ts';
import type { Span } from '../../documents/span.ts';
import type { Origin, OriginKind, Value } from '../value.ts';
import type { Budget } from './budget.ts';
import type { Files } from './files.ts';
import type { TerraformFunction } from './functions/define.ts';

/** One step behind a name: `.attr`, `[key]`, `[*].each`. `span` ends with the step and begins with the whole expression. */
export type Step = SplatStep & { readonly span: Span };

/** What a module's expressions can refer to. */
export interface Scope {
  readonly budget: Budget;
  readonly files: Files;
  /** The root module's directory, which relative file paths start from. */
  readonly rootDirectory: string;
  /** Functions beside Terraform's own. */
  readonly functions?: ReadonlyMap<string, TerraformFunction>;
  /** Before every address of this module instance: `module.store["a"].`; empty in the root module. */
  readonly path: string;
  /** The value of a name with its first steps (`var.x`, `aws_s3_bucket.b.id`) and how many steps that took. */
  lookup(name: string, steps: readonly Step[], context: Context): Found;
}

export interface Found {
  readonly value: Value | AllInstances;
  readonly used: number;
}

/** All instances of a resource or module, by the index or key of each: what a loop goes over, mostly to see little of each. */
export interface AllInstances {
  readonly is: 'instances';
  readonly all: readonly (readonly [string | number, Instanced])[];
  /** The value that they have together. */
  whole(): Value;
}

/** One instance of a resource or module. Nothing of it is evaluated but what is asked for. */
export interface Instanced {
  readonly is: 'instance';
  part(name: string): Value;
  whole(): Value;
}

export type Named = Value | Instanced;

/** Where an expression is evaluated. */
export interface Context {
  readonly scope: Scope;
  /** What an expression written here is to the value it makes. */
  readonly kind: OriginKind;
  /** Names that stand before those of the scope: of a `for`, `each`, `count`, a dynamic block's iterator. */
  readonly names: ReadonlyMap<string, Named>;
}

export const originOf = (expression: Pick<Expression, 'span'>, context: Context): Origin => ({ span: expression.span, what: context.kind });

export function withNames(context: Context, names: Iterable<readonly [string, Named]>): Context {
  const all = new Map(context.names);
  for (const [name, value] of names) all.set(name, value);
  return { ...context, names: all };
}
