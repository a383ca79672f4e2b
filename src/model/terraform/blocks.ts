import type { Attribute, Block, Body } from '../../documents/hcl-tree.ts';
import { known, unknown, type Origin, type Value } from '../value.ts';
import { spend } from './budget.ts';
import { evaluate } from './evaluate.ts';
import { pairs } from './for-expression.ts';
import { chain, influences, makeDict, makeList, refsOf, seenFrom } from './origins.ts';
import { attributeOf } from './module-source.ts';
import { originOf, withNames, type Context } from './scope.ts';
import { staticPath } from './traversal.ts';

/** Attributes whose references are names and not values. */
const staticAttributes = new Set(['depends_on', 'provider', 'providers', 'ignore_changes', 'replace_triggered_by']);
/** What says how many there are is not part of what each one is. */
const omitted = new Set(['for_each', 'count']);

/** Stands for a part while it is evaluated: who meets it has come back to where they began. */
export const underWay = unknown('it refers to itself', []);

/** Evaluates one attribute of a body, or all blocks of one type, into `entries`. Undefined when the body has neither. */
export function readPart(body: Body, name: string, context: Context, entries: Map<string, Value>): Value | undefined {
  const attribute = attributeOf(body, name);
  const blocks = attribute ? noBlocks : blocksOf(body, name);
  if (!attribute && blocks.length === 0) return undefined;
  entries.set(name, underWay);
  const value = attribute ? attributeValue(attribute, context) : blocksValue(blocks, context);
  entries.set(name, value);
  return value;
}

function blocksOf({ blocks }: Body, type: string): readonly Block[] {
  const [first] = blocks;
  if (!first) return noBlocks;
  if (blocks.length === 1) return typeOf(first) === type ? blocks : noBlocks;
  return blocks.filter((block) => typeOf(block) === type);
}

const noBlocks: readonly Block[] = Object.freeze([]);

/** Evaluates into `entries`, in order, all that a body says; what is in `before` is taken from there. */
export function readParts(body: Body, context: Context, entries: Map<string, Value>, before?: ReadonlyMap<string, Value>): void {
  for (const attribute of body.attributes) {
    const { name } = attribute;
    if (entries.has(name) || omitted.has(name)) continue;
    // What is written out can't come back to itself.
    if (attribute.value.is !== 'literal') entries.set(name, underWay);
    entries.set(name, before?.get(name) ?? attributeValue(attribute, context));
  }
  for (const block of body.blocks) {
    const type = typeOf(block);
    if (entries.has(type)) continue;
    entries.set(type, underWay);
    entries.set(type, before?.get(type) ?? blocksValue(blocksOf(body, type), context));
  }
}

/** The names of a body's attributes and block types, each once. */
export function namesIn(body: Body): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name } of body.attributes) if (!omitted.has(name)) names.add(name);
  for (const block of body.blocks) names.add(typeOf(block));
  return names;
}

const typeOf = (block: Block): string => (block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type);

/** A body as a map. `origins` begins with what it is written in: its header. */
export function bodyValue(body: Body, origins: readonly Origin[], context: Context, labels: readonly string[] = []): Value {
  const entries = new Map<string, Value>();
  if (!spend(context.scope.budget, 8)) return unknown('evaluation took too long', origins);
  const [label] = labels;
  if (label !== undefined && !body.attributes.some(({ name }) => name === 'type')) entries.set('type', known(label, origins));
  readParts(body, context, entries);
  return makeDict(entries, origins);
}

function attributeValue(attribute: Attribute, context: Context): Value {
  if (!staticAttributes.has(attribute.name)) return evaluate(attribute.value, context);
  const expression = attribute.value;
  const origin = originOf(expression, context);
  if (expression.is === 'list' && attribute.name !== 'ignore_changes') {
    return makeList(
      expression.items.map((item) => {
        const path = staticPath(item);
        return unknown(
          'a reference',
          [originOf(item, context)],
          path === undefined ? [] : [{ to: modulePath(context) + resourcePart(path), attr: [] }],
        );
      }),
      [origin],
    );
  }
  if (expression.is === 'list')
    return makeList(
      expression.items.map((item) => known(staticPath(item) ?? '', [originOf(item, context)])),
      [{ ...origin, literal: true }],
    );
  if (expression.is === 'object') {
    return makeDict(
      new Map(
        expression.entries.map(({ key, value }) => [staticPath(key) ?? '', known(staticPath(value) ?? '', [originOf(value, context)])]),
      ),
      [origin],
    );
  }
  const path = staticPath(expression);
  return path === undefined ? unknown('not a plain reference', [origin]) : known(path, [origin]);
}

/** `data.t.n.attr`, `t.n.attr`, `module.m.out` -> the address. */
function resourcePart(path: string): string {
  const parts = path.split('.');
  return parts.slice(0, parts[0] === 'data' ? 3 : 2).join('.');
}

const modulePath = (context: Context): string => context.scope.path;

/** Blocks of one type as a list of maps, which is how Terraform sees them. */
function blocksValue(blocks: readonly Block[], context: Context): Value {
  const [first] = blocks;
  if (first && blocks.length === 1 && first.type !== 'dynamic') {
    const only = writtenBlock(first, context);
    return makeList([only], only.origins);
  }
  const origins = blocks.slice(0, 10).map((block) => ({ span: block.header, what: context.kind }));
  const made = blocks.map((block) =>
    block.type === 'dynamic' ? dynamicBlocks(block, context) : { items: [writtenBlock(block, context)], open: false },
  );
  const items = made.flatMap((one) => one.items);
  return makeList(items, origins, made.some(({ open }) => open) ? { open: true } : {});
}

const writtenBlock = (block: Block, context: Context): Value =>
  bodyValue(block.body, [{ span: block.header, what: context.kind }], context, block.labels);

/** The blocks that a `dynamic` block makes; one whose iterator is unknown when we cannot know which they are. */
function dynamicBlocks(block: Block, context: Context): { readonly items: readonly Value[]; readonly open: boolean } {
  const content = block.body.blocks.find((b) => b.type === 'content');
  const forEach = block.body.attributes.find((a) => a.name === 'for_each');
  if (!content || !forEach) return { items: [], open: false };
  const iterator = block.body.attributes.find((a) => a.name === 'iterator');
  const name = (iterator && staticPath(iterator.value)) ?? block.labels[0] ?? '';
  const over = seenFrom(evaluate(forEach.value, context), originOf(forEach.value, context), context.scope.budget);
  const header: Origin = { span: block.header, what: context.kind };
  const make = (key: Value, value: Value): Value => {
    const each = makeDict(
      new Map([
        ['key', key],
        ['value', value],
      ]),
      value.origins,
    );
    return bodyValue(content.body, chain([header], influences(value)), withNames(context, [[name, each]]));
  };
  const all = pairs(over);
  const open = !all || ((over.is === 'list' || over.is === 'map') && over.open === true);
  const items = (all ?? []).filter(([, value]) => value.is !== 'unknown' || !open).map(([key, value]) => make(key, value));
  if (!open) return { items, open };
  const some = unknown('which item this is is unknown', over.origins, refsOf(over));
  return { items: [...items, make(some, some)], open };
}
