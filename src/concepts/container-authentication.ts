import type { Concept } from '../engine/rule.ts';
import { code } from '../engine/words.ts';
import { embedded } from '../model/embedded.ts';
import type { Key, Located, Resource, View } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { aiPart, aiValues, isFromValues, parts } from './helm-values.ts';

/** A switch in a product's own configuration that leaves it without authentication: in chart values, or in a file that a ConfigMap holds. */
export interface OpenAccess {
  readonly of: Resource;
  readonly at: Located;
  /** The switch as its authors write it: `authentication.anonymous_access.enabled`. */
  readonly name: string;
  readonly kind: 'anonymous' | 'authentication off';
  /** What is left open, in words; as code where it is a name. */
  readonly what: string;
  /** True when the same values put it on a public address. */
  readonly published: boolean;
}

export const openAccess: Concept<OpenAccess> = {
  name: 'authentication switched off in a configuration',
  types: new Set(['ConfigMap', 'values']),
  *view(resource, world) {
    if (resource.type === 'ConfigMap' && resource.dialect === 'kubernetes') yield* inConfigMap(resource);
    if (resource.dialect !== 'helm-values' || resource.type !== 'values') return;
    if (aiValues(resource, world) === undefined) return;
    for (const around of parts(resource)) {
      if (around.value.is !== 'map') continue;
      for (const [key, value] of around.value.entries) {
        const found = switchOf([...around.path, key], value);
        if (!found) continue;
        // `authentication.anonymous_access` is a setting of what stands around `authentication`.
        const owner = around.path.findLast((step) => typeof step === 'string' && !off.test(step));
        const what = owner === undefined ? (aiPart(around, world)?.what ?? 'the service') : code(owner);
        yield {
          of: resource,
          at: around.attr(key, 'enabled'),
          name: [...around.path, key, 'enabled'].join('.'),
          what,
          published: isPublished(around),
          ...found,
        };
      }
    }
  },
};

const off = /^(auth|authentication|apiKeyAuth)$/;

/** A map called `anonymous_access` that is on, or one called `auth` that is off, other than a leaf of an anonymous switch. */
function switchOf(path: readonly Key[], value: Value): Pick<OpenAccess, 'kind'> | undefined {
  const key = path.at(-1);
  const enabled = value.is === 'map' ? value.entries.get('enabled') : undefined;
  if (typeof key !== 'string' || enabled?.is !== 'known') return undefined;
  if (/^anonymous(_access|Access)?$/.test(key)) return enabled.value === true ? { kind: 'anonymous' } : undefined;
  return off.test(key) && enabled.value === false ? { kind: 'authentication off' } : undefined;
}

/** A configuration file inside a ConfigMap, read as the YAML or JSON that it is. */
function* inConfigMap(resource: Resource): Generator<OpenAccess> {
  const data = resource.attr('data');
  if (data.is !== 'map') return;
  for (const [file, text] of data.entries) {
    const tree = embedded(text, /\.ya?ml$/i.test(file) ? 'yaml' : 'any');
    if (tree.is !== 'map' || isFromValues(text)) continue;
    for (const { path, value } of maps(tree, [])) {
      const found = switchOf(path, value);
      const enabled = value.is === 'map' ? value.entries.get('enabled') : undefined;
      if (!found || enabled?.is !== 'known' || isFromValues(enabled)) continue;
      yield {
        of: resource,
        at: { ...enabled, of: resource, path: ['data', file, ...path, 'enabled'] },
        name: `${path.join('.')}.enabled`,
        what: code(resource.name),
        published: false,
        ...found,
      };
    }
  }
}

function* maps(value: Value, path: readonly Key[]): Generator<{ readonly path: readonly Key[]; readonly value: Value }> {
  if (value.is !== 'map' || path.length > 12) return;
  yield { path, value };
  for (const [key, item] of value.entries) yield* maps(item, [...path, key]);
}

/** True when values beside the switch put the service on a load balancer or behind an ingress. */
function isPublished(view: View): boolean {
  const type = view.attr('service', 'type');
  const ingress = view.attr('ingress', 'enabled');
  return (
    (type.is === 'known' && (type.value === 'LoadBalancer' || type.value === 'NodePort')) ||
    (ingress.is === 'known' && ingress.value === true)
  );
}
