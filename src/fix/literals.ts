import type { Literal, Raw } from '../engine/rule.ts';

/** What is written where something is missing: a value, or a container (with its missing steps) that holds more of it. */
export type Growth =
  | { readonly is: 'value'; readonly value: Literal }
  | { readonly is: 'branch'; readonly entries: ReadonlyMap<string, Growth> }
  | { readonly is: 'item'; readonly item: Growth };

type MapLiteral = Readonly<Record<string, Literal>>;

export function isRaw(literal: Literal): literal is Raw {
  if (typeof literal !== 'object' || isList(literal)) return false;
  return Object.keys(literal).length === 1 && typeof literal.raw === 'string';
}

export const isList = (literal: Literal): literal is readonly Literal[] => Array.isArray(literal);

export const isMap = (literal: Literal): literal is MapLiteral => typeof literal === 'object' && !isList(literal) && !isRaw(literal);

/** Control characters, the two line separators of Unicode and the byte order mark: never written as they are. */
function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029 || code === 0xfeff;
}

const hasControls = (text: string): boolean => Array.from(text).some((character) => isControl(character.charCodeAt(0)));

/** The same with `\u` escapes in their place. */
const escapeControls = (text: string): string =>
  Array.from(text, (character) =>
    isControl(character.charCodeAt(0)) ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character,
  ).join('');

const indentMore = (text: string, indent: string): string => text.replaceAll('\n', `\n${indent}`);

/** An HCL expression. Objects, and lists that hold more than scalars, go over several lines, indented by `indent`. */
export function hclLiteral(literal: Literal, indent = ''): string {
  if (isRaw(literal)) return indentMore(literal.raw, indent);
  if (typeof literal === 'string') return `"${hclText(literal)}"`;
  if (isList(literal)) {
    const items = literal.map((item) => hclLiteral(item, `${indent}  `));
    if (items.length === 0 || literal.every((item) => typeof item !== 'object')) return `[${items.join(', ')}]`;
    return `[\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}]`;
  }
  if (isMap(literal)) {
    const entries = Object.entries(literal).map(([key, value]) => ({ key: hclKey(key), text: hclLiteral(value, `${indent}  `) }));
    if (entries.length === 0) return '{}';
    return `{\n${alignedEntries(entries, `${indent}  `)}\n${indent}}`;
  }
  return String(literal);
}

/** `key = value` lines, aligned as `terraform fmt` does: over runs of values that stand on one line. */
export function alignedEntries(entries: readonly { readonly key: string; readonly text: string }[], indent: string): string {
  const widths = entries.map(() => 0);
  let run: number[] = [];
  const close = (): void => {
    const widest = Math.max(0, ...run.map((i) => entries[i]?.key.length ?? 0));
    for (const i of run) widths[i] = widest;
    run = [];
  };
  for (const [i, { text }] of entries.entries()) {
    if (text.includes('\n')) close();
    else run.push(i);
  }
  close();
  return entries.map(({ key, text }, i) => `${indent}${key.padEnd(widths[i] ?? 0)} = ${text}`).join('\n');
}

