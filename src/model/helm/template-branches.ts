import type { Node } from '../../documents/node.ts';
import type { Span } from '../../documents/span.ts';
import { originsOf } from '../node-value.ts';
import { unknown, type Value } from '../value.ts';
import type { Chart } from './chart.ts';
import { isEmpty, operand, words } from './template-values.ts';

type Range = Pick<Span, 'start' | 'end'>;

/**
 * What stands in a branch inside a resource that the chart's own values leave out is there for whoever asks for it, and not known. A resource
 * that is left out as a whole is read all the same: it is what one gets by asking for it.
 */
export function branchesOff(text: string, root: Node, chart: Chart | undefined): (node: Node) => Value | undefined {
  const branches = leftOut(text, chart).filter(({ start }) => start > root.span.start);
  return (node) =>
    node.is === 'scalar' && branches.some(({ start, end }) => node.span.start >= start && node.span.end <= end)
      ? unknown('left out by the chart’s own values', originsOf(node))
      : undefined;
}

/** A block that is open: where its current branch begins, and whether that is left out. */
interface Block {
  readonly start: number;
  readonly off: boolean;
  /** Whether a branch before is surely the one that is taken. */
  readonly taken: boolean;
}

const control = /\{\{-?\s*(if|else|end|range|with|define|block)(?![\w.])([^{}]{0,500}?)-?\}\}/g;
const mostDepth = 20;

/** The branches of a template that the chart's own values leave out: `{{ if .Values.hostNetwork }}` where that is `false`. */
function leftOut(text: string, chart: Chart | undefined): readonly Range[] {
  if (!chart?.values) return [];
  const found: Range[] = [];
  const open: Block[] = [];
  for (const match of text.matchAll(control)) {
    const [action, word = '', rest = ''] = match;
    const start = match.index + action.length;
    const before = word === 'else' || word === 'end' ? open.pop() : undefined;
    if (before?.off) found.push({ start: before.start, end: match.index });
    if (word === 'end') continue;
    const condition = word === 'else' ? (/^\s*(?:if|with)\b(.*)$/s.exec(rest)?.[1] ?? 'true') : rest;
    const holds = word === 'define' || word === 'block' ? undefined : truth(words(condition), chart);
    const taken = before?.taken === true;
    open.push({ start, off: taken || holds === false, taken: taken || holds === true });
  }
  return found;
}

/** What a condition comes to; undefined where that can't be told from the values alone. */
function truth(condition: readonly string[], chart: Chart, depth = 0): boolean | undefined {
  const [first = '', ...rest] = condition;
  if (depth > mostDepth) return undefined;
  if (first === '(' && rest.at(-1) === ')' && argumentsOf(condition).length === 1) return truth(rest.slice(0, -1), chart, depth + 1);
  if (rest.length === 0) {
    const value = operand(first, chart);
    return value === undefined || value.is === 'unknown' ? undefined : !isEmpty(value);
  }
  const said = argumentsOf(rest).map((one) => truth(one, chart, depth + 1));
  if (first === 'not') return said.length === 1 && said[0] !== undefined ? !said[0] : undefined;
  if (first === 'and') return said.includes(false) ? false : said.includes(undefined) ? undefined : true;
  if (first === 'or') return said.includes(true) ? true : said.includes(undefined) ? undefined : false;
  return undefined;
}

/** Words and bracketed groups of them. */
function argumentsOf(tokens: readonly string[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) found.push([]);
    found.at(-1)?.push(token);
    if (token === '(') depth++;
    if (token === ')') depth--;
  }
  return found;
}
