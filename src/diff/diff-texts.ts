import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';

/** GitHub's own limits for showing one file's diff; beyond them there is no patch. */
const maxLength = 500_000;
const maxLines = 20_000;
/** Lines added and removed together. The search costs about the square of it: beyond, all lines between the first and last difference are one. */
const maxEdits = 2_000;
const context = 3;

/**
 * The hunks from one text to another with 3 lines of context, in the form of GitHub's `patch`. Empty when they are equal; undefined when
 * a text is larger than what GitHub shows a diff of.
 */
export function diffTexts(before: string, after: string): string | undefined {
  return tooLarge(before) || tooLarge(after) ? undefined : hunksBetween(before, after);
}

function hunksBetween(before: string, after: string): string {
  if (before === after) return '';
  if (before === '') return wholeFile('+', after);
  if (after === '') return wholeFile('-', before);
  const patch = structuredPatch('a', 'b', before, after, undefined, undefined, { context, maxEditLength: maxEdits });
  return patch ? formatPatch(patch, OMIT_HEADERS).replace(/\n$/, '') : oneHunk(before, after);
}

/** A unified diff with a file header, as `git apply` takes it; undefined when nothing differs. */
export function unifiedDiff(file: string, before: string, after: string): string | undefined {
  const hunks = hunksBetween(before, after);
  return hunks === '' ? undefined : `--- ${nameInDiff(`a/${file}`)}\n+++ ${nameInDiff(`b/${file}`)}\n${hunks}\n`;
}

/** A name as git writes and reads it: in quotes when it holds what would end it, with a tab behind it when it holds a blank. */
function nameInDiff(name: string): string {
  if (!/[\u0000-\u001f"\\\u007f]/.test(name)) return name.includes(' ') ? `${name}\t` : name;
  const escaped = name.replace(/[\u0000-\u001f"\\\u007f]/g, (c) =>
    c === '"' || c === '\\' ? `\\${c}` : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${escaped}"`;
}

function tooLarge(text: string): boolean {
  if (text.length > maxLength) return true;
  let lines = 0;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) if (++lines > maxLines) return true;
  return false;
}

function oneHunk(before: string, after: string): string {
  const old = before.split(/(?<=\n)/);
  const now = after.split(/(?<=\n)/);
  let head = 0;
  while (head < old.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const start = Math.max(0, head - context);
  const below = Math.max(0, tail - context);
  const lines = [
    ...old.slice(start, head).map((line) => ` ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+${line}`),
    ...old.slice(old.length - tail, old.length - below).map((line) => ` ${line}`),
  ];
  const range = (count: number): string => `${start + 1},${count - below - start}`;
  return [`@@ -${range(old.length)} +${range(now.length)} @@\n`, ...lines]
    .map((line) => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`))
    .join('')
    .slice(0, -1);
}

/** A file that is new or gone needs no search, and may have more lines than the search allows. */
function wholeFile(sign: '+' | '-', text: string): string {
  const ended = text.endsWith('\n');
  const lines = (ended ? text.slice(0, -1) : text).split('\n');
  const range = lines.length === 1 ? '1' : `1,${lines.length}`;
  const head = sign === '+' ? `@@ -0,0 +${range} @@` : `@@ -${range} +0,0 @@`;
  return [head, ...lines.map((line) => sign + line), ...(ended ? [] : ['\\ No newline at end of file'])].join('\n');
}
