import type { Concept } from '../engine/rule.ts';
import { chartFacts, chartOfValues, isNamedAfter, type ChartFacts, type Path } from '../facts/helm-defaults.ts';
import type { Located, Resource } from '../model/resource.ts';
import { absent, unknown, type Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { isReleaseKind, releaseOf } from './chart-install-release.ts';

/** A well-known AI chart that is installed here, with the values that it is given. */
export interface ChartInstall {
  readonly of: Resource;
  readonly chart: ChartFacts;
  /** Where it is said which chart: the line to comment on when no values are given. */
  readonly at: Located;
  /** The chart's version, where one can be given. */
  readonly version: Located | undefined;
  /** What is given at a path. Absent: the chart's default holds. */
  given(...path: Path): Located;
}

/**
 * Charts that are recognised by what installs them: a Terraform `helm_release`, an Argo CD Application, a Flux HelmRelease, a k3s HelmChart, a
 * dependency in Chart.yaml. A values file without a chart beside it counts when its path and all of its keys are the chart's.
 */
export const chartInstall: Concept<ChartInstall> = {
  name: 'installation of a well-known AI chart',
  sees: (type, dialect) => type === 'helm_release' || dialect !== 'terraform',
  *view(resource, world) {
    if (resource.type === 'helm_release') yield* ofTerraform(resource, world);
    else if (resource.dialect === 'kubernetes' && isReleaseKind(resource.type)) yield* releaseOf(resource, world).flatMap(ofRelease);
    else if (resource.type === 'chart' && resource.dialect === 'helm-values') yield* ofDependencies(resource, world);
    else if (resource.type === 'values' && resource.dialect === 'helm-values') yield* ofFile(resource, world);
  },
};

function ofTerraform(resource: Resource, world: World): readonly ChartInstall[] {
  const at = resource.attr('chart');
  const repository = resource.attr('repository');
  if (at.is !== 'known' || repository.is === 'unknown') return [];
  const chart = published(String(at.value), repository);
  if (!chart) return [];
  const values = world.resources.find(
    (other) => other.type === 'values' && other.address === resource.address && other.scope.startsWith(resource.scope),
  );
  const bare = ['values', 'set', 'set_list', 'set_sensitive', 'set_wo'].every((key) => resource.attr(key).is === 'absent');
  if (!values && !bare) return [];
  return [
    {
      of: resource,
      chart,
      at,
      version: resource.attr('version'),
      given: (...path) => (values ? values.attr(...path) : missing(at)),
    },
  ];
}

function ofRelease({ at, version, name, repository, values }: ReturnType<typeof releaseOf>[number]): readonly ChartInstall[] {
  const chart = chartFacts(name, repository);
  if (!chart) return [];
  return [{ of: at.of, chart, at, version, given: (...path) => (values ? values.attr(...path) : missing(at)) }];
}

/** `https://…` or an OCI registry beside the name, or in it. A path leads to a chart of one's own. */
function published(chart: string, repository: Value): ChartFacts | undefined {
  if (/^[./~]/.test(chart) || chart.endsWith('.tgz')) return undefined;
  const address = repository.is === 'known' ? `${String(repository.value)}/` : chart.startsWith('oci:') ? chart : undefined;
  return chartFacts(chart.slice(chart.lastIndexOf('/') + 1), address);
}

/** An absent value that is said where the chart is named. */
const missing = (at: Located): Located => ({ ...absent(at.origins), of: at.of, path: at.path });

/** Subcharts: their values stand in the values files of the chart, under their alias or name. */
function* ofDependencies(resource: Resource, world: World): Generator<ChartInstall> {
  const files = world.resources.filter((other) => other.type === 'values' && other.scope === resource.scope);
  const base = files.find((file) => file.name === 'values.yaml');
  const overlays = files.filter((file) => file !== base);
  for (const dependency of resource.items('dependencies')) {
    const [name, repository, alias] = ['name', 'repository', 'alias'].map((key) => dependency.attr(key));
    if (name?.is !== 'known' || repository?.is === 'unknown') continue;
    if (repository?.is === 'known' && String(repository.value).startsWith('file:')) continue;
    const chart = chartFacts(String(name.value), repository?.is === 'known' ? `${String(repository.value)}/` : undefined);
    const key = alias?.is === 'known' ? String(alias.value) : String(name.value);
    if (!chart || isOff(dependency.attr('condition'), base)) continue;
    yield {
      of: resource,
      chart,
      at: name,
      // A range here is held to one version by Chart.lock, which is not read.
      version: undefined,
      given: (...path) => {
        const given = base ? base.attr(key, ...path) : missing(name);
        const laterSet = given.is === 'absent' && overlays.some((file) => file.attr(key, ...path).is !== 'absent');
        return laterSet ? { ...unknown('another values file sets it', given.origins), of: given.of, path: given.path } : given;
      },
    };
  }
}

/** `condition: weaviate.enabled` that the values set to false: of several the first that is there decides. */
function isOff(condition: Located, values: Resource | undefined): boolean {
  if (condition.is === 'unknown') return true;
  if (condition.is !== 'known' || !values) return false;
  const found = String(condition.value)
    .split(',')
    .map((path) => values.attr(...path.trim().split('.')))
    .find((value) => value.is !== 'absent');
  return found !== undefined && (found.is !== 'known' || found.value === false);
}

/**
 * Whether a file holds all that is given. `values.yaml`, `values-gpu.yaml`, `config.yaml`, `gpu-llm.tpl`, and any name in a directory of the
 * chart's. A number in the name says that there are several that build on each other; so do `common` and `secrets`.
 */
const isWhole = (file: string, named: boolean): boolean => (named ? ofItsOwn : conventional).test(file) && !layer.test(file);
const ofItsOwn = /(^|\/)(?:[a-z-]*values|values-[a-z-]+|[a-z-]+)\.(?:ya?ml(?:\.\w+)?|tpl|tftpl)$/;
const conventional = /(^|\/)(?:(?:[a-z-]*values|values-[a-z-]+|config)\.ya?ml|[a-z-]+\.(?:ya?ml\.\w+|tpl|tftpl))$/;
const layer = /(?:^|[-_./])(?:common|base|shared|overrides?|secrets?|patch)[^/]*$/;

/** Files that are named after a stage lie over another one: what is absent in them is given elsewhere. */
function* ofFile(resource: Resource, world: World): Generator<ChartInstall> {
  if (resource.value.is !== 'map' || resource.value.open || world.resources.some((other) => other.type === 'chart')) return;
  const chart = chartOfValues(resource.at.file, [...resource.value.entries.keys()]);
  const at = firstOf(resource);
  if (!chart || !at) return;
  const whole = isWhole(resource.at.file, isNamedAfter(chart, resource.at.file)) && resource.environment.stage === 'unknown';
  yield {
    of: resource,
    chart,
    at,
    version: undefined,
    given: (...path) => {
      const given = resource.attr(...path);
      return given.is === 'absent' && !whole
        ? { ...unknown('given by another file', given.origins), of: given.of, path: given.path }
        : given;
    },
  };
}

function firstOf(resource: Resource): Located | undefined {
  const [key] = resource.value.is === 'map' ? resource.value.entries.keys() : [];
  return key === undefined ? undefined : resource.attr(key);
}
