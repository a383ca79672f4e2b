import { posix } from 'node:path';
import type { Span } from '../../documents/span.ts';
import { known, unknown, type Origin, type Reference, type Value } from '../value.ts';
import { namesIn } from './blocks.ts';
import { sizeOf, spend, type Budget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import type { Instance, Instances } from './expand.ts';
import { instancesOf, partOf, type Group } from './group.ts';
import type { ModuleInstance } from './module-instance.ts';
import { failure, followedBy, makeDict, makeList, seenFrom } from './origins.ts';
import { policyDocument } from './policy-document.ts';
import type { Context, Found, Instanced, Step } from './scope.ts';
import { applySteps, intoInstance } from './traversal.ts';

/** What a name with its first steps is in a module: a variable, a local, a resource, an output of a module that it calls. */
export function lookup(
  instance: ModuleInstance,
  local: (name: string) => Value,
  name: string,
  steps: readonly Step[],
  context: Context,
): Found {
  const [first, second] = steps;
  const word = first?.is === 'attribute' ? first.name : undefined;
  if (name === 'path') return { value: pathValue(word, instance, context, first), used: 1 };
  if (name === 'terraform')
    return { value: unknown(word === 'workspace' ? 'the workspace is chosen when it runs' : 'only known when it runs', []), used: 1 };
  if (name === 'each' || name === 'count' || name === 'self')
    return { value: unknown(`\`${name}\` is not known here`, []), used: steps.length };
  if (word === undefined)
    return { value: failure(`\`${name}\` is not a name that can stand here`, { span: nowhere, what: context.kind }), used: 0 };
  if (name === 'var') return { value: instance.variable(word), used: 1 };
  if (name === 'local') return { value: local(word), used: 1 };
  if (name === 'module') return moduleOutput(instance, word, steps, context);
  const data = name === 'data' || name === 'ephemeral';
  const label = data ? (second?.is === 'attribute' ? second.name : '') : word;
  const address = data ? `${name}.${word}.${label}` : `${name}.${label}`;
  const group = instance.groups.get(address);
  const used = data ? 2 : 1;
  if (!group) return { value: unknown(`\`${address}\` is not declared here`, [], [{ to: instance.path + address, attr: [] }]), used };
  const all = instancesOf(group);
  const next = steps[used];
  const [only] = all.instances;
  // The last step's place is that of the whole reference.
  const from: Origin = { span: (steps[steps.length - 1] ?? group.block).span, what: context.kind };
  // What most references are: an attribute of a resource that there is one of.
  if (only && all.by === 'nothing' && next?.is === 'attribute')
    return { value: referenced(group, only, next.name, instance.path + address, from, instance.budget), used: used + 1 };
  return inInstances(all, instance.path + address, steps, used, context, (one) => ({
    is: 'instance',
    whole: () => wholeResource(group, one, instance.path + address + one.suffix, from, instance.budget),
    part: (attribute) => referenced(group, one, attribute, instance.path + address + one.suffix, from, instance.budget),
  }));
}

const nowhere: Span = { file: '', start: 0, end: 0 };

function pathValue(word: string | undefined, instance: ModuleInstance, context: Context, step: Step | undefined): Value {
  const origins: readonly Origin[] = step ? [{ span: step.span, what: context.kind }] : [];
  if (word === 'root') return known('.', origins);
  if (word === 'module') return known(posix.relative(instance.rootDirectory, instance.source.directory) || '.', origins);
  return unknown('the working directory is only known when it runs', origins);
}

/** Steps from a resource or module to one of its attributes, through the index that its instances have. */
function inInstances(
  all: Instances,
  base: string,
  steps: readonly Step[],
  used: number,
  context: Context,
  access: (instance: Instance) => Instanced,
): Found {
  const next = steps[used];
  const [only] = all.instances;
  if (all.by === 'nothing' && only) return intoInstance(access(only), steps, used);
  if (all.by === 'unknown' && only) {
    if (next?.is === 'index') return intoInstance(access(only), steps, used + 1);
    if (next?.is === 'splat')
      return {
        value: makeList([unknown('how many there are is unknown', [], splatRefs(base, next))], [], {
          open: true,
          refs: [{ to: base, attr: [] }],
        }),
        used: used + 1,
      };
    return next?.is === 'attribute'
      ? intoInstance(access(only), steps, used)
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
    return intoInstance(access(instance), steps, used + 1);
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
  const instances = all.instances.map((instance) => [instance.key ?? '', access(instance)] as const);
  const refs = [{ to: base, attr: [] }];
  const whole = (): Value =>
    all.by === 'count'
      ? makeList(
          instances.map(([, one]) => one.whole()),
          [],
          { refs },
        )
      : makeDict(new Map(instances.map(([key, one]) => [String(key), one.whole()])), [], { refs });
  return { value: next ? whole() : { is: 'instances', all: instances, whole }, used };
}

function splatRefs(base: string, step: Extract<Step, { is: 'splat' }>): readonly Reference[] {
  return [{ to: base, attr: step.each.flatMap((s) => (s.is === 'attribute' ? [s.name] : [])) }];
}

/** A resource's attribute as another resource sees it, from the reference at `from`. What is not configured is decided by the provider. */
function referenced(group: Group, instance: Instance, name: string, address: string, from: Origin, budget: Budget): Value {
  const ref: Reference = { to: address, attr: [name] };
  const value = partOf(group, instance, name);
  if (value && value.is !== 'absent') {
    return spend(budget, sizeOf(value)) ? asSeenByOthers(value, ref, from) : unknown('evaluation took too long', [from], [ref]);
  }
  const computed = unknown('its provider decides on it', [from], [ref]);
  if (group.block.labels[0] !== 'aws_iam_policy_document' || (name !== 'json' && name !== 'minified_json')) return computed;
  const header: Origin = { span: group.block.header, what: 'attribute' };
  return { ...computed, why: 'a data source renders it', structure: policyDocument((part) => partOf(group, instance, part), header) };
}

/**
 * Everything in it is referred to with it, and what is not configured in its blocks may still be set by the provider. It is seen from the
 * reference, as `seenFrom` would have it: both in one, since this goes through every value that another resource refers to.
 */
function asSeenByOthers(value: Value, ref: Reference, from: Origin): Value {
  const origins = followedBy(from, value.origins);
  switch (value.is) {
    case 'absent':
      return { is: 'absent', origins };
    case 'known':
      if (!value.offsets && !value.structure) return { is: 'known', value: value.value, origins, refs: [ref] };
      return { ...value, origins, refs: [ref] };
    case 'unknown':
      return { ...value, origins, refs: [ref] };
    case 'list':
      return makeList(
        value.items.map((item, i) => asSeenByOthers(item, inside(ref, String(i)), from)),
        origins,
        { refs: [ref], ...(value.open && { open: true }), ...(value.set && { set: true }) },
      );
    case 'map': {
      const entries = new Map<string, Value>();
      for (const [key, item] of value.entries) entries.set(key, asSeenByOthers(item, inside(ref, key), from));
      return makeDict(entries, origins, { refs: [ref], open: true });
    }
  }
}

const inside = (ref: Reference, key: string): Reference => ({ to: ref.to, attr: [...ref.attr, key] });

function wholeResource(group: Group, instance: Instance, address: string, from: Origin, budget: Budget): Value {
  const entries = new Map<string, Value>();
  for (const name of namesIn(group.block.body)) entries.set(name, referenced(group, instance, name, address, from, budget));
  return makeDict(entries, [from, { span: group.block.header, what: from.what }], { open: true, refs: [{ to: address, attr: [] }] });
}

function moduleOutput(instance: ModuleInstance, name: string, steps: readonly Step[], context: Context): Found {
  const call = instance.calls.get(name);
  const base = `${instance.path}module.${name}`;
  if (!call) return { value: unknown(`the module \`${name}\` is not called here`, [], [{ to: base, attr: [] }]), used: 1 };
  const all = instancesOf(call.group);
  const [only] = all.instances;
  const next = steps[1];
  if (only && all.by === 'nothing' && next?.is === 'attribute') return { value: outputOf(call.child(only), next.name, base), used: 2 };
  return inInstances(all, base, steps, 1, context, (one) => {
    const child = call.child(one);
    const address = base + one.suffix;
    const part = (output: string): Value => outputOf(child, output, address);
    const origin: Origin = { span: call.group.block.header, what: 'module-output' };
    const whole = (): Value =>
      child
        ? makeDict(new Map(Array.from(child.source.outputs.keys(), (output) => [output, part(output)])), [origin])
        : makeDict(new Map(), [origin], { open: true, refs: [{ to: address, attr: [] }] });
    return { is: 'instance', part, whole: () => seenFrom(whole(), origin, instance.budget) };
  });
}

const outputOf = (child: ModuleInstance | undefined, output: string, address: string): Value =>
  child?.output(output) ?? unknown('the module is not part of this repository', [], [{ to: address, attr: [output] }]);
