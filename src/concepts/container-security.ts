import type { Concept } from '../engine/rule.ts';
import { code } from '../engine/words.ts';
import type { Key, Located, Resource, View } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { aiPod, isGpuInfrastructure, type AiEvidence } from './ai-workload.ts';
import { podsOf, type Container, type Pod } from './container.ts';
import { aiValues, parts } from './helm-values.ts';

/** The security settings of a pod, of one of its containers, or of a chart's values for one, by their Kubernetes names. */
export interface SecuritySettings {
  readonly of: Resource;
  readonly level: 'pod' | 'container' | 'values';
  /** What they apply to, as a short name: the container, the workload, the key in the values. */
  readonly name: string;
  /** "container", "pod", "pods of": how the name is introduced. */
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
  *view(resource, world) {
    for (const pod of podsOf(resource)) {
      const ai = aiPod(pod);
      const common = { of: resource, pod, infrastructure: isGpuInfrastructure(ai, pod), ...(ai ? { ai } : {}) };
      yield {
        ...common,
        level: 'pod',
        name: resource.name,
        noun: pod.kind,
        header: pod.spec,
        field: (...path) => pod.attr('securityContext', ...path),
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
    if (resource.dialect === 'helm-values') yield* inValues(resource, aiValues(resource, world));
  },
};

const contexts = /^(securityContext|podSecurityContext|containerSecurityContext|security_context)$/;

function* inValues(resource: Resource, ai: AiEvidence | undefined): Generator<SecuritySettings> {
  for (const view of parts(resource)) {
    const key = view.path.at(-1);
    const common = {
      of: resource,
      level: 'values',
      noun: 'pods of',
      header: view,
      infrastructure: ai?.role === 'GPU infrastructure',
      ...(ai ? { ai } : {}),
    } as const;
    if (typeof key === 'string' && contexts.test(key))
      yield { ...common, name: ownerOf(view), field: (...path) => view.attr(...path), host: () => undefined };
    else yield { ...common, name: nameOf(view), field: (...path) => nowhere(view, path), host: (host) => view.attr(host) };
  }
}

/** What is not a security context has none of its fields. */
const nowhere = (view: View, path: readonly Key[]): Located => ({ is: 'absent', origins: [], of: view.of, path: [...view.path, ...path] });

const nameOf = (view: View): string => view.path.filter((step) => typeof step === 'string').join('.') || 'the chart';
const ownerOf = (view: View): string =>
  view.path
    .slice(0, -1)
    .filter((step) => typeof step === 'string')
    .join('.') || 'the chart';

/** How a sentence about the settings begins: "Container `server`", "Deployment `llm`", "The pods of `head`". */
export function subject({ level, noun, name }: SecuritySettings): string {
  const words = level === 'values' ? `the ${noun}` : noun;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${code(name)}`;
}

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
