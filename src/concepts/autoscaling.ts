import type { Located, Resource, View } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { acceleratorMachine } from '../facts/ai-words.ts';
import { aiPod, aiWorkload, asksForGpu } from './ai-workload.ts';
import { byType } from './by-type.ts';
import { podsOf } from './container.ts';
import { number, setting, type Setting } from './setting.ts';

/** Something that adds GPU machines or GPU pods by itself. */
export interface Scaler {
  readonly of: Resource;
  readonly noun: string;
  /** The ceiling; `absent` where there is none, and what that means. */
  readonly most: Setting<number>;
  readonly withoutCeiling: string;
  /** What it scales, in words. */
  readonly scales: string;
}

/** The largest ceiling that Knative, KEDA or Karpenter have when none is written counts as none. */
const none = 0;

// Defaults: Karpenter v1 API reference, NodePool (limits optional, none by default); KEDA 2 reference, ScaledObject (maxReplicaCount 100);
// KServe v1beta1 API reference, ComponentExtensionSpec (maxReplicas) with Knative's autoscaling.knative.dev/max-scale (0, unlimited).
export const scaler = byType<Scaler>('autoscaler of GPUs', {
  NodePool: (resource) => karpenter(resource, ['spec', 'template', 'spec', 'requirements']),
  Provisioner: (resource) => karpenter(resource, ['spec', 'requirements']),
  ScaledObject: (resource, world) => keda(resource, world),
  InferenceService: (resource) => kserve(resource),
});

/** Karpenter's own kinds, told from GKE's and others' of the same name by their API group. */
function karpenter(resource: Resource, requirements: readonly string[]): readonly Scaler[] {
  if (!resource.address.startsWith('karpenter.sh/')) return [];
  const machine = resource.items(...requirements).flatMap(acceleratorsIn)[0];
  const limits = resource.attr('spec', 'limits');
  if (machine === undefined || limits.is === 'unknown' || (limits.is === 'map' && (limits.open === true || limits.entries.size > 0)))
    return [];
  return [
    {
      of: resource,
      noun: 'Karpenter pool',
      most: setting(limits, number, none),
      withoutCeiling: 'it buys machines for as long as pods wait',
      scales: `machines with accelerators (\`${machine}\`)`,
    },
  ];
}

const gpuKeys = /instance-gpu|nvidia\.com|instance-accelerator/;
const gpuFamily = /^(?:p[2-6][a-z]*|g[3-7][a-z]*|gr6[a-z]*|trn[12][a-z]*|inf[12]|dl[12][a-z]*)$/;

export function acceleratorsIn(requirement: View): readonly string[] {
  const [key, operator] = [requirement.attr('key'), requirement.attr('operator')];
  if (key.is !== 'known' || operator.is !== 'known') return [];
  if (gpuKeys.test(String(key.value))) return /^(In|Gt|Exists)$/.test(String(operator.value)) ? [String(key.value)] : [];
  if (operator.value !== 'In') return [];
  return requirement
    .items('values')
    .flatMap(({ value }) => (value.is === 'known' && isAccelerator(String(value.value)) ? [String(value.value)] : []));
}

const isAccelerator = (text: string): boolean => acceleratorMachine.test(text) || gpuFamily.test(text);

function keda(resource: Resource, world: World): readonly Scaler[] {
  const name = resource.attr('spec', 'scaleTargetRef', 'name');
  if (name.is !== 'known') return [];
  const target = world.resources.find((other) => other.name === name.value && sameNamespace(other, resource) && podsOf(other).length > 0);
  const pod = target && podsOf(target)[0];
  if (!target || !pod || !aiPod(pod) || !asksForGpu(pod)) return [];
  return [
    {
      of: resource,
      noun: 'ScaledObject',
      most: setting(resource.attr('spec', 'maxReplicaCount'), number, none),
      withoutCeiling: 'KEDA goes up to 100 copies when nothing is said',
      scales: `\`${target.name}\`, which takes a GPU for each copy`,
    },
  ];
}

/** Only where Knative scales: a deployment of its own has a ceiling anyway. Scaling to zero is only possible with Knative. */
function kserve(resource: Resource): readonly Scaler[] {
  const pod = podsOf(resource)[0];
  const predictor = resource.items('spec', 'predictor')[0];
  if (!pod || !predictor || !asksForGpu(pod)) return [];
  const annotations = resource.attr('metadata', 'annotations');
  const says = (key: string): Value | undefined => (annotations.is === 'map' ? annotations.entries.get(key) : undefined);
  const [mode, least] = [says('serving.kserve.io/deploymentMode'), predictor.attr('minReplicas')];
  const knative =
    (mode?.is === 'known' && /^(Serverless|Knative)$/.test(String(mode.value))) ||
    (mode === undefined && least.is === 'known' && least.value === 0);
  if (
    !knative ||
    annotations.is === 'unknown' ||
    (annotations.is === 'map' && annotations.open === true) ||
    says('autoscaling.knative.dev/max-scale')
  )
    return [];
  return [
    {
      of: resource,
      noun: 'InferenceService',
      most: setting(predictor.attr('maxReplicas'), number, none),
      withoutCeiling: 'Knative adds copies for as long as requests come',
      scales: 'a model server that takes a GPU for each copy',
    },
  ];
}

/** A volume in memory that nothing limits. */
export interface MemoryVolume {
  readonly of: Resource;
  readonly name: string;
  readonly at: Located;
  readonly what: string;
}

const workloads = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'RayCluster',
  'RayService',
  'RayJob',
  'PyTorchJob',
  'MPIJob',
  'LeaderWorkerSet',
  'InferenceService',
  'JobSet',
];

/** `emptyDir: {medium: Memory}` without a limit of its own, in a GPU pod with a container that has no memory limit to count it against. */
export const memoryVolume = byType<MemoryVolume>('volume in memory', Object.fromEntries(workloads.map((kind) => [kind, memoryVolumes])));

function memoryVolumes(resource: Resource): readonly MemoryVolume[] {
  if (resource.dialect !== 'kubernetes') return [];
  return podsOf(resource).flatMap((pod) => {
    const unlimited = pod.containers.some(
      (container) => !container.init && container.attr('resources', 'limits', 'memory').is === 'absent',
    );
    const known = pod.attr('containers').is === 'list';
    if (!known || !unlimited || !asksForGpu(pod)) return [];
    const unbounded = pod.items('volumes').flatMap((volume) => {
      const [medium, limit, name] = [volume.attr('emptyDir', 'medium'), volume.attr('emptyDir', 'sizeLimit'), volume.attr('name')];
      if (medium.is !== 'known' || medium.value !== 'Memory' || limit.is !== 'absent') return [];
      const what = aiWorkload(resource)?.what ?? 'a GPU workload';
      return [{ of: resource, name: name.is === 'known' ? String(name.value) : '', at: limit, what }];
    });
    // One is enough to say it: the others are mended in the same go.
    return unbounded.slice(0, 1);
  });
}

function sameNamespace(a: Resource, b: Resource): boolean {
  const [first, second] = [a.attr('metadata', 'namespace'), b.attr('metadata', 'namespace')];
  return first.is === 'known' && second.is === 'known' ? first.value === second.value : first.is === second.is;
}
