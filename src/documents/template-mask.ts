/** Stands for every character of a masked template action; a private-use character, which no configuration has a use for. */
export const maskChar = '\uE000';

/**
 * True when the text is a template and not YAML yet: it holds actions of a Helm chart, or `{{` starts an unquoted value, which YAML would
 * take for a map in a map. GitHub's `${{ ... }}`, quoted texts of other tools and comments don't count.
 */
export function isTemplate(text: string): boolean {
  if (!text.includes('{{')) return false;
  return text
    .split('\n')
    .some((line) => line.includes('{{') && !/^\s*#/.test(line) && (helmAction.test(line) || /^(?:[^'"#]*[:-])?\s*\{\{/.test(line)));
}

const helmAction =
  /(?<!\$)\{\{-? ?(?:[^{}]*[ (|.$])?(?:\.Values|\.Release|\.Chart|\.Capabilities|\.Files|\.Template)\b|(?<!\$)\{\{-? ?(?:if|else|end|range|with|define|include|template|block|tpl|toYaml|\/\*|\$[A-Za-z_]+ :?=)(?![A-Za-z])/;

/**
 * A Helm template is not YAML: this masks every `{{ action }}` so that what is left can be parsed, at the same offsets. Both branches of an
 * `if` stay. Lines of control actions become blank; a line on which an action writes whole lines becomes an entry (or a list item) of mask
 * characters at the column it writes to, so that the map around it is known to be open; an action inside a line becomes mask characters.
 */
export function maskTemplate(text: string): string {
  return maskLines(logicalLines(text));
}

/**
 * The same for what other tools fill in, where a whole line is theirs: Terraform's `${...}` and `%{ if ... }`, Jinja's `{% if ... %}`. Such
 * lines are common inside scripts too, so this is for texts that are not YAML otherwise. Undefined where there is no such line.
 */
export function maskForeignTemplate(text: string): string | undefined {
  const lines = logicalLines(text).map((line): Line => {
    const whole = line.actions.length === 0 ? /^\s*(\$\{[^\n]*\}|%\{[^\n]*\}|\{%[^\n]*%\})\s*$/.exec(line.text)?.[1] : undefined;
    if (whole === undefined) return line;
    const start = line.text.indexOf(whole);
    return { text: line.text, actions: [{ start, end: start + whole.length, control: !whole.startsWith('$') }], foreign: true };
  });
  return lines.some((line) => line.foreign) ? maskLines(lines) : undefined;
}

function maskLines(lines: readonly Line[]): string {
  const masked: string[] = [];
  for (const [i, line] of lines.entries()) masked.push(maskLine(line, masked, lines, i));
  return masked.join('');
}

interface Action {
  readonly start: number;
  readonly end: number;
  readonly control: boolean;
}

/** A line together with the actions on it; an action that spreads over lines keeps them together. Offsets are within `text`. */
interface Line {
  readonly text: string;
  readonly actions: readonly Action[];
  /** The line is another tool's. */
  readonly foreign?: true;
}

function logicalLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  let actions: Action[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const lineBreak = text.indexOf('\n', at);
    if (open !== -1 && (lineBreak === -1 || open < lineBreak)) {
      const end = actionEnd(text, open);
      actions.push({ start: open - start, end: end - start, control: isControl(text.slice(open, Math.min(end, open + 200))) });
      at = end;
    } else {
      const end = lineBreak === -1 ? text.length : lineBreak + 1;
      lines.push({ text: text.slice(start, end), actions });
      actions = [];
      start = at = end;
    }
  }
  if (start < text.length) lines.push({ text: text.slice(start), actions });
  return lines;
}

/** After the `}}` that closes the action; Go's strings, raw strings and comments may hold braces. */
function actionEnd(text: string, open: number): number {
  if (/^\{\{-?\s*\/\*/.test(text.slice(open, open + 40))) {
    const close = text.indexOf('*/', open);
    const end = close === -1 ? -1 : text.indexOf('}}', close);
    return end === -1 ? text.length : end + 2;
  }
  for (let at = open + 2; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '}' && text.charAt(at + 1) === '}') return at + 2;
    if (char === '"' || char === '`') at = stringEnd(text, at, char);
  }
  return text.length;
}

function stringEnd(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === quote) return at;
    if (char === '\\' && quote === '"') at++;
    // An unclosed string: the action is broken, and its end is looked for on.
    if (char === '\n' && quote === '"') return start;
  }
  return start;
}

const isControl = (action: string): boolean =>
  /^\{\{-?\s*(?:(?:if|else|end|range|with|define|block|fail|break|continue)(?![A-Za-z0-9_.])|\/\*|\$[A-Za-z0-9_]*(?:\s*,\s*\$[A-Za-z0-9_]+)?\s*:?=)/.test(
    action,
  );

function maskLine(line: Line, before: readonly string[], lines: readonly Line[], index: number): string {
  const [first] = line.actions;
  if (!first) return line.text;
  const rest = blank(line.text, line.actions);
  const alone = rest.trim() === '';
  const control = line.actions.every((action) => action.control);
  // Line breaks and not spaces: a line of spaces may not be deeper than the block text that it stands in.
  if (alone && control) return rest.replace(/[^\n\r]/g, '\n');
  if (control && rest.trim() === '-') return rest;
  if (
    line.actions.length === 1 &&
    /^\s*- +$/.test(line.text.slice(0, first.start)) &&
    rest.trim() === '-' &&
    deeperFollows(first.start, lines, index)
  ) {
    return `${line.text.slice(0, first.start)}${maskChar.repeat(first.end - first.start - 1)}:${line.text.slice(first.end)}`;
  }
  const leads = line.text.slice(0, first.start).trim() === '';
  if (alone || (leads && first.control)) return insertion(line, before, lines, index);
  return line.actions.reduceRight(
    (text, { start, end }) => text.slice(0, start) + maskChar.repeat(end - start) + text.slice(end),
    line.text,
  );
}

/** Whether the lines below go on with the map that an item's action begins: `- {{ toYaml . | trim }}` and then keys. */
function deeperFollows(column: number, lines: readonly Line[], index: number): boolean {
  for (let i = index + 1; i < lines.length; i++) {
    const line = lines[i];
    const at = line?.text.search(/\S/) ?? -1;
    if (line && at !== -1 && line.actions[0]?.start !== at) return at === column;
  }
  return false;
}

/** Spaces in place of the actions; line breaks inside them stay. */
const blank = (text: string, actions: readonly Action[]): string =>
  actions.reduceRight((out, { start, end }) => out.slice(0, start) + out.slice(start, end).replace(/[^\n\r]/g, ' ') + out.slice(end), text);

/** The line as one entry or item at the column that its text will have once it is rendered. */
function insertion(line: Line, before: readonly string[], lines: readonly Line[], index: number): string {
  const indent = line.foreign ? undefined : /\|\s*n?indent\s+(\d{1,3})\b/.exec(line.text)?.[1];
  const column = indent === undefined ? line.text.search(/\S/) : Number(indent);
  const end = line.text.length - (/\r?\n$/.exec(line.text)?.[0].length ?? 0);
  const lineEnd = line.text.slice(end);
  const item = isListAt(column, before, lines, index);
  const room = end - column - (item ? 2 : 1);
  // Without room the mask can't say that something stands here; then the document must not be taken for known, so it is made unreadable.
  if (room < 1) return `\t${maskChar.repeat(Math.max(0, end - 1))}${lineEnd}`;
  return item ? `${' '.repeat(column)}- ${maskChar.repeat(room)}${lineEnd}` : `${' '.repeat(column)}${maskChar.repeat(room)}:${lineEnd}`;
}

/** Whether list items stand at a column: seen from the line above that is not deeper, or else from the line below. */
function isListAt(column: number, before: readonly string[], lines: readonly Line[], index: number): boolean {
  for (let i = before.length - 1; i >= 0; i--) {
    const text = before[i] ?? '';
    const at = text.search(/[^\s]/);
    if (at === -1 || text.charAt(at) === '#') continue;
    if (at === column) return /^-(\s|$)/.test(text.slice(at));
    if (at < column) break;
  }
  for (let i = index + 1; i < lines.length; i++) {
    const line = lines[i];
    const at = line?.text.search(/[^\s]/) ?? -1;
    if (!line || at === -1 || line.text.charAt(at) === '#' || line.actions[0]?.start === at) continue;
    return at === column && /^-(\s|$)/.test(line.text.slice(at));
  }
  return false;
}
