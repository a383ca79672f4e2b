import type { Change, ChangedFile } from '../change.ts';
import { isConfiguration } from '../context/configuration.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { lineStarts, linesOf, type Span } from '../documents/span.ts';
import type { Finding } from '../engine/finding.ts';
import type { Origin } from '../model/value.ts';
import { code } from '../engine/words.ts';
import type { Resource } from '../model/resource.ts';
import type { Causes } from './causes.ts';
import { parsePatch, type Hunk, type HunkLine } from './hunks.ts';
import type { Place } from './place.ts';

/** The lines of a change by file: made once, asked for every finding. */
export interface DiffIndex {
  /** Changed files by their path at the head (at the base for a removed file). */
  readonly files: ReadonlyMap<string, FileDiff>;
  /** The 1-based lines of a span; undefined when the file is not in the snapshot. */
  readonly lines: (span: Span) => Lines | undefined;
  /** A span at the base, in a changed file. */
  readonly before: (span: Span) => { readonly diff: FileDiff; readonly lines: Lines } | undefined;
}

export interface FileDiff {
  readonly path: string;
  readonly status: ChangedFile['status'];
  /** Empty when the change has no patch for the file: then no line of it can carry a comment. */
  readonly hunks: readonly Hunk[];
}

/** 1-based, inclusive. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

/** A part of a finding's source in a changed file. `all` is its whole extent; `own` is what a comment may point at (a block: its first line). */
interface Spot {
  readonly diff: FileDiff;
  readonly own: Lines;
  readonly all: Lines;
}

const longestComment = 10;

export function indexDiff(change: Change): DiffIndex {
  const files = new Map<string, FileDiff>();
  const byOldPath = new Map<string, FileDiff>();
  for (const { path, previousPath, status, patch } of change.files) {
    const diff = { path, status, hunks: patch === undefined ? [] : parsePatch(patch) };
    files.set(path, diff);
    if (status !== 'added') byOldPath.set(previousPath ?? path, diff);
  }
  const linesAtBase = linesIn(change.before);
  const linesAtHead = linesIn(change.after);
  return {
    files,
    lines: (span) => (files.get(span.file)?.status === 'removed' ? linesAtBase : linesAtHead)(span),
    before: (span) => {
      const diff = byOldPath.get(span.file);
      const lines = diff && linesAtBase(span);
      return lines && { diff, lines };
    },
  };
}

/** Where the lines of a file begin is found once, when one of its spans is asked for. */
function linesIn(snapshot: Snapshot): (span: Span) => Lines | undefined {
  const known = new Map<string, readonly number[]>();
  return (span) => {
    const text = snapshot.get(span.file)?.text;
    if (text === undefined) return undefined;
    const starts = known.get(span.file) ?? lineStarts(text);
    known.set(span.file, starts);
    return linesOf(starts, span);
  };
}

/**
 * Where a finding is said: on the line of the change that brought it, else near the removal that did, else where its value is visible in
 * the diff, else on the file, else in the summary. Lines are always ones that GitHub accepts a comment on.
 */
export function placeFinding(finding: Finding, change: DiffIndex, { existence, former, neighbours }: Causes = noCauses): Place {
  const origins = spotsOf(finding, change);
  const related = finding.related.flatMap((span) => spot(span, span, change));
  const makers = existence.flatMap((span) => spot(span, span, change));
  const resource = spot(finding.resource.span, finding.resource.at, change);
  const names = namesIn(finding);
  const tries: readonly (() => Place | undefined)[] = [
    // Of several changed places the one that holds the literal is the one to mend: the suggestion can stand there.
    () =>
      first(
        spotsOf(finding, change, ({ literal }) => literal === true),
        onAdded,
      ),
    () => first([...origins, ...related], onAdded),
    () => first([...origins, ...(finding.absent ? resource : [])], (at) => nearRemoval(at, names)),
    () => onFormer(former, change),
    () => first(makers, onAdded),
    () => first([...origins, ...related], onRemovedFile),
    () => first([...origins, ...related], onVisible),
    () => first(resource, (at) => nearRemoval(at, names) ?? onAdded({ ...at, own: at.all })),
  ];
  for (const attempt of tries) {
    const place = attempt();
    if (place) return place;
  }
  const [changed] = [...origins, ...related, ...makers, ...resource];
  if (changed && changed.diff.status !== 'removed') return { is: 'file', file: changed.diff.path, line: changed.own.from };
  return elsewhere(finding, change, neighbours);
}

