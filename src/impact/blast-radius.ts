import type { Span } from '../documents/span.ts';
import { lineAt, lineStarts } from '../documents/span.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { Model, World } from '../model/world.ts';
import type { Impact, ImpactedResource } from '../report/review.ts';

/** Kinds that only carry other things; they are not what a change reaches. */
const scaffolding = new Set(['terraform', 'provider', 'variable', 'parameter', 'output', 'values', 'chart', 'workflow', 'module']);

/**
 * A first blast radius: the resources that the change adds, alters or removes, what refers to each directly, and the environments they are in.
 * `touchedAfter` and `touchedBefore` say whether a span of the head or of the base has lines that the change added or removed.
 */
export function blastRadius(
  base: { model: Model; snapshot: Snapshot },
  head: { model: Model; snapshot: Snapshot },
  touchedBefore: (span: Span) => boolean,
  touchedAfter: (span: Span) => boolean,
): Impact {
  const before = instances(base.model);
  const after = instances(head.model);
  const resources: ImpactedResource[] = [];
  const describe = ({ resource, world }: Instance, change: ImpactedResource['change'], snapshot: Snapshot): void => {
    resources.push({
      address: resource.address,
      type: resource.type,
      file: resource.at.file,
      line: lineAt(lineStarts(snapshot.get(resource.at.file)?.text ?? ''), resource.at.start),
      change,
      environment: resource.environment.stage === 'unknown' ? '' : resource.environment.name,
      dependents: world.graph
        .dependents(resource)
        .filter(isSubject)
        .map((dependent) => dependent.address),
    });
  };
  for (const [id, instance] of after) {
    if (!before.has(id)) describe(instance, 'added', head.snapshot);
    else if (
      touchedAfter(instance.resource.span) ||
      touchedBefore(before.get(id)?.resource.span ?? instance.resource.span) ||
      comesFrom(instance.resource.value, touchedAfter)
    )
      describe(instance, 'changed', head.snapshot);
  }
  for (const [id, instance] of before) if (!after.has(id)) describe(instance, 'removed', base.snapshot);
  return { resources, environments: [...new Set(resources.map((r) => r.environment).filter((name) => name !== ''))] };
}

/** Whether a changed line had a part in any value: a default that was flipped, a policy document, an argument of a module call. */
function comesFrom(value: Value, touched: (span: Span) => boolean): boolean {
  if (value.origins.some((origin) => origin.what !== 'container' && touched(origin.span))) return true;
  if ((value.is === 'known' || value.is === 'unknown') && value.structure) return comesFrom(value.structure, touched);
  if (value.is === 'list') return value.items.some((item) => comesFrom(item, touched));
  return value.is === 'map' && [...value.entries.values()].some((item) => comesFrom(item, touched));
}

interface Instance {
  readonly resource: Resource;
  readonly world: World;
}
const isSubject = (resource: Resource): boolean => !scaffolding.has(resource.type) && !resource.type.startsWith('data.');

function instances(model: Model): Map<string, Instance> {
  const all = model.worlds.flatMap((world) => world.resources.filter(isSubject).map((resource) => ({ resource, world })));
  return new Map(all.map((instance) => [`${instance.world.id}|${instance.resource.scope}|${instance.resource.address}`, instance]));
}
