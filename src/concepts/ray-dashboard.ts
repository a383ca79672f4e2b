import type { Concept } from '../engine/rule.ts';
import type { Key, Located, Resource, View } from '../model/resource.ts';
import { parts } from './helm-values.ts';

/** The dashboard of a Ray head and what stands between it and its callers. */
export interface RayDashboard {
  readonly of: Resource;
  readonly host: Located;
  readonly name: string;
  /** The type of the head's Service, where it is written. */
  readonly service: Located | undefined;
  /** True when the cluster asks for a token, or may. */
  readonly mayAskForToken: boolean;
  /** True when the resource itself fences the cluster's network. */
  readonly fenced: boolean;
}

const clusters: ReadonlyMap<string, readonly Key[]> = new Map([
  ['RayCluster', ['spec']],
  ['RayService', ['spec', 'rayClusterConfig']],
  ['RayJob', ['spec', 'rayClusterSpec']],
]);

export const rayDashboard: Concept<RayDashboard> = {
  name: 'Ray dashboard',
  sees: (_, dialect) => dialect !== 'terraform',
  *view(resource) {
    const cluster = clusters.get(resource.type);
    if (cluster && resource.dialect === 'kubernetes') {
      const types = [
        [...cluster, 'headGroupSpec', 'serviceType'],
        [...cluster, 'headGroupSpec', 'headService', 'spec', 'type'],
      ].map((path) => resource.attr(...path));
      const [whole] = resource.items(...cluster);
      if (whole)
        yield dashboard(
          whole,
          resource.attr(...cluster, 'headGroupSpec', 'rayStartParams', 'dashboard-host'),
          resource.name,
          types.find((type) => type.is !== 'absent'),
        );
    }
    if (resource.dialect === 'helm-values')
      for (const view of parts(resource)) {
        const host = view.attr('rayStartParams', 'dashboard-host');
        if (host.is === 'known') yield dashboard(view, host, String(view.path.at(-1) ?? 'head'), undefined);
      }
  },
};

function dashboard(cluster: View, host: Located, name: string, service: Located | undefined): RayDashboard {
  const mode = cluster.attr('authOptions', 'mode');
  return {
    of: cluster.of,
    host,
    name,
    service,
    mayAskForToken: mode.is === 'unknown' || (mode.is === 'known' && mode.value === 'token'),
    fenced: cluster.attr('networkPolicy').is !== 'absent',
  };
}
