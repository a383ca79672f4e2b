import { posix } from 'node:path';
import type { Block } from '../../documents/hcl-tree.ts';
import { known, unknown, type Dict, type Origin, type Reference, type Value } from '../value.ts';
import { partsOf, readPart, readParts, underWay } from './blocks.ts';
import { sizeOf, spend, type Budget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import { expand, type Instance, type Instances } from './expand.ts';
import { attributeOf, localSource, type ModuleSource } from './module-source.ts';
import { chain, failure, influences, makeDict, makeList, seenFrom } from './origins.ts';
import { policyDocument } from './policy-document.ts';
import type { Context, Scope, Step } from './scope.ts';
import { applySteps } from './traversal.ts';
import { convert, readType } from './types.ts';
import type { Surroundings } from './world-memory.ts';

/** One use of a module: the root, or one instance of one call. Everything in it is evaluated when asked for, once. */
export interface ModuleInstance extends Scope {
  readonly source: ModuleSource;
  /** The calls that lead here, nearest first, each with what decided that it is made (its `count`, its entry of `for_each`). */
  readonly callers: readonly Origin[];
  readonly depth: number;
  variable(name: string): Value;
  output(name: string): Value;
  /** All blocks of resources and data sources, by address without instance. */
  readonly groups: ReadonlyMap<string, Group>;
  readonly calls: ReadonlyMap<string, Call>;
}

/** A resource block with its instances. */
export interface Group {
  readonly address: string;
  readonly block: Block;
  readonly instances: () => Instances;
  /** An attribute, or all blocks of a type, as configured for an instance. */
  part(instance: Instance, name: string): Value | undefined;
  /** All of an instance's configuration, in the order in which it is written. */
  parts(instance: Instance): ReadonlyMap<string, Value>;
}

/** A module block with its instances. `child` is undefined for a module whose source is not in the repository. */
export interface Call {
  readonly address: string;
  readonly block: Block;
  readonly instances: () => Instances;
  child(instance: Instance): ModuleInstance | undefined;
  context(instance: Instance): Context;
}

/** What a module is given from outside; undefined for what it is not given. */
type Inputs = (name: string) => Value | undefined;

interface Place {
  readonly shared: Pick<Scope, 'budget' | 'files' | 'rootDirectory'>;
  readonly modules: Surroundings['modules'];
  readonly path: string;
  readonly inputs: Inputs;
  readonly callers: readonly Origin[];
  /** Directories of the modules around this one, so that a module that calls itself is not followed. */
  readonly inside: readonly string[];
}

const maxModuleDepth = 12;

export function rootInstance(
  source: ModuleSource,
  modules: Surroundings['modules'],
  shared: Place['shared'],
  inputs: Inputs,
): ModuleInstance {
  return makeInstance(source, { shared, modules, path: '', inputs, callers: [], inside: [] });
}

function makeInstance(source: ModuleSource, place: Place): ModuleInstance {
  const plain = new Map<Context['kind'], Context>();
  const contextOf = (kind: Context['kind'], names: Instance['names'] = []): Context => {
    const context = (names.length === 0 ? plain.get(kind) : undefined) ?? { scope: instance, kind, names: new Map(names) };
    if (names.length === 0) plain.set(kind, context);
    return context;
  };
  const variable = once('var', (name) => variableValue(source.variables.get(name), name, place, contextOf('variable-default')));
  const local = once('local', (name) => {
    const attribute = source.locals.get(name);
    return attribute ? evaluate(attribute.value, contextOf('local')) : unknown(`there is no local \`${name}\``, []);
  });
  const instance: ModuleInstance = {
    ...place.shared,
    path: place.path,
    source,
    callers: place.callers,
    depth: place.inside.length,
    variable,
    output: once('output', (name) => {
      const value = attributeOf(source.outputs.get(name) ?? noBlock, 'value');
      return value ? evaluate(value.value, contextOf('module-output')) : unknown(`the module has no output \`${name}\``, []);
    }),
    groups: new Map(Array.from(source.resources, ([address, block]) => [address, makeGroup(address, block, contextOf)])),
    calls: new Map(Array.from(source.calls, ([name, block]) => [name, makeCall(name, block, source, place, contextOf)])),
    lookup: (name, steps, context) => lookup(instance, local, name, steps, context),
  };
  return instance;
}

/** Each name is evaluated once; one that needs itself on the way is unknown. */
function once(kind: string, compute: (name: string) => Value): (name: string) => Value {
  const remembered = new Map<string, Value>();
  return (name) => {
    const before = remembered.get(name);
    if (before === underWay) return unknown(`\`${kind}.${name}\` refers to itself`, []);
    if (before) return before;
    remembered.set(name, underWay);
    const value = compute(name);
    remembered.set(name, value);
    return value;
  };
}

const noBlock: Block = {
  type: '',
  labels: [],
  header: { file: '', start: 0, end: 0 },
  span: { file: '', start: 0, end: 0 },
  body: { span: { file: '', start: 0, end: 0 }, attributes: [], blocks: [] },
};

/** The given value, or the default, as the variable's type has it. */
function variableValue(block: Block | undefined, name: string, place: Place, context: Context): Value {
  if (!block) return unknown(`there is no variable \`${name}\``, []);
  const type = readType(attributeOf(block, 'type')?.value);
  const fallback = attributeOf(block, 'default');
  const given = place.inputs(name);
  const nullable = attributeOf(block, 'nullable')?.value;
  const refusesNull = nullable?.is === 'literal' && nullable.value === false;
  if (given && !(given.is === 'absent' && refusesNull && fallback)) return convert(given, type, context);
  if (fallback) return convert(evaluate(fallback.value, context), type, context);
  return unknown(
    `the variable \`${name}\` has no value here`,
    [{ span: block.header, what: 'variable-default' }],
    [{ to: `${place.path}var.${name}`, attr: [] }],
  );
}

type ContextOf = (kind: Context['kind'], names?: Instance['names']) => Context;

function makeGroup(address: string, block: Block, contextOf: ContextOf): Group {
  let instances: Instances | 'busy' | undefined;
  return {
    address,
    block,
    instances: () => {
      if (instances === 'busy') return { by: 'unknown', instances: [{ suffix: '', names: [], parts: new Map() }] };
      if (instances) return instances;
      instances = 'busy';
      return (instances = expand(block, contextOf('attribute')));
    },
    part: (instance, name) => {
      const before = instance.parts.get(name);
      if (before === underWay) return unknown(`\`${address}\` refers to itself`, []);
      return before ?? readPart(block.body, name, contextOf('attribute', instance.names), instance.parts);
    },
    parts: (instance) => {
      // What others have asked for so far is there already, but not in its place.
      const before = instance.parts.size > 0 ? new Map(instance.parts) : undefined;
      instance.parts.clear();
      readParts(block.body, contextOf('attribute', instance.names), instance.parts, before);
      return instance.parts;
    },
  };
}

function makeCall(name: string, block: Block, source: ModuleSource, place: Place, contextOf: ContextOf): Call {
  const target = localSource(block, source.directory);
  const inside = [...place.inside, source.directory];
  const module = target === undefined || inside.includes(target) || inside.length > maxModuleDepth ? undefined : place.modules.get(target);
  const children = new Map<string, ModuleInstance>();
  const group = makeGroup(`module.${name}`, block, contextOf);
  const context = (instance: Instance): Context => contextOf('module-input', instance.names);
  return {
    address: group.address,
    block,
    instances: group.instances,
    context,
    child: (instance) => {
      if (!module) return undefined;
      const before = children.get(instance.suffix);
      if (before) return before;
      const inputs: Inputs = (input) => {
        const argument = attributeOf(block, input);
        return argument && evaluate(argument.value, context(instance));
      };
      const child = makeInstance(module, {
        ...place,
        path: `${place.path}module.${name}${instance.suffix}.`,
        inputs,
        callers: chain([{ span: block.header, what: 'module-input' }], instance.because ? influences(instance.because) : [], place.callers),
        inside,
      });
      children.set(instance.suffix, child);
      return child;
    },
  };
}

interface Found {
  readonly value: Value;
  readonly used: number;
}

function lookup(instance: ModuleInstance, local: (name: string) => Value, name: string, steps: readonly Step[], context: Context): Found {
  const [first, second] = steps;
  const word = first?.is === 'attribute' ? first.name : undefined;
  if (name === 'path') return { value: pathValue(word, instance, context, first), used: 1 };
  if (name === 'terraform')
    return { value: unknown(word === 'workspace' ? 'the workspace is chosen when it runs' : 'only known when it runs', []), used: 1 };
  if (name === 'each' || name === 'count' || name === 'self')
    return { value: unknown(`\`${name}\` is not known here`, []), used: steps.length };
  if (word === undefined)
    return { value: failure(`\`${name}\` is not a name that can stand here`, { span: noBlock.span, what: context.kind }), used: 0 };
  if (name === 'var') return { value: instance.variable(word), used: 1 };
  if (name === 'local') return { value: local(word), used: 1 };
  if (name === 'module') return moduleOutput(instance, word, steps, context);
  const data = name === 'data' || name === 'ephemeral';
  const label = data ? (second?.is === 'attribute' ? second.name : '') : word;
  const address = data ? `${name}.${word}.${label}` : `${name}.${label}`;
  const group = instance.groups.get(address);
  const used = data ? 2 : 1;
  if (!group) return { value: unknown(`\`${address}\` is not declared here`, [], [{ to: instance.path + address, attr: [] }]), used };
  const all = group.instances();
  const next = steps[used];
  const [only] = all.instances;
  // What most references are: an attribute of a resource that there is one of.
  if (only && all.by === 'nothing' && next?.is === 'attribute')
    return { value: referenced(group, only, next.name, instance.path + address, instance.budget), used: used + 1 };
  return inInstances(all, instance.path + address, steps, used, context, (one) => ({
    whole: () => wholeResource(group, one, instance.path + address + one.suffix, context),
    part: (attribute) => referenced(group, one, attribute, instance.path + address + one.suffix, instance.budget),
  }));
}

function pathValue(word: string | undefined, instance: ModuleInstance, context: Context, step: Step | undefined): Value {
  const origins: readonly Origin[] = step ? [{ span: step.span, what: context.kind }] : [];
  if (word === 'root') return known('.', origins);
  if (word === 'module') return known(posix.relative(instance.rootDirectory, instance.source.directory) || '.', origins);
  return unknown('the working directory is only known when it runs', origins);
}

interface Access {
  whole(): Value;
  part(name: string): Value;
}

/** Steps from a resource or module to one of its attributes, through the index that its instances have. */
function inInstances(
  all: Instances,
  base: string,
  steps: readonly Step[],
  used: number,
  context: Context,
  access: (instance: Instance) => Access,
): Found {
  const next = steps[used];
  const [only] = all.instances;
  if (all.by === 'nothing' && only) return intoOne(access(only), steps, used);
  if (all.by === 'unknown' && only) {
    if (next?.is === 'index') return intoOne(access(only), steps, used + 1);
    if (next?.is === 'splat')
      return {
        value: makeList([unknown('how many there are is unknown', [], splatRefs(base, next))], [], {
          open: true,
          refs: [{ to: base, attr: [] }],
        }),
        used: used + 1,
      };
    return next?.is === 'attribute'
      ? intoOne(access(only), steps, used)
      : { value: unknown('how many there are is unknown', [], [{ to: base, attr: [] }]), used };
  }
  if (next?.is === 'index') {
    const key = evaluate(next.key, context);
    if (key.is !== 'known')
      return { value: unknown('which instance this is is unknown', key.origins, [{ to: base, attr: [] }]), used: used + 1 };
    const instance = all.instances.find((i) => String(i.key) === String(key.value));
    if (!instance)
      return {
        value: failure(`there is no instance ${JSON.stringify(key.value)} of \`${base}\``, { span: next.span, what: context.kind }),
        used: used + 1,
      };
    return intoOne(access(instance), steps, used + 1);
  }
  if (next?.is === 'splat' && all.by === 'count') {
    const [attribute, ...rest] = next.each;
    const items = all.instances.map((instance) => {
      const part = attribute?.is === 'attribute' ? access(instance).part(attribute.name) : access(instance).whole();
      const more = (attribute?.is === 'attribute' ? rest : next.each).map((step) => ({ ...step, span: next.span }));
      return applySteps(part, more, context, evaluate);
    });
    return { value: makeList(items, [], { refs: [{ to: base, attr: [] }] }), used: used + 1 };
  }
  if (next?.is === 'attribute')
    return { value: unknown(`\`${base}\` has several instances`, [], [{ to: base, attr: [next.name] }]), used: used + 1 };
  const wholes = all.instances.map((instance) => [String(instance.key), access(instance).whole()] as const);
  const refs = [{ to: base, attr: [] }];
  return {
    value:
      all.by === 'count'
        ? makeList(
            wholes.map(([, whole]) => whole),
            [],
            { refs },
          )
        : makeDict(new Map(wholes), [], { refs }),
    used,
  };
}

function splatRefs(base: string, step: Extract<Step, { is: 'splat' }>): readonly Reference[] {
  return [{ to: base, attr: step.each.flatMap((s) => (s.is === 'attribute' ? [s.name] : [])) }];
}

function intoOne(access: Access, steps: readonly Step[], used: number): Found {
  const next = steps[used];
  return next?.is === 'attribute' ? { value: access.part(next.name), used: used + 1 } : { value: access.whole(), used };
}

/** A resource's attribute as another resource sees it. What is not configured is decided by the provider. */
function referenced(group: Group, instance: Instance, name: string, address: string, budget: Budget): Value {
  const ref: Reference = { to: address, attr: [name] };
  const value = group.part(instance, name);
  if (value && value.is !== 'absent') {
    return spend(budget, sizeOf(value)) ? asSeenByOthers(value, ref) : unknown('evaluation took too long', [], [ref]);
  }
  const computed = unknown('its provider decides on it', [], [ref]);
  if (group.block.labels[0] !== 'aws_iam_policy_document' || (name !== 'json' && name !== 'minified_json')) return computed;
  const header: Origin = { span: group.block.header, what: 'attribute' };
  return { ...computed, why: 'a data source renders it', structure: policyDocument((part) => group.part(instance, part), header) };
}

/** Everything in it is referred to with it, and what is not configured in its blocks may still be set by the provider. */
function asSeenByOthers(value: Value, ref: Reference): Value {
  const inner = (key: string | number): Reference => ({ to: ref.to, attr: [...ref.attr, String(key)] });
  switch (value.is) {
    case 'absent':
      return value;
    case 'known':
      return { ...value, refs: [ref] };
    case 'unknown':
      return { ...value, refs: [ref] };
    case 'list':
      return { ...value, refs: [ref], items: value.items.map((item, i) => asSeenByOthers(item, inner(i))) };
    case 'map': {
      const entries = new Map<string, Value>();
      for (const [key, item] of value.entries) entries.set(key, asSeenByOthers(item, inner(key)));
      return { ...value, refs: [ref], open: true, entries };
    }
  }
}

function wholeResource(group: Group, instance: Instance, address: string, context: Context): Dict | Value {
  const entries = new Map<string, Value>();
  for (const name of partsOf(group.block.body)) entries.set(name, referenced(group, instance, name, address, context.scope.budget));
  return makeDict(entries, [{ span: group.block.header, what: context.kind }], { open: true, refs: [{ to: address, attr: [] }] });
}

function moduleOutput(instance: ModuleInstance, name: string, steps: readonly Step[], context: Context): Found {
  const call = instance.calls.get(name);
  const base = `${instance.path}module.${name}`;
  if (!call) return { value: unknown(`the module \`${name}\` is not called here`, [], [{ to: base, attr: [] }]), used: 1 };
  return inInstances(call.instances(), base, steps, 1, context, (one) => {
    const child = call.child(one);
    const address = base + one.suffix;
    const part = (output: string): Value =>
      child?.output(output) ?? unknown('the module is not part of this repository', [], [{ to: address, attr: [output] }]);
    const origin: Origin = { span: call.block.header, what: 'module-output' };
    const whole = (): Value =>
      child
        ? makeDict(new Map(Array.from(child.source.outputs.keys(), (output) => [output, part(output)])), [origin])
        : makeDict(new Map(), [origin], { open: true, refs: [{ to: address, attr: [] }] });
    return { part, whole: () => seenFrom(whole(), origin, instance.budget) };
  });
}
