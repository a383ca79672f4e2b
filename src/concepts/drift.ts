import type { Concept } from '../engine/rule.ts';
import { writes, type Located, type Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, textOf, words, yesNo, type Setting } from './setting.ts';

/** A Terraform resource whose every difference from the configuration is passed over. */
export interface Unwatched {
  readonly resource: Resource;
  readonly at: Located;
}

export const unwatched: Concept<Unwatched> = {
  name: 'resource whose drift is passed over',
  sees: (_, dialect) => dialect === 'terraform',
  view(resource) {
    if (resource.dialect !== 'terraform' || !writes(resource, 'lifecycle')) return [];
    const at = resource.attr('lifecycle', 'ignore_changes');
    return at.is === 'known' && at.value === 'all' ? [{ resource, at }] : [];
  },
};

/** What delivers a part of the cluster from a repository, and whether it puts changes by hand right. */
export interface Delivery {
  readonly resource: Resource;
  readonly corrects: Setting<boolean>;
  /** What happens without, in words that follow its name. */
  readonly otherwise: string;
}

const byHand = 'leaves what is changed by hand in the cluster as it is';

const argo = (resource: Resource, ...path: readonly string[]): readonly Delivery[] => {
  if (!(textOf(resource.attr('apiVersion')) ?? '').startsWith('argoproj.io/')) return [];
  // Without automated syncing somebody looks at every difference before it goes away.
  if (resource.attr(...path, 'automated').is !== 'map') return [];
  // Default false: Argo CD documentation, "Automated Sync Policy", automatic self-healing.
  return [{ resource, corrects: setting(resource.attr(...path, 'automated', 'selfHeal'), yesNo, false), otherwise: byHand }];
};

const suspended: Delivery['otherwise'] = 'is suspended, so neither commits nor changes by hand are looked at';
const notSuspended = (resource: Resource): Delivery => ({
  resource,
  corrects: setting(resource.attr('spec', 'suspend'), {
    read: (value) => (yesNo.read(value) === undefined ? undefined : !yesNo.read(value)),
    write: (value) => !value,
  }),
  otherwise: suspended,
});
const isFlux = (resource: Resource): boolean => (textOf(resource.attr('apiVersion')) ?? '').includes('.toolkit.fluxcd.io/');

export const delivery = byType<Delivery>('delivery from a repository', {
  Application: (resource) => argo(resource, 'spec', 'syncPolicy'),
  ApplicationSet: (resource) => argo(resource, 'spec', 'template', 'spec', 'syncPolicy'),
  Kustomization: (resource) => (isFlux(resource) ? [notSuspended(resource)] : []),
  HelmRelease: (resource) =>
    isFlux(resource)
      ? [
          notSuspended(resource),
          { resource, corrects: setting(resource.attr('spec', 'driftDetection', 'mode'), words('enabled', 'disabled')), otherwise: byHand },
        ]
      : [],
});
