import { spansDeletedLines } from './anchors.ts';
import type { ReviewComment } from './state.ts';

/** The words with which GitHub's pages refuse to apply a suggestion. */
export class SuggestionRefused extends Error {}

/** The replacement texts in a comment's suggestion blocks, each as lines. An empty block has no lines: it deletes. */
export function suggestionsIn(body: string): readonly (readonly string[])[] {
  const found: string[][] = [];
  let open: { fence: string; lines: string[] } | undefined;
  for (const line of body.split(/\r?\n/)) {
    if (open === undefined) {
      const start = /^ {0,3}(`{3,}|~{3,})suggestion[ \t]*$/.exec(line);
      if (start !== null) open = { fence: start[1] ?? '', lines: [] };
    } else if (closes(open.fence, line)) {
      found.push(open.lines);
      open = undefined;
    } else open.lines.push(line);
  }
  return found;
}

function closes(fence: string, line: string): boolean {
  const run = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? '';
  return run.length >= fence.length && run.startsWith(fence.charAt(0));
}

interface Edit {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** The edit that pressing "Apply suggestion" makes: exactly the comment's lines are replaced. */
export function editOf(comment: ReviewComment): Edit {
  const { pull } = comment;
  if (pull.state === 'closed') throw new SuggestionRefused('Suggestions cannot be applied while the pull request is closed.');
  if (pull.queued) throw new SuggestionRefused('Suggestions cannot be applied while the pull request is queued to merge.');
  if (comment.review.state === 'PENDING') throw new SuggestionRefused('Suggestions cannot be applied from pending reviews.');
  if (comment.thread.resolvedBy !== null) throw new SuggestionRefused('This suggestion has been applied or marked resolved.');
  const [lines] = suggestionsIn(comment.body);
  if (lines === undefined) throw new SuggestionRefused('The comment holds no suggestion.');
  if (comment.subject === 'file') throw new SuggestionRefused('Suggestions cannot be applied on a whole file.');
  if (comment.line === null) throw new SuggestionRefused('Outdated suggestions cannot be applied.');
  const from = comment.startLine ?? comment.line;
  const file = pull.files.find((one) => one.path === comment.path);
  const onDeleted =
    comment.side === 'LEFT' || comment.startSide === 'LEFT' || (file !== undefined && spansDeletedLines(file, from, comment.line));
  if (onDeleted) throw new SuggestionRefused('Applying suggestions on deleted lines is not supported.');
  return { path: comment.path, from, to: comment.line, lines };
}

/** Applies the edits of one file, all against the same text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const lines = text.split('\n');
  const ordered = edits.toSorted((a, b) => b.from - a.from);
  for (const [index, edit] of ordered.entries()) {
    const below = ordered[index - 1];
    if (below !== undefined && edit.to >= below.from)
      throw new SuggestionRefused('Only one suggestion per line can be applied in a batch.');
    if (lines.slice(edit.from - 1, edit.to).join('\n') === edit.lines.join('\n') && edit.lines.length === edit.to - edit.from + 1) {
      throw new SuggestionRefused('This suggestion is invalid because no changes were made to the code.');
    }
    lines.splice(edit.from - 1, edit.to - edit.from + 1, ...edit.lines);
  }
  return lines.join('\n');
}