const noCauses: Causes = { existence: [], former: [], neighbours: [] };

function spotsOf(finding: Finding, change: DiffIndex, which: (origin: Origin) => boolean = () => true): readonly Spot[] {
  const { at } = finding.resource;
  return finding.origins.filter(which).flatMap(({ span, what }) => {
    const holdsHeader = span.file === at.file && span.start <= at.start && span.end >= at.end;
    return spot(span, holdsHeader ? at : what === 'container' ? { ...span, end: span.start } : span, change);
  });
}

/** `own`: a block is pointed at by its header, because the rest of it is what other findings speak of. */
function spot(span: Span, own: Span, change: DiffIndex): readonly Spot[] {
  const diff = change.files.get(span.file);
  const all = diff && change.lines(span);
  return all ? [{ diff, all, own: change.lines(own) ?? all }] : [];
}

function first(spots: readonly Spot[], place: (spot: Spot) => Place | undefined): Place | undefined {
  for (const at of spots) {
    const found = place(at);
    if (found) return found;
  }
  return undefined;
}

const inside = ({ from, to }: Lines, line: number): boolean => line >= from && line <= to;
const right = (diff: FileDiff, from: number, to = from): Place => ({ is: 'lines', file: diff.path, side: 'RIGHT', from, to });

/** The first run of added lines that the value stands on: all of it, or its first line when it is long. A run never leaves its hunk. */
function onAdded({ diff, own }: Spot): Place | undefined {
  if (diff.status === 'removed') return undefined;
  for (const { lines } of diff.hunks) {
    const start = lines.findIndex((line) => line.kind === 'added' && inside(own, line.new));
    const from = lines[start]?.new;
    if (from === undefined) continue;
    const end = lines.findIndex((line, i) => i > start && !(line.kind === 'added' && inside(own, line.new)));
    const length = (end === -1 ? lines.length : end) - start;
    return right(diff, from, length > longestComment ? from : from + length - 1);
  }
  return undefined;
}

/** Next to lines that were taken out of the block, on a line that is still there: so a suggestion can put them back. */
function nearRemoval({ diff, all }: Spot, names: ReadonlySet<string>): Place | undefined {
  if (diff.status === 'removed') return undefined;
  let found: Place | undefined;
  for (const { lines } of diff.hunks) {
    for (const { start, end } of removals(lines)) {
      const before = lines[start - 1]?.new;
      const after = lines[end];
      if (!removedFrom(all, before, after?.new)) continue;
      const said = lines.slice(start, end).find((line) => setsOneOf(names, line.text));
      if (found && !said) continue;
      const replaced = after?.kind === 'added' && inside(all, after.new) && after.text.trim() !== '';
      const near = replaced ? after.new : nearest(lines, start, all);
      const old = (said ?? lines[start])?.old ?? 1;
      found = near === undefined ? { is: 'lines', file: diff.path, side: 'LEFT', from: old, to: old } : right(diff, near);
      if (said) return found;
    }
  }
  return found;
}

/** The runs of removed lines of a hunk, as half-open ranges of its lines. */
function* removals(lines: readonly HunkLine[]): Generator<{ readonly start: number; readonly end: number }> {
  for (let start = 0; start < lines.length; start++) {
    let end = start;
    while (lines[end]?.kind === 'removed') end++;
    if (end === start) continue;
    yield { start, end };
    start = end;
  }
}

/** Lines were inside a block when the lines that now stand before and after them are. */
function removedFrom(all: Lines, before: number | undefined, after: number | undefined): boolean {
  if (before === undefined) return after !== undefined && after > all.from && after <= all.to;
  return before >= all.from && before < all.to;
}

