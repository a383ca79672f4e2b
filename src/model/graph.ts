import { posix } from 'node:path';
import { writes, type Key, type Resource } from './resource.ts';
import type { Unknown, Value } from './value.ts';
import type { Graph } from './world.ts';

/** Paths at which a resource carries a name that others call it by. */
const namePaths: readonly (readonly [string, ...Key[]])[] = [
  ...[
    'bucket',
    'name',
    'id',
    'arn',
    'function_name',
    'family',
    'repository_id',
    'repository',
    'identifier',
    'cluster_identifier',
    'domain_name',
  ].map((key): [string] => [key]),
  ['metadata', 'name'],
  ...[
    'BucketName',
    'Name',
    'RoleName',
    'PolicyName',
    'FunctionName',
    'ClusterName',
    'RepositoryName',
    'TableName',
    'QueueName',
    'TopicName',
    'DomainName',
    'NotebookInstanceName',
    'ModelName',
    'EndpointName',
    'EndpointConfigName',
    'DBInstanceIdentifier',
    'DBClusterIdentifier',
  ].map((key): [string, string] => ['Properties', key]),
];

interface Finder {
  readonly find: (address: string, from?: Resource) => readonly Resource[];
  /** What is the same text under the same address is one thing, in whatever dialect it is seen: the first of them. */
  readonly faceOf: (resource: Resource) => Resource;
}

/**
 * Builds the graph of a world's resources; each part of it when it is first asked for. References to an address without an index mean all of
 * its instances. Where an address stands in several files (overlays, samples) the one nearest to who refers to it is meant.
 */
