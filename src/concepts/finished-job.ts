import type { Fix } from '../engine/rule.ts';
import type { Located, Resource, View } from '../model/resource.ts';
import { viewsAt } from '../model/kubernetes/pod-specs.ts';
import { gpuLimit } from './ai-workload.ts';
import { byType } from './by-type.ts';
import { podsOf, type Pod } from './container.ts';
import { isMissing, textOf } from './setting.ts';

/** A job whose GPUs stay taken when it has finished. */
export interface FinishedJob {
  readonly of: Resource;
  readonly at: Located;
  /** What stays, in words, and the accelerator that it holds. */
  readonly keeps: string;
  readonly accelerator: string;
  /** A job that starts again and again leaves one behind each time. */
  readonly again: boolean;
  readonly setting: string;
  readonly fix: readonly Fix[];
}

// Defaults: RayJobSpec.shutdownAfterJobFinishes false (KubeRay, rayjob_types.go); RunPolicy.cleanPodPolicy None (mpi-operator
// v2beta1/default.go, training-operator v1/mpi_defaults.go). Workers of an MPIJob wait in sshd for a launcher, so they never end by themselves.
export const finishedJob = byType<FinishedJob>('job that keeps its accelerators', {
  RayJob: (resource) => ray(resource, resource.items('spec')),
  RayCronJob: (resource) => ray(resource, resource.items('spec', 'jobTemplate')),
  MPIJob: (resource) => mpi(resource),
});

function ray(of: Resource, specs: readonly View[]): readonly FinishedJob[] {
  if (!of.address.startsWith('ray.io/')) return [];
  return specs.flatMap((spec) => {
    const at = spec.attr('shutdownAfterJobFinishes');
    const deleted = at.is !== 'absent' && !(at.is === 'known' && at.value === false);
    // A cluster that was there before is not the job's, and a strategy of its own says what is deleted when.
    const elsewhere = ['clusterSelector', 'deletionStrategy'].some((key) => spec.attr(key).is !== 'absent');
    const accelerator = deleted || elsewhere || serves(spec) ? undefined : heldByCluster(of, spec);
    if (accelerator === undefined) return [];
    const setting = 'shutdownAfterJobFinishes: true';
    return [
      { of, at, keeps: 'its Ray cluster', accelerator, again: of.type === 'RayCronJob', setting, fix: [{ do: 'set', at, to: true }] },
    ];
  });
}

/** A job whose program is a server is never finished. */
const serves = (spec: View): boolean =>
  /\b(?:vllm|sglang|ray|bentoml) serve\b|\bserve (?:run|deploy)\b|\bapi_server\b|launch_server\b/.test(
    textOf(spec.attr('entrypoint')) ?? '',
  );

/** The accelerator of a group of pods that stays when there is nothing to do: Ray's autoscaler takes idle workers away down to `minReplicas`. */
function heldByCluster(of: Resource, spec: View): string | undefined {
  const scaled = spec.attr('rayClusterSpec', 'enableInTreeAutoscaling');
  const shrinks = scaled.is !== 'absent' && !(scaled.is === 'known' && scaled.value === false);
  const groups = viewsAt(spec, ['rayClusterSpec', 'workerGroupSpecs', '*']);
  const staying = podsOf(of).filter((pod) => {
    const group = groups.find(({ path }) => path.every((key, i) => pod.spec.path[i] === key));
    return group ? staysUp(group, shrinks) : pod.spec.path.includes('headGroupSpec');
  });
  return staying.map(acceleratorOf).find((found) => found !== undefined);
}

function staysUp(group: View, shrinks: boolean): boolean {
  const [least, wanted] = [group.attr('minReplicas'), group.attr('replicas')];
  if (shrinks) return least.is === 'known' && Number(least.value) > 0;
  return wanted.is === 'known' ? Number(wanted.value) > 0 : wanted.is === 'absent' && least.is === 'known' && Number(least.value) > 0;
}

function mpi(of: Resource): readonly FinishedJob[] {
  const version = /^kubeflow\.org\/(v2beta1|v1)\//.exec(of.address)?.[1];
  const [spec] = of.items('spec');
  if (version === undefined || !spec) return [];
  const policy = spec.attr('runPolicy', 'cleanPodPolicy');
  // v1 kept the policy beside `runPolicy` at first.
  const older = version === 'v1' ? spec.attr('cleanPodPolicy') : undefined;
  const at = older === undefined || older.is === 'absent' ? policy : older;
  if (!isMissing(at) && textOf(at) !== 'None') return [];
  if (at === older && policy.is !== 'absent') return [];
  const workers = podsOf(of).filter((pod) => pod.spec.path.includes('Worker'));
  const accelerator = workers.map(acceleratorOf).find((found) => found !== undefined);
  if (accelerator === undefined) return [];
  return [
    {
      of,
      at,
      keeps: 'its workers',
      accelerator,
      again: false,
      setting: 'cleanPodPolicy: Running',
      fix: [{ do: 'set', at, to: 'Running' }],
    },
  ];
}

const acceleratorOf = (pod: Pod): string | undefined =>
  pod.containers
    .filter((container) => !container.init)
    .map(gpuLimit)
    .find((found) => found !== undefined);
