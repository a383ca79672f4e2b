import { child, type Node, type ScalarNode } from '../../documents/node.ts';
import { nodeValue, templatedText } from '../node-value.ts';
import { known, unknown, type Known, type Origin, type Value } from '../value.ts';
import type { Chart } from './chart.ts';

/**
 * What a templated scalar gives when the chart is installed with its own values, where that can be told without running the template:
 * actions that name a value, with `quote`, `default`, `toYaml` and the like, alone or inside a text. All else is unknown. Origins: the
 * place in the template, then the line of values.yaml.
 */
export function templatedValue(node: Node, chart: Chart | undefined): Value | undefined {
  if (node.is !== 'scalar' || !node.templated || typeof node.value !== 'string') return undefined;
  const here: readonly Origin[] = [{ span: node.via ?? node.span, what: 'attribute' }];
  if (node.around) return templatedText(node, here);
  const pieces = piecesOf(node.value);
  if (!pieces || node.value.length > 2000) return unknown('written by a template', here);
  const values = pieces.map((piece) => (typeof piece === 'string' ? known(piece, []) : action(piece.action, chart)));
  const [only] = values;
  if (values.length === 1 && only && typeof pieces[0] !== 'string') return throughTemplate(only, here);
  return text(values, here, node);
}

type Piece = string | { readonly action: string };

/** The text around actions and the actions; undefined where the text holds control actions. */
function piecesOf(source: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of source.matchAll(/\{\{-?([^{}]{1,500}?)-?\}\}/g)) {
    if (match.index > end) pieces.push(source.slice(end, match.index));
    pieces.push({ action: (match[1] ?? '').trim() });
    end = match.index + match[0].length;
  }
  if (end < source.length) pieces.push(source.slice(end));
  return pieces.some((piece) =>
    typeof piece === 'string' ? piece.includes('{{') || piece.includes('}}') : /^(if|else|end|range|with)\b/.test(piece.action),
  )
    ? undefined
    : pieces;
}

/** A pipeline of the few functions that don't change what a value means. */
function action(source: string, chart: Chart | undefined): Value {
  const [head = '', ...pipes] = source.split('|').map((step) => step.trim());
  let value = call(words(head), chart);
  for (const pipe of pipes) value = value && apply(words(pipe), value, chart);
  return value ?? unknown('written by a template', []);
}

/** The words, texts and brackets of an action. */
export const words = (step: string): readonly string[] => step.match(/"[^"]*"|[^\s()]+|[()]/g) ?? [];

function call([first, ...rest]: readonly string[], chart: Chart | undefined): Value | undefined {
  if (first === undefined) return undefined;
  if (rest.length === 0) return operand(first, chart);
  const last = operand(rest.at(-1) ?? '', chart);
  return last && apply([first, ...rest.slice(0, -1)], last, chart);
}

function apply([name, ...args]: readonly string[], value: Value, chart: Chart | undefined): Value | undefined {
  switch (name) {
    case 'quote':
    case 'squote':
    case 'toString':
      return value.is === 'known' ? { ...value, value: String(value.value) } : value.is === 'absent' ? known('', value.origins) : value;
    case 'toYaml':
    case 'nindent':
    case 'indent':
    case 'trim':
    case 'int':
    case 'int64':
    case 'toJson':
      return value;
    case 'default': {
      const fallback = args.length === 1 ? operand(args[0] ?? '', chart) : undefined;
      return value.is === 'unknown' ? undefined : isEmpty(value) ? fallback : value;
    }
    default:
      return undefined;
  }
}

/** Empty as Go templates have it. */
export const isEmpty = (value: Value): boolean =>
  value.is === 'absent' ||
  (value.is === 'known' && (value.value === '' || value.value === 0 || value.value === false)) ||
  (value.is === 'list' && value.items.length === 0) ||
  (value.is === 'map' && value.entries.size === 0);

/** What a word of an action stands for: a text, a number, a value of the chart; undefined for all else. */
export function operand(word: string, chart: Chart | undefined): Value | undefined {
  if (/^"[^"\\]*"$/.test(word)) return known(word.slice(1, -1), []);
  if (/^-?\d{1,15}$/.test(word)) return known(Number(word), []);
  if (word === 'true' || word === 'false') return known(word === 'true', []);
  const path = /^\$?\.(Values|Chart)((?:\.[A-Za-z0-9_-]+)+)$/.exec(word);
  if (!path || !chart) return undefined;
  const keys = (path[2] ?? '').slice(1).split('.');
  const root = path[1] === 'Values' ? chart.values : chart.definition;
  const found = lookUp(root, path[1] === 'Chart' ? keys.map((key) => key.charAt(0).toLowerCase() + key.slice(1)) : keys);
  return found && fromFile(nodeValue(found));
}

const lookUp = (root: Node | undefined, keys: readonly string[]): Node | undefined =>
  keys.reduce<Node | undefined>((node, key) => child(node, key), root);

/** A value of the values file as one that came from there. */
function fromFile(value: Value): Value {
  const origins = value.origins.map((origin): Origin => ({ ...origin, what: 'file' }));
  if (value.is === 'list') return { ...value, origins, items: value.items.map(fromFile) };
  if (value.is === 'map') return { ...value, origins, entries: new Map([...value.entries].map(([key, item]) => [key, fromFile(item)])) };
  return { ...value, origins };
}

function throughTemplate(value: Value, here: readonly Origin[]): Value {
  const origins = [...here, ...value.origins];
  if (value.is === 'list') return { ...value, origins, items: value.items.map((item) => throughTemplate(item, here)) };
  if (value.is === 'map')
    return { ...value, origins, entries: new Map([...value.entries].map(([key, item]) => [key, throughTemplate(item, here)])) };
  return { ...value, origins };
}

/** A text with values in it. No origin is its literal, because none holds the whole text. */
function text(values: readonly Value[], here: readonly Origin[], node: ScalarNode): Value {
  const origins = [...here, ...values.flatMap((value) => value.origins.map(({ span, what }): Origin => ({ span, what })))];
  const parts = values.map((value) => (value.is === 'known' ? String(value.value) : null));
  if (node.offsets || parts.includes(null)) return { ...unknown('written by a template', origins), parts };
  const joined: Known = { is: 'known', value: parts.join(''), origins };
  return joined;
}
