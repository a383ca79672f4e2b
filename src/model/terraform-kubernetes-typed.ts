import type { Resource } from './resource.ts';
import { apiName, attributeName, kinds, numbers, switches } from './terraform-kubernetes-names.ts';
import { absent, known, unknown, type Dict, type Known, type List, type Value } from './value.ts';

/**
 * The object that a typed resource of the provider `hashicorp/kubernetes` makes, in the API's own shape: `container` blocks are `containers`,
 * `security_context` is `securityContext`, a block that stands once is a map. Every part keeps its origins in the Terraform file. Undefined for
 * resources that make no object of their own.
 */
export function typedObject(resource: Resource): Dict | undefined {
  const [, type] = /^kubernetes_([a-z_]+?)(?:_v\d+(?:(?:alpha|beta)\d+)?)?$/.exec(resource.type) ?? [];
  const made = type === undefined ? undefined : kinds.get(type);
  if (!made || resource.value.is !== 'map') return undefined;
  const here = resource.value.origins.map(({ span, what }) => ({ span, what }));
  const object = converted(resource.value, made.kind);
  const identity: readonly (readonly [string, Value])[] = [
    ['apiVersion', known(made.apiVersion, here)],
    ['kind', known(made.kind, here)],
  ];
  return { ...object, entries: new Map([...identity, ...object.entries]) };
}

/** `around` is the block that the map is, or the kind for the object itself. */
function converted(block: Dict, around: string): Dict {
  const entries = new Map<string, Value>();
  for (const [key, value] of block.entries) {
    // A volume's source stands beside its other fields in the API, in a block of its own in the provider.
    if (key === 'persistent_volume_source') for (const [inner, item] of sourceOf(value)) entries.set(inner, item);
    else {
      const name = apiName(key, around);
      if (name)
        entries.set(
          isBlocks(value) ? name.name : nameOfPlain(key, name),
          isBlocks(value) ? blocks(value, key, name.list) : plainValue(key, value),
        );
    }
  }
  return { is: 'map', entries, origins: block.origins, ...(block.refs ? { refs: block.refs } : {}), ...(block.open ? { open: true } : {}) };
}

/** A word can be a block in one place and an attribute in another: `port { ... }` and `port = 80`. */
const nameOfPlain = (key: string, { name, list }: { readonly name: string; readonly list: boolean }): string =>
  list ? attributeName(key) : name;

/** Blocks are a list of maps. An attribute's list holds plain values; its maps stand for themselves, their keys are not the provider's. */
const isBlocks = (value: Value): value is List =>
  value.is === 'list' && (value.items.some((item) => item.is === 'map') || (value.open === true && value.items.length === 0));

function blocks(value: List, key: string, list: boolean): Value {
  const items = value.items.map((item) => (item.is === 'map' ? converted(item, key) : item));
  if (list) return { is: 'list', items, origins: value.origins, ...(value.open ? { open: true } : {}) };
  if (value.open) return unknown('a dynamic block may make it or not', value.origins);
  return items[0] ?? absent(value.origins);
}

function sourceOf(value: Value): ReadonlyMap<string, Value> {
  const [source] = value.is === 'list' ? value.items : [];
  return source?.is === 'map' ? converted(source, 'persistent_volume_source').entries : new Map<string, Value>();
}

function plainValue(key: string, value: Value): Value {
  if (value.is !== 'known' || typeof value.value !== 'string') return value;
  if (switches.has(key) && (value.value === 'true' || value.value === 'false')) return retyped(value, value.value === 'true');
  return numbers.has(key) && /^\d{1,15}$/.test(value.value) ? retyped(value, Number(value.value)) : value;
}

const retyped = ({ origins, refs }: Known, value: boolean | number): Known => ({ is: 'known', value, origins, ...(refs ? { refs } : {}) });
