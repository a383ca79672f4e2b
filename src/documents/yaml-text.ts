import type { Scalar } from 'yaml';
import { quotedOffsets } from './json.ts';
import type { Node, ScalarNode, TextPiece } from './node.ts';
import type { Span } from './span.ts';
import { maskChar } from './template-mask.ts';
import { spanOf, type Reader } from './yaml-reader.ts';
import { blockOffsets, plainScalar, taggedScalar } from './yaml-scalar.ts';

/** A scalar with its value as the cluster reads it. `at` is where one that is not written belongs. */
export function readScalar(reader: Reader, node: Scalar, at: number): Node {
  const [start, rangeEnd] = node.range ?? [at, at];
  const text = node.source ?? '';
  const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const end = block ? trimEnd(reader.text, start, rangeEnd) : rangeEnd;
  const span = spanOf(reader, start, end);
  if (reader.text.charAt(start) === maskChar || isTemplated(reader, start, end))
    return { ...templatedScalar(reader, span), ...tagOf(node), ...(block && aroundActions(reader, text, start, end)) };
  const core = coreTag(node.tag);
  const value = core === undefined ? (node.type === 'PLAIN' && !node.tag ? plainScalar(text) : text) : (taggedScalar(core, text) ?? text);
  const scalar: ScalarNode = { is: 'scalar', value, span, ...tagOf(node) };
  if (typeof value !== 'string') return scalar;
  if (block) return { ...scalar, offsets: blockOffsets(reader.text, start, end, value) };
  return /^\s*[[{]/.test(value) ? withOffsets(reader, scalar, value) : scalar;
}

/** Quoted texts on one line that hold a document keep the way back to the file. */
function withOffsets(reader: Reader, scalar: ScalarNode, value: string): ScalarNode {
  const { start, end } = scalar.span;
  const source = reader.text.slice(start, end);
  if (source.includes('\n')) return scalar;
  if (source.startsWith('"')) return { ...scalar, offsets: quotedOffsets(reader.text, start, value.length) };
  return source.slice(1, -1) === value
    ? { ...scalar, offsets: (inValue) => start + 1 + Math.max(0, Math.min(inValue, value.length)) }
    : scalar;
}

/** What a templated value says is its own source text, without the quotes around it. */
export function templatedScalar(reader: Reader, masked: Span): ScalarNode {
  const span = writtenSpan(reader, masked);
  const source = reader.original.slice(span.start, span.end);
  const quote = source.charAt(0);
  const quoted = source.length > 1 && (quote === '"' || quote === "'") && source.endsWith(quote);
  return { is: 'scalar', value: quoted ? source.slice(1, -1) : source, templated: true, span };
}

/** The pieces of a block text. One with control actions says one thing or another, so that nothing is known to be said. */
function aroundActions(reader: Reader, value: string, start: number, end: number): Pick<ScalarNode, 'around'> {
  if (controlAction.test(reader.original.slice(start, end))) return {};
  const offsets = blockOffsets(reader.text, start, end, value);
  const around: TextPiece[] = [];
  let at = 0;
  for (const run of value.split(masks)) {
    const from = at;
    at += run.length;
    if (run.startsWith(maskChar)) around.push({ is: 'action', span: spanOf(reader, offsets(from), offsets(at - 1) + 1) });
    else if (run !== '')
      around.push({ is: 'text', text: run, offsets: (inText) => offsets(from + Math.max(0, Math.min(inText, run.length))) });
  }
  return { around };
}

const masks = new RegExp(`(${maskChar}+)`);
const controlAction = /\{\{-?\s*(?:if|else|end|range|with|define|block)(?![A-Za-z0-9_.])/;

/** Masks of whole lines stand at the column that the action writes to: the span is widened to the action itself. */
function writtenSpan(reader: Reader, { file, start, end }: Span): Span {
  const { original, text } = reader;
  if (text.charAt(start) !== maskChar) return { file, start, end };
  const lineStart = original.lastIndexOf('\n', start) + 1;
  const action = original.startsWith('{{', start) ? start : lineStart + Math.max(0, original.slice(lineStart, end).search(/[{$]\{/));
  const lineBreak = text.indexOf('\n', end);
  const rest = original.slice(end, lineBreak === -1 ? text.length : lineBreak);
  return { file, start: action, end: end + rest.trimEnd().length };
}

/**
 * True where a Go template (or another tool's `{{ ... }}`) writes the value or a part of it. GitHub's `${{ ... }}` is an expression that
 * stays in the configuration, and CloudFormation's `{{resolve:...}}` is a reference of its own: both are text.
 */
function isTemplated({ original, templated, hasBraces }: Reader, start: number, end: number): boolean {
  if (!hasBraces) return false;
  const text = original.slice(start, end);
  for (let i = text.indexOf('{{'); i !== -1; i = text.indexOf('{{', i + 2)) {
    if (templated || (original.charAt(start + i - 1) !== '$' && !text.startsWith('resolve:', i + 2))) return true;
  }
  return false;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

const coreTagPrefix = 'tag:yaml.org,2002:';
const coreTag = (tag: string | undefined): string | undefined =>
  tag === '!' ? '!' : tag?.startsWith(coreTagPrefix) === true ? tag.slice(coreTagPrefix.length) : undefined;

/** A tag that is not YAML's own, as written without its `!`. */
export function tagOf({ tag }: { tag?: string }): { tag?: string } {
  return tag === undefined || coreTag(tag) !== undefined ? {} : { tag: tag.replace(/^!/, '') };
}
