import type { Span } from '../documents/span.ts';
import type { Environment, Key, Resource } from '../model/resource.ts';
import type { Origin } from '../model/value.ts';
import type { Fix, Severity } from './rule.ts';

/** A problem with its identity. Findings of several environments of one place are one finding that names them. */
export interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly message: string;
  readonly resource: Resource;
  /** Where in the resource the value stands. */
  readonly path: readonly Key[];
  /** rule | scope | address | path | subject. Equal keys at base and head are the same finding. */
  readonly key: string;
  /** The key without the scope: how a finding is recognised when its resource moves to another file or directory. */
  readonly movableKey: string;
  /** Tells apart several problems at one place (a CVE, a port); empty when there is one. */
  readonly subject: string;
  /** Places of the value, nearest first; never empty. */
  readonly origins: readonly Origin[];
  /** What the value is: an absent one is commented on where it would stand. */
  readonly absent: boolean;
  readonly related: readonly Span[];
  readonly environments: readonly Environment[];
  /** Addresses of other resources that the same line makes the same mistake in. */
  readonly others: readonly string[];
  readonly fix: readonly Fix[];
}
