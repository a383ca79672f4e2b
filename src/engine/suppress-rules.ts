import type { Severity } from './rule.ts';

/** What can be wrong with a suppression. These are said like any finding, but no suppression silences them. */
export type SuppressionFault = 'malformed' | 'unknown' | 'unreasoned' | 'expired';

export interface SuppressionRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
}

const why =
  'A suppression takes a finding out of everybody’s sight. It does so only when it names a rule, gives a reason that the next reader can judge, and has not ended; otherwise it would look like a decision that nobody took.';

export const suppressionRules: Readonly<Record<SuppressionFault, SuppressionRule>> = {
  malformed: { id: 'plumbline/malformed-suppression', title: 'Suppression can’t be read', severity: 'low', why },
  unknown: { id: 'plumbline/unknown-suppression', title: 'Suppression names no rule', severity: 'low', why },
  unreasoned: { id: 'plumbline/unreasoned-suppression', title: 'Suppression gives no reason', severity: 'low', why },
  expired: { id: 'plumbline/expired-suppression', title: 'Suppression has ended', severity: 'low', why },
};
