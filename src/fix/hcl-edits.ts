import type { Document } from '../documents/document.ts';
import type { Block, Expression, ObjectEntry } from '../documents/hcl-tree.ts';
import type { Literal } from '../engine/rule.ts';
import type { Edit } from './edit.ts';
import type { HclContainer, HclOwner } from './find-node.ts';
import { contentEnd, inLineBreaksOf, indentAt, lineEnd, nextLine, startsLine } from './lines.ts';
import { alignedEntries, hclKey, hclLiteral, hclText, type Growth } from './literals.ts';
import { removeItem, removeLines } from './remove.ts';

type HclDocument = Extract<Document, { is: 'hcl' }>;
type Growths = ReadonlyMap<string, Growth>;
interface Line {
  readonly key: string;
  readonly text: string;
}

const level = '  ';

/** The expression's text replaced, quotes kept. Undefined for a heredoc and for a part of a larger template. */
export function replaceHcl(document: HclDocument, span: { readonly start: number; readonly end: number }, to: Literal): Edit | undefined {
  const { file, text } = document;
  const old = text.slice(span.start, span.end);
  if (old.startsWith('<<') || old === '') return undefined;
  const edit = (replacement: string): Edit => ({ span: { file, ...span }, text: inLineBreaksOf(text, replacement) });
  // The inside of a quoted text: only text can take its place.
  if (text[span.start - 1] === '"' && text[span.end] === '"' && !old.startsWith('"'))
    return typeof to === 'string' ? edit(hclText(to)) : undefined;
  return edit(hclLiteral(to, indentAt(text, span.start)));
}

/** Adds to a block or an object what it has not. */
export function growHcl(document: HclDocument, container: HclContainer, growths: Growths): readonly Edit[] | undefined {
  return container.is === 'block' ? growBlock(document, container.block, growths) : growObject(document, container.object, growths);
}

function growBlock(document: HclDocument, block: Block, growths: Growths): readonly Edit[] | undefined {
  const { file, text } = document;
  const open = text.indexOf('{', block.header.end);
  const close = block.span.end - 1;
  if (text[close] !== '}' || open === -1) return undefined;
  const children = [...block.body.attributes, ...block.body.blocks].toSorted((a, b) => a.span.start - b.span.start);
  const firstChild = children[0];
  const outer = indentAt(text, block.span.start);
  const indent = firstChild && startsLine(text, firstChild.span.start) ? indentAt(text, firstChild.span.start) : outer + levelOf(outer);
  const lines = blockLines(growths, indent);
  const insert = (at: number, added: string): Edit => ({ span: { file, start: at, end: at }, text: inLineBreaksOf(text, added) });

  if (!text.slice(open, close).includes('\n')) {
    const inner = text.slice(open + 1, close).trim();
    const all = [
      ...(inner ? [indent + inner] : []),
      ...lines.attributes,
      ...separated(lines.blocks, inner !== '' || lines.attributes.length > 0),
    ];
    return [{ span: { file, start: open + 1, end: close }, text: inLineBreaksOf(text, `\n${all.join('\n')}\n${outer}`) }];
  }
  const edits: Edit[] = [];
  if (lines.attributes.length > 0) edits.push(addAttributes(document, block, open, lines.attributes.join('\n'), insert));
  if (lines.blocks.length > 0) {
    const last = children.at(-1);
    const at = last ? lineEnd(text, contentEnd(text, last.span.start, last.span.end)) : lineEnd(text, open);
    edits.push(insert(at, `\n${separated(lines.blocks, last !== undefined || lines.attributes.length > 0).join('\n')}`));
  }
  return edits;
}

/** After the last attribute that stands before the nested blocks; a blank line keeps the blocks apart. */
function addAttributes(
  { text }: HclDocument,
  { body }: Block,
  open: number,
  added: string,
  insert: (at: number, text: string) => Edit,
): Edit {
  const firstBlock = body.blocks[0]?.span.start ?? Number.POSITIVE_INFINITY;
  const before = body.attributes.findLast(({ span }) => span.start < firstBlock);
  if (before) return insert(lineEnd(text, contentEnd(text, before.span.start, before.span.end)), `\n${added}`);
  const at = lineEnd(text, open);
  const next = text.slice(nextLine(text, at), lineEnd(text, nextLine(text, at))).trim();
  return insert(at, `\n${added}${next === '' || next.startsWith('}') ? '' : '\n'}`);
}

const levelOf = (indent: string): string => (indent.includes('\t') ? '\t' : level);

const separated = (blocks: readonly string[], afterSomething: boolean): readonly string[] =>
  blocks.map((block, i) => (i > 0 || afterSomething ? `\n${block}` : block));

/** Values become attributes, missing containers become nested blocks. */
function blockLines(growths: Growths, indent: string): { readonly attributes: readonly string[]; readonly blocks: readonly string[] } {
  const attributes: Line[] = [];
  const blocks: string[] = [];
  for (const [key, growth] of growths) {
    const inner = insideItem(growth);
    if (inner.is === 'value') attributes.push({ key, text: hclLiteral(inner.value, indent) });
    else {
      const lines = blockLines(inner.entries, indent + level);
      const body = [...lines.attributes, ...separated(lines.blocks, lines.attributes.length > 0)];
      blocks.push(`${indent}${key} {\n${body.join('\n')}\n${indent}}`);
    }
  }
  return { attributes: attributes.length > 0 ? [alignedEntries(attributes, indent)] : [], blocks };
}

