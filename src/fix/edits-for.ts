import type { Document } from '../documents/document.ts';
import type { Node } from '../documents/node.ts';
import type { Span } from '../documents/span.ts';
import type { Fix, Literal } from '../engine/rule.ts';
import type { Key, Located, Resource, View } from '../model/resource.ts';
import type { Origin, Value } from '../model/value.ts';
import { endsChoice, endsFormationChoice } from './choice.ts';
import { appendDocument, appendEntry, growData, removeData, replaceData } from './data-edits.ts';
import { growthIn, isInText, scalarInText } from './carried.ts';
import type { Edit } from './edit.ts';
import { dataContainer, dataOwner, hclContainer, hclOwner, isInScalar, ownedNode, type DataOwner } from './find-node.ts';
import { appendHcl, growHcl, removeHcl, replaceHcl } from './hcl-edits.ts';
import { asLiteral, type Growth } from './literals.ts';

type HclDocument = Extract<Document, { is: 'hcl' }>;
type Documents = (file: string) => Document | undefined;
type Branch = Map<string, Growth>;

/** Additions to one container. Several fixes may add to the same one, and share steps that are missing. */
interface Addition {
  readonly span: Span;
  /** Set when the container is the resource itself. */
  readonly whole?: Resource;
  /** What it is added to is a part of. */
  readonly of: Resource;
  readonly entries: Branch;
}

/**
 * The edits that make a finding's fixes, all against the documents as they are. Undefined when one of them can't be made safely: the value
 * comes out of a computation, stands behind an anchor that others use, or in a file that is not at hand.
 */
export function editsFor(fixes: readonly Fix[], documents: Documents): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  const additions = new Map<string, Addition>();
  const uses = fixes.flatMap((fix) => (fix.do === 'set' ? [fix.at.origins] : []));
  for (const fix of fixes) {
    const made = fix.do === 'set' && isMissing(fix.at) ? note(additions, fix.at, fix.to) : editsOf(fix, uses, documents);
    if (!made) return undefined;
    edits.push(...made);
  }
  for (const addition of additions.values()) {
    const made = grow(addition, documents);
    if (!made) return undefined;
    edits.push(...made);
  }
  return distinct(edits);
}

/** What several findings want of one place is done once. */
function distinct(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [JSON.stringify([edit.span, edit.text]), edit])).values()];
}

/** The ways by which each of the fixed values comes to where it is used. */
type Uses = readonly (readonly Origin[])[];

/** Absent, and not written as `null` either. */
const isMissing = (at: Located): boolean => at.is === 'absent' && at.origins[0]?.what === 'container';

function editsOf(fix: Fix, uses: Uses, documents: Documents): readonly Edit[] | undefined {
  switch (fix.do) {
    case 'set':
      return set(fix.at, fix.to, uses, documents);
    case 'remove':
      return remove(fix.at, documents);
    case 'append':
      return append(fix.after, fix.text, documents);
    case 'replace':
      return [{ span: fix.span, text: fix.text }];
  }
}

function set(at: Located, to: Literal, uses: Uses, documents: Documents): readonly Edit[] | undefined {
  if (at.is === 'unknown') return undefined;
  const place = at.origins.find(({ literal }) => literal) ?? (endsWhereItIsWritten(at.origins) ? at.origins[0] : undefined);
  const document = place && documents(place.span.file);
  if (!document) return undefined;
  const beyond = at.is === 'absent' ? missingSteps(at) : [];
  if (document.is === 'hcl') {
    if (beyond.length > 0 || endsChoice(document.body, place.span, to)) return undefined;
    const edit = replaceInHcl(document, at, place, to);
    return edit && [edit];
  }
  if (
    place.literal &&
    document.syntax === 'yaml' &&
    isInScalar(document.roots, place.span) &&
    onlyUsers(document.roots, place.span, uses)
  ) {
    const edit = scalarInText(document.file, document.text, place.span, to);
    return edit && [edit];
  }
  const owner =
    dataOwner(document.roots, place.span) ?? (place.span.start === place.span.end ? dataContainer(document.roots, place.span) : undefined);
  if (!owner || !onlyUsers(document.roots, place.span, uses) || endsFormationChoice(document.roots, place.span, to)) return undefined;
  return beyond.length > 0 ? growData(document, owner, branchOf(beyond, to)) : replaceData(document, owner, to);
}

