import { posix } from 'node:path';
import { makeResource, type Resource } from '../resource.ts';
import type { Dict, Known, Reference, Value } from '../value.ts';
import { withNames } from './names.ts';
import { podSpecs } from './pod-specs.ts';

/**
 * Names and label selectors of Kubernetes resources as references. A name is looked for in the same file, then in the same directory, and
 * elsewhere only when it is the only one there: a repository often holds the same application several times over.
 */
export function withReferences(resources: readonly Resource[]): readonly Resource[] {
  const index = makeIndex(resources);
  return resources.map((resource) => {
    const named = withNames(resource.value, (name, kinds, namespace) =>
      withRefs(name, resource, targets(resource, kinds, name, namespace, index)),
    );
    const value = linkSelectors(resource, named, index);
    return value.is === 'map' && value !== resource.value ? rebuild(resource, value) : resource;
  });
}

function rebuild({ dialect, type, address, name, scope, environment, at, span }: Resource, value: Dict): Resource {
  return makeResource({ dialect, type, address, name, scope, environment, at, span, value });
}

interface Index {
  readonly byName: ReadonlyMap<string, readonly Resource[]>;
  readonly byLabel: ReadonlyMap<string, readonly Workload[]>;
}

interface Workload {
  readonly resource: Resource;
  readonly labels: ReadonlySet<string>;
}

function makeIndex(resources: readonly Resource[]): Index {
  const byName = new Map<string, Resource[]>();
  const byLabel = new Map<string, Workload[]>();
  for (const resource of resources) {
    push(byName, `${resource.type}/${resource.name}`, resource);
    for (const { template } of podSpecs(resource)) {
      const labels = new Set(labelsOf(template.attr('metadata', 'labels')));
      for (const label of labels) push(byLabel, label, { resource, labels });
    }
  }
  return { byName, byLabel };
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

const labelsOf = (labels: Value): readonly string[] =>
  labels.is === 'map' ? [...labels.entries].flatMap(([key, value]) => (value.is === 'known' ? [`${key}=${value.value}`] : [])) : [];

function targets(from: Resource, kinds: readonly string[], name: Known, namespace: string | undefined, index: Index): readonly Resource[] {
  const wanted = namespace ?? namespaceOf(from);
  const found = kinds.flatMap((kind) => index.byName.get(`${kind}/${name.value}`) ?? []);
  const [nearest] = near(
    from,
    found.filter((resource) => sameNamespace(wanted, namespaceOf(resource))),
  );
  return nearest ? [nearest] : [];
}

const namespaces = new WeakMap<Resource, string | null>();

/** Asked of every candidate for every name, so it is looked up once. */
function namespaceOf(resource: Resource): string | undefined {
  const before = namespaces.get(resource);
  if (before !== undefined) return before ?? undefined;
  const namespace = resource.attr('metadata', 'namespace');
  const found = namespace.is === 'known' ? String(namespace.value) : undefined;
  namespaces.set(resource, found ?? null);
  return found;
}

/** A manifest without a namespace gets one when it is applied, so it may be any. */
const sameNamespace = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;

/** What is put together elsewhere (by an overlay, in Terraform) only refers to what is put together with it; a file's own manifest only to such. */
function near(from: Resource, found: readonly Resource[]): readonly Resource[] {
  const together = found.filter((resource) => resource.scope === from.scope);
  if (together.length > 0) return together;
  const plain = found.filter((resource) => resource.scope === resource.span.file);
  const directory = posix.dirname(from.span.file);
  const beside = plain.filter((resource) => posix.dirname(resource.span.file) === directory);
  if (beside.length > 0) return beside;
  return plain.length === 1 ? plain : [];
}

function withRefs(value: Known, from: Resource, to: readonly Resource[]): Known {
  const refs: readonly Reference[] = to.filter((resource) => resource !== from).map((resource) => ({ to: resource.address, attr: [] }));
  return refs.length === 0 ? value : { ...value, refs: [...(value.refs ?? []), ...refs] };
}

/** Where kinds select pods by labels. */
const selectors: ReadonlyMap<string, readonly string[]> = new Map([
  ['Service', ['spec', 'selector']],
  ['NetworkPolicy', ['spec', 'podSelector', 'matchLabels']],
  ['PodDisruptionBudget', ['spec', 'selector', 'matchLabels']],
  ['PodMonitor', ['spec', 'selector', 'matchLabels']],
  ['AuthorizationPolicy', ['spec', 'selector', 'matchLabels']],
  ['PeerAuthentication', ['spec', 'selector', 'matchLabels']],
  ['RequestAuthentication', ['spec', 'selector', 'matchLabels']],
  ['InferencePool', ['spec', 'selector']],
]);

function linkSelectors(resource: Resource, value: Value, index: Index): Value {
  const path = selectors.get(resource.type);
  return path ? at(value, path, (labels) => selecting(resource, labels, index)) : value;
}

/** The references of a selector stand at its first label. */
function selecting(from: Resource, labels: Value, index: Index): Value {
  const wanted = labelsOf(labels);
  const first = labels.is === 'map' ? [...labels.entries].find(([, item]) => item.is === 'known') : undefined;
  if (labels.is !== 'map' || first?.[1].is !== 'known' || wanted.length < labels.entries.size) return labels;
  const candidates = index.byLabel.get(wanted[0] ?? '') ?? [];
  const namespace = namespaceOf(from);
  const found = candidates.filter(
    (pod) => wanted.every((label) => pod.labels.has(label)) && sameNamespace(namespace, namespaceOf(pod.resource)),
  );
  const linked = withRefs(first[1], from, near(from, [...new Set(found.map((pod) => pod.resource))]));
  return linked === first[1] ? labels : { ...labels, entries: new Map([...labels.entries, [first[0], linked]]) };
}

function at(value: Value, [key, ...rest]: readonly string[], change: (value: Value) => Value): Value {
  if (key === undefined) return change(value);
  const inner = value.is === 'map' ? value.entries.get(key) : undefined;
  if (value.is !== 'map' || !inner) return value;
  const changed = at(inner, rest, change);
  return changed === inner ? value : { ...value, entries: new Map([...value.entries, [key, changed]]) };
}
