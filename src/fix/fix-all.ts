import { unifiedDiff } from '../diff/diff-texts.ts';
import type { Placed } from '../diff/once-per-line.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Understanding } from '../engine/understand.ts';
import type { Grounds, Judged, Proof } from './prove.ts';
import { groundsOf, provePlaced } from './prove-placed.ts';

/** Every fix of a review that can be made at once, proven as a whole. */
export interface FixSet {
  /** The files that change, in the order of their paths. */
  readonly files: readonly FixedFile[];
  readonly mended: readonly FixSubject[];
  /** Findings that bring a fix along which is not among these. */
  readonly left: readonly (FixSubject & { readonly why: string })[];
  /** Findings for which no fix is right without knowing more. */
  readonly unfixed: readonly FixSubject[];
}

export interface FixedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** From the one to the other, as a unified diff. */
  readonly diff: string;
}

/** All files' diffs as one, which `git apply` takes; empty when no file changes. */
export const patchOf = ({ files }: FixSet): string => files.map(({ diff }) => diff).join('');

/** A finding, as far as a list of fixes names it. `line` is 1-based, at the place where a review says the finding. */
export interface FixSubject {
  readonly rule: string;
  readonly title: string;
  readonly file: string;
  readonly line: number;
}

/** Each proof reads and judges the head again. Without conflicts one is enough for all fixes. */
const mostProofs = 60;

/**
 * Makes all findings' fixes at once and proves the whole: every finding gone, none new, every file readable. Where they can't all be made,
 * as many as can be, the most severe (first) before the others; each one that is left out is named with the reason.
 */
export function fixAll(placed: readonly Placed[], head: Understanding, judge: (snapshot: Snapshot) => Understanding): FixSet {
  const { texts, left, remaining } = most(
    placed.filter(({ finding }) => finding.fix.length > 0),
    groundsOf(head, judge),
  );
  const files = [...texts]
    .map(([path, after]): FixedFile => {
      const before = head.snapshot.get(path)?.text ?? '';
      return { path, before, after, diff: unifiedDiff(path, before, after) ?? '' };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  // What stood on the same lines may be gone without a fix of its own.
  const isThere = ({ finding, with: more = [] }: Placed): boolean => [finding, ...more].some(({ key }) => remaining.has(key));
  return {
    files,
    mended: placed.filter((one) => !isThere(one)).map(subjectOf),
    left: placed.flatMap((one) => (isThere(one) && left.has(one) ? [{ ...subjectOf(one), why: left.get(one) ?? '' }] : [])),
    unfixed: placed.filter((one) => isThere(one) && one.finding.fix.length === 0).map(subjectOf),
  };
}

const subjectOf = ({ finding, place }: Placed): FixSubject => ({
  rule: finding.rule,
  title: finding.title,
  file: place.file,
  line: place.is === 'lines' ? place.from : place.line,
});

interface Made {
  readonly texts: ReadonlyMap<string, string>;
  readonly left: ReadonlyMap<Placed, string>;
  /** Keys of what is found after the fixes. */
  readonly remaining: ReadonlySet<string>;
}

/** Tries all at once, and halves what does not work until each one that is at fault is found. */
function most(candidates: readonly Placed[], grounds: Grounds): Made {
  let judged = grounds.judged;
  const watched: Grounds = { ...grounds, judge: (snapshot) => (judged = grounds.judge(snapshot)) };
  let remaining = keysOf(grounds.judged);
  let texts: ReadonlyMap<string, string> = new Map();
  let made: readonly Placed[] = [];
  const left = new Map<Placed, string>();
  let proofs = 0;
  const proof = (subjects: readonly Placed[]): Proof => {
    proofs++;
    return provePlaced(subjects, watched);
  };
  const add = (some: readonly Placed[], as = some): void => {
    const [first] = some;
    if (!first) return;
    if (proofs >= mostProofs) {
      for (const one of some) left.set(one, 'this one was not tried, because too many fixes contradict each other');
      return;
    }
    const together = proof([...made, ...as]);
    if (together.is === 'proven') {
      made = [...made, ...as];
      ({ texts } = together);
      remaining = keysOf(judged);
    } else if (some.length > 1) {
      const half = Math.ceil(some.length / 2);
      add(some.slice(0, half));
      add(some.slice(half));
    } else if (as[0]?.with?.length) add(some, [{ ...first, with: [] }]);
    else {
      const alone = made.length > 0 ? proof(as) : together;
      left.set(first, alone.is === 'unproven' ? alone.why : `not together with the other fixes: ${together.why}`);
    }
  };
  add(candidates);
  return { texts, left, remaining };
}

const keysOf = ({ findings }: Judged): ReadonlySet<string> => new Set(findings.map(({ key }) => key));
