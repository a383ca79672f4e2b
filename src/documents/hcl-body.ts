import type { ParseError } from './document.ts';
import { readExpression } from './hcl-expression.ts';
import { at, fail, found, nested, skip, skipLines, spanOf, SyntaxProblem, take, takeIdentifier, type Reader } from './hcl-reader.ts';
import type { Attribute, Block, Body } from './hcl-tree.ts';

/** `recovery`: the text is known to be broken, so its indentation is believed where its brackets cannot be. */
export interface BodyContext {
  readonly reader: Reader;
  readonly recovery?: { readonly errors: ParseError[] };
}

/** After that many errors the rest of a file is left alone, so that hostile text costs no more than long text. */
const maxErrors = 20;

/** Reads attributes and blocks until the text ends, or for a block's body until its `}`, which is left to the caller. */
export function readBody(context: BodyContext, header?: { readonly indentation: number }): Body {
  const { reader, recovery } = context;
  const start = reader.pos;
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  for (;;) {
    const begin = reader.pos;
    try {
      skipLines(reader);
      if (reader.pos >= reader.end || (header && (at(reader, '}') || (recovery && leftTheBlock(reader, header.indentation))))) break;
      const item = readItem(context);
      if ('body' in item) blocks.push(item);
      else attributes.push(item);
    } catch (problem) {
      if (!(problem instanceof SyntaxProblem) || !recovery) throw problem;
      if (recovery.errors.push(problem.at) >= maxErrors) reader.pos = reader.end;
      else recover(reader, begin, attributes);
    }
  }
  return { attributes, blocks, span: spanOf(reader, start) };
}

function readItem(context: BodyContext): Attribute | Block {
  const { reader } = context;
  const start = reader.pos;
  const name = takeIdentifier(reader);
  if (name === undefined)
    return fail(
      reader,
      `Expected an attribute or a block, found ${found(reader)}.`,
      'Write `name = value` or a block here, or take this out.',
    );
  const nameSpan = spanOf(reader, start);
  skip(reader);
  if (at(reader, '=') && !at(reader, '==')) {
    reader.pos++;
    const value = readExpression(reader);
    const attribute = { name, nameSpan, value, span: spanOf(reader, start) };
    skip(reader);
    if (reader.pos < reader.end && !at(reader, '\n') && !at(reader, '}')) {
      fail(
        reader,
        `Expected the end of the line after the value of \`${name}\`, found ${found(reader)}.`,
        'Put every attribute on its own line, and check the quotes and brackets of this one.',
      );
    }
    return attribute;
  }
  return readBlock(context, name, start);
}

function readBlock(context: BodyContext, type: string, start: number): Block {
  const { reader } = context;
  const labels: string[] = [];
  let headerEnd = reader.pos;
  for (;;) {
    skip(reader);
    if (at(reader, '{')) break;
    const label = readLabel(reader);
    if (label === undefined) {
      const remedy = labels.length
        ? 'Open the block with `{` on this line.'
        : 'Write `name = value`, or open a block with `{` on this line.';
      fail(reader, `Expected \`${labels.length ? '{' : '='}\` after \`${type}\`, found ${found(reader)}.`, remedy, start, reader.pos + 1);
    }
    labels.push(label);
    headerEnd = reader.pos;
  }
  const header = spanOf(reader, start, labels.length ? headerEnd : start + type.length);
  const indentation = indentationAt(reader, start);
  reader.pos++;
  const body = nested(reader, true, () => readBody(context, { indentation }));
  if (!take(reader, '}')) {
    const problem = {
      span: header,
      message: `The block \`${type}\` is not closed: its \`}\` is missing.`,
      remedy: 'Add `}` after its last line.',
    };
    if (!context.recovery) throw new SyntaxProblem(problem);
    context.recovery.errors.push(problem);
  }
  return { type, labels, header, body, span: spanOf(reader, start) };
}

function readLabel(reader: Reader): string | undefined {
  if (!at(reader, '"')) return takeIdentifier(reader);
  const start = reader.pos;
  const label = readExpression(reader);
  if (label.is === 'literal' && typeof label.value === 'string') return label.value;
  return fail(reader, 'A label cannot hold an interpolation or an escape.', 'Write the label out.', start, reader.pos);
}

function lineStart(reader: Reader, pos: number): number {
  return reader.text.lastIndexOf('\n', pos - 1) + 1;
}

function indentationAt(reader: Reader, pos: number): number {
  const start = lineStart(reader, pos);
  return (/[ \t]*/y.exec(reader.text.slice(start, pos))?.[0] ?? '').length;
}

/** In broken text: an item on the left of what the block's body can be means that the block's `}` was forgotten. */
function leftTheBlock(reader: Reader, indentation: number): boolean {
  const start = lineStart(reader, reader.pos);
  const before = reader.text.slice(start, reader.pos);
  return before.trim() === '' && before.length <= indentation && /[\w"]/.test(reader.text[reader.pos] ?? '');
}

/** Goes on at the next line that is not indented deeper than the item which could not be read, and looks like an item or a block's end. */
function recover(reader: Reader, begin: number, attributes: Attribute[]): void {
  reader.newlines = true;
  reader.pos = begin;
  const first = /[^\s]/g;
  first.lastIndex = begin;
  const start = Math.min(first.exec(reader.text)?.index ?? reader.end, reader.end);
  const indentation = indentationAt(reader, start);
  reader.pos = start;
  const name = takeIdentifier(reader);
  const nameEnd = reader.pos;
  // What does not begin like an item (a merge conflict's marker) is one line; an item goes on as far as its indentation says.
  const next = name === undefined ? lineEnd(reader, start) : nextItem(reader, start, indentation);
  if (name !== undefined && /\s*=(?!=)/y.test(reader.text.slice(nameEnd, nameEnd + 200))) {
    const valueStart = reader.text.indexOf('=', nameEnd) + 1;
    const value = { is: 'broken' as const, span: spanOf(reader, valueStart, Math.max(valueStart, next)) };
    attributes.push({ name, nameSpan: spanOf(reader, start, nameEnd), value, span: spanOf(reader, start, Math.max(valueStart, next)) });
  }
  reader.pos = next;
}

function lineEnd(reader: Reader, from: number): number {
  const end = reader.text.indexOf('\n', from);
  return end === -1 ? reader.end : Math.min(end + 1, reader.end);
}

function nextItem(reader: Reader, from: number, indentation: number): number {
  const line = /\n([ \t]*)(?:[\p{ID_Start}_][\p{ID_Continue}-]*[ \t]*(?=[={"\p{ID_Start}])|\})/gu;
  line.lastIndex = from;
  for (let m = line.exec(reader.text); m; m = line.exec(reader.text)) {
    if (m.index >= reader.end) break;
    const deep = (m[1] ?? '').length;
    const closing = m[0].endsWith('}');
    // A bracket at the item's own level may close the item itself, as in `tags = {` ... `}`.
    if (closing ? deep < indentation : deep <= indentation) return m.index + 1;
  }
  return reader.end;
}
