import type { Document } from '../documents/document.ts';
import { lineAt, lineStarts, type Span } from '../documents/span.ts';
import { nearest } from './nearest.ts';
import type { SuppressionFault } from './suppress-rules.ts';
import { code } from './words.ts';

/** A comment that asks not to be told of one rule at one place. */
export interface Suppression {
  readonly rule: string;
  /** The comment itself. */
  readonly at: Span;
  /** Its line, 1-based, and the line that it is about: its own, or the first one below that is no comment. */
  readonly line: number;
  readonly covers: number;
  /** The last day on which it holds (`YYYY-MM-DD`). */
  readonly until?: string;
  readonly reason: string;
}

/** A comment that was meant as a suppression and is none. `message` and `remedy` are Markdown. */
export interface FaultySuppression {
  readonly fault: SuppressionFault;
  readonly at: Span;
  readonly line: number;
  readonly message: string;
}

export interface Suppressions {
  readonly valid: readonly Suppression[];
  readonly faulty: readonly FaultySuppression[];
}

const word = 'plumbline:';
const form = '`# plumbline:ignore <rule> [until=YYYY-MM-DD] -- <reason>`';
/** In characters: a line is looked at so far before and after the word, and no line that is longer is understood. */
const longest = 1000;
/** Comments of one file; more are not written by people. */
const most = 500;

/**
 * The suppressions in a file's comments, `#` and (in HCL) `//`. Text in quotes is not a comment; in a heredoc or a block of text it is,
 * because findings can stand there. JSON has no comments. `rules`: the ids there are.
 */
export function suppressionsIn(document: Document, rules: ReadonlySet<string>): Suppressions {
  const valid: Suppression[] = [];
  const faulty: FaultySuppression[] = [];
  const { text, file } = document;
  if (document.is === 'data' && document.syntax === 'json') return { valid, faulty };
  const slashes = document.is === 'hcl';
  let starts: readonly number[] | undefined;
  let from = text.indexOf(word);
  for (let count = 0; from !== -1 && count < most; count++, from = text.indexOf(word, from + word.length)) {
    const comment = commentAround(text, from, slashes);
    if (!comment) continue;
    const at: Span = { file, start: comment.start, end: comment.end };
    starts ??= lineStarts(text);
    const line = lineAt(starts, at.start);
    const read = readDirective(text.slice(from + word.length, at.end), rules);
    if (read.is === 'faulty') faulty.push({ fault: read.fault, message: read.message, at, line });
    if (read.is !== 'valid') continue;
    const covers = comment.alone ? lineBelow(text, starts, line, slashes) : line;
    if (covers === undefined)
      faulty.push({
        fault: 'malformed',
        message:
          'This suppression stands above an empty line, so it is about nothing. Write it directly above the line or the resource that it is for.',
        at,
        line,
      });
    else valid.push({ rule: read.rule, reason: read.reason, ...(read.until !== undefined && { until: read.until }), at, line, covers });
  }
  return { valid, faulty };
}

/** The comment that begins right before an offset. `alone`: nothing else stands on its line. */
function commentAround(text: string, from: number, slashes: boolean): { start: number; end: number; alone: boolean } | undefined {
  const before = text.slice(Math.max(0, from - longest), from);
  const lineBreak = before.lastIndexOf('\n');
  if (lineBreak === -1 && before.length === longest) return undefined;
  const line = before.slice(lineBreak + 1).trimEnd();
  const sign = line.endsWith('#') ? '#' : slashes && line.endsWith('//') ? '//' : undefined;
  if (sign === undefined) return undefined;
  const code = line.slice(0, line.length - sign.length);
  if (code !== '' && !/[\s#/]$/.test(code)) return undefined;
  if (code.split('"').length % 2 === 0) return undefined;
  const after = text.slice(from, from + longest);
  const length = after.search(/\r?\n/);
  if (length === -1 && after.length === longest) return undefined;
  return {
    start: from - before.length + lineBreak + 1 + code.length,
    end: from + (length === -1 ? after.length : length),
    alone: /^\s*(?:#|\/\/|$)/.test(code),
  };
}

const mostBelow = 50;

/** The first line below that is not a comment, when it is not empty either. */
function lineBelow(text: string, starts: readonly number[], line: number, slashes: boolean): number | undefined {
  for (let below = line + 1; below <= line + mostBelow; below++) {
    const start = starts[below - 1];
    if (start === undefined) return undefined;
    const first = text.slice(start, Math.min(starts[below] ?? text.length, start + longest)).trim();
    if (first === '') return undefined;
    if (!first.startsWith('#') && !(slashes && first.startsWith('//'))) return below;
  }
  return undefined;
}

type Directive =
  | { readonly is: 'none' }
  | { readonly is: 'faulty'; readonly fault: SuppressionFault; readonly message: string }
  | { readonly is: 'valid'; readonly rule: string; readonly until?: string; readonly reason: string };

const faulty = (fault: SuppressionFault, message: string): Directive => ({ is: 'faulty', fault, message });

/** What stands after `plumbline:`. */
function readDirective(text: string, rules: ReadonlySet<string>): Directive {
  const [verb = ''] = /^\s?[A-Za-z-]*/.exec(text) ?? [];
  if (verb !== 'ignore' || /^[^\s]/.test(text.slice(verb.length))) {
    const close = verb !== '' && nearest(verb.trim(), ['ignore']) !== undefined;
    return close ? faulty('malformed', `This looks like a suppression but is none. Write ${form}.`) : { is: 'none' };
  }
  const rest = text.slice(verb.length);
  const dashes = /\s--(?:\s|$)/.exec(rest);
  const [rule, ...more] = rest
    .slice(0, dashes?.index ?? rest.length)
    .trim()
    .split(/\s+/);
  const reason = dashes ? rest.slice(dashes.index + 3).trim() : '';
  if (rule === undefined || rule === '') return faulty('malformed', `This suppression names no rule. Write ${form}.`);
  if (!rules.has(rule)) {
    const close = nearest(rule, [...rules]);
    return faulty(
      'unknown',
      `There is no rule ${code(rule)}, so this suppresses nothing. ${close === undefined ? 'The rule’s id stands in the first line of its comment.' : `Did you mean ${code(close)}?`}`,
    );
  }
  const ends = more.filter((one) => one.startsWith('until='));
  const [other] = more.filter((one) => !one.startsWith('until='));
  if (dashes && other !== undefined) return faulty('malformed', `${code(other)} means nothing in a suppression. Write ${form}.`);
  if (reason === '')
    return faulty(
      'unreasoned',
      `This suppression of ${code(rule)} gives no reason and so does not count. Say after ${code(' -- ')} why it is right here.`,
    );
  const [end] = ends;
  if (end === undefined) return { is: 'valid', rule, reason };
  const until = end.slice('until='.length);
  if (ends.length > 1 || !isDay(until)) return faulty('malformed', `${code(ends.join(' '))} is not one day. Write \`until=YYYY-MM-DD\`.`);
  return { is: 'valid', rule, reason, until };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
