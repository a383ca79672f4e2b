import type { Key, Resource, View } from '../resource.ts';

/** A pod spec inside a workload. It is the spec itself; `template` is what holds its metadata (the resource where there is no template). */
export interface PodSpec extends View {
  readonly template: View;
}

/**
 * Where kinds keep their pod specs. `*` is every item of a list or every entry of a map. Checked against the CRD schemas of the projects
 * (KServe, KubeRay, Kubeflow training operator and trainer, JobSet, LeaderWorkerSet, Volcano, Seldon, Argo, Knative, Spark operator, agent
 * sandbox). A path that does not end in `template.spec` is a pod spec with other fields beside, as KServe's predictor.
 */
const table: readonly (readonly [group: string, kinds: string, ...paths: string[]])[] = [
  ['', 'Pod', 'spec'],
  ['', 'PodTemplate', 'template.spec'],
  ['', 'ReplicationController', 'spec.template.spec'],
  ['apps', 'Deployment StatefulSet DaemonSet ReplicaSet', 'spec.template.spec'],
  ['extensions', 'Deployment DaemonSet ReplicaSet', 'spec.template.spec'],
  ['batch', 'Job', 'spec.template.spec'],
  ['batch', 'CronJob', 'spec.jobTemplate.spec.template.spec'],
  [
    'serving.kserve.io',
    'InferenceService',
    ...['predictor', 'predictor.workerSpec', 'transformer', 'explainer', 'canary.*.predictor', 'canary.*.predictor.workerSpec'].map(
      (at) => `spec.${at}`,
    ),
  ],
  ['serving.kserve.io', 'ServingRuntime ClusterServingRuntime', 'spec', 'spec.workerSpec'],
  ['serving.kserve.io', 'ClusterStorageContainer', 'spec'],
  [
    'serving.kserve.io',
    'LLMInferenceService LLMInferenceServiceConfig',
    ...['template', 'worker', 'prefill.template', 'prefill.worker', 'router.scheduler.template', 'router.scheduler.tokenizer.template'].map(
      (at) => `spec.${at}`,
    ),
  ],
  ['ray.io', 'RayCluster', ...rayGroups('spec')],
  ['ray.io', 'RayService', ...rayGroups('spec.rayClusterConfig')],
  ['ray.io', 'RayJob', ...rayGroups('spec.rayClusterSpec'), 'spec.submitterPodTemplate.spec'],
  ['ray.io', 'RayCronJob', ...rayGroups('spec.jobTemplate.rayClusterSpec')],
  ['kubeflow.org', 'Notebook', 'spec.template.spec'],
  ['kubeflow.org', 'PyTorchJob', 'spec.pytorchReplicaSpecs.*.template.spec'],
  ['kubeflow.org', 'TFJob', 'spec.tfReplicaSpecs.*.template.spec'],
  ['kubeflow.org', 'MPIJob', 'spec.mpiReplicaSpecs.*.template.spec'],
  ['kubeflow.org', 'XGBoostJob', 'spec.xgbReplicaSpecs.*.template.spec'],
  ['kubeflow.org', 'PaddleJob', 'spec.paddleReplicaSpecs.*.template.spec'],
  ['kubeflow.org', 'JAXJob', 'spec.jaxReplicaSpecs.*.template.spec'],
  [
    'kubeflow.org',
    'Experiment',
    'spec.trialTemplate.trialSpec.spec.template.spec',
    'spec.trialTemplate.trialSpec.spec.pytorchReplicaSpecs.*.template.spec',
  ],
  ['kubeflow.org', 'ScheduledSparkApplication', 'spec.template.driver.template.spec', 'spec.template.executor.template.spec'],
  ['sparkoperator.k8s.io', 'SparkApplication', 'spec.driver.template.spec', 'spec.executor.template.spec'],
  ['sparkoperator.k8s.io', 'ScheduledSparkApplication', 'spec.template.driver.template.spec', 'spec.template.executor.template.spec'],
  [
    'trainer.kubeflow.org',
    'TrainJob',
    'spec.runtimePatches.*.trainingRuntimeSpec.template.spec.replicatedJobs.*.template.spec.template.spec',
    'spec.podTemplateOverrides.*.spec',
  ],
  ['trainer.kubeflow.org', 'TrainingRuntime ClusterTrainingRuntime', 'spec.template.spec.replicatedJobs.*.template.spec.template.spec'],
  ['jobset.x-k8s.io', 'JobSet', 'spec.replicatedJobs.*.template.spec.template.spec'],
  [
    'leaderworkerset.x-k8s.io',
    'LeaderWorkerSet',
    'spec.leaderWorkerTemplate.leaderTemplate.spec',
    'spec.leaderWorkerTemplate.workerTemplate.spec',
  ],
  ['workload.codeflare.dev', 'AppWrapper', 'spec.components.*.template.spec.template.spec'],
  ['batch.volcano.sh', 'Job', 'spec.tasks.*.template.spec'],
  ['machinelearning.seldon.io', 'SeldonDeployment', 'spec.predictors.*.componentSpecs.*.spec'],
  ['mlops.seldon.io', 'Server', 'spec.podSpec'],
  ['mlops.seldon.io', 'ServerConfig', 'spec.podSpec'],
  ['argoproj.io', 'Rollout', 'spec.template.spec'],
  // Argo's templates are pods with one `container`; the workflow's own spec has the pod fields that they share.
  ['argoproj.io', 'Workflow WorkflowTemplate ClusterWorkflowTemplate', 'spec', 'spec.templates.*'],
  ['argoproj.io', 'CronWorkflow', 'spec.workflowSpec', 'spec.workflowSpec.templates.*'],
  ['serving.knative.dev', 'Service Configuration', 'spec.template.spec'],
  ['serving.knative.dev', 'Revision', 'spec'],
  ['agents.x-k8s.io', 'Sandbox', 'spec.podTemplate.spec'],
  ['extensions.agents.x-k8s.io', 'SandboxTemplate', 'spec.podTemplate.spec'],
];

