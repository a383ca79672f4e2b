import type { Located, Resource, View } from '../model/resource.ts';
import { releaseResources, type SetValue } from '../model/kubernetes/release-values.ts';
import { absent, type Value } from '../model/value.ts';
import type { World } from '../model/world.ts';

/** A chart that a resource of the cluster installs. `values` is undefined when none are given. */
export interface ReleasedChart {
  readonly at: Located;
  readonly version: Located;
  readonly name: string;
  readonly repository: string | undefined;
  readonly values: Resource | undefined;
}

const kinds = new Set(['Application', 'ApplicationSet', 'HelmRelease', 'HelmChart']);
export const isReleaseKind = (type: string): boolean => kinds.has(type);

/** The published charts that an Argo CD Application(Set), a Flux HelmRelease or a k3s HelmChart installs. */
export function releaseOf(resource: Resource, world: World): readonly ReleasedChart[] {
  switch (resource.type) {
    case 'Application':
      return argo(resource, resource.items('spec')[0]);
    case 'ApplicationSet':
      return argo(resource, resource.items('spec', 'template', 'spec')[0]);
    case 'HelmRelease':
      return flux(resource, world);
    default:
      return k3s(resource);
  }
}

function argo(resource: Resource, spec: View | undefined): readonly ReleasedChart[] {
  if (!spec) return [];
  const sources = [...spec.items('source'), ...spec.items('sources')];
  return sources.flatMap((source) => {
    const [at, address] = [source.attr('chart'), source.attr('repoURL')];
    if (at.is !== 'known' || address.is !== 'known') return [];
    const given = ['valueFiles', 'fileParameters', 'parameters', 'values', 'valuesObject'].map((key) => source.attr('helm', key));
    const others = given.slice(0, 2).some((value) => value.is !== 'absent') || given.some((value) => value.is === 'unknown');
    return one(resource, at, source.attr('targetRevision'), String(address.value), {
      layers: [source.attr('helm', 'values'), source.attr('helm', 'valuesObject')],
      sets: source.items('helm', 'parameters').map(parameter),
      others,
    });
  });
}

const parameter = (view: View): SetValue => {
  const text = view.attr('forceString');
  return {
    name: view.attr('name'),
    value: view.attr('value'),
    text: text.is === 'known' && text.value === true,
    origins: view.value.origins,
  };
};

function flux(resource: Resource, world: World): readonly ReleasedChart[] {
  const at = resource.attr('spec', 'chart', 'spec', 'chart');
  const source = resource.attr('spec', 'chart', 'spec', 'sourceRef', 'name');
  if (at.is !== 'known') return [];
  const repository =
    source.is === 'known' ? world.resources.find((other) => other.type === 'HelmRepository' && other.name === source.value) : undefined;
  const address = repository?.attr('spec', 'url');
  return one(resource, at, resource.attr('spec', 'chart', 'spec', 'version'), address?.is === 'known' ? String(address.value) : undefined, {
    layers: [resource.attr('spec', 'values')],
    sets: [],
    others: resource.attr('spec', 'valuesFrom').is !== 'absent' || resource.attr('spec', 'chart', 'spec', 'valuesFiles').is !== 'absent',
  });
}

function k3s(resource: Resource): readonly ReleasedChart[] {
  const [at, address] = [resource.attr('spec', 'chart'), resource.attr('spec', 'repo')];
  if (at.is !== 'known' || address.is === 'unknown') return [];
  return one(resource, at, resource.attr('spec', 'version'), address.is === 'known' ? String(address.value) : undefined, {
    layers: [resource.attr('spec', 'valuesContent')],
    sets: [],
    others: resource.attr('spec', 'set').is !== 'absent',
  });
}

interface Given {
  readonly layers: readonly Value[];
  readonly sets: readonly SetValue[];
  readonly others: boolean;
}

/** The values have the scope and address of what installs them, so that a finding in them is a finding of it. Nothing when they can't be seen. */
function one(resource: Resource, at: Located, version: Located, repository: string | undefined, given: Given): readonly ReleasedChart[] {
  if (at.is !== 'known') return [];
  const written = String(at.value);
  const { scope, address, environment, span, name } = resource;
  const release = {
    scope,
    address,
    environment,
    at: resource.at,
    span,
    name,
    chart: absent([]),
    version: absent([]),
    repository: absent([]),
    ...given,
  };
  const values = releaseResources(release).find((made) => made.type === 'values');
  const bare = given.layers.every((layer) => layer.is === 'absent') && given.sets.length === 0 && !given.others;
  if (!values && !bare) return [];
  const from = written.startsWith('oci:') ? written : repository;
  return [{ at, version, name: written.slice(written.lastIndexOf('/') + 1), repository: from && `${from}/`, values }];
}
