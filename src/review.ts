import { withSharedContext, type Change } from './change.ts';
import { oncePerLine } from './diff/once-per-line.ts';
import { causesIn } from './diff/causes.ts';
import { indexDiff, placeFinding } from './diff/place-finding.ts';
import { touchedLines } from './diff/touched.ts';
import { validateHcl } from './documents/hcl2json.ts';
import { introducedFindings } from './engine/introduced.ts';
import type { Rule } from './engine/rule.ts';
import { understand, type DocumentCache } from './engine/understand.ts';
import { mend } from './fix/mend.ts';
import { blastRadius } from './impact/blast-radius.ts';
import { notesOf } from './report/notes.ts';
import type { Review } from './report/review.ts';
import { bySeverity, toComments, verdictOf } from './report/compose.ts';

/**
 * The whole review of a change, on one page: understand base and head, keep what the change introduces, find its place in the diff, prove its
 * fix, say how far the change reaches. Pure but for `reading`, which is told each path before it is parsed.
 */
export async function review(given: Change, rules: readonly Rule[], reading?: (path: string) => void): Promise<Review> {
  const change = withSharedContext(given);
  const cache: DocumentCache = new Map();
  const base = understand(change.before, rules, cache, reading);
  const head = understand(change.after, rules, cache, reading);
  const diff = indexDiff(change);
  const touched = touchedLines(change, diff);

  const introduced = introducedFindings(base, head, touched.after);
  const causesOf = causesIn(base.model, head.model);
  const placed = bySeverity(oncePerLine(introduced.map((finding) => ({ finding, place: placeFinding(finding, diff, causesOf(finding)) }))));
  const mended = mend(placed, head, diff, (snapshot) => understand(snapshot, rules, cache));
  const comments = toComments(mended, rules);

  const notes = await notesOf(change, head, validateHcl);
  return {
    base: change.base,
    head: change.head,
    verdict: verdictOf(comments),
    comments,
    notes,
    impact: blastRadius(base, head, touched.before, touched.after),
    unread: change.unread,
    reviewedFiles: change.files.filter(({ path, previousPath }) => head.model.read.has(path) || base.model.read.has(previousPath ?? path))
      .length,
  };
}
