import { embedded } from './embedded.ts';
import { makeGraph } from './graph.ts';
import { objectResource, objectsIn } from './kubernetes/object.ts';
import { withReferences } from './kubernetes/references.ts';
import { releaseResources, type SetValue } from './kubernetes/release-values.ts';
import type { Resource } from './resource.ts';
import { typedObject } from './terraform-kubernetes-typed.ts';
import { absent, type Dict, type Value } from './value.ts';
import type { World } from './world.ts';

/** Characters of text that are read as objects and values in all worlds of a snapshot: many more than anybody writes. */
const mostText = 4_000_000;
/** A heredoc may hold many objects. */
const mostObjects = 2000;

/** A world's resources in the dialects that rules know, and the files that they are read from. */
export interface Carried {
  readonly worlds: readonly World[];
  /** Files that a Terraform resource takes manifests or values from: seen there, with what Terraform fills in. */
  readonly files: ReadonlySet<string>;
}

/**
 * Terraform worlds with the Kubernetes objects and chart values that their resources carry, beside the resources themselves: `kubernetes_manifest`,
 * `kubectl_manifest`, the typed `kubernetes_*` resources (dialect `kubernetes`, the object's kind as type) and `helm_release` (dialect
 * `helm-values`). They have the address of the resource that carries them, and origins in its file.
 */
export function withCarried(worlds: readonly World[]): Carried {
  const budget = { text: mostText };
  const files = new Set<string>();
  const filled = worlds.map((world) => {
    const before = budget.text;
    const kept = remembered.get(world);
    const made = kept && kept.text < before ? kept : fill(world, budget);
    budget.text = before - made.text;
    remembered.set(world, made);
    for (const file of made.files) files.add(file);
    return made.world;
  });
  return { worlds: filled, files };
}

interface Filled {
  readonly world: World;
  readonly files: readonly string[];
  /** Characters that were read for it. */
  readonly text: number;
}

/** A world of Terraform can be that of an earlier snapshot; then what it carries is the same too. */
const remembered = new WeakMap<World, Filled>();

function fill(world: World, budget: Budget): Filled {
  const before = budget.text;
  const carried = world.resources.flatMap((resource) => carriedBy(resource, budget));
  const text = before - budget.text;
  if (carried.length === 0) return { world, files: [], text };
  const resources = [...world.resources, ...withReferences(carried)];
  return { world: { ...world, resources, graph: makeGraph(resources) }, files: carried.flatMap(filesOf), text };
}

interface Budget {
  text: number;
}

function carriedBy(resource: Resource, budget: Budget): readonly Resource[] {
  switch (resource.type) {
    case 'kubernetes_manifest':
      return manifests(resource, 'manifest', budget);
    case 'kubectl_manifest':
      return manifests(resource, 'yaml_body', budget);
    case 'helm_release':
      return release(resource, budget);
    default: {
      const object = resource.type.startsWith('kubernetes_') ? typedObject(resource) : undefined;
      return object ? objects(resource, [object]) : [];
    }
  }
}

function manifests(resource: Resource, attribute: string, budget: Budget): readonly Resource[] {
  const text = partOf(resource.value, attribute);
  if (!spend(text, budget)) return [];
  return objects(resource, objectsIn(embedded(text, 'yaml')).slice(0, mostObjects));
}

function objects(resource: Resource, found: readonly Dict[]): readonly Resource[] {
  const { scope, environment, at, span, name, address } = resource;
  return found.flatMap((object) => {
    const made = objectResource(object, { scope, environment, at, span, name, address });
    if (!made) return [];
    // Of several objects each is called by its own kind and name.
    return found.length === 1
      ? [made]
      : (objectResource(object, { scope, environment, at, span, name, address: `${address}#${made.type}/${made.name}` }) ?? []);
  });
}

function release(resource: Resource, budget: Budget): readonly Resource[] {
  const values = partOf(resource.value, 'values');
  const layers = values.is === 'list' ? values.items : values.is === 'absent' ? [] : [values];
  if (!layers.every((layer) => spend(layer, budget))) return [];
  const { address, environment, at, span } = resource;
  const name = resource.attr('name');
  return releaseResources({
    address,
    environment,
    at,
    span,
    name: name.is === 'known' ? String(name.value) : resource.name,
    scope: `${resource.scope}#${address}`,
    chart: partOf(resource.value, 'chart'),
    version: partOf(resource.value, 'version'),
    repository: partOf(resource.value, 'repository'),
    layers,
    sets: [
      ...setsOf(resource, 'set'),
      ...setsOf(resource, 'set_list'),
      ...setsOf(resource, 'set_sensitive'),
      ...setsOf(resource, 'set_wo'),
    ],
    others: isOpen(values) || ['set', 'set_list', 'set_sensitive'].some((key) => isOpen(partOf(resource.value, key))),
  });
}

const isOpen = (value: Value): boolean => value.is === 'unknown' || (value.is === 'list' && value.open === true);

/** `set { name value type }`, as blocks or as a list of objects. */
const setsOf = (resource: Resource, key: string): readonly SetValue[] =>
  resource.items(key).map(({ value: set }) => {
    const type = partOf(set, 'type');
    return {
      name: partOf(set, 'name'),
      value: partOf(set, 'value'),
      text: type.is === 'known' && type.value === 'string',
      origins: set.origins.map(({ span, what }) => ({ span, what })),
    };
  });

const partOf = (value: Value, key: string): Value => (value.is === 'map' ? value.entries.get(key) : undefined) ?? absent(value.origins);

/** Takes a text from the budget; false when there is too much of it. */
function spend(value: Value, budget: Budget): boolean {
  if (value.is === 'known') budget.text -= String(value.value).length;
  if (value.is === 'unknown') for (const piece of value.pieces ?? []) if (piece.is === 'known') budget.text -= String(piece.value).length;
  return budget.text > 0;
}

/** Data files in which the object itself, or a part of the values, is written. What is not known for certain is still looked at in its file. */
function filesOf(resource: Resource): readonly string[] {
  if (resource.value.is !== 'map' || resource.value.open) return [];
  return resource.value.origins.flatMap(({ span: { file } }) =>
    file !== resource.span.file && /\.(?:ya?ml|json)$/.test(file) ? [file] : [],
  );
}
