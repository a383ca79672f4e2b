import type { Known, Value } from '../value.ts';

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

/** What becomes of a name that stands for a resource of one of these kinds; `namespace` where one is written beside it. */
export type ChangeName = (name: Known, kinds: readonly string[], namespace: string | undefined) => Known;

/** A value with `change` applied to every name in it by which Kubernetes refers to another resource. The same value when nothing changes. */
export function withNames(value: Value, change: ChangeName): Value {
  return changed(value, '', change);
}

/** `under` is the key that a value stands under; a list's items stand under the list's key. */
function changed(value: Value, under: string, change: ChangeName): Value {
  if (value.is === 'list') {
    const items = value.items.map((item) => changed(item, under, change));
    return items.every((item, i) => item === value.items[i]) ? value : { ...value, items };
  }
  if (value.is === 'known') return fields.has(under) ? change(value, fields.get(under) ?? [], undefined) : value;
  if (value.is !== 'map') return value;
  const entries = new Map<string, Value>();
  for (const [key, item] of value.entries) entries.set(key, changed(item, key, change));
  const rule = named.get(under);
  const name = rule && entries.get(rule.field);
  if (rule && name?.is === 'known') {
    const kind = entries.get('kind');
    const namespace = entries.get('namespace');
    const kinds = kind?.is === 'known' ? [String(kind.value)] : rule.kinds;
    entries.set(rule.field, change(name, kinds, namespace?.is === 'known' ? String(namespace.value) : undefined));
  }
  return [...entries].every(([key, item]) => value.entries.get(key) === item) ? value : { ...value, entries };
}
