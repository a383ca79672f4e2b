import { isDeepStrictEqual } from 'node:util';
import type { Node } from '../documents/node.ts';
import type { Chart } from './helm/chart.ts';
import type { Resource } from './resource.ts';
import type { Value } from './value.ts';
import type { Format, World } from './world.ts';

/** What the data documents of one review's snapshots gave. A document is the same object in all snapshots that have it unchanged. */
export interface DataMemory {
  /** Of a document's root. */
  readonly values: WeakMap<Node, Value>;
  readonly resources: WeakMap<Node, MadeResources>;
  /** By id, the latest first. */
  readonly worlds: Map<string, readonly MadeWorld[]>;
}

interface MadeResources {
  readonly format: Format;
  readonly chart: Chart | undefined;
  readonly made: readonly Resource[];
}

interface MadeWorld {
  readonly own: readonly Resource[];
  readonly made: World;
}

export const makeDataMemory = (): DataMemory => ({ values: new WeakMap(), resources: new WeakMap(), worlds: new Map() });

/** Base, head, and the head with a fix in it. */
const mostKept = 3;

/** What a document's root says, for those who take values from it. */
export function rememberedValue({ values }: DataMemory, root: Node, make: () => Value): Value {
  const before = values.get(root);
  if (before) return before;
  const value = make();
  values.set(root, value);
  return value;
}

/** The resources of a document's root: they depend on it, on what it is taken for, and on its chart. */
export function rememberedResources(
  { resources }: DataMemory,
  root: Node,
  format: Format,
  chart: Chart | undefined,
  make: () => readonly Resource[],
): readonly Resource[] {
  const before = resources.get(root);
  if (before?.format === format && isSameChart(before.chart, chart)) return before.made;
  const made = make();
  resources.set(root, { format, chart, made });
  return made;
}

const isSameChart = (a: Chart | undefined, b: Chart | undefined): boolean =>
  a?.directory === b?.directory && a?.definition === b?.definition && a?.values === b?.values;

/** The world of an earlier snapshot when it was made of the same resources. */
export function rememberedWorld({ worlds }: DataMemory, id: string, own: readonly Resource[], make: () => World): World {
  const kept = worlds.get(id) ?? [];
  const before = kept.find((one) => one.own.length === own.length && one.own.every((resource, i) => isSame(resource, own[i])));
  const latest = before ?? { own, made: make() };
  worlds.set(id, [latest, ...kept.filter((one) => one !== before)].slice(0, mostKept));
  return latest.made;
}

/** What an overlay makes is made anew for each snapshot, of values that are mostly the same objects. */
function isSame(a: Resource, b: Resource | undefined): boolean {
  if (a === b || a.address !== b?.address) return a === b;
  const facts = ({ dialect, type, name, scope, environment, at, span, value }: Resource) => [
    dialect,
    type,
    name,
    scope,
    environment,
    at,
    span,
    value,
  ];
  return isDeepStrictEqual(facts(a), facts(b));
}
