import type { Concept } from '../engine/rule.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { directoryOf } from './ai-surroundings.ts';
import { aiPod, isOperator, type AiEvidence } from './ai-workload.ts';
import { podsOf, type Pod } from './container.ts';
import { called, podsOfWorld, sameNamespace, selects } from './mesh-policy.ts';
import { textOf } from './setting.ts';

/** Something that answers requests, stands outside of the mesh, and is named by a policy that only the mesh enforces. */
export interface LeftOut {
  readonly of: Resource;
  /** Where it is left out. */
  readonly at: Located;
  readonly pod: Pod;
  readonly ai: AiEvidence;
  readonly policy: Resource;
}

export const leftOut: Concept<LeftOut> = {
  name: 'AI workload outside of the mesh',
  sees: (_, dialect) => dialect === 'kubernetes',
  *view(resource, world) {
    if (resource.dialect !== 'kubernetes') return;
    if (resource.type === 'Namespace') yield* ofNamespace(resource, world);
    else
      for (const pod of podsOf(resource)) {
        const at = [labels(pod), annotations(pod)].find((place) => place.is !== 'absent');
        // The label counts before the annotation. Source: Istio, "Controlling the injection policy".
        if (at === undefined || textOf(at) !== 'false') continue;
        const found = protecting(pod, world);
        if (found) yield { of: resource, at, pod, ...found };
      }
  },
};

const inject = 'sidecar.istio.io/inject';
const labels = (pod: Pod): Located => pod.of.attr(...holder(pod), 'labels', inject);
const annotations = (pod: Pod): Located => pod.of.attr(...holder(pod), 'annotations', inject);

/** The metadata of the pod: beside the spec in a template, else the resource's own. */
function holder(pod: Pod): readonly Key[] {
  const { path } = pod.spec;
  return path.at(-1) === 'spec' ? [...path.slice(0, -1), 'metadata'] : ['metadata'];
}

function* ofNamespace(namespace: Resource, world: World): Generator<LeftOut> {
  const at = namespace.attr('metadata', 'labels', 'istio-injection');
  if (textOf(at) !== 'disabled' || isAmbient(namespace)) return;
  for (const pod of podsOfWorld(world)) {
    // A pod that asks for its sidecar gets none in a namespace that is switched off.
    if (textOf(pod.of.attr('metadata', 'namespace')) !== namespace.name) continue;
    const found = protecting(pod, world);
    if (!found) continue;
    yield { of: namespace, at, pod, ...found };
    return;
  }
}

/** The policy that is meant for a pod that others call. */
function protecting(pod: Pod, world: World): { readonly ai: AiEvidence; readonly policy: Resource } | undefined {
  const ai = aiPod(pod);
  if (!ai || !called.has(ai.role) || isOperator(pod) || isAmbient(pod.of, ...holder(pod))) return undefined;
  const home = world.resources.find((other) => other.type === 'Namespace' && other.name === textOf(pod.of.attr('metadata', 'namespace')));
  if (home && isAmbient(home)) return undefined;
  const policy = world.resources.find((other) => isProtection(other) && sameNamespace(other, pod.of) && reaches(other, pod, world));
  return policy && { ai, policy };
}

function isProtection(resource: Resource): boolean {
  if (!resource.address.startsWith('security.istio.io/')) return false;
  if (resource.type === 'PeerAuthentication') return textOf(resource.attr('spec', 'mtls', 'mode')) === 'STRICT';
  return resource.type === 'AuthorizationPolicy' || resource.type === 'RequestAuthentication';
}

function reaches(policy: Resource, pod: Pod, world: World): boolean {
  // Of files that nothing has put together, one that stands elsewhere may come with an overlay that lets the sidecar in.
  if (world.id === 'kubernetes' && directoryOf(policy) !== directoryOf(pod.of)) return false;
  const selector = policy.attr('spec', 'selector', 'matchLabels');
  if (selector.is === 'map') return selects(selector, pod);
  // A waypoint's policy is for those whom a reference names.
  return policy.attr('spec', 'selector').is === 'absent' && policy.attr('spec', 'targetRefs').is === 'absent';
}

/** In ambient mode the node carries the traffic, and nobody needs a sidecar. */
const isAmbient = (resource: Resource, ...at: readonly Key[]): boolean =>
  textOf(resource.attr(...(at.length > 0 ? at : ['metadata']), 'labels', 'istio.io/dataplane-mode')) === 'ambient';
