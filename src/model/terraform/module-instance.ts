import type { Block } from '../../documents/hcl-tree.ts';
import { unknown, type Origin, type Value } from '../value.ts';
import { underWay } from './blocks.ts';
import { evaluate } from './evaluate.ts';
import { noNames, type Instance } from './expand.ts';
import { makeGroup, type ContextOf, type Group } from './group.ts';
import { lookup } from './lookup.ts';
import { attributeOf, localSource, type ModuleSource } from './module-source.ts';
import { chain, influences } from './origins.ts';
import type { Context, Scope } from './scope.ts';
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

/** A module block with its instances. `child` is undefined for a module whose source is not in the repository. */
export interface Call {
  readonly group: Group;
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
  const contextOf = (kind: Context['kind'], names = noNames): Context => {
    const context = (names === noNames ? plain.get(kind) : undefined) ?? { scope: instance, kind, names };
    if (names === noNames) plain.set(kind, context);
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
      const block = source.outputs.get(name);
      const value = block && attributeOf(block.body, 'value');
      return value ? evaluate(value.value, contextOf('module-output')) : unknown(`the module has no output \`${name}\``, []);
    }),
    groups: groupsOf(source, contextOf),
    calls: new Map(Array.from(source.calls, ([name, block]) => [name, makeCall(name, block, source, place, contextOf)])),
    lookup: (name, steps, context) => lookup(instance, local, name, steps, context),
  };
  return instance;
}

function groupsOf({ resources }: ModuleSource, contextOf: ContextOf): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const [address, block] of resources) groups.set(address, makeGroup(address, block, contextOf));
  return groups;
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

/** The given value, or the default, as the variable's type has it. */
function variableValue(block: Block | undefined, name: string, place: Place, context: Context): Value {
  if (!block) return unknown(`there is no variable \`${name}\``, []);
  const type = readType(attributeOf(block.body, 'type')?.value);
  const fallback = attributeOf(block.body, 'default');
  const given = place.inputs(name);
  const nullable = attributeOf(block.body, 'nullable')?.value;
  const refusesNull = nullable?.is === 'literal' && nullable.value === false;
  if (given && !(given.is === 'absent' && refusesNull && fallback)) return convert(given, type, context);
  if (fallback) return convert(evaluate(fallback.value, context), type, context);
  return unknown(
    `the variable \`${name}\` has no value here`,
    [{ span: block.header, what: 'variable-default' }],
    [{ to: `${place.path}var.${name}`, attr: [] }],
  );
}

function makeCall(name: string, block: Block, source: ModuleSource, place: Place, contextOf: ContextOf): Call {
  const target = localSource(block, source.directory);
  const inside = [...place.inside, source.directory];
  const module = target === undefined || inside.includes(target) || inside.length > maxModuleDepth ? undefined : place.modules.get(target);
  const children = new Map<string, ModuleInstance>();
  const group = makeGroup(`module.${name}`, block, contextOf);
  const context = (instance: Instance): Context => contextOf('module-input', instance.names);
  return {
    group,
    context,
    child: (instance) => {
      if (!module) return undefined;
      const before = children.get(instance.suffix);
      if (before) return before;
      const inputs: Inputs = (input) => {
        const argument = attributeOf(block.body, input);
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
