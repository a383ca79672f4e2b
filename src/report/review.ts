import type { Unread } from '../change.ts';
import type { Place } from '../diff/place.ts';
import type { Severity } from '../engine/rule.ts';
import type { Remedy } from '../fix/mend.ts';

/** What a reader gets: one plain value, the same for GitHub, the terminal and JSON. */
export interface Review {
  readonly base: string;
  readonly head: string;
  readonly verdict: Verdict;
  /** Introduced findings, the most severe first. */
  readonly comments: readonly ReviewComment[];
  readonly notes: readonly ReviewNote[];
  readonly impact: Impact;
  readonly unread: readonly Unread[];
  /** How many changed files were configuration that Plumbline reads; 0 means "nothing to review". */
  readonly reviewedFiles: number;
}

/** pass: nothing of medium or above. advise: something, below the threshold. block: at or above the threshold. */
export type Verdict = 'pass' | 'advise' | 'block';

export interface ReviewComment {
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  /** Markdown: what is wrong here and what can happen. */
  readonly message: string;
  /** The rule's own explanation and where to read on; the same for every finding of the rule. */
  readonly why: string;
  readonly links: readonly string[];
  readonly place: Place;
  readonly resource: string;
  /** Other resources that the same line makes the same mistake in. */
  readonly others: readonly string[];
  /** Stable identity across pushes; safe to print (it holds no value from the configuration). */
  readonly key: string;
  /** Names of the environments in which it holds, when that is not all or unknown. */
  readonly environments: readonly string[];
  readonly fix: Remedy;
}

/** Something to say that is not a finding: a file that does not parse, a list that was cut. */
export interface ReviewNote {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

/** A first blast radius: what changed, what refers to it directly, in which environments. */
export interface Impact {
  readonly resources: readonly ImpactedResource[];
  readonly environments: readonly string[];
}
export interface ImpactedResource {
  readonly address: string;
  readonly type: string;
  readonly file: string;
  readonly line: number;
  readonly change: 'added' | 'changed' | 'removed';
  readonly environment: string;
  /** Addresses that refer to it directly. */
  readonly dependents: readonly string[];
}
