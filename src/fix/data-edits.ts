import type { Document } from '../documents/document.ts';
import type { Node } from '../documents/node.ts';
import type { Span } from '../documents/span.ts';
import type { Literal } from '../engine/rule.ts';
import { inTerraform, jsonStep, yamlStyle } from './data-style.ts';
import type { Edit } from './edit.ts';
import { ownedNode, type DataOwner } from './find-node.ts';
import { columnAt, contentEnd, inLineBreaksOf, indentAt, lineEnd, lineStart, startsLine } from './lines.ts';
import {
  asLiteral,
  isList,
  isMap,
  jsonLiteral,
  yamlBlock,
  yamlEntry,
  yamlFlow,
  yamlScalar,
  type Growth,
  type YamlStyle,
} from './literals.ts';
import { removeItem, removeLines } from './remove.ts';

type DataDocument = Extract<Document, { is: 'data' }>;
type Growths = ReadonlyMap<string, Growth>;
type MapNode = Extract<Node, { is: 'map' }>;
type Range = Pick<Span, 'start' | 'end'>;

/** Entries of a template's map that are looked at: each look reads the map up to there. */
const mostTried = 50;

/** Replaces what an owner holds, in the manner in which it is written. */
export function replaceData(document: DataDocument, owner: DataOwner, to: Literal): readonly Edit[] | undefined {
  const { file, text, syntax } = document;
  const node = ownedNode(owner);
  const old = text.slice(node.span.start, node.span.end);
  if (node.via || node.tag !== undefined || (node.is === 'scalar' && node.templated) || /^[|>]/.test(old)) return undefined;
  const edit = (start: number, end: number, replacement: string): readonly Edit[] => [
    { span: { file, start, end }, text: inLineBreaksOf(text, replacement) },
  ];
  const { start, end } = node.span;
  if (syntax === 'json') {
    const step = isList(to) && to.every((item) => typeof item !== 'object') ? '' : jsonStep(document);
    return edit(start, end, jsonLiteral(to, step, indentAt(text, start), inTerraform(document)));
  }
  const style = yamlStyle(document);
  const quote = old.startsWith('"') ? '"' : old.startsWith("'") ? "'" : 'plain';
  if (typeof to !== 'object' && old !== '' && node.is === 'scalar') return edit(start, end, yamlScalar(to, quote, style.quote));
  if (inFlow(owner) || (node.is !== 'scalar' && node.flow)) return edit(start, end, yamlFlow(to, style));
  return replaceBlock(document, owner, to, style);
}

/** Writes a value after its key or dash, on the same line when it fits on one and on lines of its own when it does not. */
function replaceBlock({ file, text }: DataDocument, owner: DataOwner, to: Literal, style: YamlStyle): readonly Edit[] | undefined {
  if (owner.is === 'root') return undefined;
  const node = ownedNode(owner);
  const end = contentEnd(text, node.span.start, node.span.end);
  const block = yamlBlock(to, style);
  const sameKind =
    block !== undefined && node.is !== 'scalar' && !node.flow && ((node.is === 'list' && isList(to)) || (node.is === 'map' && isMap(to)));
  if (owner.is === 'item' || sameKind) {
    const lines = block ?? [yamlFlow(to, style)];
    const indent = ' '.repeat(columnAt(text, node.span.start));
    return [{ span: { file, start: node.span.start, end }, text: inLineBreaksOf(text, lines.join(`\n${indent}`)) }];
  }
  const colon = text.indexOf(':', owner.entry.keySpan.end);
  if (colon === -1 || text.slice(owner.entry.keySpan.end, colon).trim() !== '') return undefined;
  const afterColon = colon + 1;
  const from = text.slice(afterColon, Math.max(afterColon, node.span.start));
  if (/[^\s]/.test(from)) return undefined; // an anchor, a tag or a comment stands between
  if (!block) return [{ span: { file, start: afterColon, end: Math.max(afterColon, end) }, text: ` ${yamlFlow(to, style)}` }];
  const indent = ' '.repeat(columnAt(text, owner.entry.keySpan.start) + (isList(to) ? style.dash : style.step));
  const lines = block.map((line) => `\n${indent}${line}`).join('');
  return putBelow(file, text, { start: afterColon, end: Math.max(afterColon, end) }, lines);
}

/** Replaces what stands after a colon by lines below it; a comment on that line stays on it. */
function putBelow(file: string, text: string, range: Range, lines: string): readonly Edit[] {
  const eol = lineEnd(text, range.end);
  const rest = text.slice(range.end, eol);
  const comment = rest.trim() === '' ? '' : /^\s/.test(rest) ? rest.trimEnd() : ` ${rest.trimEnd()}`;
  return [{ span: { file, start: range.start, end: eol }, text: inLineBreaksOf(text, `${comment}${lines}`) }];
}