function nearest(lines: readonly HunkLine[], removal: number, all: Lines): number | undefined {
  let best: { readonly line: number; readonly distance: number } | undefined;
  for (const [i, line] of lines.entries()) {
    if (line.kind === 'removed' || !inside(all, line.new) || line.text.trim() === '') continue;
    const distance = Math.abs(i - removal);
    if (!best || distance < best.distance) best = { line: line.new, distance };
  }
  return best?.line;
}

/** The words of a finding's key and of its fixes' paths: the names of the settings that it is about are among them. */
function namesIn({ key, fix }: Finding): ReadonlySet<string> {
  const paths = fix.flatMap((one) => (one.do === 'set' || one.do === 'remove' ? one.at.path : []));
  return new Set([...key.split(/[^\w-]+/), ...paths.map(String)]);
}

/** Whether a line begins with one of these names, as a setting of it does. */
function setsOneOf(names: ReadonlySet<string>, text: string): boolean {
  const name = /^[\s-]*"?([\w./-]{1,80})/.exec(text)?.[1];
  return name !== undefined && names.has(name);
}

/** A span into a removed file is on the base's side: its lines are shown as removed. */
function onRemovedFile({ diff, own }: Spot): Place | undefined {
  if (diff.status !== 'removed') return undefined;
  const shown = diff.hunks.flatMap(({ lines }) => lines).find((line) => line.kind === 'removed' && inside(own, line.old));
  return shown?.old === undefined ? undefined : { is: 'lines', file: diff.path, side: 'LEFT', from: shown.old, to: shown.old };
}

/** On the removed line that gave the value before. */
function onFormer(former: readonly Span[], change: DiffIndex): Place | undefined {
  for (const span of former) {
    const at = change.before(span);
    const lines = at?.diff.hunks.flatMap((hunk) => hunk.lines) ?? [];
    const gone = lines.find((line) => line.kind === 'removed' && at !== undefined && inside(at.lines, line.old));
    if (at && gone?.old !== undefined) return { is: 'lines', file: at.diff.path, side: 'LEFT', from: gone.old, to: gone.old };
  }
  return undefined;
}

function onVisible({ diff, own }: Spot): Place | undefined {
  if (diff.status === 'removed') return undefined;
  for (const { lines } of diff.hunks) {
    const shown = lines.find((line) => line.kind !== 'removed' && inside(own, line.new));
    if (shown?.new !== undefined) return right(diff, shown.new);
  }
  return undefined;
}

/** No line of the finding's source is in a changed file: it is told in the summary, with what can have brought it. */
function elsewhere(finding: Finding, change: DiffIndex, neighbours: readonly Resource[]): Place {
  const span = finding.origins[0]?.span ?? finding.resource.at;
  return { is: 'summary', file: span.file, line: change.lines(span)?.from ?? 1, why: whyElsewhere(span, change, neighbours) };
}

function whyElsewhere(span: Span, change: DiffIndex, neighbours: readonly Resource[]): string {
  for (const { span: all, address } of neighbours) {
    const at = first(spot(all, all, change), onAdded);
    if (at?.is === 'lines') return `the cause is in another file: the change to ${code(address)}, ${code(at.file)} line ${at.from}`;
  }
  const directory = span.file.slice(0, span.file.lastIndexOf('/') + 1);
  const files = [...change.files.keys()];
  const configuration = files.filter(isConfiguration);
  // A script or a template may be read by configuration, too.
  const changed = configuration.length > 0 ? configuration : files;
  const beside = changed.filter((path) => path.startsWith(directory));
  const causes = beside.length > 0 ? beside : changed;
  const names = causes.slice(0, 3).map(code).join(', ');
  const more = causes.length > 3 ? ` and ${causes.length - 3} more` : '';
  const which = causes.length === 1 ? `the change to ${names}` : `one of ${names}${more}`;
  return causes.length === 0 ? 'no file of the change has it' : `the cause is in another file: ${which}`;
}
