import type { Unread } from '../change.ts';
import type { Place } from '../diff/place.ts';
import type { Severity } from '../engine/rule.ts';
import type { FixSet } from '../fix/fix-all.ts';
import type { Remedy } from '../fix/mend.ts';

/** What a reader gets: one plain value, the same for GitHub, the terminal and JSON. */
export interface Review {
  readonly base: string;
  readonly head: string;
  readonly verdict: Verdict;
  /** Introduced findings, the most severe first. */
  readonly comments: readonly ReviewComment[];
  /** Introduced findings that the settings don't want commented: they stand in the check's summary only. */
  readonly quiet: readonly ReviewComment[];
  /** Suppressions that hide an introduced finding, and all that the change adds. */
  readonly suppressions: readonly ReviewSuppression[];
  /** Findings at the head, in the files that were read, that the change did not bring: reviews are silent about them, `scan` lists them. */
  readonly older: number;
  readonly notes: readonly ReviewNote[];
  readonly impact: Impact;
  /** Where the change makes environments of the same thing differ. */
  readonly differences: readonly Difference[];
  readonly unread: readonly Unread[];
  /** What is wrong in the team's settings. */
  readonly settings: readonly SettingsNote[];
  readonly posting: Posting;
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
  /** Where the rule's own page is, when it is published anywhere. */
  readonly page?: string;
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

/**
 * Something wrong in the settings: at the base or in the organisation's file, where it is not obeyed, or at the head, where the change brings it.
 */
export interface SettingsNote extends ReviewNote {
  readonly side: 'base' | 'head' | 'organisation';
}

/** All fixes of a review, and what the team wants done with them. */
export interface Fixes extends FixSet {
  readonly applyFixes: Posting['applyFixes'];
}

/** How the team wants a review said on GitHub. */
export interface Posting {
  /** The severity from which a finding blocks: the verdict is taken anew when a person dismisses some. */
  readonly failAt: Severity | 'never';
  /** Comments placed in the diff at most. */
  readonly limit: number;
  readonly drafts: 'wait' | 'comment';
  /** What the check's button does with the proven fixes. */
  readonly applyFixes: 'button' | 'patch' | 'off';
}

/** A comment in a file that asks not to be told of a rule at its place. `line` is the comment's own, at the head. */
export interface ReviewSuppression {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  /** In the author's words, as they are in the file. */
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day on which it holds; '' when it has no end. */
  readonly until: string;
  /** Whether this change adds or alters it. */
  readonly added: boolean;
  /** What it hides, in words: the finding's title and resource. */
  readonly hides: readonly { readonly title: string; readonly severity: Severity; readonly resource: string }[];
}

/** One setting of an AI resource that its environments no longer share. Values are safe to print as code. */
export interface Difference {
  readonly resource: string;
  /** The setting, as people would name it: `image of server`, `arguments`, an attribute's path, the kind of a missing guard. */
  readonly aspect: string;
  readonly values: readonly { readonly environment: string; readonly value: string }[];
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
