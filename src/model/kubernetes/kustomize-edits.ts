import type { Resource } from '../resource.ts';
import type { Dict, Known, Origin, Value } from '../value.ts';
import { withNames } from './names.ts';
import { knownText } from './object.ts';

/** A resource on its way through kustomizations: as its base has it, and as it is now. */
export interface Item {
  readonly base: Resource;
  readonly value: Dict;
  /** All names that it has had: a patch may use any. */
  readonly names: readonly string[];
}

/** What the fields of a kustomization do to all of its resources: namespace, names, labels, replicas, images. */
export function withEdits(items: readonly Item[], kustomization: Dict): readonly Item[] {
  const edits = [
    namespaces(kustomization),
    names(kustomization, items),
    labels(kustomization),
    replicas(kustomization),
    images(kustomization),
  ];
  return items.map((item) =>
    edits.reduce<Item>((edited, edit) => {
      const value = edit(edited);
      if (value === edited.value) return edited;
      const name = knownText(value, 'metadata', 'name');
      return { ...edited, value, names: name === undefined || edited.names.includes(name) ? edited.names : [...edited.names, name] };
    }, item),
  );
}

type Edit = (item: Item) => Dict;
const unchanged: Edit = ({ value }) => value;

/** Places of what is written in the kustomization, as those of a patch. */
const patching = (value: Value, literal: boolean): readonly Origin[] =>
  value.origins.map((origin): Origin => (literal ? { ...origin, what: 'file' } : { span: origin.span, what: 'file' }));

const behind = (value: Value | undefined): readonly Origin[] => (value?.origins ?? []).map(({ span, what }) => ({ span, what }));

const known = (value: string | number, origins: readonly Origin[]): Known => ({ is: 'known', value, origins });

/** A map with another value at a path; missing steps are made where `making` says so. */
function at(map: Dict, [key, ...rest]: readonly string[], making: boolean, change: (value: Value | undefined) => Value | undefined): Dict {
  if (key === undefined) return map;
  const before = map.entries.get(key);
  if (rest.length === 0) {
    const after = change(before);
    return after === undefined || after === before ? map : { ...map, entries: new Map([...map.entries, [key, after]]) };
  }
  const inner: Value | undefined = before ?? (making ? { is: 'map', entries: new Map<string, Value>(), origins: map.origins } : undefined);
  if (inner?.is !== 'map') return map;
  const after = at(inner, rest, making, change);
  return after === inner ? map : { ...map, entries: new Map([...map.entries, [key, after]]) };
}

const clusterWide =
  /^(?:Cluster(?!$)[A-Za-z]*|Namespace|CustomResourceDefinition|PersistentVolume|StorageClass|PriorityClass|IngressClass|RuntimeClass|GatewayClass|VolumeSnapshotClass|CSIDriver|APIService|Node|NodePool|NodeClass|EC2NodeClass|[A-Za-z]+WebhookConfiguration|PodSecurityPolicy)$/;

function namespaces(kustomization: Dict): Edit {
  const namespace = kustomization.entries.get('namespace');
  if (namespace?.is !== 'known') return unchanged;
  return ({ base, value }) =>
    clusterWide.test(base.type)
      ? value
      : at(value, ['metadata', 'namespace'], true, (before) =>
          before?.is === 'known' && before.value === namespace.value
            ? before
            : known(String(namespace.value), [...patching(namespace, true), ...behind(before)]),
        );
}

const keepsName = new Set(['Namespace', 'CustomResourceDefinition', 'APIService']);

function names(kustomization: Dict, items: readonly Item[]): Edit {
  const [prefix, suffix] = ['namePrefix', 'nameSuffix'].map((key) => kustomization.entries.get(key));
  const given = [prefix, suffix].filter((value) => value?.is === 'known');
  if (given.length === 0) return unchanged;
  const text = (value: Value | undefined): string => (value?.is === 'known' ? String(value.value) : '');
  const origins = given.flatMap((value) => patching(value, false));
  const renamed = (name: Known): Known => ({
    ...known(text(prefix) + String(name.value) + text(suffix), [...origins, ...behind(name)]),
    ...(name.refs ? { refs: name.refs } : {}),
  });
  const own = new Set(
    items
      .filter(({ base }) => !keepsName.has(base.type))
      .map(({ base, value }) => `${base.type}/${knownText(value, 'metadata', 'name') ?? ''}`),
  );
  return ({ base, value }) => {
    const linked = withNames(value, (name, kinds) => (kinds.some((kind) => own.has(`${kind}/${name.value}`)) ? renamed(name) : name));
    if (linked.is !== 'map' || keepsName.has(base.type)) return linked.is === 'map' ? linked : value;
    return at(linked, ['metadata', 'name'], false, (before) => (before?.is === 'known' ? renamed(before) : before));
  };
}

interface Labels {
  readonly pairs: Dict;
  readonly selectors: boolean;
  readonly templates: boolean;
  readonly key: 'labels' | 'annotations';
}