function replaceInHcl(document: HclDocument, at: Located, place: Origin, to: Literal): Edit | undefined {
  if (isInText(document.body, place.span)) return place.literal ? scalarInText(document.file, document.text, place.span, to) : undefined;
  // Of what is carried, only a plain value that stands there as such is known to be written as the carrier wants it.
  if (at.of.dialect !== 'terraform' && (!place.literal || typeof to === 'object')) return undefined;
  return replaceHcl(document, valueSpan(document, place.span), to);
}

/** An expression at the resource itself that takes nothing from elsewhere. */
const endsWhereItIsWritten = (origins: readonly Origin[]): boolean => origins.length === 1 && origins[0]?.what !== 'container';

/** An origin may be told as the whole `name = value`. */
function valueSpan(document: HclDocument, span: Span): Span {
  const owner = hclOwner(document.body, span);
  if (owner?.is === 'attribute') return owner.attribute.value.span;
  return owner?.is === 'entry' ? owner.entry.value.span : span;
}

/** The steps of an absent value's path that are not there: to be written along with it. */
function missingSteps(at: Located): readonly Key[] {
  let value: Value = at.of.value;
  for (const [i, key] of at.path.entries()) {
    if (value.is === 'list' && typeof key === 'string') value = value.items[0] ?? { is: 'absent', origins: [] };
    const next: Value | undefined =
      value.is === 'map' ? value.entries.get(String(key)) : value.is === 'list' ? value.items[Number(key)] : undefined;
    if (!next || (next.is === 'absent' && next.origins[0]?.what === 'container')) return at.path.slice(i);
    if (next.is === 'absent') return at.path.slice(i + 1);
    value = next;
  }
  return [];
}

/** Gathers an addition with the others to its container. Undefined when two of them contradict each other, or the place is not known. */
function note(additions: Map<string, Addition>, at: Located, to: Literal): readonly Edit[] | undefined {
  // In HCL a list of blocks is written by its blocks: the step to one of them has no text of its own.
  const written = missingSteps(at);
  const steps = at.of.dialect === 'terraform' ? written.filter((key) => typeof key === 'string') : written;
  const isWhole = written.length === at.path.length;
  const span = isWhole ? at.of.span : at.origins[0]?.span;
  if (!span || steps.length === 0 || typeof steps[0] === 'number') return undefined;
  const place = `${span.file}:${span.start}:${span.end}`;
  const addition: Addition = additions.get(place) ?? {
    span,
    of: at.of,
    entries: new Map<string, Growth>(),
    ...(isWhole && { whole: at.of }),
  };
  additions.set(place, addition);
  return merge(addition.entries, branchOf(steps, to)) ? [] : undefined;
}

function branchOf([first, ...rest]: readonly Key[], to: Literal): Branch {
  return new Map([[String(first ?? ''), growthOf(rest, to)]]);
}

function growthOf(steps: readonly Key[], to: Literal): Growth {
  const [first, ...rest] = steps;
  if (first === undefined) return { is: 'value', value: to };
  return typeof first === 'number' ? { is: 'item', item: growthOf(rest, to) } : { is: 'branch', entries: branchOf(steps, to) };
}

function merge(into: Branch, from: Branch): boolean {
  for (const [key, growth] of from) {
    const there = into.get(key);
    if (!there) into.set(key, growth);
    else if (there.is !== 'branch' || growth.is !== 'branch') {
      if (JSON.stringify(asLiteral(there)) !== JSON.stringify(asLiteral(growth))) return false;
    } else {
      const entries = new Map(there.entries);
      if (!merge(entries, new Map(growth.entries))) return false;
      into.set(key, { is: 'branch', entries });
    }
  }
  return true;
}

