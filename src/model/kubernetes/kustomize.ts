import { posix } from 'node:path';
import { embedded } from '../embedded.ts';
import { environmentNamed, environmentOf } from '../environment.ts';
import { opened } from '../merge.ts';
import { makeResource, type Environment, type Resource } from '../resource.ts';
import type { Dict, Value } from '../value.ts';
import { withEdits, type Item } from './kustomize-edits.ts';
import { knownText, objectsIn } from './object.ts';
import { fromPatch, jsonPatch, strategicMerge } from './patch.ts';
import { isTarget, targetOf, type Target } from './patch-target.ts';

/** What a snapshot has for kustomize. */
export interface Sources {
  /** Kustomizations by their directory. */
  readonly kustomizations: ReadonlyMap<string, Dict>;
  /** The plain resources of a manifest's file. */
  readonly resources: (file: string) => readonly Resource[];
  /** The documents of a data file. */
  readonly documents: (file: string) => readonly Value[];
}

export interface Kustomized {
  /** What each kustomization that no other one uses makes, where that differs from the files as they are; by its directory. */
  readonly overlays: ReadonlyMap<string, readonly Resource[]>;
  /** Files that are patches: they are no resources of their own. */
  readonly patches: ReadonlySet<string>;
  /** Patches for something that is not in this repository: what they write is known, all else is not. */
  readonly loose: readonly Resource[];
}

const maxOverlays = 200;
const maxDepth = 20;
const maxItems = 1000;
/** Resources of all overlays together. */
const maxResources = 10_000;
/** How often a resource goes through a kustomization, all together. */
const mostItems = 20_000;

/**
 * What `kustomize build` makes of the kustomizations of a snapshot, as far as they are local: resources, bases, components, patches, names,
 * namespaces, labels, images. A resource keeps the scope and address that it has in its base, and the overlay is its environment: so a finding
 * that holds in the base and in its overlays is one finding. Values have the places of the patch first, then those of the base.
 */
export function kustomize(sources: Sources): Kustomized {
  const used = new Set([...sources.kustomizations].flatMap(([directory, kustomization]) => usedBy(directory, kustomization)));
  const patches = new Map<string, boolean>();
  const overlays = new Map<string, readonly Resource[]>();
  let count = 0;
  const context: Context = { ...sources, patches, built: new Map(), budget: { items: mostItems } };
  for (const [directory, kustomization] of sources.kustomizations) {
    for (const { file } of patchesOf(directory, kustomization)) if (file !== undefined && !patches.has(file)) patches.set(file, false);
    if (used.has(directory) || isComponent(kustomization) || overlays.size >= maxOverlays || count > maxResources) continue;
    const items = built(directory, [], context);
    if (items.every(({ value, base }) => value === base.value)) continue;
    count += items.length;
    overlays.set(directory, resourcesOf(items, directory));
  }
  const loose = [...patches].flatMap(([file, applied]) => (applied ? [] : sources.resources(file).map(asLoose)));
  return { overlays, patches: new Set(patches.keys()), loose };
}

interface Context extends Sources {
  /** Patch files, and whether something was found that they apply to. */
  readonly patches: Map<string, boolean>;
  /** What a kustomization makes of its own resources: several may build on it. */
  readonly built: Map<string, readonly Item[]>;
  readonly budget: { items: number };
}

const isComponent = (kustomization: Dict): boolean => knownText(kustomization, 'kind') === 'Component';

function resourcesOf(items: readonly Item[], directory: string): readonly Resource[] {
  const byPath = environmentOf(directory);
  const seen = new Map<string, number>();
  return items.map(({ base, value }) => {
    const { dialect, type, scope, at, span } = base;
    // A base that is used twice, under two names.
    const twin = seen.get(base.address) ?? 0;
    seen.set(base.address, twin + 1);
    const address = twin === 0 ? base.address : `${base.address}#${twin + 1}`;
    const environment = byPath.stage === 'unknown' ? environmentAround(value, base, directory) : byPath;
    return makeResource({
      dialect,
      type,
      address,
      name: knownText(value, 'metadata', 'name') ?? base.name,
      scope,
      environment,
      at,
      span,
      value,
    });
  });
}

/** An overlay that no word of its path gives a stage is an environment all the same, under its own name. */
function environmentAround(value: Dict, base: Resource, directory: string): Environment {
  const namespace = knownText(value, 'metadata', 'namespace') ?? '';
  const named = environmentNamed(namespace, `namespace \`${namespace}\``);
  if (named.stage !== 'unknown') return named;
  return base.environment.stage === 'unknown'
    ? { stage: 'unknown', name: directory, why: `kustomization \`${directory}\`` }
    : base.environment;
}

function asLoose({ dialect, type, address, name, scope, environment, at, span, value }: Resource): Resource {
  const open = opened(value);
  return makeResource({
    dialect,
    type,
    address,
    name,
    scope,
    environment,
    at,
    span,
    value: open.is === 'map' ? open : { is: 'map', entries: new Map(), origins: value.origins, open: true },
  });
}

/** What a kustomization makes of its own resources, once for all that use it. */
function built(directory: string, around: readonly string[], context: Context): readonly Item[] {
  const before = context.built.get(directory);
  if (before) return before;
  const items = build(directory, [], around, context);
  context.built.set(directory, items);
  return items;
}

