import { coversPattern } from './glob.ts';
import type { Named } from './shape.ts';

/**
 * How an organisation's value and a repository's become one. `join` is the ordinary way: what the repository says goes before. `tighten` holds
 * where the organisation locks the setting: the repository's value counts as far as it asks no less, and `refused` names what does not count.
 */
export interface Merging<T> {
  join(organisation: T, repository: T): T;
  tighten(organisation: T, repository: T): T;
  refused(organisation: T, repository: T): readonly string[];
  /** What a repository may still do, in words that fit after "may only". */
  readonly words: string;
}

const replaced = <T>(_: T, repository: T): T => repository;

/** One of a few words, the strictest first. */
export const strictest = <W extends string>(order: readonly W[], words: string): Merging<W> => {
  const isLooser = (organisation: W, repository: W): boolean => order.indexOf(repository) > order.indexOf(organisation);
  return {
    join: replaced,
    tighten: (organisation, repository) => (isLooser(organisation, repository) ? organisation : repository),
    refused: (organisation, repository) => (isLooser(organisation, repository) ? [repository] : []),
    words,
  };
};

export const highest = (words: string): Merging<number> => ({
  join: replaced,
  tighten: (organisation, repository) => Math.max(organisation, repository),
  refused: (organisation, repository) => (repository < organisation ? [String(repository)] : []),
  words,
});

/** A list in which more is stricter. */
export const more = (words: string): Merging<readonly string[]> => ({
  join: replaced,
  tighten: (organisation, repository) => [...new Set([...organisation, ...repository])],
  refused: () => [],
  words,
});

/** A list of what is let off: only what the organisation's patterns cover may be in it. */
export const less = (words: string): Merging<readonly string[]> => ({
  join: replaced,
  tighten: (organisation, repository) => repository.filter((one) => isCovered(organisation, one)),
  refused: (organisation, repository) => repository.filter((one) => !isCovered(organisation, one)),
  words,
});

/** A list of what is allowed. An empty one allows everything, so that nothing covered means the organisation's own. */
export const narrower = (words: string): Merging<readonly string[]> => ({
  join: replaced,
  tighten(organisation, repository) {
    if (organisation.length === 0) return repository;
    const within = repository.filter((one) => isCovered(organisation, one));
    return within.length === 0 ? organisation : within;
  },
  refused: (organisation, repository) => (organisation.length === 0 ? [] : repository.filter((one) => !isCovered(organisation, one))),
  words,
});

const isCovered = (organisation: readonly string[], narrow: string): boolean => organisation.some((wide) => coversPattern(wide, narrow));

/** Maps joined name by name. The repository's entries come first: where an order counts, the nearer word goes before. */
export const byName = <T>(organisation: readonly Named<T>[], repository: readonly Named<T>[]): readonly Named<T>[] => [
  ...repository,
  ...withoutNames(organisation, repository),
];

/** The organisation's names are its own. New ones come after them, those that are as strict as can be (`isStrict`) before. */
export const ownNames = <T>(isStrict: (value: T) => boolean, words: string): Merging<readonly Named<T>[]> => ({
  join: byName,
  tighten(organisation, repository) {
    const fresh = withoutNames(repository, organisation);
    return [...fresh.filter(({ value }) => isStrict(value)), ...organisation, ...fresh.filter(({ value }) => !isStrict(value))];
  },
  refused: (organisation, repository) => repository.flatMap(({ name }) => (organisation.some((one) => one.name === name) ? [name] : [])),
  words,
});

const withoutNames = <T>(some: readonly Named<T>[], others: readonly Named<T>[]): readonly Named<T>[] =>
  some.filter(({ name }) => others.every((one) => one.name !== name));
