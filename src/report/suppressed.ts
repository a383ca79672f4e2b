import { severityIn, isIgnored } from '../config/heed.ts';
import type { Settings } from '../config/settings.ts';
import { shownAt } from '../diff/hunks.ts';
import type { Placed } from '../diff/once-per-line.ts';
import type { DiffIndex } from '../diff/place-finding.ts';
import type { Place } from '../diff/place.ts';
import type { Touched } from '../diff/touched.ts';
import type { Finding } from '../engine/finding.ts';
import type { Line, SuppressionIndex } from '../engine/suppress.ts';
import type { FaultySuppression, Suppression } from '../engine/suppress-comment.ts';
import { suppressionRules } from '../engine/suppress-rules.ts';
import type { ReviewComment, ReviewSuppression } from './review.ts';

export interface Apart {
  /** What is said: findings that no suppression hides. */
  readonly told: readonly Placed[];
  readonly suppressions: readonly ReviewSuppression[];
}

/**
 * Takes out the findings that a comment in the head's files suppresses, and lists every suppression that hides one of them or that the change
 * adds. `all`: every finding of the head, for what an added suppression hides that is not new. A suppression that has ended hides nothing,
 * and its finding says so.
 */
export function suppress(placed: readonly Placed[], all: readonly Finding[], index: SuppressionIndex, touches: Touched['after']): Apart {
  if (index.all.length === 0) return { told: placed, suppressions: [] };
  const hidden = new Map<Suppression, Map<string, Finding>>(index.all.filter(({ at }) => touches(at)).map((added) => [added, new Map()]));
  const hide = (by: Suppression, finding: Finding): void =>
    void hidden.set(by, (hidden.get(by) ?? new Map<string, Finding>()).set(finding.key, finding));
  const told = placed.flatMap(({ finding, place }): readonly Placed[] => {
    const line = lineOf(place);
    const by = index.of(finding, line);
    if (by) hide(by, finding);
    const ended = by ? undefined : index.ended(finding, line);
    if (ended)
      return [
        {
          place,
          finding: { ...finding, message: `${finding.message} The suppression on line ${ended.line} ended on ${ended.until ?? ''}.` },
        },
      ];
    return by ? [] : [{ finding, place }];
  });
  for (const finding of hidden.size > 0 ? all : []) {
    const by = index.of(finding);
    if (by && hidden.has(by)) hide(by, finding);
  }
  return {
    told,
    suppressions: [...hidden].filter(([by]) => !isOver(by, index)).map(([by, findings]) => described(by, [...findings.values()], touches)),
  };
}

const isOver = ({ at }: Suppression, { faulty }: SuppressionIndex): boolean => faulty.some((one) => one.at === at);
const lineOf = (place: Place): Line | undefined =>
  place.is === 'lines' && place.side === 'RIGHT' ? { file: place.file, line: place.from } : undefined;

const described = (
  { rule, at, line, reason, until = '' }: Suppression,
  findings: readonly Finding[],
  touches: Touched['after'],
): ReviewSuppression => ({
  rule,
  file: at.file,
  line,
  reason,
  until,
  added: touches(at),
  hides: findings.map(({ title, severity, resource }) => ({ title, severity, resource: resource.address })),
});

/** What is wrong with the suppressions that the change adds or alters, as comments at their lines. */
export function faultsIn(
  faulty: readonly FaultySuppression[],
  diff: DiffIndex,
  touches: Touched['after'],
  settings: Settings,
): readonly ReviewComment[] {
  const told = new Map<string, number>();
  return faulty
    .filter(({ at }) => touches(at) && !isIgnored(settings, [at.file]))
    .flatMap(({ fault, at, line, message }): readonly ReviewComment[] => {
      const { id, title, severity: own, why } = suppressionRules[fault];
      const severity = severityIn(settings, id, [at.file], own);
      if (severity === 'off') return [];
      const shown = shownAt(diff.files.get(at.file)?.hunks ?? [], line);
      const place: Place = shown
        ? { is: 'lines', file: at.file, side: 'RIGHT', from: line, to: line }
        : { is: 'file', file: at.file, line };
      const same = [id, at.file, message].join('|');
      const before = told.get(same) ?? 0;
      told.set(same, before + 1);
      // The same mistake may stand in one file several times; lines move, their order hardly.
      const key = `${same}|${before}`;
      return [
        {
          rule: id,
          severity,
          title,
          message,
          why,
          links: [],
          place,
          resource: at.file,
          others: [],
          key,
          environments: [],
          fix: { is: 'none' },
        },
      ];
    });
}
