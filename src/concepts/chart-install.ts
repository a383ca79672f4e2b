import type { Concept, Fix } from '../engine/rule.ts';
import { chartFacts, chartOfValues, type ChartFacts, type Path, type UnsafeDefault, type Unless } from '../facts/helm-defaults.ts';
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

/** Files that are named after a stage lie over another one: what is absent in them is given elsewhere. */
function* ofFile(resource: Resource, world: World): Generator<ChartInstall> {
  if (resource.value.is !== 'map' || resource.value.open || world.resources.some((other) => other.type === 'chart')) return;
  const chart = chartOfValues(resource.at.file, [...resource.value.entries.keys()]);
  const at = firstOf(resource);
  if (!chart || !at) return;
  const whole = /(^|\/)(?:[a-z-]*values|values-[a-z-]+|[a-z-]+)\.ya?ml$/.test(resource.at.file) && resource.environment.stage === 'unknown';
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

/** Whether something that makes a default harmless is, or may be, given. */
const excuses = (install: ChartInstall, { path, is }: Unless): boolean => {
  const value = install.given(...path);
  return value.is === 'unknown' || (is === 'set' ? isSet(value) : value.is === 'known' && String(value.value) === 'false');
};

/** Anything but nothing, false and empty. */
export function isSet(value: Value): boolean {
  if (value.is === 'known') return value.value !== false && value.value !== '' && value.value !== 'false';
  if (value.is === 'list') return value.items.length > 0;
  return value.is === 'map' ? value.entries.size > 0 : value.is === 'unknown';
}

/** An unsafe default that holds: because nothing is said, or because it is written out. */
export interface InForce {
  readonly row: UnsafeDefault;
  readonly at: Located;
  readonly written: boolean;
  /** What is better written, where that is right without knowing more and there are values to write it in. */
  readonly fix: readonly Fix[];
}

/** The chart's unsafe defaults of one kind that hold here, and that nothing given makes harmless. */
export function defaultsInForce(install: ChartInstall, kind: UnsafeDefault['is']): readonly InForce[] {
  return install.chart.defaults.flatMap((row): readonly InForce[] => {
    if (row.is !== kind || row.unless.some((unless) => excuses(install, unless))) return [];
    const at = install.given(...row.path);
    const written = at.is === 'known' && at.value === row.value;
    const fix: readonly Fix[] = row.better === undefined || at.path === install.at.path ? [] : [{ do: 'set', at, to: row.better }];
    return written || at.is === 'absent' ? [{ row, at, written, fix }] : [];
  });
}

/** What puts a chart outside of the cluster. */
export interface Exposed {
  readonly at: Located;
  readonly how: 'load balancer' | 'port of every node' | 'ingress';
}

/** The first thing that publishes it: an ingress that is on, a Service of another type than ClusterIP that nothing narrows. */
export function exposedBy(install: ChartInstall): Exposed | undefined {
  for (const { is, path, byDefault } of install.chart.exposed) {
    const at = install.given(...path);
    if (is === 'ingress') {
      if (at.is === 'known' && at.value === true && !authenticated(install, path)) return { at, how: 'ingress' };
      continue;
    }
    const type = at.is === 'absent' ? byDefault : at.is === 'known' ? at.value : undefined;
    const around = path.slice(0, -1);
    const narrowed = ['annotations', 'loadBalancerSourceRanges', 'loadBalancerClass'].some((key) => isSet(install.given(...around, key)));
    if (narrowed) continue;
    if (type === 'LoadBalancer') return { at, how: 'load balancer' };
    if (type === 'NodePort') return { at, how: 'port of every node' };
  }
  return undefined;
}

/** True when annotations beside the switch put, or may put, a log-in in front. */
function authenticated(install: ChartInstall, path: Path): boolean {
  const annotations = install.given(...path.slice(0, -1), 'annotations');
  if (annotations.is !== 'map') return annotations.is === 'unknown';
  return (
    annotations.open === true ||
    [...annotations.entries.keys()].some((key) =>
      /auth|whitelist|allow|inbound-cidrs|middlewares|plugins|snippet|scheme|internal|backend-config|waf|\/class$/i.test(key),
    )
  );
}

/** Whether the product asks who is calling: `maybe` when a value that could bring a log-in is there or not known. */
export function asksForLogin(install: ChartInstall): 'yes' | 'no' | 'maybe' {
  const { login } = install.chart;
  if (!login) return 'yes';
  if (login.perhaps?.some((path) => isSet(install.given(...path)))) return 'maybe';
  const on = login.switches.map((path) => install.given(...path));
  const off = (login.offSwitches ?? []).map((path) => install.given(...path));
  if ([...on, ...off].some((value) => value.is === 'unknown')) return 'maybe';
  return on.some(isSet) || off.some((value) => value.is === 'known' && value.value === false) ? 'yes' : 'no';
}
