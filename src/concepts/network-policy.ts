import type { Concept } from '../engine/rule.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { aiPod, isOperator, type AiEvidence } from './ai-workload.ts';
import { podsOf, type Pod } from './container.ts';
import { onceForEach } from './remembered.ts';

/** An AI server's pod that no NetworkPolicy of the repository selects. */
export interface UnfencedPod {
  readonly pod: Pod;
  readonly ai: AiEvidence;
  /** True when the same namespace has policies, only not for this pod. */
  readonly othersAreFenced: boolean;
}

const served = new Set(['model server', 'vector database', 'experiment tracker', 'notebook', 'Ray cluster']);

/** Controllers of such products are called by the API server alone. */
const isServer = (pod: Pod): boolean => served.has(aiPod(pod)?.role ?? '') && !isOperator(pod);

export const unfencedPod: Concept<UnfencedPod> = {
  name: 'AI pod without a NetworkPolicy',
  sees: (type, dialect) => dialect === 'kubernetes' && standing.has(type),
  *view(resource, world) {
    if (resource.dialect !== 'kubernetes' || !standing.has(resource.type)) return;
    const policies = policiesOf(world).filter((policy) => sameNamespace(policy, resource));
    for (const pod of podsOf(resource)) {
      const ai = aiPod(pod);
      if (!ai || !isServer(pod) || policies.some((policy) => maySelect(policy, pod))) continue;
      // Where a namespace has no policy at all, one pod stands for it: the same few lines fence them all.
      if (policies.length === 0 && firstUnfenced(world).get(namespaceOf(resource)) !== resource) return;
      yield { pod, ai, othersAreFenced: policies.length > 0 };
      return;
    }
  },
};

/** The first workload with an AI server of each namespace: of a chart or file, where none is said. */
const firstUnfenced = onceForEach((world: World): ReadonlyMap<string, Resource> => {
  const found = new Map<string, Resource>();
  for (const other of world.resources) {
    if (other.dialect !== 'kubernetes' || !standing.has(other.type)) continue;
    const place = namespaceOf(other);
    if (!found.has(place) && podsOf(other).some(isServer)) found.set(place, other);
  }
  return found;
});

/** Namespaces are told apart within what is installed together: a chart, or the directory of plain manifests. */
function namespaceOf(resource: Resource): string {
  const namespace = resource.attr('metadata', 'namespace');
  const directory = resource.scope.replace(/[^/]*\.(?:ya?ml|json)$/i, '');
  return `${directory}|${namespace.is === 'known' ? String(namespace.value) : ''}`;
}

/** Workloads that stay and can be called; jobs come and go. */
const standing = new Set([
  'Deployment',
  'StatefulSet',
  'InferenceService',
  'LLMInferenceService',
  'SeldonDeployment',
  'LeaderWorkerSet',
  'Notebook',
]);
const kinds = new Set([
  'NetworkPolicy',
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AuthorizationPolicy',
  'AdminNetworkPolicy',
  'ClusterNetworkPolicy',
]);

const policiesOf = onceForEach((world: World): readonly Resource[] => world.resources.filter(({ type }) => kinds.has(type)));

/** The policies of a world that hold on the network, whoever calls. */
export const fencesOf = (world: World): readonly Resource[] => policiesOf(world).filter(({ type }) => type !== 'AuthorizationPolicy');

/** Whether a NetworkPolicy beside a pod may say who reaches it. */
export const mayBeFenced = (pod: Pod, world: World): boolean =>
  fencesOf(world).some((policy) => sameNamespace(policy, pod.of) && maySelect(policy, pod));

/** Equal unless both are known and differ; policies of the whole cluster have none. */
function sameNamespace(a: Resource, b: Resource): boolean {
  const [first, second] = [a.attr('metadata', 'namespace'), b.attr('metadata', 'namespace')];
  return first.is !== 'known' || second.is !== 'known' || first.value === second.value;
}

/** True unless a label is known to differ. A policy of another tool is taken to select every pod. */
function maySelect(policy: Resource, pod: Pod): boolean {
  if (policy.type !== 'NetworkPolicy') return true;
  const labels = policy.attr('spec', 'podSelector', 'matchLabels');
  if (labels.is !== 'map') return true;
  return [...labels.entries].every(([key, wanted]) =>
    mayBe(pod.labels.is === 'map' ? pod.labels.entries.get(key) : pod.labels, wanted, pod.labels),
  );
}

function mayBe(label: Value | undefined, wanted: Value, labels: Value): boolean {
  if (label === undefined) return labels.is === 'map' && labels.open === true;
  return label.is === 'unknown' || wanted.is !== 'known' || (label.is === 'known' && String(label.value) === String(wanted.value));
}
