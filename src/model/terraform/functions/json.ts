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

/** JSON as Terraform writes it: keys in order, no blanks, and the characters that HTML cares for as escapes (not in `format`'s `%v`). */
export function toJson(data: Data, plain = false): string {
  if (data === null) return 'null';
  if (typeof data === 'number') return numberText(data);
  if (typeof data === 'boolean') return String(data);
  if (typeof data === 'string') return plain ? JSON.stringify(data) : jsonText(data);
  if (data instanceof Map) {
    const entries = data as ReadonlyMap<string, Data>;
    let inside = '';
    for (const key of inOrder(entries.keys())) inside += `${inside && ','}${toJson(key, plain)}:${toJson(entries.get(key) ?? null, plain)}`;
    return `{${inside}}`;
  }
  return `[${(data as readonly Data[]).map((item) => toJson(item, plain)).join(',')}]`;
}

const special = /[<>&\u2028\u2029]/g;
const jsonText = (s: string): string => JSON.stringify(s).replace(special, (c) => escaped[c] ?? c);

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