/** The inside of a quoted HCL template that means exactly this text. */
export function hclText(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return escapeControls(escaped).replace(/[$%](?=\{)/g, '$&$&');
}

export const hclKey = (key: string): string => (/^[A-Za-z_][\w-]*$/.test(key) ? key : `"${hclText(key)}"`);

/** JSON over several lines when `step` is not empty, else on one. `inTerraform`: text is a template there, so `${` is escaped. */
export function jsonLiteral(literal: Literal, step: string, indent: string, inTerraform: boolean): string {
  if (isRaw(literal)) return literal.raw;
  if (typeof literal === 'string') return JSON.stringify(inTerraform ? literal.replace(/[$%](?=\{)/g, '$&$&') : literal);
  if (!isList(literal) && !isMap(literal)) return String(literal);
  const inner = indent + step;
  const items = isList(literal)
    ? literal.map((item) => jsonLiteral(item, step, inner, inTerraform))
    : Object.entries(literal).map(([key, value]) => `${JSON.stringify(key)}: ${jsonLiteral(value, step, inner, inTerraform)}`);
  const [open, close] = isList(literal) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return `${open}${close}`;
  if (step === '') return open === '[' ? `[${items.join(', ')}]` : `{ ${items.join(', ')} }`;
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
}

/** How a YAML file writes what a fix adds. */
export interface YamlStyle {
  /** Blanks per level. */
  readonly step: number;
  /** Blanks before the dashes of a list under a key. */
  readonly dash: number;
  readonly quote: '"' | "'";
}

/** A YAML scalar on one line, plain where that is safe in every YAML version. */
export function yamlScalar(value: string | number | boolean, quote: 'plain' | '"' | "'", fallback: '"' | "'" = '"'): string {
  if (typeof value !== 'string') return String(value);
  if (quote === 'plain' && isPlain(value)) return value;
  const wanted = quote === 'plain' ? fallback : quote;
  if (wanted === "'" && !hasControls(value)) return `'${value.replaceAll("'", "''")}'`;
  return escapeControls(JSON.stringify(value));
}

/** Words and numbers that some YAML version reads as something else than text. */
const notText =
  /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[-+]?\d+)?|[-+]?\.inf|\.nan|0x[\da-f_]+|0o?[0-7_]+|0b[01_]+|\d[\d:.-]*)$/i;

function isPlain(text: string): boolean {
  if (notText.test(text) || text.endsWith(':') || text.endsWith(' ') || text.includes('  ')) return false;
  return (
    /^[A-Za-z0-9_./][\w./@+=: -]*$/.test(text) &&
    !text.includes(': ') &&
    !text.includes(' -') &&
    !/^\d+:/.test(text) &&
    !/^[.]{3}|^---/.test(text)
  );
}

/** A YAML value on one line, flow style for containers. */
export function yamlFlow(literal: Literal, style: YamlStyle): string {
  if (isRaw(literal)) return literal.raw;
  if (isList(literal)) return `[${literal.map((item) => yamlFlow(item, style)).join(', ')}]`;
  if (isMap(literal)) {
    const entries = Object.entries(literal).map(([key, value]) => `${yamlScalar(key, 'plain', style.quote)}: ${yamlFlow(value, style)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return yamlScalar(literal, 'plain', style.quote);
}

/** A container in block style, as lines that are indented relative to the first; undefined for what stands on one line. */
export function yamlBlock(literal: Literal, style: YamlStyle): readonly string[] | undefined {
  if (isRaw(literal)) return literal.raw.includes('\n') ? literal.raw.split('\n') : undefined;
  if (isList(literal)) return literal.length === 0 ? undefined : literal.flatMap((item) => yamlItem(item, style));
  if (!isMap(literal)) return undefined;
  const entries = Object.entries(literal);
  return entries.length === 0 ? undefined : entries.flatMap(([key, value]) => yamlEntry(key, value, style));
}

function yamlItem(item: Literal, style: YamlStyle): readonly string[] {
  const block = yamlBlock(item, style);
  return block ? block.map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`)) : [`- ${yamlFlow(item, style)}`];
}

/** `key: value` with its block, if it has one. */
export function yamlEntry(key: string, value: Literal, style: YamlStyle): readonly string[] {
  const name = yamlScalar(key, 'plain', style.quote);
  const block = yamlBlock(value, style);
  if (!block) return [`${name}: ${yamlFlow(value, style)}`];
  const indent = ' '.repeat(isList(value) ? style.dash : style.step);
  return [`${name}:`, ...block.map((line) => indent + line)];
}

/** A growth as one literal, for the languages in which every container is a map or a list. */
export function asLiteral(growth: Growth): Literal {
  switch (growth.is) {
    case 'value':
      return growth.value;
    case 'item':
      return [asLiteral(growth.item)];
    case 'branch':
      return Object.fromEntries([...growth.entries].map(([key, inner]) => [key, asLiteral(inner)]));
  }
}
