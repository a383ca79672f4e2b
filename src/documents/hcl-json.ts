import type { Document, ParseError } from './document.ts';
import { parseExpression, parseTemplate } from './hcl.ts';
import type { Attribute, Block, Body, Expression, TemplatePart } from './hcl-tree.ts';
import type { Entry, Node } from './node.ts';
import type { Span } from './span.ts';

/** How many labels a block has decides how many levels of keys stand between its type and its body. */
const labelCounts: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['variable', 1],
  ['output', 1],
  ['module', 1],
  ['provider', 1],
  ['locals', 0],
  ['terraform', 0],
]);
/** Arguments whose texts are references or plain text and not templates. */
const bare = new Set(['type', 'provider', 'depends_on', 'ignore_changes', 'replace_triggered_by']);

/** A `.tf.json` or `.tfvars.json` file, read as JSON, as what the same file in HCL would be. In variables files texts are plain texts. */
export function hclOfJson(document: Extract<Document, { is: 'data' }>): Document {
  const errors: ParseError[] = [...document.errors];
  const [root] = document.roots;
  const span = { file: document.file, start: 0, end: document.text.length };
  const variables = document.file.endsWith('.tfvars.json');
  const reader: Reader = { text: document.text, errors, templates: !variables };
  const body: Body =
    root?.is !== 'map'
      ? { attributes: [], blocks: [], span }
      : variables
        ? { attributes: root.entries.map((e) => attribute(e, reader)), blocks: [], span }
        : { attributes: [], blocks: root.entries.flatMap((e) => topBlocks(e, reader)), span };
  return { is: 'hcl', file: document.file, text: document.text, body, errors: errors.slice(0, 5) };
}

interface Reader {
  readonly text: string;
  readonly errors: ParseError[];
  readonly templates: boolean;
}

function topBlocks(entry: Entry, reader: Reader): readonly Block[] {
  const count = labelCounts.get(entry.key);
  return count === undefined ? [] : labelled(entry, entry.key, [], count, entry.keySpan, reader);
}

function labelled(entry: Entry, type: string, labels: readonly string[], missing: number, header: Span, reader: Reader): readonly Block[] {
  const nodes = entry.value.is === 'list' ? entry.value.items : [entry.value];
  return nodes.flatMap((node) => {
    if (node.is !== 'map') return [];
    if (missing > 0) return node.entries.flatMap((e) => labelled(e, type, [...labels, e.key], missing - 1, e.keySpan, reader));
    return [{ type, labels, header, body: blockBody(node, reader), span: { ...header, end: node.span.end } }];
  });
}

/**
 * Inside a block, JSON does not tell attributes from nested blocks. Maps stay attributes, which evaluate to the same as a block does; only
 * what Terraform itself knows to be a block is one.
 */
function blockBody(node: Extract<Node, { is: 'map' }>, reader: Reader): Body {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  for (const entry of node.entries) {
    if (entry.key === '//') continue;
    if (entry.key === 'dynamic' && entry.value.is === 'map') blocks.push(...labelled(entry, 'dynamic', [], 1, entry.keySpan, reader));
    else if ((entry.key === 'content' || entry.key === 'lifecycle') && entry.value.is === 'map')
      blocks.push(...labelled(entry, entry.key, [], 0, entry.keySpan, reader));
    else if (entry.key === 'backend' && entry.value.is === 'map') blocks.push(...labelled(entry, 'backend', [], 1, entry.keySpan, reader));
    else attributes.push(attribute(entry, reader));
  }
  return { attributes, blocks, span: node.span };
}

function attribute(entry: Entry, reader: Reader): Attribute {
  const value = bare.has(entry.key) && reader.templates ? reference(entry.value, reader) : expression(entry.value, reader);
  return { name: entry.key, nameSpan: entry.keySpan, value, span: entry.span };
}

/** `"depends_on": ["aws_iam_role.r"]`: the text is the expression. */
function reference(node: Node, reader: Reader): Expression {
  if (node.is === 'list') return { is: 'list', items: node.items.map((item) => reference(item, reader)), span: node.span };
  if (node.is !== 'scalar' || typeof node.value !== 'string') return expression(node, reader);
  const inner = node.value.replace(/^\$\{(.*)\}$/s, '$1');
  const read = parseExpression(node.span.file, inner, () => node.span.start);
  return 'message' in read ? { is: 'literal', value: node.value, span: node.span } : { ...read, span: node.span };
}

function expression(node: Node, reader: Reader): Expression {
  if (node.is === 'list') return { is: 'list', items: node.items.map((item) => expression(item, reader)), span: node.span };
  if (node.is === 'map') {
    const entries = node.entries.map((e) => ({ key: text(e.key, e.keySpan, reader), value: expression(e.value, reader), span: e.span }));
    return { is: 'object', entries, span: node.span };
  }
  return typeof node.value === 'string' ? text(node.value, node.span, reader) : { is: 'literal', value: node.value, span: node.span };
}

/** A text is a template, as between quotes in HCL but without its escapes, which JSON's take the place of. */
function text(value: string, span: Span, reader: Reader): Expression {
  if (!reader.templates || !/[$%]\{/.test(value)) return { is: 'literal', value, span };
  const parts = parseTemplate(span.file, value, offsetsIn(value, span, reader.text));
  if ('message' in parts) {
    reader.errors.push(parts);
    return { is: 'broken', span };
  }
  const joined = joinText(parts);
  return { is: 'template', parts: joined, span };
}

/** From an offset in a JSON string's value to its place in the file; behind an escape that place is the end of the string at worst. */
function offsetsIn(value: string, span: Span, file: string): (inValue: number) => number {
  const plain = file.slice(span.start + 1, span.end - 1) === value;
  if (plain) return (inValue) => span.start + 1 + inValue;
  const starts: number[] = [];
  for (let i = span.start + 1; i < span.end - 1;) {
    starts.push(i);
    i += file[i] !== '\\' ? 1 : file[i + 1] === 'u' ? 6 : 2;
  }
  return (inValue) => starts[inValue] ?? Math.max(span.start, span.end - 1);
}

/** Text of several lines comes in a piece for each; a lone interpolation must stay alone. */
function joinText(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  return parts.filter((part) => part.is !== 'text' || part.text !== '');
}