/** Adds to a map, or to an entry that has no value yet, what it has not. */
export function growData(document: DataDocument, owner: DataOwner, growths: Growths): readonly Edit[] | undefined {
  const node = ownedNode(owner);
  if (node.via || node.tag !== undefined || isMergedElsewhere(document, owner)) return undefined;
  if (node.is === 'scalar') return node.value === null && !node.templated ? replaceData(document, owner, mapOf(growths)) : undefined;
  if (node.is === 'list') return undefined;
  if (document.syntax === 'json' || node.flow) return growFlow(document, owner, node, growths);
  const style = yamlStyle(document);
  const { file, text } = document;
  const at = endOfLastEntry(document, node);
  if (at === undefined) return undefined;
  const indent = ' '.repeat(columnAt(text, node.span.start));
  const lines = [...growths].flatMap(([key, growth]) => yamlEntry(key, asLiteral(growth), style));
  return [{ span: { file, start: at, end: at }, text: inLineBreaksOf(text, lines.map((line) => `\n${indent}${line}`).join('')) }];
}

/** The end of the line after which an entry can be added. In a template that is after the last entry that no `if`, `with` or `range` holds. */
function endOfLastEntry({ text, templated }: DataDocument, { entries, span }: MapNode): number | undefined {
  for (const entry of entries.slice(-mostTried).toReversed()) {
    const end = lineEnd(text, contentEnd(text, span.start, entry.span.end));
    if (!templated || isBalanced(text.slice(span.start, end))) return end;
  }
  return undefined;
}

