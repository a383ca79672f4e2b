import { withOrigins } from '../merge.ts';
import { unknown, type Dict, type Origin, type Value } from '../value.ts';

/** By which field the items of a list are told apart when a patch is merged into it. Source: `patchMergeKey` of the API reference. */
const mergeKeys: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    containers: ['name'],
    initContainers: ['name'],
    ephemeralContainers: ['name'],
    volumes: ['name'],
    env: ['name'],
    imagePullSecrets: ['name'],
    volumeMounts: ['mountPath'],
    volumeDevices: ['devicePath'],
    ports: ['containerPort', 'port'],
    hostAliases: ['ip'],
    topologySpreadConstraints: ['topologyKey'],
  }),
);

const maxDepth = 60;

/** What a patch writes: its origins say that it came from a patch. */
export const fromPatch = (value: Value): Value => withOrigins(value, (origins) => origins.map((origin) => ({ ...origin, what: 'file' })));

/** Places that a value has in the base it was laid over: they had a part, but their text is not the value. */
const behind = (origins: readonly Origin[]): readonly Origin[] => origins.map(({ span, what }) => ({ span, what }));

/**
 * A strategic merge patch. `merging`: lists of pods are merged item by item, as for the kinds that Kubernetes itself defines; else a list of
 * the patch replaces the base's. Undefined when the patch deletes what it is laid over.
 */
export function strategicMerge(base: Value, patch: Value, merging: boolean, under = '', depth = 0): Value | undefined {
  if (patch.is === 'absent') return undefined;
  if (patch.is === 'map') {
    const directive = patch.entries.get('$patch');
    if (directive?.is === 'known' && directive.value === 'delete') return undefined;
    if (base.is !== 'map' || depth > maxDepth || (directive?.is === 'known' && directive.value === 'replace'))
      return over(base, withoutDirectives(patch));
    return mergeMaps(base, patch, merging, depth);
  }
  const keys = mergeKeys.get(under);
  if (merging && keys && base.is === 'list' && patch.is === 'list')
    return mergeLists(base.items, patch.items, keys, [...base.origins, ...patch.origins], depth);
  return over(base, patch);
}

function mergeMaps(base: Dict, patch: Dict, merging: boolean, depth: number): Dict {
  const entries = new Map(base.entries);
  for (const [key, item] of patch.entries) {
    if (key.startsWith('$')) continue;
    const before = base.entries.get(key);
    const merged = before
      ? strategicMerge(before, item, merging, key, depth + 1)
      : item.is === 'absent'
        ? undefined
        : withoutDirectives(item);
    if (merged) entries.set(key, merged);
    else entries.delete(key);
  }
  const open = base.open === true || patch.open === true;
  return { is: 'map', entries, origins: [...base.origins, ...patch.origins], ...(open ? { open } : {}) };
}

function mergeLists(
  base: readonly Value[],
  patch: readonly Value[],
  keys: readonly string[],
  origins: readonly Origin[],
  depth: number,
): Value {
  const key = keys.find((name) => patch.some((item) => keyOf(item, name) !== undefined)) ?? '';
  const items: (Value | undefined)[] = [...base];
  const places = new Map(base.map((item, i) => [keyOf(item, key), i]));
  for (const item of patch) {
    const name = keyOf(item, key);
    const at = name === undefined ? undefined : places.get(name);
    const before = at === undefined ? undefined : items[at];
    if (at === undefined || !before) {
      // What is not there needs no deleting.
      if (keyOf(item, '$patch') !== 'delete') items.push(withoutDirectives(item));
    } else items[at] = strategicMerge(before, item, true, '', depth + 1);
  }
  return { is: 'list', items: items.filter((item) => item !== undefined), origins };
}

function keyOf(item: Value, key: string): string | undefined {
  const value = item.is === 'map' ? item.entries.get(key) : undefined;
  return value?.is === 'known' ? String(value.value) : undefined;
}

/** Something in place of something else: its own places come first, those of what it replaces behind. */
const over = (base: Value, value: Value): Value => ({ ...value, origins: [...value.origins, ...behind(base.origins)] });

function withoutDirectives(value: Value): Value {
  if (value.is === 'list') return { ...value, items: value.items.map(withoutDirectives) };
  if (value.is !== 'map') return value;
  return {
    ...value,
    entries: new Map([...value.entries].filter(([key]) => !key.startsWith('$')).map(([key, item]) => [key, withoutDirectives(item)])),
  };
}

/** The operations of a JSON patch (RFC 6902) in order. What an operation that we don't follow writes is unknown. */
export function jsonPatch(base: Value, operations: readonly Value[]): Value {
  let value = base;
  for (const operation of operations.slice(0, 1000)) {
    const [name, pointer] = ['op', 'path'].map((key) => keyOf(operation, key));
    const steps = pointer
      ?.split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (operation.is !== 'map' || name === undefined || !steps || steps.length === 0 || steps.length > maxDepth || name === 'test')
      continue;
    const given = operation.entries.get('value');
    const written =
      (name === 'add' || name === 'replace') && given
        ? given
        : name === 'remove'
          ? undefined
          : unknown('a patch that is not followed', operation.origins);
    value = put(value, steps, written, name === 'add', operation.origins);
    // What was moved away is gone, but we can't say more than that it may be.
    const from = name === 'move' ? keyOf(operation, 'from') : undefined;
    if (from !== undefined)
      value = put(value, from.split('/').slice(1), unknown('a patch moves it', operation.origins), false, operation.origins);
  }
  return value;
}

function put(at: Value, [step, ...rest]: readonly string[], value: Value | undefined, adding: boolean, origins: readonly Origin[]): Value {
  if (step === undefined) return value ? over(at, value) : at;
  if (at.is === 'list') {
    const index = step === '-' ? at.items.length : /^\d{1,6}$/.test(step) ? Number(step) : -1;
    if (index < 0 || index > at.items.length) return at;
    const items = [...at.items];
    const before = items[index];
    if (rest.length > 0) {
      if (before) items[index] = put(before, rest, value, adding, origins);
    } else if (!value) items.splice(index, 1);
    else if (adding) items.splice(index, 0, value);
    else if (before) items[index] = over(before, value);
    return { ...at, items };
  }
  if (at.is !== 'map') return at;
  const entries = new Map(at.entries);
  const before = entries.get(step);
  if (rest.length > 0) {
    if (before) entries.set(step, put(before, rest, value, adding, origins));
  } else if (!value) entries.delete(step);
  else entries.set(step, before ? over(before, value) : value);
  return { ...at, entries };
}
