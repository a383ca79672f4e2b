import type { Concept } from '../engine/rule.ts';
import { embedded } from '../model/embedded.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { aiPod, asksForGpu, type AiEvidence } from './ai-workload.ts';
import { byType } from './by-type.ts';
import { podsOf, type Pod } from './container.ts';
import { keepsBaseline } from './pod-baseline.ts';
import { onceForEach } from './remembered.ts';

/** A namespace that AI workloads stand in. */
export interface AiNamespace {
  readonly of: Resource;
  /** The workload that makes it one. */
  readonly pod: Pod;
  readonly ai: AiEvidence;
  /** The level of the Pod Security Standards that the API server holds its pods to. */
  readonly enforced: Located;
  /** True when every pod of it that is written here would be let in under the level "baseline". */
  readonly keepsBaseline: boolean;
}

const enforce = 'pod-security.kubernetes.io/enforce';

export const aiNamespace = byType<AiNamespace>('namespace of AI workloads', {
  Namespace: (resource, world) => {
    const found = aiPodsIn(resource.name, world)[0];
    if (!found) return [];
    // The mesh's sidecar starts with an init container that asks for more than the baseline gives, and is written nowhere.
    const meshed = ['istio-injection', 'istio.io/rev', 'linkerd.io/inject'].some(
      (key) => resource.attr('metadata', 'labels', key).is !== 'absent' || resource.attr('metadata', 'annotations', key).is !== 'absent',
    );
    return [
      {
        of: resource,
        ...found,
        enforced: resource.attr('metadata', 'labels', enforce),
        keepsBaseline: !meshed && podsIn(resource.name, world).every(keepsBaseline),
      },
    ];
  },
});

/** Limits on what a namespace may ask for, where its pods ask for GPUs. */
export interface TenantQuota {
  readonly of: Resource;
  readonly hard: Located;
  readonly namespace: string;
  /** A workload of the namespace that asks for a GPU. */
  readonly asks: string;
  readonly limitsGpu: boolean;
}

const gpu = /nvidia\.com\/|amd\.com\/gpu|google\.com\/tpu|habana\.ai|gpu\.intel\.com|aws\.amazon\.com\/neuron/;

export const tenantQuota: Concept<TenantQuota> = {
  name: 'quota of a namespace with GPU workloads',
  sees: (type) => type === 'ResourceQuota',
  *view(resource, world) {
    if (resource.type !== 'ResourceQuota') return;
    const namespace = resource.attr('metadata', 'namespace');
    const hard = resource.attr('spec', 'hard');
    if (namespace.is !== 'known' || hard.is !== 'map' || hard.open) return;
    const name = String(namespace.value);
    const asking = podsIn(name, world).find(asksForGpu);
    if (!asking) return;
    const beside = world.resources.filter((other) => other.type === 'ResourceQuota' && inNamespace(other, name));
    const limitsGpu = beside.some((quota) => {
      const keys = quota.attr('spec', 'hard');
      return keys.is !== 'map' || keys.open === true || [...keys.entries.keys()].some((key) => gpu.test(key));
    });
    if (beside[0]?.address === resource.address) yield { of: resource, hard, namespace: name, asks: asking.of.name, limitsGpu };
  },
};

/** One GPU that is handed out several times. */
export interface GpuSharing {
  readonly of: Resource;
  readonly at: Located;
  readonly how: 'time-slicing' | 'MPS';
  readonly replicas: number;
}

/** The device plugin's configuration: a file in a ConfigMap, or the text of a chart's `config.map` or `devicePlugin.config.data`. */
export const gpuSharing: Concept<GpuSharing> = {
  name: 'GPU that several pods share',
  types: new Set(['ConfigMap', 'values']),
  *view(resource) {
    const isMap = resource.type === 'ConfigMap' && resource.dialect === 'kubernetes';
    const texts = isMap
      ? [resource.attr('data')]
      : resource.type === 'values'
        ? [resource.attr('config', 'map'), resource.attr('devicePlugin', 'config', 'data')]
        : [];
    for (const files of texts) {
      if (files.is !== 'map') continue;
      for (const [name, text] of files.entries) yield* shared(resource, [...files.path, name], embedded(text, 'yaml'));
    }
  },
};

function* shared(of: Resource, path: readonly Key[], config: Value): Generator<GpuSharing> {
  for (const [key, how] of [
    ['timeSlicing', 'time-slicing'],
    ['mps', 'MPS'],
  ] as const) {
    const resources = childAt(config, ['sharing', key, 'resources']);
    if (resources?.is !== 'list') continue;
    for (const [i, item] of resources.items.entries()) {
      const replicas = childAt(item, ['replicas']);
      if (replicas?.is !== 'known' || !(Number(replicas.value) > 1)) continue;
      yield {
        of,
        at: { ...replicas, of, path: [...path, 'sharing', key, 'resources', i, 'replicas'] },
        how,
        replicas: Number(replicas.value),
      };
    }
  }
}

const childAt = (value: Value, path: readonly string[]): Value | undefined =>
  path.reduce<Value | undefined>((at, key) => (at?.is === 'map' ? at.entries.get(key) : undefined), value);

/** The AI workloads of a namespace, those that are known by what they run first. */
function aiPodsIn(namespace: string, world: World): readonly { readonly pod: Pod; readonly ai: AiEvidence }[] {
  const found = podsIn(namespace, world).flatMap((pod) => {
    const ai = aiPod(pod);
    return ai && !ai.why.startsWith('it is called') ? [{ pod, ai }] : [];
  });
  return found.toSorted((a, b) => Number(b.ai.product !== undefined) - Number(a.ai.product !== undefined));
}

const podsIn = (namespace: string, world: World): readonly Pod[] => podsByNamespace(world).get(namespace) ?? [];

const podsByNamespace = onceForEach((world: World): ReadonlyMap<string, readonly Pod[]> => {
  const grouped = new Map<string, Pod[]>();
  for (const resource of world.resources) {
    const at = resource.dialect === 'kubernetes' ? resource.attr('metadata', 'namespace') : undefined;
    if (at?.is !== 'known') continue;
    grouped.set(String(at.value), [...(grouped.get(String(at.value)) ?? []), ...podsOf(resource)]);
  }
  return grouped;
});

function inNamespace(resource: Resource, name: string): boolean {
  const namespace = resource.attr('metadata', 'namespace');
  return namespace.is === 'known' && String(namespace.value) === name;
}