function grow({ span, whole, of, entries }: Addition, documents: Documents): readonly Edit[] | undefined {
  const document = documents(span.file);
  if (!document) return undefined;
  if (document.is === 'hcl') {
    const container = hclContainer(document.body, span);
    const written = container && (of.dialect === 'terraform' ? entries : growthIn(container, entries, of.span));
    return container && written && growHcl(document, container, written);
  }
  const owner = whole ? resourceOwner(document.roots, whole) : dataContainer(document.roots, span);
  return owner && onlyUsers(document.roots, ownedNode(owner).span, []) ? growData(document, owner, entries) : undefined;
}

/** What holds a whole resource. Where resources stand under a key of their own, the key finds them: its map may end where the only entry does. */
function resourceOwner(roots: readonly Node[], { dialect, at, span }: Resource): DataOwner | undefined {
  const underKey = dialect === 'cloudformation' || dialect === 'definition' ? dataOwner(roots, at) : undefined;
  return underKey?.is === 'entry' && underKey.entry.keySpan.end === at.end ? underKey : dataOwner(roots, span);
}

function remove(at: Located | View, documents: Documents): readonly Edit[] | undefined {
  if ('is' in at && at.is === 'absent') return undefined;
  const span = at.path.length === 0 ? at.of.span : 'at' in at ? at.at : at.origins[0]?.span;
  const document = span && documents(span.file);
  if (!document) return undefined;
  if (document.is === 'hcl') {
    // What carries an object is not the object, and a `set` of a release is more than its value.
    if (at.of.dialect !== 'terraform' && (at.path.length === 0 || at.of.dialect === 'helm-values')) return undefined;
    const owner = hclOwner(document.body, span);
    const edit = owner && removeHcl(document, owner);
    return edit && [edit];
  }
  const owner = at.path.length === 0 ? resourceOwner(document.roots, at.of) : dataOwner(document.roots, span);
  return owner && onlyUsers(document.roots, span, []) ? removeData(document, owner) : undefined;
}

function append(after: Resource, added: string, documents: Documents): readonly Edit[] | undefined {
  const document = documents(after.span.file);
  if (!document) return undefined;
  if (document.is === 'hcl') {
    if (after.dialect !== 'terraform') return undefined;
    const owner = hclOwner(document.body, after.at) ?? hclOwner(document.body, after.span);
    return owner?.is === 'block' && !owner.parent ? [appendHcl(document, owner.block.span, added)] : undefined;
  }
  const owner = resourceOwner(document.roots, after);
  if (after.dialect === 'cloudformation') {
    const edit = owner?.is === 'entry' ? appendEntry(document, owner, added) : undefined;
    return edit && [edit];
  }
  const isDocument = document.syntax === 'yaml' && after.dialect === 'kubernetes' && owner?.is === 'root' && !document.templated;
  return isDocument ? [appendDocument(document, owner.root.span, added)] : undefined;
}

/**
 * Whether an edit at this place changes nothing else than what the fixes are about. Text behind an anchor counts for every alias: it is
 * only edited when each alias is the way of a fixed value, and when the anchor's own place is one too, or stands in a part of the file that
 * is there to be referred to (`x-...`, `.name`).
 */
function onlyUsers(roots: readonly Node[], place: Span, uses: Uses): boolean {
  const users = new Set<string>();
  for (const alias of aliases(roots)) {
    const { via, span } = alias;
    if (via && place.start >= via.start && place.end <= via.end) users.add(`${span.start}:${span.end}`);
  }
  if (users.size === 0) return true;
  const ways = uses
    .filter((way) => way.some(({ span }) => span.file === place.file && span.start === place.start && span.end === place.end))
    .map((way) => way.map(({ span }) => `${span.start}:${span.end}`).filter((at) => users.has(at)));
  const reached = new Set(ways.flat());
  return [...users].every((user) => reached.has(user)) && (ways.some((way) => way.length === 0) || isApart(roots, place));
}

const isApart = (roots: readonly Node[], place: Span): boolean =>
  roots.some(
    (root) =>
      root.is === 'map' &&
      root.entries.some(({ key, value }) => /^(?:x-|\.)/.test(key) && place.start >= value.span.start && place.end <= value.span.end),
  );

function* aliases(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    if (node.via) yield node;
    else if (node.is === 'map') yield* aliases(node.entries.map(({ value }) => value));
    else if (node.is === 'list') yield* aliases(node.items);
  }
}
