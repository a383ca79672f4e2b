import type { Severity } from '../engine/rule.ts';
import { printable } from './printable.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan' | 'inverseRed';
export type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
  inverseRed: [41, 49],
};

/** Puts text in a style, or leaves it as it is where there are no colours. */
export const painter = (colour: boolean): Paint =>
  colour ? (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : plainly;
const plainly: Paint = (_, text) => text;

export const severityStyle: Readonly<Record<Severity, Style>> = {
  critical: 'inverseRed',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'dim',
};

interface Word {
  readonly text: string;
  readonly style: Style | undefined;
  /** Follows the word before it without a space. */
  readonly joined: boolean;
}

/** A finding's Markdown as indented lines of at most `width` columns: code spans in colour (or left in their backticks), emphasis and links reduced to their text. */
export function flow(markdown: string, width: number, indent: string, paint: Paint): string {
  const lines: string[] = [];
  for (const paragraph of printable(markdown)
    .split('\n')
    .filter((text) => text.trim())) {
    let line = '';
    let column = indent.length;
    for (const { text, style, joined } of wordsOf(paragraph, paint === plainly)) {
      const gap = line === '' || joined ? '' : ' ';
      if (line !== '' && !joined && column + gap.length + text.length > width) {
        lines.push(indent + line);
        line = '';
        column = indent.length;
      } else {
        line += gap;
        column += gap.length;
      }
      line += style ? paint(style, text) : text;
      column += text.length;
    }
    lines.push(indent + line);
  }
  return lines.join('\n');
}

function wordsOf(markdown: string, backticks: boolean): readonly Word[] {
  const words: Word[] = [];
  let joins = false;
  const add = (text: string, style: Style | undefined): void => {
    if (/^\s/.test(text)) joins = false;
    for (const word of text.split(/\s+/).filter(Boolean)) {
      words.push({ text: word, style, joined: joins });
      joins = false;
    }
    joins = text !== '' && !/\s$/.test(text);
  };
  for (const { code, text } of spans(markdown)) {
    if (code) add(backticks ? `\`${text.trim()}\`` : text.trim(), 'cyan');
    else add(text.replace(/\*\*([^*]+)\*\*/g, '$1').replace(/\[([^\]]+)\]\([^)\s]+\)/g, '$1'), undefined);
  }
  return words;
}

/** Text and code spans in turn. A code span ends at a run of as many backticks as began it. */
function spans(markdown: string): readonly { readonly code: boolean; readonly text: string }[] {
  const parts = markdown.split(/(`+)/);
  const found: { code: boolean; text: string }[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    const end = part.startsWith('`') ? parts.indexOf(part, i + 1) : -1;
    if (end === -1) found.push({ code: false, text: part });
    else {
      found.push({ code: true, text: parts.slice(i + 1, end).join('') });
      i = end;
    }
  }
  return found;
}