/** The resources that a kustomization makes of those that are given to it (a component) and its own. */
function build(directory: string, given: readonly Item[], around: readonly string[], context: Context): readonly Item[] {
  const kustomization = context.kustomizations.get(directory);
  if (!kustomization || around.includes(directory) || around.length > maxDepth) return given;
  const inside = [...around, directory];
  let items: readonly Item[] = [...given];
  for (const path of [...pathsIn(directory, kustomization, 'resources'), ...pathsIn(directory, kustomization, 'bases')]) {
    const own = context.kustomizations.has(path) ? built(path, inside, context) : context.resources(path).map(asItem);
    items = [...items, ...own].slice(0, maxItems);
  }
  context.budget.items -= items.length;
  if (context.budget.items < 0) return given;
  for (const path of pathsIn(directory, kustomization, 'components')) items = build(path, items, inside, context);
  for (const patch of patchesOf(directory, kustomization)) items = applied(patch, items, context);
  return withEdits(items, kustomization);
}

const asItem = (base: Resource): Item => ({
  base,
  value: base.value.is === 'map' ? base.value : { is: 'map', entries: new Map(), origins: base.value.origins },
  names: [base.name],
});

/** Local paths in a list of the kustomization, as paths of the repository. */
function pathsIn(directory: string, kustomization: Dict, key: string): readonly string[] {
  const list = kustomization.entries.get(key);
  return (list?.is === 'list' ? list.items : []).flatMap((item) =>
    item.is === 'known' ? (localPath(directory, String(item.value)) ?? []) : [],
  );
}

function localPath(directory: string, path: string): string | undefined {
  if (/:\/\/|^git@|\?ref=|\n|^\//.test(path)) return undefined;
  const joined = posix.normalize(posix.join(directory, path)).replace(/\/$/, '');
  return joined.startsWith('..') ? undefined : joined;
}

const usedBy = (directory: string, kustomization: Dict): readonly string[] =>
  ['resources', 'bases', 'components'].flatMap((key) => pathsIn(directory, kustomization, key));

interface Patch {
  readonly file?: string;
  /** The patch itself where it is written in the kustomization. */
  readonly inline?: Value;
  readonly target?: Target;
}

/** All patches of a kustomization, in the order in which kustomize applies them. */
function patchesOf(directory: string, kustomization: Dict): readonly Patch[] {
  const list = (key: string): readonly Value[] => {
    const value = kustomization.entries.get(key);
    return value?.is === 'list' ? value.items : [];
  };
  const inFile = (path: Value | undefined): Pick<Patch, 'file'> => {
    const file = path?.is === 'known' ? localPath(directory, String(path.value)) : undefined;
    return file === undefined ? {} : { file };
  };
  const merges = list('patchesStrategicMerge').map((item): Patch =>
    item.is === 'known' && !String(item.value).includes('\n') ? inFile(item) : { inline: item },
  );
  const others = [...list('patches'), ...list('patchesJson6902')].flatMap((item): readonly Patch[] => {
    if (item.is !== 'map') return [];
    const inline = item.entries.get('patch');
    const target = item.entries.get('target');
    return [{ ...(inline ? { inline } : inFile(item.entries.get('path'))), ...(target ? { target: targetOf(target) } : {}) }];
  });
  return [...merges, ...others];
}

function applied(patch: Patch, items: readonly Item[], context: Context): readonly Item[] {
  const documents = patch.inline ? documentsIn(patch.inline) : patch.file === undefined ? [] : context.documents(patch.file);
  let all = items;
  for (const document of documents) {
    const written = fromPatch(document);
    let hits = 0;
    all = all.flatMap((item) => {
      const value = patchedBy(written, patch.target, item);
      if (value !== item.value) hits++;
      return value ? [value === item.value ? item : { ...item, value }] : [];
    });
    if (hits > 0 && patch.file !== undefined) context.patches.set(patch.file, true);
  }
  return all;
}

function documentsIn(inline: Value): readonly Value[] {
  const read = embedded(inline, 'yaml');
  return read.is === 'list' && !isOperations(read.items) ? read.items : [read];
}

const isOperations = (items: readonly Value[]): boolean => items.some((item) => knownText(item, 'op') !== undefined);

/** The item's value after a patch; the same when it is not meant; undefined when the patch deletes it. */
function patchedBy(patch: Value, target: Target | undefined, item: Item): Dict | undefined {
  if (patch.is === 'list') {
    if (!target || !isTarget(target, item)) return item.value;
    const value = jsonPatch(item.value, patch.items);
    return value.is === 'map' ? value : item.value;
  }
  const [object] = objectsIn(patch);
  if (!object || !isTarget(target ?? targetOf(object), item)) return item.value;
  const value = strategicMerge(item.value, anonymous(object, item.value), isCore(item.base));
  return value?.is === 'map' ? value : value && item.value;
}

/** What identifies a patch's target is not a change to it. */
function anonymous(patch: Dict, base: Dict): Dict {
  const entries = new Map([...patch.entries].filter(([key]) => key !== 'apiVersion' && key !== 'kind'));
  const metadata = patch.entries.get('metadata');
  const has = base.entries.get('metadata')?.is === 'map';
  if (has && metadata?.is === 'map')
    entries.set('metadata', {
      ...metadata,
      entries: new Map([...metadata.entries].filter(([key]) => key !== 'name' && key !== 'namespace')),
    });
  return { ...patch, entries };
}

/** Kubernetes' own kinds have merge keys; those of others are merged as plain JSON. */
function isCore({ value }: Resource): boolean {
  const version = knownText(value, 'apiVersion') ?? '';
  const group = version.includes('/') ? version.replace(/\/.*/, '') : '';
  return !group.includes('.') || group.endsWith('.k8s.io');
}
