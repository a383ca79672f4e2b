import type { Block } from '../../documents/hcl-tree.ts';
import { environmentNamed } from '../environment.ts';
import { makeResource, type Environment, type Resource } from '../resource.ts';
import { known, unknown, type Dict, type Origin, type Value } from '../value.ts';
import { bodyValue } from './blocks.ts';
import { spend } from './budget.ts';
import type { Instance } from './expand.ts';
import { instancesOf, partsOf, type Group } from './group.ts';
import type { Call, ModuleInstance } from './module-instance.ts';
import { chain, influences, makeDict, refsOf } from './origins.ts';
import type { Context } from './scope.ts';

/** Enough for the largest root modules; more than that is made by loops. */
const maxResources = 10_000;

interface Place {
  readonly scope: string;
  readonly environment: Environment;
}

/** All resources of a root module and of the modules that it calls, with the blocks that rules look at as if they were resources. */
export function resourcesOf(root: ModuleInstance, place: Place): readonly Resource[] {
  const out: Resource[] = [];
  collect(root, place, out);
  return out;
}

function collect(module: ModuleInstance, place: Place, out: Resource[]): void {
  const add = (type: string, address: string, name: string, block: Block, value: Value): void => {
    if (out.length >= maxResources) return;
    // What could not be followed still exists.
    const dict: Dict = value.is === 'map' ? value : { is: 'map', entries: new Map(), origins: value.origins, open: true };
    const environment = environmentFor(place.environment, dict);
    out.push(
      makeResource({
        scope: place.scope,
        environment,
        dialect: 'terraform',
        type,
        address: module.path + address,
        name,
        at: block.header,
        span: block.span,
        value: dict,
      }),
    );
  };
  for (const group of module.groups.values()) {
    for (const instance of instancesOf(group).instances) {
      const [type = '', name = ''] = group.block.labels;
      add(
        group.block.type === 'resource' ? type : `${group.block.type}.${type}`,
        group.address + instance.suffix,
        name,
        group.block,
        resourceValue(group, instance, module),
      );
    }
  }
  const context: Context = { scope: module, kind: 'attribute', names: new Map() };
  const { source } = module;
  for (const [name, block] of source.variables) add('variable', `var.${name}`, name, block, variableBlock(block, name, module, context));
  for (const [name, block] of source.outputs) add('output', `output.${name}`, name, block, blockValue(block, context));
  source.providers.forEach((block, i) => {
    const [name = ''] = block.labels;
    const value = blockValue(block, context);
    const alias = value.is === 'map' ? value.entries.get('alias') : undefined;
    add(
      'provider',
      alias?.is === 'known'
        ? `provider.${name}.${String(alias.value)}`
        : `provider.${name}${source.providers.findIndex((p) => p.labels[0] === name) < i ? `.${i}` : ''}`,
      name,
      block,
      value,
    );
  });
  source.settings.forEach((block, i) => {
    add('terraform', i ? `terraform.${i}` : 'terraform', 'terraform', block, blockValue(block, context));
  });
  for (const call of module.calls.values()) collectCall(call, module, place, out, add);
}

function collectCall(
  call: Call,
  module: ModuleInstance,
  place: Place,
  out: Resource[],
  add: (type: string, address: string, name: string, block: Block, value: Value) => void,
): void {
  for (const instance of instancesOf(call.group).instances) {
    if (out.length >= maxResources || !spend(module.budget, 20)) return;
    const child = call.child(instance);
    if (child) collect(child, place, out);
    else
      add(
        'module',
        call.group.address + instance.suffix,
        call.group.block.labels[0] ?? '',
        call.group.block,
        bodyValue(call.group.block.body, headerOf(call.group.block, instance, module), { ...call.context(instance), kind: 'attribute' }),
      );
  }
}

function headerOf(block: Block, instance: Instance, module: ModuleInstance): readonly Origin[] {
  const own: readonly Origin[] = [{ span: block.header, what: 'attribute' }];
  return instance.because || module.callers.length > 0
    ? chain(own, instance.because ? influences(instance.because) : [], module.callers)
    : own;
}

const blockValue = (block: Block, context: Context): Value => bodyValue(block.body, [{ span: block.header, what: 'attribute' }], context);

function resourceValue(group: Group, instance: Instance, module: ModuleInstance): Value {
  const refs = instance.because ? refsOf(instance.because) : [];
  return makeDict(partsOf(group, instance), headerOf(group.block, instance, module), refs.length ? { refs } : undefined);
}

/** `type` is its source text, since a type is not a value; `value` is what the variable has in this world. */
function variableBlock(block: Block, name: string, module: ModuleInstance, context: Context): Value {
  const origins: readonly Origin[] = [{ span: block.header, what: 'attribute' }];
  const entries = new Map<string, Value>();
  for (const attribute of block.body.attributes) {
    const origin: Origin = { span: attribute.value.span, what: 'attribute', literal: true };
    if (attribute.name === 'type') {
      const file = module.source.documents.find((document) => document.file === attribute.value.span.file);
      entries.set(
        'type',
        file
          ? known(file.text.slice(attribute.value.span.start, attribute.value.span.end), [origin])
          : unknown('its text was not read', [origin]),
      );
    }
  }
  const rest = bodyValue({ ...block.body, attributes: block.body.attributes.filter((a) => a.name !== 'type'), blocks: [] }, origins, {
    ...context,
    kind: 'variable-default',
  });
  if (rest.is === 'map') for (const [key, value] of rest.entries) entries.set(key, value);
  entries.set('value', module.variable(name));
  return makeDict(entries, origins);
}

const tagNames = ['environment', 'env', 'stage', 'deployment_environment'];

/** A resource's own tags say where it belongs when nothing around it does. */
function environmentFor(around: Environment, value: Dict): Environment {
  if (around.stage !== 'unknown') return around;
  for (const attribute of ['tags', 'labels', 'tags_all']) {
    const tags = value.entries.get(attribute);
    if (tags?.is !== 'map') continue;
    for (const [key, tag] of tags.entries) {
      if (tag.is !== 'known' || !tagNames.includes(key.toLowerCase())) continue;
      const named = environmentNamed(String(tag.value), `tag \`${key}\``);
      if (named.stage !== 'unknown') return named;
    }
  }
  return around;
}
