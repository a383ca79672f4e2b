import { posix } from 'node:path';
import { makeResource, type Resource } from '../resource.ts';
import type { Dict, Known, Reference, Value } from '../value.ts';
import { podSpecs } from './pod-specs.ts';

/**
 * Names and label selectors of Kubernetes resources as references. A name is looked for in the same file, then in the same directory, and
 * elsewhere only when it is the only one there: a repository often holds the same application several times over.
 */
export function withReferences(resources: readonly Resource[]): readonly Resource[] {
  const index = makeIndex(resources);
  return resources.map((resource) => {
    const value = linkSelectors(resource, link(resource, resource.value, '', index), index);
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

/** Under which key a map names another resource: the field that holds the name, and the kinds it may be of (else its own `kind` says). */
const named: ReadonlyMap<string, { readonly field: string; readonly kinds: readonly string[] }> = new Map([
  ['configMapRef', { field: 'name', kinds: ['ConfigMap'] }],
  ['configMapKeyRef', { field: 'name', kinds: ['ConfigMap'] }],
  ['configMap', { field: 'name', kinds: ['ConfigMap'] }],
  ['secretRef', { field: 'name', kinds: ['Secret', 'ExternalSecret', 'SealedSecret'] }],
  ['secretKeyRef', { field: 'name', kinds: ['Secret', 'ExternalSecret', 'SealedSecret'] }],
  ['secret', { field: 'secretName', kinds: ['Secret', 'ExternalSecret', 'SealedSecret'] }],
  ['imagePullSecrets', { field: 'name', kinds: ['Secret', 'ExternalSecret', 'SealedSecret'] }],
  ['persistentVolumeClaim', { field: 'claimName', kinds: ['PersistentVolumeClaim'] }],
  ['service', { field: 'name', kinds: ['Service'] }],
  ['backendRefs', { field: 'name', kinds: ['Service', 'InferencePool'] }],
  ['parentRefs', { field: 'name', kinds: ['Gateway'] }],
  ['subjects', { field: 'name', kinds: [] }],
  ['roleRef', { field: 'name', kinds: [] }],
  ['scaleTargetRef', { field: 'name', kinds: ['Deployment'] }],
  ['targetRef', { field: 'name', kinds: [] }],
  ['secretStoreRef', { field: 'name', kinds: ['SecretStore'] }],
  ['nodeClassRef', { field: 'name', kinds: [] }],
  ['runtimeRef', { field: 'name', kinds: ['ClusterTrainingRuntime'] }],
  ['model', { field: 'runtime', kinds: ['ServingRuntime', 'ClusterServingRuntime'] }],
]);

/** Fields that name another resource wherever they stand. */
const fields: ReadonlyMap<string, readonly string[]> = new Map([
  ['serviceAccountName', ['ServiceAccount']],
  ['storageClassName', ['StorageClass']],
  ['runtimeClassName', ['RuntimeClass']],
  ['priorityClassName', ['PriorityClass']],
]);

/** `under` is the key that a value stands under; a list's items stand under the list's key. */
function link(from: Resource, value: Value, under: string, index: Index): Value {
  if (value.is === 'list') {
    const items = value.items.map((item) => link(from, item, under, index));
    return items.every((item, i) => item === value.items[i]) ? value : { ...value, items };
  }
  if (value.is === 'known') return withRefs(value, from, targets(from, fields.get(under) ?? [], value, undefined, index));
  if (value.is !== 'map') return value;
  let changed = false;
  const entries = new Map<string, Value>();
  for (const [key, item] of value.entries) {
    const linked = link(from, item, key, index);
    if (linked !== item) changed = true;
    entries.set(key, linked);
  }
  const rule = named.get(under);
  const name = rule && entries.get(rule.field);
  if (rule && name?.is === 'known') {
    const kind = entries.get('kind');
    const namespace = entries.get('namespace');
    const kinds = kind?.is === 'known' ? [String(kind.value)] : rule.kinds;
    const linked = withRefs(name, from, targets(from, kinds, name, namespace?.is === 'known' ? String(namespace.value) : undefined, index));
    if (linked !== name) {
      changed = true;
      entries.set(rule.field, linked);
    }
  }
  return changed ? { ...value, entries } : value;
}

function targets(from: Resource, kinds: readonly string[], name: Known, namespace: string | undefined, index: Index): readonly Resource[] {
  const wanted = namespace ?? namespaceOf(from);
  const found = kinds.flatMap((kind) => index.byName.get(`${kind}/${name.value}`) ?? []);
  const [nearest] = near(
    from,
    found.filter((resource) => sameNamespace(wanted, namespaceOf(resource))),
  );
  return nearest ? [nearest] : [];
}

const namespaceOf = (resource: Resource): string | undefined => {
  const namespace = resource.attr('metadata', 'namespace');
  return namespace.is === 'known' ? String(namespace.value) : undefined;
};

/** A manifest without a namespace gets one when it is applied, so it may be any. */
const sameNamespace = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;

function near(from: Resource, found: readonly Resource[]): readonly Resource[] {
  const inFile = found.filter((resource) => resource.span.file === from.span.file);
  if (inFile.length > 0) return inFile;
  const directory = posix.dirname(from.span.file);
  const beside = found.filter((resource) => posix.dirname(resource.span.file) === directory);
  if (beside.length > 0) return beside;
  return found.length === 1 ? found : [];
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