/** A block is the one item of its list, so the step to the item is not written. */
function insideItem(growth: Growth): Exclude<Growth, { is: 'item' }> {
  return growth.is === 'item' ? insideItem(growth.item) : growth;
}

function growObject(
  { file, text }: HclDocument,
  object: Extract<Expression, { is: 'object' }>,
  growths: Growths,
): readonly Edit[] | undefined {
  const { start, end } = object.span;
  if (text[start] !== '{' || text[end - 1] !== '}') return undefined;
  const last = object.entries.at(-1);
  const outer = indentAt(text, start);
  if (!last) {
    const lines = entryLines(growths, outer + level, undefined, text);
    return [{ span: { file, start, end }, text: inLineBreaksOf(text, `{\n${lines.join('\n')}\n${outer}}`) }];
  }
  const multiline = text.slice(start, last.span.start).includes('\n');
  const lastEnd = contentEnd(text, last.span.start, last.span.end);
  const comma = /^[ \t]*,/.exec(text.slice(lastEnd, lineEnd(text, lastEnd)))?.[0];
  const indent = multiline ? indentAt(text, last.span.start) : outer;
  const lines = entryLines(growths, multiline ? indent : '', last, text);
  if (!multiline) {
    if (lines.some((line) => line.includes('\n'))) return undefined;
    return [
      {
        span: { file, start: lastEnd + (comma?.length ?? 0), end: lastEnd + (comma?.length ?? 0) },
        text: `${comma ? '' : ','} ${lines.join(', ')}`,
      },
    ];
  }
  const previous = object.entries.at(-2);
  const needsComma = comma === undefined && previous !== undefined && text.slice(previous.span.end, last.span.start).includes(',');
  const at = lineEnd(text, lastEnd);
  if (text.slice(lastEnd, at).trimStart().startsWith('}')) return undefined;
  const separator = comma !== undefined ? `,\n` : needsComma ? ',\n' : '\n';
  const added = `\n${lines.join(separator)}${comma === undefined ? '' : ','}`;
  return [
    ...(needsComma ? [{ span: { file, start: lastEnd, end: lastEnd }, text: ',' }] : []),
    { span: { file, start: at, end: at }, text: inLineBreaksOf(text, added) },
  ];
}

/** Entries as the object's last one is written: its quotes around keys, its `=` or `:`. */
function entryLines(growths: Growths, indent: string, like: ObjectEntry | undefined, text: string): readonly string[] {
  const between = like ? text.slice(like.key.span.end, like.value.span.start) : ' = ';
  const quoted = like !== undefined && text[like.key.span.start] === '"';
  return [...growths].map(([key, growth]) => {
    const name = quoted ? `"${hclText(key)}"` : hclKey(key);
    const sign = between.includes(':') ? ': ' : ' = ';
    return `${indent}${name}${sign}${hclLiteral(objectLiteral(growth), indent)}`;
  });
}

function objectLiteral(growth: Growth): Literal {
  if (growth.is === 'value') return growth.value;
  if (growth.is === 'item') return [objectLiteral(growth.item)];
  return Object.fromEntries([...growth.entries].map(([key, inner]) => [key, objectLiteral(inner)]));
}

/** Takes the attribute, block, entry or item out, with its lines and its own trailing comment. */
export function removeHcl({ file, text }: HclDocument, owner: HclOwner): Edit | undefined {
  switch (owner.is) {
    case 'attribute':
      return (
        removeLines(file, text, owner.attribute.span, (rest) => /^(?:#|\/\/)/.test(rest)) ??
        removeInline(file, text, owner.attribute.span, owner.block)
      );
    case 'block':
      // It makes several blocks, of which only one is meant.
      if (owner.block.type === 'dynamic') return undefined;
      return (
        removeLines(file, text, owner.block.span, (rest) => /^(?:#|\/\/)/.test(rest)) ??
        removeInline(file, text, owner.block.span, owner.parent)
      );
    case 'entry':
      return removeItem(
        file,
        text,
        owner.entry.span,
        owner.object.entries.map(({ span }) => span),
        { trailingComma: true, comment: /^(?:#|\/\/)/ },
      );
    case 'item':
      return removeItem(
        file,
        text,
        owner.item.span,
        owner.list.items.map(({ span }) => span),
        { trailingComma: true, comment: /^(?:#|\/\/)/ },
      );
  }
}

/** `name { attribute = 1 }`: the braces stay. */
function removeInline(
  file: string,
  text: string,
  span: { readonly start: number; readonly end: number },
  block: Block | undefined,
): Edit | undefined {
  if (!block) return undefined;
  const open = text.indexOf('{', block.header.end);
  const close = block.span.end - 1;
  if (text.slice(open + 1, span.start).trim() !== '' || text.slice(span.end, close).trim() !== '') return undefined;
  return { span: { file, start: open + 1, end: close }, text: '' };
}

/** A new top-level block after another one. */
export function appendHcl({ file, text }: HclDocument, after: { readonly end: number }, added: string): Edit {
  const at = lineEnd(text, after.end);
  return { span: { file, start: at, end: at }, text: inLineBreaksOf(text, `\n\n${added.trim()}`) };
}
