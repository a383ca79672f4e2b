import type { Suggestion } from './suggestion.ts';

/** A finding's suggestion, as it goes into one review with others. `T` is whatever the caller needs to prove fixes together. */
export interface Suggested<T> {
  readonly subject: T;
  readonly suggestion: Suggestion;
}

export type Merged<T> =
  | { readonly is: 'suggestion'; readonly subject: T; readonly suggestion: Suggestion }
  /** Mended by the suggestion of another subject, which was proven for both. */
  | { readonly is: 'mended-with'; readonly subject: T; readonly by: T }
  /** Proven alone but not together with what stands on the same lines: to be shown as a patch. */
  | { readonly is: 'apart'; readonly subject: T };

/**
 * Lets no two suggestions of a review touch the same lines, because GitHub could then apply only one. Earlier ones (the more severe) win.
 * `combine` proves all subjects' fixes together and gives one suggestion for them, or undefined.
 */
export function mergeSuggestions<T>(
  all: readonly Suggested<T>[],
  combine: (subjects: readonly T[]) => Suggestion | undefined,
): readonly Merged<T>[] {
  const kept: { readonly subjects: readonly T[]; readonly suggestion: Suggestion }[] = [];
  const apart = new Set<T>();
  for (const { subject, suggestion } of all) {
    const i = kept.findIndex((other) => overlap(other.suggestion, suggestion));
    const there = kept[i];
    if (!there) {
      kept.push({ subjects: [subject], suggestion });
      continue;
    }
    const subjects = [...there.subjects, subject];
    const both = same(there.suggestion, suggestion) ? suggestion : combine(subjects);
    if (!both || kept.some((other) => other !== there && overlap(other.suggestion, both))) apart.add(subject);
    else kept[i] = { subjects, suggestion: both };
  }
  return all.map(({ subject }): Merged<T> => {
    if (apart.has(subject)) return { is: 'apart', subject };
    const of = kept.find(({ subjects }) => subjects.includes(subject));
    const [by] = of?.subjects ?? [];
    if (!of || by === undefined) return { is: 'apart', subject };
    return by === subject ? { is: 'suggestion', subject, suggestion: of.suggestion } : { is: 'mended-with', subject, by };
  });
}

function overlap(a: Suggestion, b: Suggestion): boolean {
  return a.place.file === b.place.file && a.startLine <= b.endLine && b.startLine <= a.endLine;
}

function same(a: Suggestion, b: Suggestion): boolean {
  return a.place.file === b.place.file && a.startLine === b.startLine && a.endLine === b.endLine && a.text === b.text;
}
