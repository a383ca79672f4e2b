import type { Span } from '../../documents/span.ts';
import { environmentNamed } from '../environment.ts';
import { makeResource, type Environment, type Resource } from '../resource.ts';
import type { Dict, Value } from '../value.ts';

/** Where an object that is no file's own document stands, and what it is called there. */
export interface ObjectPlace {
  readonly scope: string;
  /** What the surroundings say of the environment; the object's own namespace and labels come first. */
  readonly environment: Environment;
  readonly at: Span;
  readonly span: Span;
  /** Made from the object's kind and name where it is not given. */
  readonly address?: string;
  /** The name of an object whose own is not known. */
  readonly name?: string;
}

/** The resource of a Kubernetes object that is known as a value; undefined where its kind is not known. */
export function objectResource(value: Value, place: ObjectPlace): Resource | undefined {
  if (value.is !== 'map') return undefined;
  const kind = knownText(value, 'kind');
  const version = knownText(value, 'apiVersion');
  if (kind === undefined || version === undefined || !/^[A-Za-z][A-Za-z0-9]*$/.test(kind)) return undefined;
  const namespace = knownText(value, 'metadata', 'namespace');
  const name = knownText(value, 'metadata', 'name') ?? knownText(value, 'metadata', 'generateName') ?? place.name ?? '';
  return makeResource({
    dialect: 'kubernetes',
    type: kind,
    address: place.address ?? [version, kind, ...(namespace === undefined ? [] : [namespace]), name].join('/'),
    name,
    scope: place.scope,
    environment: environmentOfObject(value) ?? place.environment,
    at: place.at,
    span: place.span,
    value,
  });
}

/** The objects in a value: itself, the items of a `List` kind, or those of several documents. */
export function objectsIn(value: Value, depth = 0): readonly Dict[] {
  if (depth > 3) return [];
  if (value.is === 'list') return value.items.flatMap((item) => objectsIn(item, depth + 1));
  if (value.is !== 'map') return [];
  const items = value.entries.get('items');
  return items?.is === 'list' && knownText(value, 'kind')?.endsWith('List') ? objectsIn(items, depth + 1) : [value];
}

/** A text at a path of maps; undefined where it is not known. */
export function knownText(value: Value, ...path: readonly string[]): string | undefined {
  let at: Value | undefined = value;
  for (const key of path) at = at?.is === 'map' ? at.entries.get(key) : undefined;
  return at?.is === 'known' && at.value !== '' ? String(at.value) : undefined;
}

const labelNames = ['environment', 'env', 'stage', 'app.kubernetes.io/environment'];

/** The environment that an object itself names. */
function environmentOfObject(value: Value): Environment | undefined {
  const namespace = knownText(value, 'metadata', 'namespace');
  const named = [
    ...(namespace === undefined ? [] : [environmentNamed(namespace, `namespace \`${namespace}\``)]),
    ...labelNames.map((label) => environmentNamed(knownText(value, 'metadata', 'labels', label) ?? '', `label \`${label}\``)),
  ];
  return named.find(({ stage }) => stage !== 'unknown');
}
