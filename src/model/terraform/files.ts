import type { Snapshot, SourceFile } from '../../documents/snapshot.ts';

/** The files that a configuration can read: those of the snapshot. */
export interface Files {
  get(path: string): SourceFile | undefined;
  /** The paths that begin with a prefix, in order. */
  under(prefix: string): readonly string[];
}

export const noFiles: Files = { get: () => undefined, under: () => [] };

export function filesOf(snapshot: Snapshot): Files {
  let sorted: readonly string[] | undefined;
  return {
    get: (path) => snapshot.get(path),
    under: (prefix) => {
      sorted ??= [...snapshot.keys()].sort();
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] ?? '') < prefix) low = middle + 1;
        else high = middle;
      }
      const found: string[] = [];
      for (let at = low; sorted[at]?.startsWith(prefix) === true; at++) found.push(sorted[at] ?? '');
      return found;
    },
  };
}
