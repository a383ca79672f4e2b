import type { Change } from '../change.ts';
import { settingsPath } from '../context.ts';
import type { ParseError } from '../documents/document.ts';
import type { SourceFile } from '../documents/snapshot.ts';
import { mergeSettings, type Effective } from './merge.ts';
import { readOrganisation, readSettings } from './read.ts';
import type { Known } from './shape.ts';

/** A settings file with what is wrong in it. */
export interface CheckedFile {
  readonly file: SourceFile;
  readonly problems: readonly ParseError[];
}

export interface Obeyed extends Effective {
  /** The files that they come from, as far as there are any. */
  readonly base: CheckedFile | undefined;
  readonly organisation: CheckedFile | undefined;
  /** The settings files that the change brings: they hold once it is merged. */
  readonly brought: readonly CheckedFile[];
}

/**
 * The settings that a review obeys: those of the base, on the organisation's. What only the head has is checked, not obeyed. `given` is the
 * change as it was read: what base and head share is not the base's word.
 */
export function obeyedSettings(given: Change, known: Known): Obeyed {
  const { governing } = given;
  const base = governing ? governing.repository : given.before.get(settingsPath);
  const above = governing?.organisation;
  const organisation = above && readOrganisation(above, known);
  const effective = mergeSettings(organisation, readSettings(base, known));
  const own = headFile(given, settingsPath);
  const kept = governing?.keeps === undefined ? undefined : headFile(given, governing.keeps);
  return {
    ...effective,
    base: base && { file: base, problems: effective.problems },
    organisation: organisation && { file: above, problems: organisation.problems },
    brought: [
      ...(own ? [{ file: own, problems: mergeSettings(organisation, readSettings(own, known)).problems }] : []),
      ...(kept ? [{ file: kept, problems: readOrganisation(kept, known).problems }] : []),
    ],
  };
}

/** A file of the head, when the change has touched it. */
function headFile({ files, after }: Change, path: string): SourceFile | undefined {
  return files.some((file) => file.path === path || file.previousPath === path) ? after.get(path) : undefined;
}
