import { placeName, renderComment } from './comment.ts';
import { renderCheck, renderNote } from './github.ts';
import { printable } from './printable.ts';
import type { Review } from './review.ts';

/** The whole review as one Markdown document: verdict, table, every finding in full, the note. */
export function renderMarkdown(review: Review): string {
  const check = renderCheck(review);
  const findings = review.comments.map((comment) => `## ${placeName(comment)}\n\n${renderComment(comment)}`);
  const note = review.impact.resources.length > 0 ? renderNote({ ...review, notes: [], unread: [] }) : undefined;
  return `${printable([`# Plumbline: ${check.title}`, check.summary, ...findings, ...(note === undefined ? [] : [note])].join('\n\n'))}\n`;
}
