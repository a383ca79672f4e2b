import type { Span } from '../documents/span.ts';
import type { Finding } from '../engine/finding.ts';
import { pathName, type Resource } from '../model/resource.ts';
import type { Model, World } from '../model/world.ts';

/** What can have brought a finding although no line of its own changed. */
export interface Causes {
  /** At the head: what lets a resource exist that was not there at the base (`count`, an entry of `for_each`, the call of its module). */
  readonly existence: readonly Span[];
  /** At the base: what gave the value that it had, nearest first; then companions of the resource that are gone. */
  readonly former: readonly Span[];
  /** Resources at the head that refer to this one or that it refers to. */
  readonly neighbours: readonly Resource[];
}

interface Home {
  readonly resource: Resource;
  readonly world: World;
}

const nothing: Causes = { existence: [], former: [], neighbours: [] };

/** Asks two models what a finding of the head can come from. */
export function causesIn(base: Model, head: Model): (finding: Finding) => Causes {
  const before = homes(base);
  const after = homes(head);
  return (finding) => {
    const now = after.get(nameOf(finding.resource));
    if (!now) return nothing;
    const was = before.get(nameOf(finding.resource));
    const neighbours = [...now.world.graph.dependents(now.resource), ...now.world.graph.dependencies(now.resource)];
    if (!was) return { existence: now.resource.value.origins.map(({ span }) => span), former: [], neighbours };
    const gone = was.world.graph.dependents(was.resource).filter((one) => !after.has(nameOf(one)));
    return { existence: [], former: [...formerOrigins(finding, was.resource), ...byFix(finding, gone).map(({ at }) => at)], neighbours };
  };
}

/** A manifest that a resource carries has its address. */
const nameOf = ({ dialect, scope, address, environment }: Resource): string => `${dialect}|${scope}|${address}|${environment.name}`;

function homes({ worlds }: Model): ReadonlyMap<string, Home> {
  return new Map(worlds.flatMap((world) => world.resources.map((resource) => [nameOf(resource), { resource, world }] as const)));
}

/** Where the list before it grew or shrank, the same numbers may mean another item: then nothing is known. */
function formerOrigins({ resource, path }: Finding, was: Resource): readonly Span[] {
  if (path.length === 0 || pathName(resource, path) !== pathName(was, path)) return [];
  const value = was.attr(...path);
  return value.is === 'absent' ? [] : value.origins.map(({ span }) => span);
}

/** A companion of the type that the fix would put back comes first. */
function byFix({ fix }: Finding, gone: readonly Resource[]): readonly Resource[] {
  const added = fix.flatMap((one) => (one.do === 'append' ? [one.text] : [])).join('\n');
  return [...gone.filter(({ type }) => added.includes(type)), ...gone.filter(({ type }) => !added.includes(type))];
}
