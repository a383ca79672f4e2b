import type { Span } from '../documents/span.ts';

/** Replaces the text of a span. An empty span is an insertion. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Two edits want the same text: the fix that made them contradicts itself. */
export class OverlappingEdits extends Error {
  override readonly name = 'OverlappingEdits';
}

/**
 * The text with all edits of its file made. Insertions at one place are made in the order given. Throws OverlappingEdits when edits overlap,
 * and a RangeError when one is outside the text.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = '';
  let done = 0;
  for (const { span, text: replacement } of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    if (span.start > span.end || span.end > text.length) throw new RangeError(`an edit of ${span.file} is outside of its text`);
    if (span.start < done) throw new OverlappingEdits(`two edits of ${span.file} overlap at offset ${span.start}`);
    out += text.slice(done, span.start) + replacement;
    done = span.end;
  }
  return out + text.slice(done);
}
