import { posix } from 'node:path';
import { code } from '../engine/words.ts';
import { makeGraph } from '../model/graph.ts';
import { makeResource, type Environment, type Resource } from '../model/resource.ts';
import type { Approved, Model, World } from '../model/world.ts';
import { matchesPath } from './glob.ts';
import { placesOf } from './heed.ts';
import type { Settings } from './settings.ts';

/**
 * The model with what the settings say of paths: the environments that resources are in, and which of them are part of an AI system. It
 * goes before what names suggest. Worlds of which the settings say nothing are the same as before.
 */
export function assign(model: Model, settings: Settings): Model {
  const approved = approvedBy(settings);
  if (settings.environments.length === 0 && settings.aiPaths.length === 0 && !approved) return model;
  return { ...model, worlds: model.worlds.map((world) => ({ ...assignWorld(world, settings), ...(approved && { approved }) })) };
}

/** Undefined when the settings let everything come from anywhere. */
function approvedBy({ approvedRegistries, approvedModuleSources }: Settings): Approved | undefined {
  const within = (patterns: readonly string[]) => (address: string) =>
    patterns.some((pattern) => matchesPath(pattern.toLowerCase(), address.toLowerCase()));
  if (approvedRegistries.length === 0 && approvedModuleSources.length === 0) return undefined;
  return {
    ...(approvedRegistries.length > 0 && { registry: within(approvedRegistries) }),
    ...(approvedModuleSources.length > 0 && { moduleSource: within(approvedModuleSources) }),
  };
}

function assignWorld(world: World, settings: Settings): World {
  const resources = world.resources.map((resource) => assignResource(resource, world, settings));
  if (resources.every((resource, i) => resource === world.resources[i])) return world;
  return { ...world, resources, graph: makeGraph(resources) };
}

function assignResource(resource: Resource, world: World, settings: Settings): Resource {
  const environment = environmentIn(settings, [...variablesOf(world, resource), ...placesOf(resource)]);
  const glob = settings.aiPaths.find((one) => placesOf(resource).some((place) => matchesPath(one, place)));
  const { value } = resource;
  if ((!environment && glob === undefined) || value.is !== 'map') return resource;
  const aiReason = glob === undefined ? undefined : `the settings count ${code(glob)} as part of an AI system`;
  return makeResource({ ...resource, value, ...(environment && { environment }), ...(aiReason !== undefined && { aiReason }) });
}

/** What is nearest to the deployment counts first: an environment's variables files, then the root module, then the resource's own file. */
function environmentIn({ environments }: Settings, places: readonly string[]): Environment | undefined {
  for (const place of places) {
    for (const { name, value } of environments) {
      const glob = value.paths.find((one) => matchesPath(one, place));
      if (glob !== undefined) return { stage: value.stage, name, why: `the settings’ paths \`${glob}\`` };
    }
  }
  return undefined;
}

/** The variables file (or the directory of such files) that makes a world one environment of its root module. */
function variablesOf({ id }: World, { scope }: Resource): readonly string[] {
  const world = `terraform:${scope}#`;
  return id.startsWith(world) ? [posix.join(scope, id.slice(world.length))] : [];
}
