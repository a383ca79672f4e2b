import { withSharedContext, type Change } from './change.ts';
import { assign } from './config/assign.ts';
import { heed, isIgnored, rulesInForce } from './config/heed.ts';
import { obeyedSettings } from './config/obeyed.ts';
import type { Snapshot } from './documents/snapshot.ts';
import { oncePerLine } from './diff/once-per-line.ts';
import { causesIn } from './diff/causes.ts';
import { indexDiff, placeFinding } from './diff/place-finding.ts';
import { touchedLines } from './diff/touched.ts';
import { validateHcl } from './documents/hcl2json.ts';
import { introducedFindings } from './engine/introduced.ts';
import type { Rule } from './engine/rule.ts';
import { indexSuppressions } from './engine/suppress.ts';
import { makeMemory, understand, type Understanding } from './engine/understand.ts';
import { fixAll } from './fix/fix-all.ts';
import { mend } from './fix/mend.ts';
import { blastRadius } from './impact/blast-radius.ts';
import { environmentsApart, parityRule } from './impact/parity.ts';
import { notesOf } from './report/notes.ts';
import { countOlder } from './report/older.ts';
import type { Fixes, Review } from './report/review.ts';
import { byLoudness, bySeverity, toComments, verdictOf, withoutFiles } from './report/compose.ts';
import { settingsNotes } from './report/settings-notes.ts';
import { faultsIn, suppress } from './report/suppressed.ts';

/** Told each path before it is parsed, and '' when all are. */
type Reading = (path: string) => void;

/**
 * The whole review of a change, on one page: obey the base's settings, understand base and head, keep what the change introduces, find its
 * place in the diff, leave out what is suppressed, prove the fixes, say how far the change reaches. Pure but for `reading`, which is told each
 * path before it is parsed. `today` (`YYYY-MM-DD`, in UTC) says which suppressions have ended.
 */
export async function review(given: Change, rules: readonly Rule[], today: string, reading?: Reading): Promise<Review> {
  const judged = judge(given, rules, today, reading);
  const { change, obeyed, base, head, diff, touched, told, suppressions, suppressed, older, see } = judged;
  const { settings } = obeyed;
  const mended = mend(told, head, diff, see);
  const found = [...toComments(mended, rules), ...faultsIn(suppressed.faulty, diff, touched.after, settings)];

  const ignored = (path: string): boolean => isIgnored(settings, [path]);
  const intended = (file: string, line: number): boolean =>
    ignored(file) || suppressed.all.some(({ rule, at, covers }) => rule === parityRule && at.file === file && covers === line);
  return {
    base: change.base,
    head: change.head,
    verdict: verdictOf(found, settings.failAt),
    ...byLoudness(found, settings.commentAt),
    suppressions,
    older,
    notes: await notesOf(change, head, validateHcl, ignored),
    settings: settingsNotes(obeyed),
    impact: withoutFiles(blastRadius(base, head, touched.before, touched.after), ignored),
    differences: environmentsApart(base, head, intended),
    unread: change.unread.filter(({ path }) => !ignored(path)),
    reviewedFiles: change.files.filter(
      ({ path, previousPath }) => !ignored(path) && (head.model.read.has(path) || base.model.read.has(previousPath ?? path)),
    ).length,
    posting: { failAt: settings.failAt, limit: settings.commentLimit, drafts: settings.drafts, applyFixes: settings.applyFixes },
  };
}

/** Every fix that a review of the same change would prove, in one set that is proven as a whole. `except`: keys of findings that stay. */
export function fix(given: Change, rules: readonly Rule[], today: string, except: ReadonlySet<string>, reading?: Reading): Fixes {
  const { told, head, see, obeyed } = judge(given, rules, today, reading);
  const wanted = told.filter(({ finding }) => !except.has(finding.key));
  return { ...fixAll(wanted, head, see), applyFixes: obeyed.settings.applyFixes };
}

/** The first half of the way: what a change introduces, at its place, the most severe first, without what is suppressed. */
function judge(given: Change, rules: readonly Rule[], today: string, reading?: Reading) {
  const change = withSharedContext(given);
  // Not from the shared context: what only the head has is never obeyed.
  const obeyed = obeyedSettings(given, { rules });
  const { settings } = obeyed;
  const inForce = rulesInForce(rules, settings);
  const memory = makeMemory();
  const understood = (snapshot: Snapshot, tell?: Reading): Understanding =>
    understand(snapshot, inForce, memory, tell, (model) => assign(model, settings));
  const base = understood(change.before, reading);
  const head = understood(change.after, reading);
  const diff = indexDiff(change);
  const touched = touchedLines(change, diff);

  const introduced = heed(introducedFindings(base, head, touched.after), settings);
  const all = heed(head.findings, settings);
  const causesOf = causesIn(base.model, head.model);
  const placed = introduced.map((finding) => ({ finding, place: placeFinding(finding, diff, causesOf(finding)) }));
  const suppressed = indexSuppressions(head.documents, change.after, new Set([...rules.map(({ id }) => id), parityRule]), today);
  const { told, suppressions } = suppress(placed, all, suppressed, touched.after);
  return {
    change,
    obeyed,
    base,
    head,
    diff,
    touched,
    suppressed,
    suppressions,
    older: countOlder(all, introduced, (finding) => suppressed.of(finding) !== undefined),
    told: bySeverity(oncePerLine(told)),
    /** Understands the head with something changed in it. */
    see: (snapshot: Snapshot) => understood(snapshot),
  };
}
