import { servingPorts } from '../facts/serving-ports.ts';
import type { Concept } from '../engine/rule.ts';
import type { Key, Located, Resource, View } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { aiPod, aiWorkload, type AiEvidence } from './ai-workload.ts';
import { podsOf, type Pod } from './container.ts';
import { loginBehind } from './chart-install-login.ts';
import { aiPart, parts, settled } from './helm-values.ts';
import { onceForEach } from './remembered.ts';

/** A Service that gives an AI workload an address outside the cluster. */
export interface PublishedService {
  readonly of: Resource;
  /** Where the type is written. */
  readonly type: Located;
  readonly how: 'LoadBalancer' | 'NodePort';
  /** The Service's name, or the key of the values that describes it. */
  readonly name: string;
  readonly ai: AiEvidence;
  readonly ports: readonly number[];
  /** What narrows who can reach it. `unknown` when a template or variable could. */
  readonly restricted: 'internal' | 'source ranges' | 'unknown' | 'no';
  readonly sourceRanges: Located;
  /** The Service of a well-known chart that is told to ask for a log-in. */
  readonly login: boolean;
}

export const publishedService: Concept<PublishedService> = {
  name: 'Service that publishes an AI workload',
  sees: (type, dialect) => dialect !== 'terraform' || /^kubernetes_service(?:_v1)?$/.test(type),
  *view(resource, world) {
    if (resource.dialect === 'helm-values') yield* inValues(resource, world);
    else for (const place of placesOf(resource)) yield* published(place, world);
  },
};

/** The parts of a Service, wherever it is described. */
interface ServicePlace {
  readonly of: Resource;
  readonly name: string;
  readonly type: Located;
  readonly spec: (...path: readonly Key[]) => Located;
  readonly annotations: Located;
  readonly ports: readonly View[];
  readonly selector: Located | undefined;
}

function* published(place: ServicePlace, world: World): Generator<PublishedService> {
  const { type } = place;
  if (type.is !== 'known' || (type.value !== 'LoadBalancer' && type.value !== 'NodePort')) return;
  const ai = evidenceOf(place, world);
  if (!ai || ai.role === 'GPU infrastructure') return;
  const sourceRanges = place.spec('loadBalancerSourceRanges');
  const ports = place.ports.flatMap((port) => ['targetPort', 'target_port', 'port'].map((key) => port.attr(key)).flatMap(numberIn));
  yield {
    of: place.of,
    type,
    how: type.value,
    name: place.name,
    ai,
    ports,
    sourceRanges,
    login: false,
    restricted: restriction(place, sourceRanges),
  };
}

function placesOf(resource: Resource): readonly ServicePlace[] {
  switch (resource.type) {
    case 'Service':
      return resource.dialect === 'kubernetes' ? [plainService(resource, (key) => key)] : [];
    case 'kubernetes_service':
    case 'kubernetes_service_v1':
      return [plainService(resource, terraformKey)];
    case 'RayCluster':
      return rayServices(resource, ['spec']);
    case 'RayService':
      return [...rayServices(resource, ['spec', 'rayClusterConfig']), nested(resource, ['spec', 'serveService'])];
    case 'RayJob':
      return rayServices(resource, ['spec', 'rayClusterSpec']);
    case 'NIMService':
      return [inline(resource, ['spec', 'expose', 'service'], 'type', ['annotations'])];
    default:
      return [];
  }
}

const terraformKey = (key: Key): Key => (typeof key === 'number' ? key : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

function plainService(resource: Resource, say: (key: Key) => Key): ServicePlace {
  return {
    of: resource,
    name: resource.name,
    type: settled(resource.attr('spec', 'type')),
    spec: (...path) => resource.attr('spec', ...path.map(say)),
    annotations: resource.attr('metadata', 'annotations'),
    ports: resource.items('spec', resource.dialect === 'terraform' ? 'port' : 'ports'),
    selector: resource.attr('spec', 'selector'),
  };
}

function rayServices(resource: Resource, cluster: readonly Key[]): readonly ServicePlace[] {
  const head = [...cluster, 'headGroupSpec'];
  return [
    { ...inline(resource, head, 'serviceType', []), annotations: resource.attr(...cluster, 'headServiceAnnotations') },
    nested(resource, [...head, 'headService']),
  ];
}

/** A whole Service inside another resource: `headService: {metadata, spec}`. */
const nested = (resource: Resource, path: readonly Key[]): ServicePlace => ({
  of: resource,
  name: resource.name,
  type: resource.attr(...path, 'spec', 'type'),
  spec: (...more) => resource.attr(...path, 'spec', ...more),
  annotations: resource.attr(...path, 'metadata', 'annotations'),
  ports: resource.items(...path, 'spec', 'ports'),
  selector: undefined,
});

/** The type of a Service as a plain key of another resource, which takes nothing else of a Service's spec. */
const inline = (resource: Resource, path: readonly Key[], key: string, annotations: readonly Key[]): ServicePlace => ({
  of: resource,
  name: resource.name,
  type: resource.attr(...path, key),
  spec: (...more) => ({ is: 'absent', origins: [], of: resource, path: [...path, ...more] }),
  annotations: resource.attr(...path, ...annotations),
  ports: resource.items(...path),
  selector: undefined,
});

function* inValues(resource: Resource, world: World): Generator<PublishedService> {
  for (const view of parts(resource)) {
    const key = view.path.findLast((step) => typeof step === 'string') ?? '';
    for (const typeKey of ['type', 'serviceType']) {
      const type = view.attr(typeKey);
      if (type.is !== 'known' || (type.value !== 'LoadBalancer' && type.value !== 'NodePort')) continue;
      if (typeKey === 'type' && !/service|svc|^lb$|loadbalancer/i.test(key)) continue;
      const around = view.path.length > 1 ? parent(view) : view;
      const ai = around && aiPart(around, world);
      if (!ai || ai.role === 'GPU infrastructure') continue;
      const place: ServicePlace = {
        of: resource,
        name: view.path.join('.'),
        type,
        spec: (...path) => view.attr(...path),
        annotations: view.attr('annotations'),
        ports: view.items('ports'),
        selector: undefined,
      };
      const ports = [
        view.attr('port'),
        view.attr('targetPort'),
        view.attr('containerPort'),
        ...place.ports.map((port) => port.attr('port')),
      ].flatMap(numberIn);
      const sourceRanges = view.attr('loadBalancerSourceRanges');
      yield {
        of: resource,
        type,
        how: type.value,
        name: place.name,
        ai,
        ports,
        sourceRanges,
        login: loginBehind(type, world) === 'yes',
        restricted: restriction(place, sourceRanges),
      };
    }
  }
}

const parent = (view: View): View | undefined =>
  view.of
    .items(
      ...view.path.slice(
        0,
        view.path.findLastIndex((step) => typeof step === 'string'),
      ),
    )
    .at(0);

const numberIn = (value: Value): number[] => (value.is === 'known' && /^\d{1,5}$/.test(String(value.value)) ? [Number(value.value)] : []);

/** Annotations that keep a load balancer inside the network. Source: the cloud providers' load balancer documentation. */
const internal: ReadonlyMap<string, RegExp> = new Map([
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(true|0\.0\.0\.0\/0)$/i],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/i],
  ['networking.gke.io/load-balancer-type', /^internal$/i],
  ['cloud.google.com/load-balancer-type', /^internal$/i],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/i],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', /^true$/i],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', /^private$/i],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', /^true$/i],
]);
const scheme = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
/** The AWS Load Balancer Controller makes an internal load balancer unless a scheme says otherwise. */
const awsController = /^(external|nlb-ip)$/;

