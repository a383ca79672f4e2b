import { isSecretName } from '../concepts/secret.ts';
import { secretFormats } from '../facts/secret-formats.ts';

const dots = '••••••';
const formats = secretFormats.map(({ pattern }) => new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`));

// `key: value`, `key = value`, `"key": value`, `--key=value`, `--key value`; at most one per line matters here.
const setting = /^(\s*(?:-\s+)?["']?(?:--)?([\w.-]{1,80})["']?\s*(?:[:=]\s*|\s+(?=\S)))(\S.*)$/;
/** What stands for a value without being one: a reference, nothing, a switch, the start of a block. */
const harmless = /^(["']?(\$|var\.|local\.|data\.|module\.|\{\{|!|null\b|true\b|false\b)|\{|\[|[|>]|(""|'')\s*,?\s*(#.*)?$)/;

/**
 * A line of a file as it may be shown: values that are told to be secret by their form, by the name they are given to, or in a URL, are dots.
 * `named` is the name that an earlier line gave to this line's value (`- name: API_TOKEN`, then `value: …`).
 */
export function maskSecrets(line: string, named?: string): string {
  let masked = line.replace(/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,80}:)[^\s/@]{1,200}@/gi, `$1${dots}@`);
  for (const format of formats) masked = masked.replace(format, dots);
  const [, before = '', key = '', value = ''] = setting.exec(masked) ?? [];
  const secret = isSecretName(key) || (named !== undefined && /^(value|default|content)$/.test(key) && isSecretName(named));
  return secret && !harmless.test(value) ? before + dots : masked;
}

/** A line that is known to hold a secret: only what stands before its value is shown. Names and brackets are no values. */
export function maskValue(line: string): string {
  const [, before, key = ''] = /^(\s*(?:-\s+)?["']?([\w.-]{1,80})["']?\s*[:=]\s*)/.exec(line) ?? [];
  if (/^(name|key)$/i.test(key) || /^[\s{}[\]()]*$/.test(line) || before?.trimEnd() === line.trimEnd()) return maskSecrets(line);
  if (before !== undefined && harmless.test(line.slice(before.length))) return line;
  return before === undefined ? (/^\s*/.exec(line)?.[0] ?? '') + dots : before + dots;
}

/** The name that a line gives to the value on a line after it. */
export function nameGiven(line: string): string | undefined {
  return (
    /^\s*(?:-\s+)?"?(?:name|key|parameter_?name)"?\s*[:=]\s*"?([\w.-]{1,80})"?/i.exec(line)?.[1] ??
    /^\s*variable\s+"([\w-]{1,80})"/.exec(line)?.[1]
  );
}

/** A unified diff as it may be shown where others read it. One in which something was masked can no longer be applied. */
export const maskDiff = (diff: string): string =>
  diff
    .split('\n')
    .map((line, i, all) => {
      if (!/^[-+ ]/.test(line) || /^(---|\+\+\+) /.test(line)) return line;
      return `${line.slice(0, 1)}${maskSecrets(line.slice(1), nameGiven((all[i - 1] ?? '').slice(1)))}`;
    })
    .join('\n');
