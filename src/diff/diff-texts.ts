import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';

/** GitHub's own limits for showing one file's diff; beyond them there is no patch. */
const maxLength = 500_000;
const maxLines = 20_000;
/** Lines added and removed together. The search costs about the square of it. */
const maxEdits = 4_000;

/**
 * The hunks from one text to another with 3 lines of context, in the form of GitHub's `patch`. Empty when they are equal; undefined when
 * the texts are too large, or differ too much, to be compared in bounded time.
 */
export function diffTexts(before: string, after: string): string | undefined {
  if (before === after) return '';
  if (tooLarge(before) || tooLarge(after)) return undefined;
  if (before === '') return wholeFile('+', after);
  if (after === '') return wholeFile('-', before);
  const patch = structuredPatch('a', 'b', before, after, undefined, undefined, { context: 3, maxEditLength: maxEdits });
  return patch && formatPatch(patch, OMIT_HEADERS).replace(/\n$/, '');
}

/** A unified diff with a file header, as `git apply` takes it. Undefined where `diffTexts` is, and when nothing differs. */
export function unifiedDiff(file: string, before: string, after: string): string | undefined {
  const hunks = diffTexts(before, after);
  return hunks ? `--- a/${file}\n+++ b/${file}\n${hunks}\n` : undefined;
}

function tooLarge(text: string): boolean {
  if (text.length > maxLength) return true;
  let lines = 0;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) if (++lines > maxLines) return true;
  return false;
}

/** A file that is new or gone needs no search, and may have more lines than the search allows. */
function wholeFile(sign: '+' | '-', text: string): string {
  const ended = text.endsWith('\n');
  const lines = (ended ? text.slice(0, -1) : text).split('\n');
  const range = lines.length === 1 ? '1' : `1,${lines.length}`;
  const head = sign === '+' ? `@@ -0,0 +${range} @@` : `@@ -${range} +0,0 @@`;
  return [head, ...lines.map((line) => sign + line), ...(ended ? [] : ['\\ No newline at end of file'])].join('\n');
}
