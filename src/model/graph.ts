import type { Key, Resource } from './resource.ts';
import { references, type Unknown, type Value } from './value.ts';
import type { Graph } from './world.ts';

/** Paths at which a resource carries a name that others call it by. */
const namePaths: readonly (readonly Key[])[] = [
  ['bucket'],
  ['name'],
  ['id'],
  ['arn'],
  ['function_name'],
  ['family'],
  ['repository_id'],
  ['repository'],
  ['identifier'],
  ['cluster_identifier'],
  ['domain_name'],
  ['metadata', 'name'],
  ['BucketName'],
  ['Name'],
  ['RoleName'],
  ['FunctionName'],
];

/** Builds the graph of a world's resources. References to an address without an index mean all of its instances. */
export function makeGraph(resources: readonly Resource[]): Graph {
  const exact = new Map<string, Resource>();
  const bases = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (!exact.has(resource.address)) exact.set(resource.address, resource);
    for (const base of baseAddresses(resource.address)) bases.set(base, [...(bases.get(base) ?? []), resource]);
  }
  const find = (address: string): readonly Resource[] => {
    const found = exact.get(address);
    return found ? [found] : (bases.get(address) ?? bases.get(baseAddresses(address).at(-1) ?? '') ?? []);
  };
  const { dependencies, dependents } = edges(resources, find);
  return {
    get: (address) => find(address)[0],
    dependencies: (resource) => dependencies.get(resource) ?? [],
    dependents: (resource) => dependents.get(resource) ?? [],
    companions: (resource, type, ...path) => {
      const names = namesOf(resource);
      return resources.filter((other) => other.type === type && other !== resource && namesResource(other.attr(...path), resource, names, find));
    },
  };
}

/** The address without its last index, and without any: `module.a["x"].b.c[0]` -> `module.a["x"].b.c`, `module.a.b.c`. */
function baseAddresses(address: string): readonly string[] {
  if (!address.includes('[')) return [];
  const last = address.endsWith(']') ? address.slice(0, address.lastIndexOf('[')) : address;
  const none = address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '');
  return [...new Set([last, none])].filter((base) => base !== address);
}

function edges(resources: readonly Resource[], find: (address: string) => readonly Resource[]) {
  const dependencies = new Map<Resource, readonly Resource[]>();
  const dependents = new Map<Resource, Resource[]>();
  for (const resource of resources) {
    const seen = new Set<string>();
    const targets = new Set<Resource>();
    for (const { to } of references(resource.value)) {
      if (seen.has(to)) continue;
      seen.add(to);
      for (const target of find(to)) if (target !== resource) targets.add(target);
    }
    dependencies.set(resource, [...targets]);
    for (const target of targets) {
      const from = dependents.get(target);
      if (from) from.push(resource);
      else dependents.set(target, [resource]);
    }
  }
  return { dependencies, dependents };
}

interface Names {
  readonly known: ReadonlySet<string>;
  readonly unknown: readonly Unknown[];
}

function namesOf(resource: Resource): Names {
  const known = new Set<string>();
  const unknown: Unknown[] = [];
  for (const path of namePaths) {
    const value = resource.attr(...path);
    if (value.is === 'known' && value.value !== '') known.add(String(value.value));
    else if (value.is === 'unknown') unknown.push(value);
  }
  return { known, unknown };
}

function namesResource(value: Value, resource: Resource, names: Names, find: (address: string) => readonly Resource[]): boolean {
  if (value.is === 'list') return value.items.some((item) => namesResource(item, resource, names, find));
  if (value.is === 'absent' || value.is === 'map') return false;
  if ((value.refs ?? []).some((ref) => find(ref.to).includes(resource))) return true;
  if (value.is === 'known') return names.known.has(String(value.value));
  return names.unknown.some((name) => sameUnknown(name, value));
}

/** Both are made of the same unknown things in the same way: `"${var.name}-models"` here and there. */
function sameUnknown(a: Unknown, b: Unknown): boolean {
  const refs = ({ refs }: Unknown): string => JSON.stringify(refs.map((ref) => [ref.to, ...ref.attr]));
  return a.refs.length > 0 && refs(a) === refs(b) && JSON.stringify(a.parts ?? null) === JSON.stringify(b.parts ?? null);
}
