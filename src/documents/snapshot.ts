/** One file of one commit. `sha` is git's blob id, so equal shas mean equal text. */
export interface SourceFile {
  readonly path: string;
  readonly sha: string;
  readonly text: string;
}

/** The files that were read of one commit, by path with `/` separators. */
export type Snapshot = ReadonlyMap<string, SourceFile>;
