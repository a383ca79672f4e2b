import type { Resource } from '../model/resource.ts';
import { references, type Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import type { Grant } from './grants.ts';
import { servedModel, type ServedModel } from './served-model.ts';

/** Models that run with the rights of a statement: its role, or a role that its policy is put on, is their execution role. */
export function modelsServedWith(grant: Grant, world: World): readonly ServedModel[] {
  const roles = new Set(rolesOf(grant.resource, world, 3));
  return world.resources
    .flatMap((resource) => [...servedModel.view(resource, world)])
    .filter((model) => [...references(model.role)].some((ref) => roles.has(world.graph.get(ref.to) ?? grant.resource)));
}

const isRole = (resource: Resource): boolean => resource.type === 'aws_iam_role' || resource.type === 'AWS::IAM::Role';
const isPolicy = (resource: Resource): boolean => /^(?:data\.)?aws_iam_.*polic|^AWS::IAM::.*Policy$/.test(resource.type);

/** The roles that a policy reaches, over policies and attachments, in both directions that references are written. */
function rolesOf(from: Resource, world: World, steps: number): readonly Resource[] {
  if (isRole(from)) return [from];
  if (!isPolicy(from) || steps === 0) return [];
  const named = world.graph.dependencies(from).filter(isRole);
  return [...named, ...world.graph.dependents(from).flatMap((user) => (isRole(user) ? [user] : rolesOf(user, world, steps - 1)))];
}

/** Whether the resources of a statement include the store that a model's artifact lies in: by reference, or by the bucket's name. */
export function reachesArtifact(grant: Grant, model: ServedModel, world: World): boolean {
  const artifacts = model.containers.flatMap((container) => container.artifacts).filter((value) => value.is !== 'absent');
  const stores = new Set(artifacts.flatMap((value) => storesIn(value, world)));
  if (storesIn(grant.resources.at, world).some((store) => stores.has(store))) return true;
  const names = artifacts
    .flatMap((value) => (value.is === 'known' ? [/^s3:\/\/([a-z0-9.-]+)/.exec(String(value.value))?.[1] ?? ''] : []))
    .filter(Boolean);
  return names.some((name) =>
    grant.resources.texts.some((text) => text === `arn:aws:s3:::${name}` || text.startsWith(`arn:aws:s3:::${name}/`)),
  );
}

const storesIn = (value: Value, world: World): readonly Resource[] =>
  [...references(value)]
    .map((ref) => world.graph.get(ref.to))
    .filter((found) => found !== undefined && /^(?:aws_s3_bucket|AWS::S3::Bucket)$/.test(found.type))
    .filter((found) => found !== undefined);