function rayGroups(at: string): readonly string[] {
  return [`${at}.headGroupSpec.template.spec`, `${at}.workerGroupSpecs.*.template.spec`];
}

const paths: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  table.flatMap(([group, kinds, ...at]) =>
    kinds.split(' ').map((kind) => [`${group}/${kind}`, at.map((path) => path.split('.'))] as const),
  ),
);

/** The pod specs that a Kubernetes resource describes, in the order of the text; none for kinds that describe no pods. */
export function podSpecs(resource: Resource): readonly PodSpec[] {
  if (resource.dialect !== 'kubernetes') return [];
  const version = resource.attr('apiVersion');
  const group = version.is === 'known' && String(version.value).includes('/') ? String(version.value).replace(/\/.*/, '') : '';
  const known = paths.get(`${group}/${resource.type}`) ?? [];
  return known.flatMap((path) => viewsAt(resource, path).map((spec) => podSpec(spec, templateOf(resource, spec))));
}

/** The view is this call's own, made by `items`. */
const podSpec = (spec: View, template: View): PodSpec => Object.assign(spec, { template });

/** The views at a path with `*` steps. */
export function viewsAt(from: View, path: readonly string[]): readonly View[] {
  const star = path.indexOf('*');
  if (star === -1) return single(from, path);
  const rest = path.slice(star + 1);
  const container = from.attr(...path.slice(0, star));
  if (container.is === 'list') return from.items(...path.slice(0, star)).flatMap((item) => viewsAt(item, rest));
  if (container.is !== 'map') return [];
  return [...container.entries.keys()].flatMap((key) => single(from, [...path.slice(0, star), key]).flatMap((item) => viewsAt(item, rest)));
}

/** A map at a path as a view; a list there is not what the kind's schema has. */
function single(from: View, path: readonly Key[]): readonly View[] {
  return path.length === 0 ? [from] : from.attr(...path).is === 'map' ? from.items(...path) : [];
}

function templateOf(resource: Resource, spec: View): View {
  const holder = spec.path.slice(0, -1);
  if (spec.path.at(-1) !== 'spec' || holder.length === 0) return resource;
  const [template] = resource.attr(...holder).is === 'map' ? resource.items(...holder) : [];
  return template ?? resource;
}
