import type { Concept } from '../engine/rule.ts';
import { maySee } from './may-see.ts';
import type { Span } from '../documents/span.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { aiPod, isOperator } from './ai-workload.ts';
import { describesPods, podsOf, type Pod } from './container.ts';
import { frontDoor } from './endpoint-front-door.ts';
import { googleGrant, publicMember } from './grants-google.ts';
import type { Identity } from './identity.ts';
import { identitiesOfPod, identityNamed } from './identity-kubernetes.ts';
import { rightsOfPod, type ClusterGrant, type KubernetesIdentity } from './identity-rbac.ts';
import type { Stored } from './identity-questions.ts';
import { aiIngress } from './kubernetes-ingress.ts';
import { podsSelectedBy, publishedService } from './kubernetes-service.ts';
import { aiRelevance } from './relevance.ts';
import { onceForEach } from './remembered.ts';
import { modelAccess } from './served-model-access.ts';
import { holds, textOf } from './setting.ts';

/** An AI workload that strangers can send requests to, with who it is in the cloud or cluster: the first hops of an attack. */
export interface ExposedIdentity {
  /** What lets requests in, in words: "Ingress `llm`". */
  readonly door: Resource;
  readonly doorAt: Span;
  readonly workload: Resource;
  readonly what: string;
  /** Where the workload is given its identity. */
  readonly at: Located;
  readonly identity: Identity;
  readonly models: readonly Stored[];
}

export const exposedIdentity: Concept<ExposedIdentity> = {
  name: 'AI workload open to the internet, with its identity',
  sees: (type, dialect) =>
    maySee(publishedService, type, dialect) ||
    maySee(aiIngress, type, dialect) ||
    maySee(frontDoor, type, dialect) ||
    maySee(googleGrant, type, dialect),
  *view(resource, world) {
    for (const { of, type, how, restricted } of publishedService.view(resource, world))
      if (how === 'LoadBalancer' && restricted === 'no' && of.dialect !== 'helm-values')
        for (const pod of podsSelectedBy(of, of.attr('spec', 'selector'), world)) yield* fromPod(of, placeOf(type), pod, world);
    for (const { of, reach, authenticated, header, publicAt } of aiIngress.view(resource, world))
      if (reach === 'internet' && authenticated === 'no' && of.dialect !== 'helm-values')
        for (const pod of behind(of, world))
          yield* fromPod(of, publicAt ? placeOf(publicAt) : 'at' in header ? header.at : of.at, pod, world);
    for (const { authorization, model } of frontDoor.view(resource, world))
      if (holds(authorization, 'NONE') && model !== undefined) yield* fromFunction(resource, authorization.at, model, world);
    for (const { members } of googleGrant.view(resource, world))
      for (const member of members) if (publicMember(member) !== undefined) yield* fromService(resource, member, world);
  },
};

const exposedWorkloads = onceForEach(
  (world: World): ReadonlySet<Resource> =>
    new Set(world.resources.flatMap((resource) => [...exposedIdentity.view(resource, world)].map((path) => path.workload))),
);

/** Whether strangers can send requests to a workload that is somebody. */
export const isExposed = (workload: Resource, world: World): boolean => exposedWorkloads(world).has(workload);

/** An AI server inside the cluster with what its service account may do there. */
export interface ServerRights {
  readonly pod: Pod;
  readonly what: string;
  readonly account: string;
  readonly grants: readonly ClusterGrant[];
}

/** Servers that only answer requests: notebook hubs, Ray and operators make pods for a living. */
const answering = new Set(['model server', 'vector database', 'experiment tracker']);

export const serverRights: Concept<ServerRights> = {
  name: 'AI server with its rights in the cluster',
  sees: describesPods,
  *view(resource, world) {
    // A job does its work and is gone: nobody sends it requests.
    if (resource.type === 'Job' || resource.type === 'CronJob') return;
    for (const pod of podsOf(resource)) {
      const ai = aiPod(pod);
      const rights = ai && answering.has(ai.role) && !isOperator(pod) ? rightsOfPod(pod, world) : undefined;
      if (ai && rights && rights.grants.length > 0 && !isExposed(resource, world)) yield { pod, what: ai.what, ...rights };
    }
  },
};

const placeOf = (at: Located): Span => at.origins[0]?.span ?? at.of.at;

function* fromPod(door: Resource, doorAt: Span, pod: Pod, world: World): Generator<ExposedIdentity> {
  const ai = aiPod(pod);
  if (!ai || ai.role === 'GPU infrastructure') return;
  const models = [...modelAccess.view(pod.of, world)].flatMap((access) => access.models);
  const found: readonly Identity[] = [
    ...identitiesOfPod(pod, world).filter(({ cloud }) => cloud !== 'kubernetes'),
    ...inCluster(pod, world),
  ];
  for (const identity of found)
    yield { door, doorAt, workload: pod.of, what: ai.what, at: pod.attr('serviceAccountName'), identity, models };
}

/** The account need not be written for its rights to be known: then the pod stands for it. */
function inCluster(pod: Pod, world: World): readonly KubernetesIdentity[] {
  const rights = rightsOfPod(pod, world);
  return rights && rights.grants.length > 0 ? [{ cloud: 'kubernetes', resource: pod.of, grants: rights.grants, complete: false }] : [];
}

/** The pods behind the Services that an Ingress names, in its namespace. */
function behind(ingress: Resource, world: World): readonly Pod[] {
  const names = new Set(
    ingress
      .items('spec', 'rules')
      .flatMap((rule) => rule.items('http', 'paths'))
      .flatMap((path) => textOf(path.attr('backend', 'service', 'name')) ?? []),
  );
  const fallback = textOf(ingress.attr('spec', 'defaultBackend', 'service', 'name'));
  if (fallback !== undefined) names.add(fallback);
  const namespace = textOf(ingress.attr('metadata', 'namespace'));
  return world.resources
    .filter((other) => other.type === 'Service' && names.has(other.name) && textOf(other.attr('metadata', 'namespace')) === namespace)
    .flatMap((service) => podsSelectedBy(service, service.attr('spec', 'selector'), world));
}

function* fromFunction(door: Resource, authorization: Located, model: string, world: World): Generator<ExposedIdentity> {
  const workload = world.graph.dependencies(door).find(({ type }) => type === 'aws_lambda_function' || type === 'AWS::Lambda::Function');
  const at = workload?.attr(...(workload.dialect === 'terraform' ? ['role'] : ['Properties', 'Role']));
  const identity = at && identityNamed(at, world);
  if (workload && identity) yield { door, doorAt: placeOf(authorization), workload, what: model, at, identity, models: [] };
}

function* fromService(door: Resource, member: Located, world: World): Generator<ExposedIdentity> {
  const workload = world.graph.dependencies(door).find(({ type }) => /^google_cloud_run_(?:v2_)?service$/.test(type));
  const reason = workload && aiRelevance(workload, world);
  if (!workload || reason === undefined) return;
  const at =
    workload.type === 'google_cloud_run_service'
      ? workload.attr('template', 'spec', 'service_account_name')
      : workload.attr('template', 'service_account');
  const identity = identityNamed(at, world);
  if (identity) yield { door, doorAt: placeOf(member), workload, what: reason, at, identity, models: [] };
}