function labels(kustomization: Dict): Edit {
  const common = kustomization.entries.get('commonLabels');
  const notes = kustomization.entries.get('commonAnnotations');
  const list = kustomization.entries.get('labels');
  const given: Labels[] = [];
  if (common?.is === 'map') given.push({ pairs: common, selectors: true, templates: true, key: 'labels' });
  if (notes?.is === 'map') given.push({ pairs: notes, selectors: false, templates: true, key: 'annotations' });
  for (const item of list?.is === 'list' ? list.items : []) {
    const pairs = item.is === 'map' ? item.entries.get('pairs') : undefined;
    const selectors = knownText(item, 'includeSelectors') === 'true';
    if (pairs?.is === 'map')
      given.push({ pairs, selectors, templates: selectors || knownText(item, 'includeTemplates') === 'true', key: 'labels' });
  }
  return given.length === 0 ? unchanged : ({ value }) => given.reduce(withLabels, value);
}

const templates: readonly (readonly string[])[] = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
];
const selectors: readonly (readonly string[])[] = [
  ['spec', 'selector', 'matchLabels'],
  ['spec', 'podSelector', 'matchLabels'],
];

function withLabels(value: Dict, { pairs, selectors: inSelectors, templates: inTemplates, key }: Labels): Dict {
  const add = (before: Value | undefined): Value | undefined =>
    before?.is === 'map' || before === undefined
      ? {
          ...(before ?? pairs),
          entries: new Map([
            ...(before?.entries ?? []),
            ...Array.from(pairs.entries, ([name, item]) => [name, { ...item, origins: patching(item, true) }] as const),
          ]),
        }
      : before;
  let out = at(value, ['metadata', key], true, add);
  if (inTemplates) for (const path of templates) if (holds(out, path)) out = at(out, [...path, 'metadata', key], true, add);
  if (!inSelectors) return out;
  for (const path of selectors) if (holds(out, path)) out = at(out, path, false, add);
  return knownText(out, 'kind') === 'Service' && holds(out, ['spec', 'selector']) ? at(out, ['spec', 'selector'], false, add) : out;
}

function holds(value: Value, path: readonly string[]): boolean {
  let inner: Value | undefined = value;
  for (const key of path) inner = inner?.is === 'map' ? inner.entries.get(key) : undefined;
  return inner?.is === 'map';
}

function replicas(kustomization: Dict): Edit {
  const list = kustomization.entries.get('replicas');
  if (list?.is !== 'list') return unchanged;
  return ({ value, names: had }) => {
    for (const item of list.items) {
      const count = item.is === 'map' ? item.entries.get('count') : undefined;
      if (count?.is === 'known' && had.includes(knownText(item, 'name') ?? ''))
        return at(value, ['spec', 'replicas'], false, (before) => ({ ...count, origins: [...patching(count, true), ...behind(before)] }));
    }
    return value;
  };
}

interface NewImage {
  readonly name: string;
  readonly newName: Value | undefined;
  readonly newTag: Value | undefined;
  readonly digest: Value | undefined;
}

function images(kustomization: Dict): Edit {
  const list = kustomization.entries.get('images');
  const given = (list?.is === 'list' ? list.items : []).flatMap((item): readonly NewImage[] => {
    const name = knownText(item, 'name');
    if (item.is !== 'map' || name === undefined) return [];
    return [{ name, newName: item.entries.get('newName'), newTag: item.entries.get('newTag'), digest: item.entries.get('digest') }];
  });
  return given.length === 0 ? unchanged : ({ value }) => withImages(value, given, 0);
}

/** Images of all containers, wherever a kind keeps them. */
function withImages(value: Dict, given: readonly NewImage[], depth: number): Dict {
  if (depth > 40) return value;
  let changed = false;
  const entries = new Map<string, Value>();
  for (const [key, item] of value.entries) {
    const containers = key === 'containers' || key === 'initContainers' || key === 'ephemeralContainers';
    const next: Value =
      item.is === 'map' ? withImages(item, given, depth + 1) : item.is === 'list' ? inList(item, given, containers, depth) : item;
    if (next !== item) changed = true;
    entries.set(key, next);
  }
  return changed ? { ...value, entries } : value;
}

function inList(list: Extract<Value, { is: 'list' }>, given: readonly NewImage[], containers: boolean, depth: number): Value {
  const items = list.items.map((item) => {
    if (item.is !== 'map') return item;
    return withImages(containers ? at(item, ['image'], false, (image) => replaced(image, given)) : item, given, depth + 1);
  });
  return items.every((item, i) => item === list.items[i]) ? list : { ...list, items };
}

function replaced(image: Value | undefined, given: readonly NewImage[]): Value | undefined {
  if (image?.is !== 'known') return image;
  const [, name = '', tag, digest] = /^([^@]*?)(?::([^/:@]+))?(?:@(.+))?$/.exec(String(image.value)) ?? [];
  const wanted = given.find((one) => one.name === name);
  if (!wanted) return image;
  const newName = wanted.newName?.is === 'known' ? String(wanted.newName.value) : name;
  const newTag = wanted.newTag?.is === 'known' ? String(wanted.newTag.value) : undefined;
  const newDigest = wanted.digest?.is === 'known' ? String(wanted.digest.value) : undefined;
  const pinned = newDigest ?? (newTag === undefined ? digest : undefined);
  const tagged = newTag ?? (newDigest === undefined ? tag : undefined);
  const origins = [wanted.digest, wanted.newTag, wanted.newName].flatMap((value) => (value?.is === 'known' ? patching(value, false) : []));
  // The tag alone is not the value, so there is no place whose text could simply be replaced.
  return known(`${newName}${tagged === undefined ? '' : `:${tagged}`}${pinned === undefined ? '' : `@${pinned}`}`, [
    ...origins,
    ...behind(image),
  ]);
}