export function makeGraph(resources: readonly Resource[]): Graph {
  const finder = once(() => makeFinder(resources));
  const find = (address: string): readonly Resource[] => finder().find(address);
  const faceOf = (resource: Resource): Resource => finder().faceOf(resource);
  const edges = once(() => makeEdges(resources, finder()));
  const byType = once(() => groupedBy(resources, ({ type }) => type));
  const names = new Map<Resource, Names>();
  const naming = new Map<string, Naming>();
  return {
    get: (address) => find(address)[0],
    dependencies: (resource) => edges().dependencies.get(resource) ?? [],
    dependents: (resource) => oneOfEach(faceOf, edges().dependents.get(faceOf(resource)) ?? [], resource),
    companions: (resource, type, ...path) => {
      const key = JSON.stringify([type, path]);
      const index = naming.get(key) ?? makeNaming(byType().get(type) ?? [], path, finder());
      naming.set(key, index);
      const own = names.get(resource) ?? namesOf(resource);
      names.set(resource, own);
      return oneOfEach(({ address }) => address, companionsIn(index, resource, faceOf(resource), own), resource);
    },
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function groupedBy<K>(resources: readonly Resource[], keyOf: (resource: Resource) => K): ReadonlyMap<K, readonly Resource[]> {
  const groups = new Map<K, Resource[]>();
  for (const resource of resources) push(groups, keyOf(resource), resource);
  return groups;
}

function push<K, V>(map: Map<K, V[]>, key: K, item: V): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

function makeFinder(resources: readonly Resource[]): Finder {
  const exact = groupedBy(resources, ({ address }) => address);
  const bases = new Map<string, Resource[]>();
  for (const resource of resources) for (const base of baseAddresses(resource.address)) push(bases, base, resource);
  return {
    find: (address, from) => {
      const found = exact.get(address);
      if (found) return found.length === 1 ? found : nearest(found, from);
      return bases.get(address) ?? bases.get(baseAddresses(address).at(-1) ?? '') ?? [];
    },
    faceOf: (resource) => exact.get(resource.address)?.find((other) => isSame(other, resource)) ?? resource,
  };
}

/** The address without its last index, and without any: `module.a["x"].b.c[0]` -> `module.a["x"].b.c`, `module.a.b.c`. */
function baseAddresses(address: string): readonly string[] {
  if (!address.includes('[')) return [];
  const last = address.endsWith(']') ? address.slice(0, address.lastIndexOf('[')) : address;
  const none = address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '');
  return [...new Set([last, none])].filter((base) => base !== address);
}

/** Of resources with one address: that of the same scope, then of the same file, then the one whose directory is nearest; the first without a referrer. */
function nearest(found: readonly Resource[], from: Resource | undefined): readonly Resource[] {
  if (!from) return found.slice(0, 1);
  let best = found[0];
  let least = Infinity;
  for (const candidate of found) {
    const away = distance(from, candidate);
    if (away < least) [best, least] = [candidate, away];
  }
  return best ? [best] : [];
}

/** How far apart two resources stand; those of one dialect are a little nearer, because one text can be seen in two. */
function distance(from: Resource, to: Resource): number {
  const apart =
    from.scope === to.scope
      ? 0
      : from.span.file === to.span.file
        ? 1
        : 2 + steps(posix.dirname(from.span.file), posix.dirname(to.span.file));
  return apart * 2 + (from.dialect === to.dialect ? 0 : 1);
}

function steps(from: string, to: string): number {
  const a = from.split('/');
  const b = to.split('/');
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return a.length + b.length - 2 * shared;
}

const isSame = (a: Resource, b: Resource): boolean =>
  a === b || (a.address === b.address && a.span.file === b.span.file && a.span.start === b.span.start);

interface Edges {
  readonly dependencies: ReadonlyMap<Resource, readonly Resource[]>;
  /** By the face of the target. */
  readonly dependents: ReadonlyMap<Resource, readonly Resource[]>;
}

function makeEdges(resources: readonly Resource[], { find, faceOf }: Finder): Edges {
  const budget = { nodes: maxNodes };
  const dependencies = new Map<Resource, readonly Resource[]>();
  const dependents = new Map<Resource, Resource[]>();
  for (const resource of resources) {
    const addresses = new Set<string>();
    addAddresses(resource.value, addresses, budget);
    const targets = new Set<Resource>();
    for (const to of addresses) for (const target of find(to, resource)) if (!isSame(target, resource)) targets.add(target);
    if (targets.size === 0) continue;
    dependencies.set(resource, [...targets]);
    for (const face of new Set(Array.from(targets, faceOf))) push(dependents, face, resource);
  }
  return { dependencies, dependents };
}

/** One resource of each kind, in order of appearance: of several, the one nearest to who asks. */
function oneOfEach(kindOf: (resource: Resource) => unknown, found: readonly Resource[], from: Resource): readonly Resource[] {
  if (found.length < 2) return found;
  const groups = groupedBy(found, kindOf);
  return groups.size === found.length ? found : [...groups.values()].flatMap((group) => nearest(group, from));
}

/** Values that are looked through for one world's graph; what comes after has no edges. */
const maxNodes = 2_000_000;

function addAddresses(value: Value, found: Set<string>, budget: { nodes: number }): void {
  if (budget.nodes-- <= 0 || value.is === 'absent') return;
  if (value.refs) for (const { to } of value.refs) found.add(to);
  if (value.is === 'list') for (const item of value.items) addAddresses(item, found, budget);
  else if (value.is === 'map') for (const item of value.entries.values()) addAddresses(item, found, budget);
}

interface Names {
  readonly known: ReadonlySet<string>;
  readonly unknown: readonly string[];
}

function namesOf(resource: Resource): Names {
  const known = new Set<string>();
  const unknown: string[] = [];
  for (const path of namePaths) {
    if (!writes(resource, path[0])) continue;
    const value = resource.attr(...path);
    if (value.is === 'known' && value.value !== '') known.add(String(value.value));
    else if (value.is === 'unknown') unknown.push(...signature(value));
  }
  return { known, unknown };
}

/** The resources of a type by what their attribute at a path names: by reference, by a known name, by an unknown one made in the same way. */
interface Naming {
  /** By the face of the target. */
  readonly byTarget: ReadonlyMap<Resource, readonly Resource[]>;
  readonly byName: ReadonlyMap<string, readonly Resource[]>;
  readonly bySignature: ReadonlyMap<string, readonly Resource[]>;
  /** Each resource's place among those of its type. */
  readonly order: ReadonlyMap<Resource, number>;
}

function makeNaming(resources: readonly Resource[], path: readonly Key[], { find, faceOf }: Finder): Naming {
  const byTarget = new Map<Resource, Resource[]>();
  const byName = new Map<string, Resource[]>();
  const bySignature = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const value of namesIn(resource.attr(...path))) {
      if (value.is === 'absent' || value.is === 'map' || value.is === 'list') continue;
      for (const { to } of value.refs ?? []) for (const target of find(to, resource)) push(byTarget, faceOf(target), resource);
      if (value.is === 'known') push(byName, String(value.value), resource);
      else for (const made of signature(value)) push(bySignature, made, resource);
    }
  }
  return { byTarget, byName, bySignature, order: new Map(resources.map((resource, i) => [resource, i])) };
}

function* namesIn(value: Value): Generator<Value> {
  if (value.is === 'list') for (const item of value.items) yield* namesIn(item);
  else yield value;
}

function companionsIn(naming: Naming, resource: Resource, face: Resource, names: Names): readonly Resource[] {
  const { byTarget, byName, bySignature, order } = naming;
  const found = new Set([
    ...(byTarget.get(face) ?? []),
    ...Array.from(names.known, (name) => byName.get(name) ?? []).flat(),
    ...names.unknown.flatMap((made) => bySignature.get(made) ?? []),
  ]);
  found.delete(resource);
  return [...found].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

/** Two unknown texts are equal when they are made of the same unknown things in the same way: `"${var.name}-models"` here and there. */
function signature({ refs, parts }: Unknown): readonly string[] {
  return refs.length === 0 ? [] : [JSON.stringify([refs.map((ref) => [ref.to, ...ref.attr]), parts ?? null])];
}
