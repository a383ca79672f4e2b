import type { Span } from '../documents/span.ts';

/**
 * A place in the source that had a part in a value, nearest first in a value's `origins`. `literal` is set on the place whose text *is* the
 * value, so that replacing the span's text changes the value: that is where a fix goes.
 */
export interface Origin {
  readonly span: Span;
  readonly what: OriginKind;
  readonly literal?: true;
}
export type OriginKind =
  | 'attribute' // the expression or node written at the resource itself
  | 'variable-default'
  | 'tfvars'
  | 'local'
  | 'module-input'
  | 'module-output'
  | 'parameter-default'
  | 'mapping'
  | 'anchor'
  | 'file' // a file read by file()/templatefile(), a kustomize patch, a values file
  | 'container'; // for an absent value: the block or map where it would be written

/** A reference to another resource of the same world, e.g. `aws_s3_bucket.models.arn` -> to `aws_s3_bucket.models`, attr `['arn']`. */
export interface Reference {
  readonly to: string;
  readonly attr: readonly string[];
}

export type Scalar = string | number | boolean;

/** What a static reader can say of a configuration value. A value that is null in the source is `absent`, with the null's place as origin. */
export type Value = Known | List | Dict | Unknown | Absent;

interface ValueBase {
  readonly origins: readonly Origin[];
}
/** What a text stands for, kept beside it so that rules can look inside: read it through `embedded()`. */
interface TextBase extends ValueBase {
  /** The argument of `jsonencode`, the statements of a policy document. */
  readonly structure?: Value;
}
export interface Known extends TextBase {
  readonly is: 'known';
  readonly value: Scalar;
  readonly refs?: readonly Reference[];
  /** For text with a document in it: maps an offset in `value` to its place in the file. Absent when the text was computed. */
  readonly offsets?: (inValue: number) => number;
  /** The file that `offsets` leads into; the first origin's file when absent. */
  readonly textFile?: string;
  /** For text with a document in it that was put together: its pieces in order, each with its own origins. */
  readonly pieces?: readonly Value[];
}
export interface List extends ValueBase {
  readonly is: 'list';
  readonly items: readonly Value[];
  readonly refs?: readonly Reference[];
  /** How many items there are is not known; an unknown item stands for those that we cannot name. */
  readonly open?: true;
  /** A set: its items are distinct and in no order. */
  readonly set?: true;
  /** How many values this is, counting those inside; kept so that nobody has to walk a large value to see that it is large. */
  readonly nodes?: number;
}
export interface Dict extends ValueBase {
  readonly is: 'map';
  readonly entries: ReadonlyMap<string, Value>;
  readonly refs?: readonly Reference[];
  readonly nodes?: number;
  /** Keys exist that we cannot name (a merge with an unknown map): then a missing key is unknown, not absent. */
  readonly open?: true;
}
export interface Unknown extends TextBase {
  readonly is: 'unknown';
  readonly why: string;
  readonly refs: readonly Reference[];
  /** For text that is known in part: its pieces in order, null where a piece is unknown. */
  readonly parts?: readonly (string | null)[];
  /** The same pieces as values, each with its own origins and references. */
  readonly pieces?: readonly Value[];
  /** The tool itself would refuse this expression; `why` says what is wrong with it. */
  readonly fails?: true;
}
export interface Absent extends ValueBase {
  readonly is: 'absent';
}

const noRefs: readonly Reference[] = Object.freeze([]);

export const known = (value: Scalar, origins: readonly Origin[], refs = noRefs): Known =>
  refs.length > 0 ? { is: 'known', value, origins, refs } : { is: 'known', value, origins };
export const unknown = (why: string, origins: readonly Origin[], refs = noRefs): Unknown => ({
  is: 'unknown',
  why,
  refs,
  origins,
});
export const absent = (origins: readonly Origin[]): Absent => ({ is: 'absent', origins });

/** Every reference that stands anywhere in a value. */
export function* references(value: Value): Generator<Reference> {
  if (value.is !== 'absent') yield* value.refs ?? [];
  if (value.is === 'list') for (const item of value.items) yield* references(item);
  else if (value.is === 'map') for (const item of value.entries.values()) yield* references(item);
}

/** Plain data for a value that is known all through; undefined where any part is unknown. Absent entries are left out. */
export function plain(value: Value): unknown {
  switch (value.is) {
    case 'known':
      return value.value;
    case 'unknown':
    case 'absent':
      return undefined;
    case 'list': {
      const items = value.items.map(plain);
      return items.includes(undefined) ? undefined : items;
    }
    case 'map': {
      if (value.open) return undefined;
      const out: Record<string, unknown> = {};
      for (const [key, item] of value.entries) {
        if (item.is === 'absent') continue;
        const inner = plain(item);
        if (inner === undefined) return undefined;
        Object.defineProperty(out, key, { value: inner, enumerable: true, configurable: true, writable: true });
      }
      return out;
    }
  }
}
