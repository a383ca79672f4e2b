import type { Concept } from '../engine/rule.ts';
import type { Key, Located, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { aiPod, aiWorkload } from './ai-workload.ts';
import { byType } from './by-type.ts';
import { podsOf } from './container.ts';
import { onceForEach } from './remembered.ts';

/** A policy of Kyverno or Gatekeeper that reports what it should refuse. */
export interface ReportingPolicy {
  readonly of: Resource;
  readonly at: Located;
  readonly tool: 'Kyverno' | 'Gatekeeper';
}

/** Policies of a cluster that AI workloads run in. A policy that says nothing is not looked at: the tools' defaults have changed. */
export const reportingPolicy: Concept<ReportingPolicy> = {
  name: 'admission policy that only reports',
  sees: (_, dialect) => dialect === 'kubernetes',
  *view(resource, world) {
    if (resource.dialect !== 'kubernetes' || !holdsAi(world)) return;
    if (resource.address.startsWith('kyverno.io/') && /^(Cluster)?Policy$/.test(resource.type)) {
      const ofRules = resource.items('spec', 'rules').map((rule) => rule.attr('validate', 'failureAction'));
      for (const at of [resource.attr('spec', 'validationFailureAction'), ...ofRules])
        if (at.is === 'known' && /^audit$/i.test(String(at.value))) yield { of: resource, at, tool: 'Kyverno' };
    }
    if (!resource.address.startsWith('constraints.gatekeeper.sh/')) return;
    const at = resource.attr('spec', 'enforcementAction');
    if (at.is === 'known' && (at.value === 'dryrun' || at.value === 'warn')) yield { of: resource, at, tool: 'Gatekeeper' };
  },
};

/** An Argo CD project that may deploy more than its own. */
export interface OpenProject {
  readonly of: Resource;
  readonly at: Located;
  readonly what: 'destinations' | 'sources' | 'cluster resources';
}

const everything = (value: Located): boolean => value.is === 'known' && value.value === '*';

export const openProject = byType<OpenProject>('Argo CD project of AI workloads', {
  AppProject: (resource, world) => {
    if (!servesAi(resource, world)) return [];
    const destinations = resource
      .items('spec', 'destinations')
      .map((item) => ({ item, namespace: item.attr('namespace'), server: item.attr('server'), name: item.attr('name') }));
    const anywhere = destinations.filter(
      ({ namespace, server, name }) => everything(namespace) && (everything(server) || everything(name) || isHere(server)),
    );
    const sources = resource.attr('spec', 'sourceRepos');
    const star = sources.is === 'list' ? sources.items.findIndex((item) => item.is === 'known' && item.value === '*') : -1;
    const source = sources.is === 'list' ? sources.items[star] : undefined;
    const kinds = resource
      .items('spec', 'clusterResourceWhitelist')
      .filter((item) => everything(item.attr('group')) && everything(item.attr('kind')));
    return [
      ...anywhere.map(({ namespace }) => ({ of: resource, at: namespace, what: 'destinations' as const })),
      ...(source ? [{ of: resource, at: locate(source, resource, [...sources.path, star]), what: 'sources' as const }] : []),
      ...kinds.map((item) => ({ of: resource, at: item.attr('kind'), what: 'cluster resources' as const })),
    ];
  },
});

const locate = (value: Value, of: Resource, path: readonly Key[]): Located => ({ ...value, of, path });
const isHere = (server: Located): boolean => server.is === 'known' && server.value === 'https://kubernetes.default.svc';

/** By its name, or by the name of an application in it. */
function servesAi(project: Resource, world: World): boolean {
  if (aiWorkload(project)) return true;
  return world.resources.some((other) => {
    const at = other.type === 'Application' ? other.attr('spec', 'project') : undefined;
    return at?.is === 'known' && at.value === project.name && aiWorkload(other) !== undefined;
  });
}

/** A queue of Kueue for GPUs that every namespace may use. */
export interface OpenQueue {
  readonly of: Resource;
  readonly at: Located;
}

export const openQueue = byType<OpenQueue>('queue for accelerators', {
  ClusterQueue: (resource) => {
    const at = resource.attr('spec', 'namespaceSelector');
    const covered = resource.items('spec', 'resourceGroups').flatMap((group) => group.items('coveredResources'));
    const gpus = covered.some(({ value }) => value.is === 'known' && /gpu|tpu|gaudi|neuron/i.test(String(value.value)));
    return gpus && at.is === 'map' && at.entries.size === 0 && !at.open ? [{ of: resource, at }] : [];
  },
});

/** A claim for devices that others use. */
export const adminAccess = byType<OpenQueue>('claim for accelerators', {
  ResourceClaim: (resource) => claims(resource, ['spec', 'devices', 'requests']),
  ResourceClaimTemplate: (resource) => claims(resource, ['spec', 'spec', 'devices', 'requests']),
});

/** `adminAccess` stood in the request itself until v1beta1, and stands under `exactly` since. */
function claims(of: Resource, path: readonly string[]): readonly OpenQueue[] {
  if (isMonitor(of)) return [];
  return of
    .items(...path)
    .flatMap((request) => [request.attr('adminAccess'), request.attr('exactly', 'adminAccess')])
    .flatMap((at) => (at.is === 'known' && at.value === true ? [{ of, at }] : []));
}

/** What watches or checks all devices is what admin access is for. */
function isMonitor(of: Resource): boolean {
  const namespace = of.attr('metadata', 'namespace');
  const where = namespace.is === 'known' ? String(namespace.value) : '';
  return /dcgm|exporter|monitor|validat|health/i.test(of.name) || /^(?:kube-system|monitoring|gpu-operator|nvidia-.*)$/.test(where);
}

/** True when a known AI product runs in this world. */
const holdsAi = onceForEach((world: World): boolean =>
  world.resources.some(
    (resource) => resource.dialect === 'kubernetes' && podsOf(resource).some((pod) => aiPod(pod)?.product !== undefined),
  ),
);
