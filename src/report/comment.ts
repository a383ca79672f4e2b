import { code, list, visible } from '../engine/words.ts';
import type { Severity } from '../engine/rule.ts';
import { renderSuggestion } from '../fix/suggestion.ts';
import { maskDiff } from './mask.ts';
import type { ReviewComment } from './review.ts';

export const severityWord: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};
const mark: Readonly<Record<Severity, string>> = { critical: '🟥', high: '🟧', medium: '🟨', low: '🟦', info: '⬜' };

/** One finding as a review comment: a line that says what it is, what is wrong, the fix, and the reasons folded away. GitHub-flavoured Markdown. */
export function renderComment(comment: ReviewComment): string {
  return [heading(comment), comment.message + where(comment), fixOf(comment), details(comment)].filter((part) => part !== '').join('\n\n');
}

const heading = (c: ReviewComment): string =>
  `${mark[c.severity]} **${severityWord[c.severity]}: ${c.title}** · ${c.page === undefined ? code(c.rule) : `[${code(c.rule)}](${c.page})`}`;

function where({ environments, others }: ReviewComment): string {
  const holds = environments.length > 0 ? ` Holds in ${list(environments.map(code))}.` : '';
  return others.length > 0 ? `${holds} The same line does this to ${list(others.map(code))}.` : holds;
}

function fixOf({ fix }: ReviewComment): string {
  if (fix.is === 'suggestion') return renderSuggestion(fix.text);
  if (fix.is === 'patch') return patch(fix.diff, fix.instead === true);
  if (fix.is === 'with') return `The suggestion for ${code(fix.rule)} in this file mends this too.`;
  return '';
}

/** Lines around a fix may hold secrets: those are not shown to everybody who can read the comment. */
function patch(diff: string, instead: boolean): string {
  const safe = maskDiff(diff);
  const hidden = safe === diff ? '' : ' (values that look like secrets are not shown, so it can\u2019t be applied as it is)';
  const what = instead
    ? 'This fix is right alone, but contradicts the suggestion of another finding on these lines'
    : "The fix belongs on lines that can't carry a suggestion here";
  return `${what}${hidden}:\n\n${fenced('diff', safe)}`;
}

/** A fenced block whose fence is longer than any run of backticks in it. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const body = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${fence}${language}\n${body}${fence}`;
}

function details({ why, links }: ReviewComment): string {
  const reading = links.map((link) => `<${link}>`).join(' · ');
  return `<details><summary>Why it matters</summary>\n\n${why.trim()}${reading === '' ? '' : `\n\n${reading}`}\n\n</details>`;
}

/**
 * A table cell: pipes escaped (also inside code spans, where GitHub wants it too), on one line. A backslash before a pipe would undo the escape,
 * so the two are kept apart.
 */
export const cell = (markdown: string): string => markdown.replaceAll('\n', ' ').replaceAll('\\|', '\\\u200b|').replaceAll('|', '\\|');

/** `path:line` as a code span, for files that may be named anything. */
export const placeName = (c: ReviewComment): string =>
  code(`${visible(c.place.file)}:${c.place.is === 'lines' ? c.place.to : c.place.line}`);
