import type { Concept } from '../engine/rule.ts';
import { code } from '../engine/words.ts';
import type { Key, Located, Resource, View } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { belongsToAi } from './ai-surroundings.ts';
import { aiPod, isGpuInfrastructure, isNodeAgent, type AiEvidence } from './ai-workload.ts';
import { type Container, describesPods, type Pod, podsOf } from './container.ts';
import { aiValues, chartName, parts } from './helm-values.ts';

/** The security settings of a pod, of one of its containers, or of a chart's values for one, by their Kubernetes names. */
export interface SecuritySettings {
  readonly of: Resource;
  readonly level: 'pod' | 'container' | 'values';
  /** What they apply to, as a short name: the container, the workload, the key in the values or the chart. Empty for a chart without a name. */
  readonly name: string;
  /** "container", "Deployment", "each pod of": how the name is introduced. */
  readonly noun: string;
  /** The header of the container or pod. */
  readonly header: View;
  readonly pod?: Pod;
  readonly container?: Container;
  readonly ai?: AiEvidence;
  /** Device plugins, drivers and the like: they have to reach the node. */
  readonly infrastructure: boolean;
  /** A field of `securityContext`. */
  field(...path: readonly Key[]): Located;
  /** A field of the pod spec itself: `hostNetwork`. Absent for a container. */
  host(key: string): Located | undefined;
}

export const securitySettings: Concept<SecuritySettings> = {
  name: 'security settings of a pod or container',
  sees: describesPods,
  *view(resource, world) {
    const pods = podsOf(resource);
    if ((pods.length === 0 && resource.dialect !== 'helm-values') || !belongsToAi(resource, world)) return;
    for (const pod of pods) {
      const ai = aiPod(pod);
      const common = { of: resource, pod, infrastructure: isGpuInfrastructure(ai, pod), ...(ai && !isNodeAgent(ai, pod) ? { ai } : {}) };
      yield {
        ...common,
        level: 'pod',
        name: resource.name,
        noun: pod.kind,
        header: pod.spec,
        field: (...path) => (onlyOfContainers.has(path[0]) ? nowhere(pod.spec, path) : pod.attr('securityContext', ...path)),
        host: (key) => pod.attr(key),
      };
      for (const container of pod.containers)
        yield {
          ...common,
          level: 'container',
          container,
          name: container.name || resource.name,
          noun: container.init ? 'init container' : 'container',
          header: container.view,
          field: (...path) => container.attr('securityContext', ...path),
          host: () => undefined,
        };
    }
    if (resource.dialect === 'helm-values') yield* inValues(resource, world);
  },
};

/**
 * What a container's security context has and a pod's has not; Kubernetes drops them from a pod's. Source: the API reference of
 * PodSecurityContext and SecurityContext.
 */
const onlyOfContainers: ReadonlySet<Key | undefined> = new Set([
  'allowPrivilegeEscalation',
  'capabilities',
  'privileged',
  'procMount',
  'readOnlyRootFilesystem',
]);

const contexts = /^(securityContext|podSecurityContext|containerSecurityContext|security_context)$/;

function* inValues(resource: Resource, world: World): Generator<SecuritySettings> {
  const ai = aiValues(resource, world);
  const chart = chartName(resource, world) ?? '';
  for (const view of parts(resource)) {
    const key = view.path.at(-1);
    const common = {
      of: resource,
      level: 'values',
      header: view,
      infrastructure: ai?.role === 'GPU infrastructure',
      ...(ai ? { ai } : {}),
    } as const;
    if (typeof key === 'string' && contexts.test(key))
      yield { ...common, ...owner(view.path.slice(0, -1), chart), field: (...path) => view.attr(...path), host: () => undefined };
    else yield { ...common, ...owner(view.path, chart), field: (...path) => nowhere(view, path), host: (host) => view.attr(host) };
  }
}

/** What is not a security context has none of its fields. */
const nowhere = (view: View, path: readonly Key[]): Located => ({ is: 'absent', origins: [], of: view.of, path: [...view.path, ...path] });

function owner(path: readonly Key[], chart: string): Pick<SecuritySettings, 'name' | 'noun'> {
  const key = path.filter((step) => typeof step === 'string').join('.');
  return key === '' ? { name: chart, noun: 'each pod of the chart' } : { name: key, noun: 'each pod of' };
}

/** How a sentence about the settings begins: "Container `server`", "Deployment `llm`", "Each pod of `head`". A verb in the singular follows. */
export const subject = ({ noun, name }: SecuritySettings): string =>
  `${noun.charAt(0).toUpperCase()}${noun.slice(1)}${name === '' ? '' : ` ${code(name)}`}`;

/** `true`, also as the text that some tools accept. */
export const isTrue = (value: Value): boolean => value.is === 'known' && (value.value === true || value.value === 'true');
export const isFalse = (value: Value): boolean => value.is === 'known' && (value.value === false || value.value === 'false');

/** A container's own setting wins over its pod's; what neither says is absent at the container. */
export function effective(settings: SecuritySettings, key: 'runAsUser' | 'runAsNonRoot'): Located {
  const own = settings.field(key);
  if (own.is !== 'absent' || settings.level !== 'container' || !settings.pod) return own;
  const inherited = settings.pod.attr('securityContext', key);
  return inherited.is === 'absent' ? own : inherited;
}
