import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { aiPod, aiWorkload, type AiEvidence } from './ai-workload.ts';
import { podsOf, type Pod } from './container.ts';
import { byType } from './by-type.ts';
import { mayBeFenced } from './network-policy.ts';
import { onceForEach } from './remembered.ts';

/** Where Istio lets callers in without their workload's certificate. */
export interface PeerMode {
  readonly of: Resource;
  readonly at: Located;
  readonly mode: string;
  /** What it holds for, in words. */
  readonly reach: string;
}

/** The mode of the whole policy, and the modes of single ports, for AI workloads or for the whole mesh. */
export const peerMode = byType<PeerMode>('mutual TLS of AI workloads', {
  PeerAuthentication: (resource, world) => {
    const reach = reachOf(resource, world, ['spec', 'selector', 'matchLabels']);
    if (reach === undefined) return [];
    const ports = resource.attr('spec', 'portLevelMtls');
    const single = ports.is === 'map' ? [...ports.entries.keys()].map((port) => resource.attr('spec', 'portLevelMtls', port, 'mode')) : [];
    return [resource.attr('spec', 'mtls', 'mode'), ...single].flatMap((at) =>
      at.is === 'known'
        ? [
            {
              of: resource,
              at,
              mode: String(at.value),
              reach: at.path.includes('portLevelMtls') ? `port ${String(at.path[2])} of ${reach}` : reach,
            },
          ]
        : [],
    );
  },
});

/** A policy of the mesh that lets callers through. */
export interface AllowRule {
  readonly of: Resource;
  readonly at: Located;
  readonly reach: string;
}

/** Rules of an ALLOW policy that name neither caller nor request: they let everything through. */
export const allowAll = byType<AllowRule>('mesh policy that lets everything through', {
  AuthorizationPolicy: (resource, world) => {
    const action = resource.attr('spec', 'action');
    if (action.is === 'unknown' || (action.is === 'known' && action.value !== 'ALLOW')) return [];
    const reach = reachOf(resource, world, ['spec', 'selector', 'matchLabels']);
    const rules = resource.attr('spec', 'rules');
    if (reach === undefined || rules.is !== 'list' || isFenced(resource, world)) return [];
    return rules.items.flatMap((rule, i): readonly AllowRule[] =>
      rule.is === 'map' && rule.entries.size === 0 && !rule.open
        ? [{ of: resource, at: { ...rule, of: resource, path: [...rules.path, i] }, reach }]
        : [],
    );
  },
});

/** Whether the pods that a policy selects are kept by NetworkPolicies, which hold where a caller has no sidecar. */
function isFenced(policy: Resource, world: World): boolean {
  const pods = selected(policy, policy.attr('spec', 'selector', 'matchLabels'), world);
  return pods.length > 0 && pods.every((pod) => mayBeFenced(pod, world));
}

/** How the mesh's callers reach an AI service. */
export interface ServiceTls {
  readonly of: Resource;
  readonly at: Located;
  readonly host: string;
  readonly ai: AiEvidence;
}

export const serviceTls = byType<ServiceTls>('TLS towards an AI service', {
  DestinationRule: (resource, world) => {
    const host = resource.attr('spec', 'host');
    if (host.is !== 'known') return [];
    const name = String(host.value).split('.')[0] ?? '';
    const ai = ofService(name, resource, world);
    if (!ai) return [];
    const subsets = resource.items('spec', 'subsets').map((subset) => subset.attr('trafficPolicy', 'tls', 'mode'));
    const modes = [resource.attr('spec', 'trafficPolicy', 'tls', 'mode'), ...subsets];
    return modes.flatMap((at) => (at.is === 'known' && at.value === 'DISABLE' ? [{ of: resource, at, host: String(host.value), ai }] : []));
  },
});

/** The AI workload behind a Service of this name, or the name itself when it says so. */
function ofService(name: string, near: Resource, world: World): AiEvidence | undefined {
  const service = world.resources.find((other) => other.type === 'Service' && other.name === name && sameNamespace(other, near));
  if (service) {
    const selector = service.attr('spec', 'selector');
    if (selector.is === 'map') {
      const pod = podsOfWorld(world).find((other) => sameNamespace(other.of, service) && selects(selector, other));
      const evidence = pod && aiPod(pod);
      if (evidence) return evidence;
    }
    return aiWorkload(service);
  }
  const served = world.resources.find(
    (other) => other.name === name && /^(InferenceService|LLMInferenceService|RayService|SeldonDeployment)$/.test(other.type),
  );
  return served ? aiWorkload(served) : undefined;
}

/** "the whole mesh" for the root namespace, the AI workloads that a selector or a namespace holds, or nothing. */
function reachOf(resource: Resource, world: World, selectorPath: readonly string[]): string | undefined {
  const selector = resource.attr(...selectorPath);
  const namespace = resource.attr('metadata', 'namespace');
  if (selector.is === 'unknown' || namespace.is === 'unknown') return undefined;
  const pods = selected(resource, selector, world);
  const root = namespace.is === 'known' && namespace.value === 'istio-system' && selector.is === 'absent';
  const all = root ? podsOfWorld(world) : pods;
  const found = all.map((pod) => ({ pod, ai: aiPod(pod) })).find(({ ai }) => ai !== undefined && called.has(ai.role));
  if (root) return found ? 'the whole mesh' : undefined;
  if (found?.ai) return found.ai.product ? `${found.ai.what} (\`${found.pod.of.name}\`)` : `\`${found.pod.of.name}\``;
  // Pods that are here and serve nothing, an admission webhook for one, are not meant by the namespace's name.
  if (selector.is === 'map' && pods.length > 0) return undefined;
  const named = aiWorkload(resource);
  return named && (namespace.is === 'known' || selector.is === 'map') ? `\`${resource.name}\`` : undefined;
}

/** The pods that a policy holds for: by their labels, also where Kustomize gives one of both its namespace, or all of the namespace. */
const selected = (policy: Resource, selector: Located, world: World): readonly Pod[] =>
  podsOfWorld(world).filter((pod) =>
    selector.is === 'map' ? selects(selector, pod) && mayShareNamespace(pod.of, policy) : sameNamespace(pod.of, policy),
  );

/** What answers requests; jobs only make them. */
export const called: ReadonlySet<string> = new Set([
  'model server',
  'vector database',
  'experiment tracker',
  'notebook',
  'Ray cluster',
  'AI gateway',
  'AI application',
]);

export const podsOfWorld = onceForEach((world: World): readonly Pod[] =>
  world.resources.flatMap((resource) => (resource.dialect === 'kubernetes' ? podsOf(resource) : [])),
);

export function selects(selector: Located, pod: Pod): boolean {
  if (selector.is !== 'map' || selector.entries.size === 0) return false;
  const { labels } = pod;
  if (labels.is !== 'map') return false;
  return [...selector.entries].every(([key, value]) => {
    const label = labels.entries.get(key);
    return value.is === 'known' && label?.is === 'known' && String(label.value) === String(value.value);
  });
}

/** Both say the same namespace, or neither says one. */
export function sameNamespace(a: Resource, b: Resource): boolean {
  const [first, second] = [a.attr('metadata', 'namespace'), b.attr('metadata', 'namespace')];
  if (first.is === 'known' && second.is === 'known') return first.value === second.value;
  return first.is === 'absent' && second.is === 'absent';
}

function mayShareNamespace(a: Resource, b: Resource): boolean {
  const [first, second] = [a.attr('metadata', 'namespace'), b.attr('metadata', 'namespace')];
  return first.is === 'absent' || second.is === 'absent' || sameNamespace(a, b);
}
