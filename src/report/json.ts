import type { Severity } from '../engine/rule.ts';
import type { Difference, Impact, Review, ReviewComment, ReviewNote, ReviewSuppression, Verdict } from './review.ts';
import { printableJson } from './printable.ts';

/** What `--format json` prints. A field may be added in version 1, none changes or goes. */
export interface JsonReview {
  readonly version: 1;
  readonly base: string;
  readonly head: string;
  readonly verdict: Verdict;
  readonly findings: readonly JsonFinding[];
  readonly suppressions: readonly ReviewSuppression[];
  /** Findings in the files that were read that the change did not bring; they are counted, not listed. */
  readonly older: number;
  readonly notes: readonly JsonNote[];
  readonly impact: Impact;
  readonly differences: readonly Difference[];
  readonly reviewedFiles: number;
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  readonly path: string;
  /** 1-based, at the head; at the base when `side` is LEFT. `endLine` is inclusive. */
  readonly line: number;
  readonly endLine: number;
  readonly side: 'RIGHT' | 'LEFT';
  readonly place: 'lines' | 'file' | 'summary';
  readonly resource: string;
  readonly environments: readonly string[];
  /** Below the severity that the settings want commented. */
  readonly quiet: boolean;
  readonly key: string;
  readonly suggestion: { readonly startLine: number; readonly endLine: number; readonly text: string } | null;
  /** A unified diff that mends it elsewhere than on its own lines. */
  readonly patch: string | null;
}

/** A file that could not be read at all has no line: `line` is then null. */
export interface JsonNote {
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
  readonly remedy: string | null;
}

export const renderJson = (review: Review): string => `${printableJson(toJson(review))}\n`;

export function toJson(review: Review): JsonReview {
  const { base, head, verdict, comments, quiet, suppressions, older, notes, settings, unread, impact, differences, reviewedFiles } = review;
  return {
    version: 1,
    base,
    head,
    verdict,
    findings: [...comments.map((one) => toFinding(one, false)), ...quiet.map((one) => toFinding(one, true))],
    suppressions,
    older,
    notes: [
      ...settings.map(toNote),
      ...notes.map(toNote),
      ...unread.map(({ path, why }) => ({ path, line: null, message: `Not reviewed: ${why}.`, remedy: null })),
    ],
    impact,
    differences,
    reviewedFiles,
  };
}

const toNote = ({ file, line, message, remedy }: ReviewNote): JsonNote => ({ path: file, line, message, remedy });

function toFinding(
  { rule, severity, title, message, place, resource, key, environments, fix }: ReviewComment,
  quiet: boolean,
): JsonFinding {
  const [line, endLine] = place.is === 'lines' ? [place.from, place.to] : [place.line, place.line];
  return {
    rule,
    severity,
    title,
    message,
    path: place.file,
    line,
    endLine,
    side: place.is === 'lines' ? place.side : 'RIGHT',
    place: place.is,
    resource,
    environments,
    quiet,
    key,
    suggestion: fix.is === 'suggestion' ? { startLine: fix.startLine, endLine: fix.endLine, text: fix.text } : null,
    patch: fix.is === 'patch' ? fix.diff : null,
  };
}
