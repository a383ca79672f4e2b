import type { Finding } from '../engine/finding.ts';

/**
 * How many findings of the head the change did not bring: as many as `scan` would list for the same files, since what one line does to several
 * resources or environments counts once. `all`: every finding of the head that the settings want; `hidden` says which a suppression hides.
 */
export function countOlder(all: readonly Finding[], introduced: readonly Finding[], hidden: (finding: Finding) => boolean): number {
  const fresh = new Set(introduced.map(({ key }) => key));
  const places = all
    .filter((finding) => !fresh.has(finding.key) && !hidden(finding))
    .map(({ rule, origins: [nearest], resource, subject }) => {
      const { file, start } = nearest?.span ?? resource.at;
      return [rule, file, start, subject].join('|');
    });
  return new Set(places).size;
}
