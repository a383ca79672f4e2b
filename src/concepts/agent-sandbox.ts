import type { Resource, View } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { directoryOf } from './ai-surroundings.ts';
import { byType } from './by-type.ts';
import { podsOf, type Pod } from './container.ts';
import { fencesOf } from './network-policy.ts';
import { textOf } from './setting.ts';

/** The pod in which an agent's code runs, as the agent sandbox of Kubernetes describes it. */
export interface AgentSandbox {
  readonly of: Resource;
  readonly pod: Pod;
  /** "Sandbox" or "Sandbox template". */
  readonly noun: string;
  /** One sandbox by itself: the controller gives it none of the defaults that a template has. */
  readonly bare: boolean;
}

// Both kinds: kubernetes-sigs/agent-sandbox, k8s/crds; what they leave to whom: docs/security/threat_model.md.
export const agentSandbox = byType<AgentSandbox>('sandbox of an agent', {
  Sandbox: (resource) => sandboxes(resource, /^agents\.x-k8s\.io\//, 'Sandbox'),
  SandboxTemplate: (resource) => sandboxes(resource, /^extensions\.agents\.x-k8s\.io\//, 'Sandbox template'),
});

const sandboxes = (of: Resource, group: RegExp, noun: string): readonly AgentSandbox[] =>
  group.test(of.address) ? podsOf(of).map((pod) => ({ of, pod, noun, bare: of.type === 'Sandbox' })) : [];

/** Runtimes that give a container a kernel of its own, as handlers and classes are called. */
export const isolates = (runtime: string): boolean => /gvisor|runsc|kata|firecracker|hyperv|(?:^|-)vm(?:$|-)/i.test(runtime);

/** The one class of this configuration that isolates. */
export function isolatingClass(world: World): string | undefined {
  const found = world.resources.filter(
    (other) => other.type === 'RuntimeClass' && isolates(`${other.name} ${textOf(other.attr('handler')) ?? ''}`),
  );
  return found.length === 1 ? found[0]?.name : undefined;
}

/** Whether another policy of the configuration may fence a sandbox: one of its namespace, one that is installed with it, or one of the cluster. */
export const fencedOtherwise = (sandbox: Resource, world: World): boolean =>
  fencesOf(world).some((policy) => /Cluster|Global|Admin/.test(policy.type) || placeOf(policy) === placeOf(sandbox));

/** The namespace where it is said; else the directory of plain manifests, or the chart. */
function placeOf(resource: Resource): string {
  const namespace = resource.attr('metadata', 'namespace');
  return namespace.is === 'known' ? `namespace ${String(namespace.value)}` : `directory ${directoryOf(resource)}`;
}

/**
 * Whether an egress rule surely lets a pod reach the metadata service of its node (169.254.169.254, port 80), and with it everything else on
 * that port. A rule without `to` allows every address, one without `ports` every port.
 */
export function reachesMetadata(rule: View): boolean {
  if (rule.value.is !== 'map' || rule.value.open) return false;
  const [to, ports] = [rule.attr('to'), rule.attr('ports')];
  const anyPort = ports.is === 'absent' || rule.items('ports').some((port) => textOf(port.attr('port')) === '80');
  const anywhere =
    to.is === 'absent' ||
    rule.items('to').some((peer) => {
      const except = peer.attr('ipBlock', 'except');
      return (
        textOf(peer.attr('ipBlock', 'cidr')) === '0.0.0.0/0' &&
        (except.is === 'absent' ||
          (except.is === 'list' && except.items.every((item) => item.is === 'known' && !String(item.value).startsWith('169.254.'))))
      );
    });
  return anyPort && anywhere;
}
