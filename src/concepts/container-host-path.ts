import type { Concept } from '../engine/rule.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import { belongsToAi } from './ai-surroundings.ts';
import { aiPod, isGpuInfrastructure, isNodeAgent, type AiEvidence } from './ai-workload.ts';
import { describesPods, type Pod, podsOf } from './container.ts';
import { aiValues, parts, settled } from './helm-values.ts';

/** A directory, socket or device of the node that a pod mounts. */
export interface HostPath {
  readonly of: Resource;
  /** Where the path is written. */
  readonly at: Located;
  readonly path: string;
  /** The volume's name, or the key of the values. */
  readonly name: string;
  readonly ai?: AiEvidence;
  readonly infrastructure: boolean;
  /** True when every mount of the volume that is known says read-only. */
  readonly readOnly: boolean;
}

export const hostPath: Concept<HostPath> = {
  name: 'path of the node that a pod mounts',
  sees: describesPods,
  *view(resource, world) {
    const pods = podsOf(resource);
    if ((pods.length === 0 && resource.dialect !== 'helm-values') || !belongsToAi(resource, world)) return;
    for (const pod of pods) yield* inPod(pod);
    if (resource.dialect === 'helm-values') yield* inValues(resource, aiValues(resource, world));
  },
};

function* inPod(pod: Pod): Generator<HostPath> {
  const ai = aiPod(pod);
  const agent = isNodeAgent(ai, pod);
  for (const volume of pod.items('volumes')) {
    const at = settled(volume.attr(pod.of.dialect === 'terraform' ? 'host_path' : 'hostPath', 'path'));
    if (at.is !== 'known') continue;
    const name = volume.attr('name');
    const called = name.is === 'known' ? String(name.value) : '';
    yield {
      of: pod.of,
      at,
      path: String(at.value),
      name: called,
      ...(ai && !agent ? { ai } : {}),
      infrastructure: isGpuInfrastructure(ai, pod),
      readOnly: isReadOnly(pod, called),
    };
  }
}

function isReadOnly(pod: Pod, volume: string): boolean {
  const mounts = pod.containers.flatMap((container) => container.items('volumeMounts')).filter((mount) => isText(mount, 'name', volume));
  const key = pod.of.dialect === 'terraform' ? 'read_only' : 'readOnly';
  return mounts.length > 0 && mounts.every((mount) => isText(mount, key, 'true'));
}

const isText = (view: View, key: string, text: string): boolean => {
  const value = view.attr(key);
  return value.is === 'known' && String(value.value) === text;
};

/** `hostPath: {path: ...}` in a chart's values, as a volume or as a switch for the model cache. */
function* inValues(resource: Resource, ai: AiEvidence | undefined): Generator<HostPath> {
  for (const view of parts(resource)) {
    if (view.path.at(-1) !== 'hostPath') continue;
    const at = view.attr('path');
    if (at.is !== 'known' || at.value === '') continue;
    const owner = view.path.slice(0, -1).findLast((step) => typeof step === 'string') ?? 'hostPath';
    yield {
      of: resource,
      at,
      path: String(at.value),
      name: owner,
      ...(ai ? { ai } : {}),
      infrastructure: ai?.role === 'GPU infrastructure',
      readOnly: false,
    };
  }
}
