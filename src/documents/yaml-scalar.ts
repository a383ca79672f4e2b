/**
 * What an unquoted YAML scalar means. The rules are those of the parser that Kubernetes and Helm use (sigs.k8s.io/yaml, a fork of
 * go-yaml 2.4: YAML 1.1 with decimal points), because a reader that is stricter than the cluster sees another configuration than the
 * cluster does: `privileged: yes` is true, `0644` is 420. CloudFormation also reads YAML 1.1. Two places differ on purpose: `y` and `n`
 * stay text (they are far more often names than answers), and infinity, not-a-number and dates stay text (no setting we read has them).
 */
export function plainScalar(text: string): string | number | boolean | null {
  if (text.length > 64) return text;
  const word = words.get(text);
  if (word !== undefined) return word;
  return /^[-+.0-9]/.test(text) ? plainNumber(text) : text;
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);

function plainNumber(text: string): string | number {
  const digits = text.replaceAll('_', '');
  const sign = digits.startsWith('-') ? -1 : 1;
  const magnitude = digits.replace(/^[-+]/, '');
  if (/^(?:0|[1-9][0-9]*)$/.test(magnitude)) return sign * Number(magnitude);
  if (/^0[xX][0-9a-fA-F]+$/.test(magnitude)) return sign * Number.parseInt(magnitude.slice(2), 16);
  if (/^0[bB][01]+$/.test(magnitude)) return sign * Number.parseInt(magnitude.slice(2), 2);
  if (/^0[oO]?[0-7]+$/.test(magnitude)) return sign * Number.parseInt(magnitude.replace(/^0[oO]?/, ''), 8);
  if (float.test(magnitude)) {
    const value = sign * Number(magnitude);
    return Number.isFinite(value) ? value : text;
  }
  return text;
}

const float = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;

/**
 * What an unquoted scalar means to Terraform's `yamldecode`, which has rules of its own (go-cty-yaml): `y` is true, `0755` is 755, `1_000` and
 * `0b11` are text, a date becomes a timestamp. Undefined for a time of day and for numbers without bound, which come out in forms that are not followed here.
 */
export function terraformScalar(text: string): string | number | boolean | null | undefined {
  if (text.length > 64) return text;
  const word = words.get(text) ?? (/^[yY]$/.test(text) ? true : /^[nN]$/.test(text) ? false : undefined);
  if (word !== undefined || words.has(text)) return word ?? null;
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return `${text}T00:00:00Z`;
  if (/^[0-9]{4}-[0-9]{1,2}-[0-9]/.test(text) || /^[-+]?\.(?:inf|nan)$/i.test(text)) return undefined;
  if (/^0x[0-9a-fA-F]+$/.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^0o[0-7]+$/.test(text)) return Number.parseInt(text.slice(2), 8);
  if (!float.test(text.replace(/^[-+]/, ''))) return text;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Applies one of YAML's own tags (`!!str`, `!!int`, ...) to a scalar's text; undefined for any other tag. */
export function taggedScalar(tag: string, text: string): string | number | boolean | null | undefined {
  if (tag === '!' || tag === 'str' || tag === 'binary' || tag === 'timestamp') return text;
  return tag === 'int' || tag === 'float' || tag === 'bool' || tag === 'null' ? plainScalar(text) : undefined;
}

/**
 * Maps an offset in a block scalar's value to its offset in the file. `text.slice(start, end)` is the scalar from its `|` or `>` on. Value
 * and source hold the same characters in the same order; the source has the indentation besides, and folding turns line breaks into spaces.
 */
export function blockOffsets(text: string, start: number, end: number, value: string): (inValue: number) => number {
  let table: Int32Array | undefined;
  return (inValue) => {
    table ??= alignBlock(text, start, end, value);
    return table[Math.max(0, Math.min(inValue, value.length))] ?? end;
  };
}

function alignBlock(text: string, start: number, end: number, value: string): Int32Array {
  const table = new Int32Array(value.length + 1).fill(end);
  const lineBreak = text.indexOf('\n', start);
  const first = lineBreak === -1 || lineBreak >= end ? end : lineBreak + 1;
  const indent = indentOf(text.slice(start, first), text, first, end);
  let at = skipIndent(text, first, end, indent);
  const next = (from: number): number => (text.charAt(from) === '\n' ? skipIndent(text, from + 1, end, indent) : from + 1);
  for (let i = 0; i < value.length; i++) {
    at = Math.min(end, findChar(text, at, end, value.charAt(i), next));
    table[i] = at;
    if (at < end) at = next(at);
  }
  return table;
}

/** Goes over white space that the value does not have, to the character that it has; a folded line break counts as the space it became. */
function findChar(text: string, from: number, end: number, wanted: string, next: (at: number) => number): number {
  let at = from;
  for (; at < end; at = next(at)) {
    const char = text.charAt(at);
    if (char === wanted || !isSpace(char) || (wanted === ' ' && char === '\n')) return at;
  }
  return at;
}

/** The indentation of the content: told by the header (`|2`, relative to the parent: then found from the text) or by its first line. */
function indentOf(header: string, text: string, first: number, end: number): number {
  let least = Number.POSITIVE_INFINITY;
  const explicit = /[1-9]/.test(header.replace(/#.*/, ''));
  for (let line = first; line < end;) {
    let at = line;
    while (at < end && text.charAt(at) === ' ') at++;
    const blank = at >= end || text.charAt(at) === '\n' || text.charAt(at) === '\r';
    if (!blank && !explicit) return at - line;
    if (!blank) least = Math.min(least, at - line);
    const next = text.indexOf('\n', at);
    if (next === -1) break;
    line = next + 1;
  }
  return Number.isFinite(least) ? least : 0;
}

function skipIndent(text: string, from: number, end: number, indent: number): number {
  let at = from;
  while (at < end && at - from < indent && text.charAt(at) === ' ') at++;
  return at;
}

const isSpace = (char: string): boolean => char === ' ' || char === '\n' || char === '\r' || char === '\t';
