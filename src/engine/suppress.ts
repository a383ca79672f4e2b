import type { Document } from '../documents/document.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { lineAt, lineStarts, type Span } from '../documents/span.ts';
import type { Finding } from './finding.ts';
import { suppressionsIn, type FaultySuppression, type Suppression } from './suppress-comment.ts';

/** Suppressions of one commit, those in force apart from those that ended before today. */
export interface SuppressionIndex {
  /** The suppression that silences a finding; `placed`: the line of the change that the finding would be said on. */
  readonly of: (finding: Finding, placed?: Line) => Suppression | undefined;
  readonly ended: (finding: Finding, placed?: Line) => Suppression | undefined;
  readonly all: readonly Suppression[];
  readonly faulty: readonly FaultySuppression[];
}

/** 1-based, at the head. */
export interface Line {
  readonly file: string;
  readonly line: number;
}

/** Suppressions that one review looks at; more are not written by people, and what they are for is then told. */
const most = 5000;

/** Reads the suppressions of all documents. `today`: `YYYY-MM-DD` in UTC. `rules`: every id that may be suppressed. */
export function indexSuppressions(
  documents: ReadonlyMap<string, Document>,
  snapshot: Snapshot,
  rules: ReadonlySet<string>,
  today: string,
): SuppressionIndex {
  const all: Suppression[] = [];
  const faulty: FaultySuppression[] = [];
  for (const document of documents.values()) {
    if (all.length + faulty.length >= most) break;
    const found = suppressionsIn(document, rules);
    all.push(...found.valid);
    faulty.push(...found.faulty);
  }
  const hasEnded = ({ until }: Suppression): boolean => until !== undefined && until < today;
  const name = (rule: string, { file, line }: Line): string => `${rule}|${line}|${file}`;
  // Of two for the same place the one that still holds counts.
  const byPlace = new Map(
    [...all.filter(hasEnded), ...all.filter((one) => !hasEnded(one))].map((one) => [
      name(one.rule, { file: one.at.file, line: one.covers }),
      one,
    ]),
  );
  const starts = new Map<string, readonly number[]>();
  const lineOf = (span: Span): Line => {
    const known = starts.get(span.file) ?? lineStarts(snapshot.get(span.file)?.text ?? '');
    starts.set(span.file, known);
    return { file: span.file, line: lineAt(known, span.start) };
  };
  const find = (finding: Finding, placed: Line | undefined): Suppression | undefined => {
    if (byPlace.size === 0) return undefined;
    const spans = [...finding.origins.map(({ span }) => span), finding.resource.at, finding.resource.span];
    for (const line of [...(placed ? [placed] : []), ...spans.map(lineOf)]) {
      const found = byPlace.get(name(finding.rule, line));
      if (found) return found;
    }
    return undefined;
  };
  return {
    of: (finding, placed) => {
      const found = find(finding, placed);
      return found && !hasEnded(found) ? found : undefined;
    },
    ended: (finding, placed) => {
      const found = find(finding, placed);
      return found && hasEnded(found) ? found : undefined;
    },
    all,
    faulty: [
      ...faulty,
      ...all.filter(hasEnded).map(({ rule, until = '', at, line }) => ({
        fault: 'expired' as const,
        at,
        line,
        message: `This suppression of \`${rule}\` ended on ${until} and does not count any more. Mend what it hid, or give it a new day and say why.`,
      })),
    ],
  };
}
