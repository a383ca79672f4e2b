import type { Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { aiPod } from './ai-workload.ts';
import { podsOf } from './container.ts';
import { aiValues } from './helm-values.ts';
import { aiRelevance } from './relevance.ts';
import { onceForEach } from './remembered.ts';

/**
 * Whether what runs pods belongs to an AI system: by what it runs, by its names and neighbours, or because AI workloads are deployed from the
 * same directory. A pod beside a model server shares its nodes and its namespace, so what it may do there matters to the model.
 */
export function belongsToAi(resource: Resource, world: World): boolean {
  if (resource.dialect === 'helm-values') return aiValues(resource, world) !== undefined || aiRelevance(resource, world) !== undefined;
  return runsAi(resource) || aiRelevance(resource, world) !== undefined || aiDirectories(world).has(directoryOf(resource));
}

const runsAi = (resource: Resource): boolean => podsOf(resource).some((pod) => aiPod(pod) !== undefined);

export const directoryOf = ({ at }: Resource): string => at.file.slice(0, at.file.lastIndexOf('/') + 1);

/** The directories of a world that AI workloads are deployed from. */
const aiDirectories = onceForEach((world: World): ReadonlySet<string> => new Set(world.resources.filter(runsAi).map(directoryOf)));
