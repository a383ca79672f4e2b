import type { ParseError } from './document.ts';
import { lineStarts } from './span.ts';

/** The check runs in one thread with everything else, so that long files are not given to it. In UTF-16 units. */
const maxLength = 300_000;

/**
 * Asks HashiCorp's own parser whether a `.tf` or `.tfvars` file is valid. It knows no positions but those in its messages, so that this
 * is only the authority on validity; gives its first diagnostic.
 */
export async function validateHcl(file: string, text: string): Promise<ParseError | undefined> {
  if (text.length > maxLength) return undefined;
  const { parse } = await import('@cdktf/hcl2json');
  try {
    // The parser names the file in its messages; a fixed name makes them easy to take apart.
    await parse('x.tf', text);
    return undefined;
  } catch (error) {
    return diagnostic(file, text, error instanceof Error ? error.message : String(error));
  }
}

function diagnostic(file: string, text: string, raw: string): ParseError {
  // Deep nesting exhausts the parser's stack; it recovers, and says so in the words of the JavaScript engine.
  if (/call stack/i.test(raw)) {
    return {
      span: { file, start: 0, end: 0 },
      message: 'This file is nested too deeply to be checked.',
      remedy: 'Split it into locals or modules.',
    };
  }
  const first = raw.replace(/^.*?\[?(?=x\.tf:\d)/s, '').split(/\.? x\.tf:\d/)[0] ?? '';
  const m = /^x\.tf:(\d+),[-\d,]+: ([^;]+)(?:; (.*))?$/s.exec(first.replace(/\]?$/, ''));
  const starts = lineStarts(text);
  const line = Math.max(1, Number(m?.[1] ?? 1));
  const start = Math.min(starts[line - 1] ?? 0, text.length);
  const end = Math.max(start, (starts[line] ?? text.length + 1) - 1);
  const sentence = (s: string): string => `${s.trim().replace(/\.$/, '')}.`;
  return {
    span: { file, start, end },
    message: m?.[2] ? sentence(m[2]) : 'This file is not valid HCL.',
    remedy: m?.[3] ? sentence(m[3]) : 'Run `terraform fmt` on it to see what is wrong.',
  };
}
