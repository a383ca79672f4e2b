import type { Document } from '../documents/document.ts';
import type { Fix } from '../engine/rule.ts';
import { applyEdits, OverlappingEdits, type Edit } from './edit.ts';
import { editsFor } from './edits-for.ts';
import { alignedAsFmt, isAlignedAsFmt } from './terraform-format.ts';

/**
 * The changed files' texts after fixes are made, formatted as the files were. Undefined when a fix can't be made safely, contradicts
 * another, or changes nothing.
 */
export function applyFixes(
  fixes: readonly Fix[],
  documents: (file: string) => Document | undefined,
): ReadonlyMap<string, string> | undefined {
  const edits = editsFor(fixes, documents);
  if (!edits || edits.length === 0) return undefined;
  const out = new Map<string, string>();
  for (const [file, own] of byFile(edits)) {
    const document = documents(file);
    if (!document) return undefined;
    const after = applied(document, own);
    if (after === undefined) return undefined;
    if (after !== document.text) out.set(file, after);
  }
  return out.size > 0 ? out : undefined;
}

function byFile(edits: readonly Edit[]): ReadonlyMap<string, readonly Edit[]> {
  const out = new Map<string, Edit[]>();
  for (const edit of edits) {
    const own = out.get(edit.span.file);
    if (own) own.push(edit);
    else out.set(edit.span.file, [edit]);
  }
  return out;
}

function applied(document: Document, edits: readonly Edit[]): string | undefined {
  try {
    const after = applyEdits(document.text, edits);
    return document.is === 'hcl' ? realigned(document.text, after, edits) : after;
  } catch (error) {
    if (error instanceof OverlappingEdits) return undefined;
    throw error;
  }
}

/** Runs of `name = value` lines that were aligned stay so; where the authors don't align, nothing but the edit changes. */
function realigned(before: string, after: string, edits: readonly Edit[]): string {
  const inOrder = edits.toSorted((a, b) => a.span.start - b.span.start);
  const places: { readonly from: number; readonly to: number }[] = [];
  let shift = 0;
  for (const { span, text } of inOrder) {
    if (isAlignedAsFmt(before, span.start, span.end)) places.push({ from: span.start + shift, to: span.start + shift + text.length });
    shift += text.length - (span.end - span.start);
  }
  // From the end, so that what is aligned does not move what is still to be.
  return places.toReversed().reduce((text, { from, to }) => alignedAsFmt(text, from, to), after);
}
