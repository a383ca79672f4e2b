import type { Concept } from '../engine/rule.ts';
import type { Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';

/** A concept as a table: for every resource type that is one, how it is seen. The types are the tools' own names. */
export function byType<S>(name: string, spelled: Readonly<Record<string, (resource: Resource, world: World) => readonly S[]>>): Concept<S> {
  const views = new Map(Object.entries(spelled));
  return {
    name,
    types: new Set(views.keys()),
    view: (resource, world) => views.get(resource.type)?.(resource, world) ?? [],
  };
}
