import type { Change } from '../change.ts';
import type { ParseError } from '../documents/document.ts';
import { lineAt, lineStarts } from '../documents/span.ts';
import type { Understanding } from '../engine/understand.ts';
import type { ReviewNote } from './review.ts';

type Validate = (file: string, text: string) => Promise<ParseError | undefined>;

/**
 * One note for each changed file that is not what its tool would accept, with the line and what to do. Files that the change does not touch
 * are not its affair, nor are those in paths that the team ignores. Terraform's own parser has the last word on Terraform files that our reader took.
 */
export async function notesOf(
  change: Change,
  head: Understanding,
  validate: Validate,
  isIgnored: (path: string) => boolean,
): Promise<ReviewNote[]> {
  const notes: ReviewNote[] = [];
  for (const { path, status } of change.files) {
    const source = change.after.get(path);
    if (!source || status === 'removed' || isIgnored(path)) continue;
    const problem =
      head.model.problems.find((found) => found.span.file === path) ??
      (path.endsWith('.tf') ? await validate(path, source.text) : undefined);
    if (problem)
      notes.push({
        file: path,
        line: lineAt(lineStarts(source.text), problem.span.start),
        message: problem.message,
        remedy: problem.remedy,
      });
  }
  if (change.truncated)
    notes.push({
      file: '',
      line: 0,
      message: 'GitHub lists at most 3000 files of a pull request; those beyond were not reviewed.',
      remedy: 'Split the pull request.',
    });
  return notes;
}
