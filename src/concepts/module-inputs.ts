import type { Key, Located, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';

const mostSteps = 3;

/**
 * Inputs of a module from elsewhere that carry an attribute's own name, also inside the objects that such modules like to take
 * (`studio = { app_network_access_type = "..." }`). Only what is written is in it: the defaults are the module's own and not known.
 */
export function inputsNamed(resource: Resource, name: string): readonly Located[] {
  const found: Located[] = [];
  const walk = (value: Value, path: readonly Key[]): void => {
    if (path.length > mostSteps || found.length > 20) return;
    if (value.is === 'map') {
      const own = value.entries.get(name);
      if (own?.is === 'known') found.push({ ...own, of: resource, path: [...path, name] });
      for (const [key, inner] of value.entries) walk(inner, [...path, key]);
    } else if (value.is === 'list') value.items.forEach((inner, i) => walk(inner, [...path, i]));
  };
  walk(resource.value, []);
  return found;
}
