import type { Resource } from '../resource.ts';
import { absent, type Value } from '../value.ts';
import { knownText } from './object.ts';
import { releaseResources, type Release, type SetValue } from './release-values.ts';

/** The chart and its values that an object of a delivery tool installs: an Argo CD Application or ApplicationSet, a Flux HelmRelease, a k3s HelmChart. */
export function releasesOf(resource: Resource): readonly Resource[] {
  if (resource.dialect !== 'kubernetes') return [];
  const group = (knownText(resource.value, 'apiVersion') ?? '').replace(/\/.*/, '');
  switch (`${group}/${resource.type}`) {
    case 'argoproj.io/Application':
      return ofSources(resource, part(resource.value, 'spec'));
    case 'argoproj.io/ApplicationSet':
      return ofSources(resource, part(resource.value, 'spec', 'template', 'spec'));
    case 'helm.toolkit.fluxcd.io/HelmRelease':
      return releaseResources(flux(resource));
    case 'helm.cattle.io/HelmChart':
      return releaseResources({
        ...common(resource),
        chart: at(resource, 'chart'),
        version: at(resource, 'version'),
        repository: at(resource, 'repo'),
        layers: [at(resource, 'valuesContent')],
      });
    default:
      return [];
  }
}

const part = (value: Value, ...path: readonly string[]): Value => {
  let inner: Value | undefined = value;
  for (const key of path) inner = inner?.is === 'map' ? inner.entries.get(key) : undefined;
  return inner ?? absent(value.origins);
};
const at = ({ value }: Resource, ...path: readonly string[]): Value => part(value, 'spec', ...path);
const itemsOf = (value: Value): readonly Value[] => (value.is === 'list' ? value.items : []);

const common = (resource: Resource, index = 0): Omit<Release, 'chart' | 'version' | 'repository' | 'layers'> => {
  const address = index === 0 ? resource.address : `${resource.address}#${index + 1}`;
  return {
    address,
    name: resource.name,
    scope: `${resource.scope}#${address}`,
    environment: resource.environment,
    at: resource.at,
    span: resource.span,
    sets: [],
    others: false,
  };
};

/** `source`, or each of `sources`. */
function ofSources(resource: Resource, spec: Value): readonly Resource[] {
  const source = part(spec, 'source');
  const sources = source.is === 'map' ? [source] : itemsOf(part(spec, 'sources')).slice(0, 50);
  return sources.flatMap((one, i) => (part(one, 'helm').is === 'map' ? releaseResources(argo(resource, one, i)) : []));
}

/** Argo CD lays `values` over the files that it names, `valuesObject` in place of `values`, and parameters over all. */
function argo(resource: Resource, source: Value, index: number): Release {
  const helm = part(source, 'helm');
  const object = part(helm, 'valuesObject');
  const parameters = itemsOf(part(helm, 'parameters')).map((item): SetValue => ({
    name: part(item, 'name'),
    value: part(item, 'value'),
    text: knownText(item, 'forceString') === 'true',
    origins: item.origins.map(({ span, what }) => ({ span, what })),
  }));
  const chart = part(source, 'chart');
  return {
    ...common(resource, index),
    // A chart in a git repository is called by its directory.
    chart: chart.is === 'absent' ? part(source, 'path') : chart,
    version: part(source, 'targetRevision'),
    repository: part(source, 'repoURL'),
    layers: [object.is === 'map' ? object : part(helm, 'values')],
    sets: parameters,
    others: ['valueFiles', 'fileParameters'].some((key) => itemsOf(part(helm, key)).length > 0),
  };
}

function flux(resource: Resource): Release {
  return {
    ...common(resource),
    chart: at(resource, 'chart', 'spec', 'chart'),
    version: at(resource, 'chart', 'spec', 'version'),
    repository: at(resource, 'chart', 'spec', 'sourceRef', 'name'),
    layers: [at(resource, 'values')],
    others: itemsOf(at(resource, 'valuesFrom')).length > 0,
  };
}
