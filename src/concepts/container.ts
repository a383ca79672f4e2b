import type { Concept } from '../engine/rule.ts';
import type { Dialect, Key, Located, Resource, View } from '../model/resource.ts';
import { podSpecs } from '../model/kubernetes/pod-specs.ts';
import type { Value } from '../model/value.ts';
import { settled } from './helm-values.ts';

/**
 * A pod as its workload describes it, whatever the workload: Deployment, InferenceService, RayCluster, a Terraform `kubernetes_deployment`.
 * Attributes go by their Kubernetes names in every dialect.
 */
export interface Pod {
  readonly of: Resource;
  readonly spec: View;
  /** What the workload is called in words: "Deployment `llm`". */
  readonly kind: string;
  readonly labels: Located;
  readonly containers: readonly Container[];
  attr(...path: readonly Key[]): Located;
  items(...path: readonly Key[]): readonly View[];
}

export interface Container {
  readonly pod: Pod;
  readonly view: View;
  /** Empty when the container has no name in the source, as KServe's `model`. */
  readonly name: string;
  readonly init: boolean;
  attr(...path: readonly Key[]): Located;
  items(...path: readonly Key[]): readonly View[];
}

const pods = new WeakMap<Resource, readonly Pod[]>();
const noPods: readonly Pod[] = [];

/** The pods that a resource describes. */
export function podsOf(resource: Resource): readonly Pod[] {
  const known = pods.get(resource);
  if (known) return known;
  const specs = specsOf(resource);
  // Most resources describe none, and to remember that would cost more than to see it again.
  if (specs.length === 0) return noPods;
  const found = specs.map(makePod);
  pods.set(resource, found);
  return found;
}

/** Whether resources of a type can describe pods. */
export const describesPods = (type: string, dialect: Dialect): boolean =>
  dialect !== 'terraform' || terraformPods.has(type.replace(/_v1$/, ''));

export const container: Concept<Container> = {
  name: 'container of a pod',
  sees: describesPods,
  *view(resource) {
    for (const pod of podsOf(resource)) yield* pod.containers;
  },
};

const terraformPods: ReadonlyMap<string, readonly Key[]> = new Map([
  ['kubernetes_pod', ['spec']],
  ['kubernetes_deployment', ['spec', 'template', 'spec']],
  ['kubernetes_daemonset', ['spec', 'template', 'spec']],
  ['kubernetes_daemon_set', ['spec', 'template', 'spec']],
  ['kubernetes_stateful_set', ['spec', 'template', 'spec']],
  ['kubernetes_replication_controller', ['spec', 'template', 'spec']],
  ['kubernetes_job', ['spec', 'template', 'spec']],
  ['kubernetes_cron_job', ['spec', 'job_template', 'spec', 'template', 'spec']],
]);

function specsOf(resource: Resource): readonly View[] {
  if (resource.dialect === 'kubernetes') return podSpecs(resource);
  const path = resource.dialect === 'terraform' ? terraformPods.get(resource.type.replace(/_v1$/, '')) : undefined;
  return path ? resource.items(...path) : [];
}

function makePod(spec: View): Pod {
  const resource = spec.of;
  const say = resource.dialect === 'terraform' ? terraformKey : (key: Key): Key => key;
  const attr = (...path: readonly Key[]): Located => settled(spec.attr(...path.map(say)));
  const items = (...path: readonly Key[]): readonly View[] => spec.items(...path.map(say));
  const made: Pod = {
    of: resource,
    spec,
    kind: resource.type.replace(/^kubernetes_/, '').replace(/_v1$/, ''),
    labels: labelsOf(resource, spec),
    attr,
    items,
    get containers() {
      return containers;
    },
  };
  const containers = [
    ...items('initContainers').map((view) => makeContainer(made, view, true)),
    ...items('containers').map((view) => makeContainer(made, view, false)),
    ...modelContainers(spec).map((view) => makeContainer(made, view, false)),
  ];
  return made;
}

function makeContainer(of: Pod, view: View, init: boolean): Container {
  const say = of.of.dialect === 'terraform' ? terraformKey : (key: Key): Key => key;
  const name = view.attr('name');
  return {
    pod: of,
    view,
    init,
    name: name.is === 'known' ? String(name.value) : '',
    attr: (...path) => settled(view.attr(...path.map(say))),
    items: (...path) => view.items(...path.map(say)),
  };
}

/** Labels stand beside the spec in a pod template, and on the resource itself for a bare pod. */
const labelsOf = (resource: Resource, spec: View): Located => {
  const template = spec.path.at(-1) === 'spec' ? spec.path.slice(0, -1) : [];
  return resource.attr(...template, 'metadata', 'labels');
};

/** KServe's predictor is a pod whose server is not in `containers` but under `model` or the name of a framework. */
const serverKeys = ['model', 'triton', 'pytorch', 'tensorflow', 'huggingface', 'onnx', 'sklearn', 'xgboost', 'lightgbm', 'pmml', 'paddle'];
function modelContainers(spec: View): readonly View[] {
  if (!/^(InferenceService)$/.test(spec.of.type) || spec.value.is !== 'map') return [];
  return serverKeys.flatMap((key) => (isMap(spec.attr(key)) ? spec.items(key) : []));
}

const isMap = (value: Value): boolean => value.is === 'map';

const renamed: Readonly<Record<string, string>> = {
  containers: 'container',
  initContainers: 'init_container',
  volumes: 'volume',
  volumeMounts: 'volume_mount',
  ports: 'port',
  tolerations: 'toleration',
  hostIPC: 'host_ipc',
  hostPID: 'host_pid',
};
const terraformKey = (key: Key): Key =>
  typeof key === 'number' ? key : (renamed[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
