import type { Expression, TemplatePart } from '../../documents/hcl-tree.ts';
import { known, type Known, type Origin, type Value } from '../value.ts';
import { maxText, spend } from './budget.ts';
import { asText, scalarText } from './convert.ts';
import { pairs } from './for-expression.ts';
import { asBool } from './operators.ts';
import { computed, failure, refsOf, unknownFrom } from './origins.ts';
import { originOf, withNames, type Context } from './scope.ts';

type Evaluate = (expression: Expression, context: Context) => Value;

/** Text that may hold a document keeps the way back to its place in the file. */
export function literalText(value: string, origins: readonly Origin[], start: number): Known {
  const plain = known(value, origins);
  return holdsDocument(value) ? { ...plain, offsets: (inValue) => start + inValue } : plain;
}

/** Pieces of one text that are looked at one by one. */
const maxPieces = 20_000;

function holdsDocument(text: string): boolean {
  const first = text.charCodeAt(0);
  // Most texts begin with a letter or a digit.
  return text.includes('\n') || (!(first > 0x2c && first < 0x5b) && !(first > 0x5d && first < 0x7b) && /^\s*[{[]/.test(text));
}

export function evaluateTemplate(expression: Extract<Expression, { is: 'template' }>, context: Context, evaluate: Evaluate): Value {
  const origin = originOf(expression, context);
  const [only] = expression.parts;
  // `"${x}"` is x itself, of whatever type.
  if (expression.parts.length === 1 && only?.is === 'value' && !expression.heredoc) return evaluate(only.value, context);
  const values = valuesIn(expression.parts, context, evaluate);
  if (!values) return renderTemplate(expression.parts, origin, context, evaluate);
  const place: Origin = values.length === 0 ? { ...origin, literal: true } : origin;
  const text = textOf(expression.parts, values);
  // Pieces are made where somebody may look inside.
  if (text !== undefined && !holdsDocument(text) && text.length <= maxText && spend(context.scope.budget, text.length >> 8))
    return known(text, computed(place, ...values), refsOf(...values));
  let i = 0;
  return renderTemplate(expression.parts, place, context, (part, inner) => values[i++] ?? evaluate(part, inner));
}

/** The values that are put into a text, in order. Undefined for one with directives: what there is of it depends on them. */
function valuesIn(parts: readonly TemplatePart[], context: Context, evaluate: Evaluate): readonly Value[] | undefined {
  if (!parts.every(({ is }) => is === 'text' || is === 'value')) return undefined;
  const values: Value[] = [];
  for (const part of parts) if (part.is === 'value') values.push(evaluate(part.value, context));
  return values;
}

/** Text with values put in; undefined when not all of them are known. */
function textOf(parts: readonly TemplatePart[], values: readonly Value[]): string | undefined {
  let text = '';
  let i = 0;
  for (const part of parts) {
    if (part.is === 'text') text += part.text;
    else {
      const value = values[i++];
      if (value?.is !== 'known') return undefined;
      text += scalarText(value.value);
    }
  }
  return text;
}

/** Puts a template's pieces together. `origin` is the template's own place. */
export function renderTemplate(parts: readonly TemplatePart[], origin: Origin, context: Context, evaluate: Evaluate): Value {
  const pieces: Value[] = [];
  const others: Value[] = [];
  const failed = render(parts, context, evaluate, pieces, others, origin);
  return failed ?? joined(pieces, others, origin, context);
}

/** The text that pieces make together; known in part when some of them are unknown. `others` decided on which pieces there are. */
export function joined(pieces: readonly Value[], others: readonly Value[], origin: Origin, context: Context): Value {
  if (pieces.length > maxPieces || !spend(context.scope.budget, pieces.length >> 3))
    return unknownFrom('this text has too many pieces to follow', origin);
  let value = '';
  let whole = true;
  for (const piece of pieces) {
    if (piece.is === 'known') value += String(piece.value);
    else whole = false;
  }
  if (value.length > maxText || !spend(context.scope.budget, value.length >> 8))
    return unknownFrom('this text is too long to follow', origin);
  const from = others.length > 0 ? [...pieces, ...others] : pieces;
  const origins = computed(origin, ...from);
  const refs = refsOf(...from);
  if (!whole) {
    const texts = pieces.map((piece) => (piece.is === 'known' ? String(piece.value) : null));
    return { is: 'unknown', why: 'part of the text is unknown', refs, origins, parts: merged(texts), pieces };
  }
  const text = known(value, origins, refs);
  if (!holdsDocument(value)) return text;
  return { ...text, offsets: offsetsOf(pieces), textFile: origin.span.file, ...(pieces.length > 1 && { pieces }) };
}

/** All of a value that was put in stands where its `${...}` begins. */
function insertedAt(place: number, value: Known): Known {
  const piece: Known = { is: 'known', value: asText(value).value, origins: value.origins, offsets: () => place };
  return value.refs ? { ...piece, refs: value.refs } : piece;
}

function merged(texts: readonly (string | null)[]): readonly (string | null)[] {
  const out: (string | null)[] = [];
  for (const text of texts) {
    const last = out.at(-1);
    if (typeof last === 'string' && text !== null) out[out.length - 1] = last + text;
    else if (text !== '') out.push(text);
  }
  return out;
}

/** Renders parts onto `pieces`; gives the failure when Terraform would stop. */
function render(
  parts: readonly TemplatePart[],
  context: Context,
  evaluate: Evaluate,
  pieces: Value[],
  others: Value[],
  origin: Origin,
): Value | undefined {
  for (const part of parts) {
    const here: Origin = { span: part.span, what: context.kind };
    if (!spend(context.scope.budget, 1)) return unknownFrom('evaluation took too long', origin);
    if (part.is === 'text') {
      pieces.push({
        is: 'known',
        value: part.text,
        origins: [here],
        offsets: (inValue) => Math.min(part.span.start + inValue, part.span.end),
      });
    } else if (part.is === 'value') {
      const value = evaluate(part.value, context);
      if (value.is === 'known') pieces.push(insertedAt(part.span.start, value));
      else if (value.is !== 'unknown') return failure('only a single value can be put into a text', origin, value);
      else if (value.fails) return value;
      else for (const piece of value.pieces ?? [value]) pieces.push(piece);
    } else if (part.is === 'if') {
      const condition = evaluate(part.condition, context);
      const decided = asBool(condition);
      if (decided === 'fails') return failure('the condition is neither true nor false', origin, condition);
      if (decided === undefined) pieces.push(unknownFrom('it depends on a condition that is unknown', here, condition));
      else {
        others.push(condition);
        const failed = render(decided ? part.yes : part.no, context, evaluate, pieces, others, origin);
        if (failed) return failed;
      }
    } else {
      const over = evaluate(part.over, context);
      if (over.is === 'unknown' && over.fails) return over;
      const all = pairs(over);
      if (!all || ((over.is === 'list' || over.is === 'map') && over.open)) {
        pieces.push(unknownFrom('it goes over something unknown', here, over));
        continue;
      }
      others.push(over);
      for (const [key, value] of all) {
        const names: [string, Value][] = [[part.valueName, value]];
        if (part.keyName !== undefined) names.push([part.keyName, key]);
        const failed = render(part.parts, withNames(context, names), evaluate, pieces, others, origin);
        if (failed) return failed;
      }
    }
  }
  return undefined;
}

/** Maps an offset in the joined text to the file, through the piece that it falls into. */
function offsetsOf(pieces: readonly Value[]): (inValue: number) => number {
  const starts: number[] = [];
  const maps: ((inValue: number) => number)[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.is !== 'known' || !piece.offsets) continue;
    starts.push(at);
    maps.push(piece.offsets);
    at += String(piece.value).length;
  }
  return (inValue) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= inValue) low = middle;
      else high = middle - 1;
    }
    return maps[low]?.(inValue - (starts[low] ?? 0)) ?? 0;
  };
}