function restriction(place: ServicePlace, sourceRanges: Located): PublishedService['restricted'] {
  const { annotations } = place;
  if (annotations.is === 'unknown' || (annotations.is === 'map' && annotations.open)) return 'unknown';
  const says = (key: string): Value | undefined => (annotations.is === 'map' ? annotations.entries.get(key) : undefined);
  for (const [key, pattern] of internal) {
    const value = says(key);
    if (value?.is === 'unknown') return 'unknown';
    if (value?.is === 'known' && pattern.test(String(value.value))) return 'internal';
  }
  const balancer = says('service.beta.kubernetes.io/aws-load-balancer-type');
  const balancerClass = place.spec('loadBalancerClass');
  const ofController =
    (balancer?.is === 'known' && awsController.test(String(balancer.value))) ||
    (balancerClass.is === 'known' && balancerClass.value === 'service.k8s.aws/nlb');
  if (ofController && says(scheme) === undefined) return 'internal';
  if (balancerClass.is === 'known' && String(balancerClass.value).includes('tailscale')) return 'internal';
  if (sourceRanges.is === 'unknown') return 'unknown';
  const ranges = sourceRanges.is === 'list' ? sourceRanges.items : [];
  const open = ranges.some((range) => range.is === 'known' && (range.value === '0.0.0.0/0' || range.value === '::/0'));
  return ranges.length > 0 && !open ? 'source ranges' : 'no';
}

function evidenceOf(place: ServicePlace, world: World): AiEvidence | undefined {
  if (!place.selector) return aiWorkload(place.of);
  const pods = podsSelectedBy(place.of, place.selector, world);
  for (const pod of pods) {
    const evidence = aiPod(pod);
    if (evidence) return evidence;
  }
  // What runs is known then, and a port says less.
  return aiWorkload(place.of) ?? (pods.length === 0 ? byPort(place) : undefined);
}

function byPort(place: ServicePlace): AiEvidence | undefined {
  for (const port of place.ports)
    for (const number of [...numberIn(port.attr('targetPort')), ...numberIn(port.attr('port'))]) {
      const known = servingPorts.find((row) => row.port === number && !row.shared && number !== 6379 && number !== 9200);
      if (known)
        return { role: 'model server', what: known.product, why: `it forwards to port ${String(number)}, where ${known.product} listens` };
    }
  return undefined;
}

const allPods = onceForEach((world: World): readonly Pod[] => world.resources.flatMap(podsOf));

/** The pods whose labels hold all that a selector asks for, in the same namespace, those of the same file first. */
export function podsSelectedBy(resource: Resource, selector: Value, world: World): readonly Pod[] {
  if (selector.is !== 'map' || selector.open || selector.entries.size === 0) return [];
  const wanted = [...selector.entries];
  const matches = allPods(world).filter(
    (pod) => sameNamespace(resource, pod.of) && wanted.every(([key, value]) => value.is === 'known' && hasLabel(pod, key, value.value)),
  );
  return matches.toSorted((a, b) => Number(b.of.at.file === resource.at.file) - Number(a.of.at.file === resource.at.file));
}

function hasLabel(pod: Pod, key: string, wanted: unknown): boolean {
  if (pod.labels.is !== 'map') return false;
  const label = pod.labels.entries.get(key);
  return label?.is === 'known' && String(label.value) === String(wanted);
}

/** Namespaces are equal unless both are known and differ. */
function sameNamespace(a: Resource, b: Resource): boolean {
  const [first, second] = [a.attr('metadata', 'namespace'), b.attr('metadata', 'namespace')];
  return first.is !== 'known' || second.is !== 'known' || first.value === second.value;
}