/** Whether every block that a piece of a Go template opens is closed in it. */
function isBalanced(piece: string): boolean {
  let open = 0;
  for (const [, word] of piece.matchAll(/\{\{-?\s{0,9}(if|with|range|define|block|end)\b/g)) {
    open += word === 'end' ? -1 : 1;
    if (open < 0) return false;
  }
  return open === 0;
}

/** Whether a map carries an anchor that the file refers to: what is added to it is added there as well. */
function isMergedElsewhere({ text }: DataDocument, owner: DataOwner): boolean {
  const { start } = ownedNode(owner).span;
  const from = owner.is === 'entry' ? owner.entry.keySpan.end : lineStart(text, start);
  const anchor = /&([^\s,[\]{}]{1,200})/.exec(text.slice(from, start))?.[1];
  return anchor !== undefined && text.includes(`*${anchor}`);
}

const mapOf = (growths: Growths): Literal => asLiteral({ is: 'branch', entries: growths });

function growFlow(document: DataDocument, owner: DataOwner, node: MapNode, growths: Growths): readonly Edit[] | undefined {
  const { file, text, syntax } = document;
  const { start, end } = node.span;
  const last = node.entries.at(-1);
  if (!last) {
    if (syntax === 'yaml' && !inFlow(owner) && owner.is === 'entry')
      return replaceBlock(document, owner, mapOf(growths), yamlStyle(document));
    const written =
      syntax === 'json'
        ? jsonLiteral(mapOf(growths), jsonStep(document), indentAt(text, start), inTerraform(document))
        : yamlFlow(mapOf(growths), yamlStyle(document));
    return [{ span: { file, start, end }, text: inLineBreaksOf(text, written) }];
  }
  const multiline = text.slice(start, last.span.start).includes('\n') && startsLine(text, last.keySpan.start);
  const indent = indentAt(text, last.keySpan.start);
  const entries = [...growths].map(([key, growth]) => {
    const value = asLiteral(growth);
    if (syntax === 'yaml') return `${flowKey(key, text, last.keySpan.start, yamlStyle(document))}: ${yamlFlow(value, yamlStyle(document))}`;
    return `${JSON.stringify(key)}: ${jsonLiteral(value, multiline ? jsonStep(document) : '', indent, inTerraform(document))}`;
  });
  const lastEnd = contentEnd(text, last.span.start, last.span.end);
  const comma = /^\s*,/.exec(text.slice(lastEnd, end))?.[0] ?? '';
  const at = lastEnd + comma.length;
  const separator = multiline ? `\n${indent}` : ' ';
  const added = `${comma === '' ? ',' : ''}${separator}${entries.join(`,${separator}`)}${comma === '' ? '' : ','}`;
  return [{ span: { file, start: at, end: at }, text: inLineBreaksOf(text, added) }];
}

const flowKey = (key: string, text: string, like: number, style: YamlStyle): string =>
  text[like] === '"' || text[like] === "'" ? yamlScalar(key, text[like]) : yamlScalar(key, 'plain', style.quote);

const inFlow = (owner: DataOwner): boolean => owner.is !== 'root' && owner.parent.flow;

/** Takes an entry or item out with its lines. A container that would be left empty stays, as `{}` or `[]`. */
export function removeData(document: DataDocument, owner: DataOwner): readonly Edit[] | undefined {
  if (owner.is === 'root' || owner.parent.via) return undefined;
  const { file, text, syntax } = document;
  const { start: first, end: last } = ownedNode(owner).span;
  if (document.templated && text.slice(first, last).includes('{{')) return undefined;
  const members: readonly Range[] =
    owner.is === 'entry' ? owner.parent.entries.map(({ span }) => span) : owner.parent.items.map(({ span }) => span);
  const member = owner.is === 'entry' ? owner.entry.span : owner.item.span;
  if (owner.parent.flow) {
    const edit = removeItem(
      file,
      text,
      member,
      members,
      syntax === 'json' ? { trailingComma: false } : { trailingComma: true, comment: /^#/ },
    );
    return edit && [edit];
  }
  if (members.length === 1) return removeOnly(document, owner);
  const start = owner.is === 'entry' ? member.start : dashBefore(text, member.start);
  if (start === undefined) return undefined;
  if (owner.is === 'entry' && !startsLine(text, start)) return removeFirstOfItem(document, owner.parent, member);
  const edit = removeLines(file, text, { start, end: member.end }, (rest) => rest.startsWith('#'));
  return edit && [edit];
}

/** `- a: 1` loses its first entry: the next one takes its place behind the dash. */
function removeFirstOfItem({ file, text }: DataDocument, parent: MapNode, member: Range): readonly Edit[] | undefined {
  const next = parent.entries[1];
  if (parent.entries[0]?.span.start !== member.start || !next) return undefined;
  const between = text.slice(contentEnd(text, member.start, member.end), next.span.start);
  return between.trim() === '' || between.trim().startsWith('#')
    ? [{ span: { file, start: member.start, end: next.span.start }, text: '' }]
    : undefined;
}

function removeOnly({ file, text }: DataDocument, owner: Exclude<DataOwner, { is: 'root' }>): readonly Edit[] | undefined {
  const { start, end } = owner.parent.span;
  const before = text.slice(0, start).trimEnd();
  if (!before.endsWith(':')) return undefined;
  return [{ span: { file, start: before.length, end: contentEnd(text, start, end) }, text: owner.is === 'entry' ? ' {}' : ' []' }];
}

function dashBefore(text: string, offset: number): number | undefined {
  const line = text.slice(offset - columnAt(text, offset), offset);
  const dash = line.lastIndexOf('-');
  return dash === -1 || line.slice(dash + 1).trim() !== '' ? undefined : offset - line.length + dash;
}

/** A new YAML document after the one that `after` stands in. */
export function appendDocument({ file, text }: DataDocument, after: Range, added: string): Edit {
  const marker = /^---/gm;
  marker.lastIndex = after.end;
  const next = marker.exec(text)?.index;
  const body = `---\n${added.trim()}`;
  if (next !== undefined) return { span: { file, start: next, end: next }, text: inLineBreaksOf(text, `${body}\n`) };
  const ended = text.endsWith('\n');
  return { span: { file, start: text.length, end: text.length }, text: inLineBreaksOf(text, ended ? `${body}\n` : `\n${body}`) };
}

/** A new entry, given as its source text, after another entry of the same map (CloudFormation's `Resources`). */
export function appendEntry(
  { file, text, syntax }: DataDocument,
  owner: Extract<DataOwner, { is: 'entry' }>,
  added: string,
): Edit | undefined {
  const end = contentEnd(text, owner.entry.span.start, owner.entry.span.end);
  const lines = (indent: string): string =>
    added
      .trim()
      .split('\n')
      .map((line) => (line === '' ? '' : indent + line))
      .join('\n');
  if (syntax === 'json') {
    if (!startsLine(text, owner.entry.keySpan.start)) return undefined;
    return { span: { file, start: end, end }, text: inLineBreaksOf(text, `,\n${lines(indentAt(text, owner.entry.keySpan.start))}`) };
  }
  if (owner.parent.flow) return undefined;
  const at = lineEnd(text, end);
  const blank = /^\r?\n[ \t]*\r?\n/.test(text.slice(at)) ? '\n' : '';
  return {
    span: { file, start: at, end: at },
    text: inLineBreaksOf(text, `\n${blank}${lines(' '.repeat(columnAt(text, owner.entry.keySpan.start)))}`),
  };
}
