import { unifiedDiff } from '../diff/diff-texts.ts';
import type { DiffIndex } from '../diff/place-finding.ts';
import type { Placed } from '../diff/once-per-line.ts';
import type { Place } from '../diff/place.ts';
import type { Understanding } from '../engine/understand.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { mergeSuggestions, type Suggested } from './merge-suggestions.ts';
import type { Grounds } from './prove.ts';
import { groundsOf, provePlaced } from './prove-placed.ts';
import { suggestionFor, type Suggestion } from './suggestion.ts';

/** What a reader is offered with a finding. All but `none` are proven. */
export type Remedy =
  | { readonly is: 'none' }
  /** `text` replaces exactly the comment's lines. */
  | { readonly is: 'suggestion'; readonly startLine: number; readonly endLine: number; readonly text: string }
  /** The fix belongs on lines that can carry no suggestion: a unified diff. `instead`: of another finding's suggestion there, which it contradicts. */
  | { readonly is: 'patch'; readonly diff: string; readonly instead?: true }
  /** Mended by the suggestion of the finding with this rule, which stands on the same lines. */
  | { readonly is: 'with'; readonly rule: string };

export interface Mended extends Placed {
  readonly remedy: Remedy;
}

/** Each proof reads and judges the head again: so many are made for one review, the most severe findings first. */
export interface ProofLimits {
  readonly proofs: number;
  /** Resources that proofs may judge anew, all together: in a very large world fewer are made, so that the review comes to its end. */
  readonly judged: number;
}
const proofLimits: ProofLimits = { proofs: 60, judged: 150_000 };

/**
 * Proves the fix of each finding on the whole head and makes it a suggestion where the diff can carry one, a patch where it can't. `placed`
 * comes with the most severe first; two suggestions never touch the same lines.
 */
export function mend(
  placed: readonly Placed[],
  head: Understanding,
  diff: DiffIndex,
  judge: (snapshot: Snapshot) => Understanding,
  most = proofLimits,
): readonly Mended[] {
  const seen = new Set(head.model.worlds);
  let judged = 0;
  const grounds = groundsOf(head, (snapshot) => {
    const understanding = judge(snapshot);
    for (const world of understanding.model.worlds) if (!seen.has(world)) judged += world.resources.length;
    return understanding;
  });
  const suggested: Suggested<Placed>[] = [];
  const remedies = new Map<Placed, Remedy>();
  /** Each suggestion as a patch, should it not go together with another one on its lines. */
  const alone = new Map<Placed, Remedy>();
  for (const subject of placed.filter(({ finding }) => finding.fix.length > 0).slice(0, most.proofs)) {
    if (judged > most.judged) break;
    const texts = proven([subject], grounds) ?? (subject.with && proven([{ ...subject, with: [] }], grounds));
    if (!texts) continue;
    const suggestion = asSuggestion(subject.place, texts, head.snapshot, diff);
    if (!suggestion) {
      remedies.set(subject, asPatch(texts, head.snapshot));
      continue;
    }
    suggested.push({ subject, suggestion });
    alone.set(subject, asPatch(texts, head.snapshot, true));
  }
  const together = (subjects: readonly Placed[]): Suggestion | undefined => {
    const [first] = subjects;
    const texts = proven(subjects, grounds);
    return first && texts && asSuggestion(first.place, texts, head.snapshot, diff);
  };
  for (const merged of mergeSuggestions(suggested, together)) {
    if (merged.is === 'suggestion') remedies.set(merged.subject, { is: 'suggestion', ...range(merged.suggestion) });
    else if (merged.is === 'mended-with') remedies.set(merged.subject, { is: 'with', rule: merged.by.finding.rule });
    else remedies.set(merged.subject, alone.get(merged.subject) ?? { is: 'none' });
  }
  return placed.map((subject) => {
    const remedy = remedies.get(subject) ?? { is: 'none' };
    const place: Place =
      remedy.is === 'suggestion'
        ? { is: 'lines', file: subject.place.file, side: 'RIGHT', from: remedy.startLine, to: remedy.endLine }
        : subject.place;
    return { ...subject, place, remedy };
  });
}

const range = ({ startLine, endLine, text }: Suggestion): Pick<Suggestion, 'startLine' | 'endLine' | 'text'> => ({
  startLine,
  endLine,
  text,
});

function proven(subjects: readonly Placed[], grounds: Grounds): ReadonlyMap<string, string> | undefined {
  const proof = provePlaced(subjects, grounds);
  return proof.is === 'proven' ? proof.texts : undefined;
}

function asSuggestion(place: Place, texts: ReadonlyMap<string, string>, head: Snapshot, diff: DiffIndex): Suggestion | undefined {
  const [only, ...more] = texts;
  if (!only || more.length > 0) return undefined;
  const [file, after] = only;
  return suggestionFor(place, file, head.get(file)?.text ?? '', after, diff.files.get(file)?.hunks ?? []);
}

function asPatch(texts: ReadonlyMap<string, string>, head: Snapshot, instead = false): Remedy {
  const diffs = [...texts].map(([file, after]) => unifiedDiff(file, head.get(file)?.text ?? '', after));
  return diffs.includes(undefined) ? { is: 'none' } : { is: 'patch', diff: diffs.join(''), ...(instead && { instead }) };
}
