import { numberText } from '../convert.ts';
import { inOrder } from '../origins.ts';
import type { Data } from './define.ts';

const escaped: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Terraform writes it: keys in order, no blanks, and the characters that HTML cares for as escapes. */
export const toJson = (data: Data): string => plainJson(data).replace(special, (c) => escaped[c] ?? c);

/** They can stand nowhere but in a text. */
const special = /[<>&\u2028\u2029]/g;

/** The same without the escapes, as `format` has it. */
export function plainJson(data: Data): string {
  if (data === null) return 'null';
  if (typeof data === 'number') return numberText(data);
  if (typeof data === 'boolean') return String(data);
  if (typeof data === 'string') return JSON.stringify(data);
  if (data instanceof Map) {
    const entries = data as ReadonlyMap<string, Data>;
    let inside = '';
    for (const key of inOrder(entries.keys())) inside += `${inside && ','}${JSON.stringify(key)}:${plainJson(entries.get(key) ?? null)}`;
    return `{${inside}}`;
  }
  return `[${(data as readonly Data[]).map(plainJson).join(',')}]`;
}

/** YAML as `yamlencode` writes it: block style, keys in order, every text in double quotes. */
export function toYaml(data: Data): string {
  return `${yamlLines(data).join('\n')}\n`;
}

function yamlLines(data: Data): readonly string[] {
  if (data instanceof Map) {
    const entries = data as ReadonlyMap<string, Data>;
    if (entries.size === 0) return ['{}'];
    return inOrder(entries.keys()).flatMap((key) => {
      const value = entries.get(key) ?? null;
      const lines = yamlLines(value);
      if (value instanceof Map && value.size) return [`${JSON.stringify(key)}:`, ...lines.map((line) => `  ${line}`)];
      if (Array.isArray(value) && value.length) return [`${JSON.stringify(key)}:`, ...lines];
      return [`${JSON.stringify(key)}: ${lines[0] ?? ''}`, ...lines.slice(1).map((line) => (line ? `  ${line}` : line))];
    });
  }
  if (Array.isArray(data)) {
    if (data.length === 0) return ['[]'];
    return (data as readonly Data[]).flatMap((item) => yamlLines(item).map((line, i) => (i ? '  ' : '- ') + line));
  }
  if (typeof data === 'string' && data.includes('\n')) return blockText(data);
  return [typeof data === 'string' ? JSON.stringify(data) : data === null ? 'null' : toJson(data)];
}

/** A text of several lines is a literal block, with the mark that says how it ends. */
function blockText(data: string): readonly string[] {
  const end = !data.endsWith('\n') ? '-' : data.endsWith('\n\n') ? '+' : '';
  const lines = data.replace(/\n$/, '').split('\n');
  return [`|${end}`, ...lines];
}
