import type { Path } from '../facts/helm-defaults.ts';
import type { Located } from '../model/resource.ts';
import { absent, type Value } from '../model/value.ts';
import type { World } from '../model/world.ts';
import { isSet } from './chart-install-defaults.ts';
import { chartInstall, type ChartInstall } from './chart-install.ts';
import { encrypted, ingressAccess, isInternalClass, ownMachine } from './ingress-annotations.ts';
import { maySee } from './may-see.ts';
import { onceForEach } from './remembered.ts';

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
      if (isOpenIngress(install, path, at)) return { at, how: 'ingress' };
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

/** The switches of ingresses that are on, and that ask nobody who they are. */
export const openIngresses = (install: ChartInstall): readonly { readonly at: Located; readonly plain: boolean }[] =>
  install.chart.exposed.flatMap(({ is, path }) => {
    const at = install.given(...path);
    if (is !== 'ingress' || !isOpenIngress(install, path, at)) return [];
    const around = path.slice(0, -1);
    return [{ at, plain: encrypted(install.given(...around, 'tls'), install.given(...around, 'annotations')) === 'no' }];
  });

function isOpenIngress(install: ChartInstall, path: Path, at: Located): boolean {
  if (at.is !== 'known' || at.value !== true) return false;
  const beside = (key: string): Located => install.given(...path.slice(0, -1), key);
  const { reach, authenticated } = ingressAccess(install.of, beside('annotations'));
  if (reach === 'internal' || authenticated !== 'no' || hasBackendConfig(install) || onOneMachine([beside('host'), beside('hosts')]))
    return false;
  return !['className', 'ingressClassName', 'class'].map(beside).some(isInternalClass);
}

/** Whether the product asks who is calling: `maybe` when a value that could bring a log-in is there or not known. */
export function asksForLogin(install: ChartInstall): 'yes' | 'no' | 'maybe' {
  const { login } = install.chart;
  if (!login) return 'yes';
  if (login.perhaps?.some((path) => isSet(install.given(...path)))) return 'maybe';
  for (const { paths, text } of login.signs ?? []) {
    const values = paths.flatMap((path) => below(install, path));
    if (values.some((value) => says(value, text))) return 'yes';
    if (values.some(hides)) return 'maybe';
  }
  const on = login.switches.map((path) => install.given(...path));
  const off = (login.offSwitches ?? []).map((path) => install.given(...path));
  if ([...on, ...off].some((value) => value.is === 'unknown')) return 'maybe';
  return on.some(isSet) || off.some((value) => value.is === 'known' && value.value === false) ? 'yes' : 'no';
}

/** The values at a path of which a step may be `*`. */
function below(install: ChartInstall, path: Path): readonly Value[] {
  const star = path.indexOf('*');
  if (star === -1) return [install.given(...path)];
  const list = install.given(...path.slice(0, star));
  const items = list.is === 'list' ? list.items : list.is === 'unknown' ? [list] : [];
  return items.map((item) => path.slice(star + 1).reduce<Value>(inside, item));
}

const inside = (value: Value, key: string): Value =>
  value.is === 'map' ? (value.entries.get(key) ?? absent(value.origins)) : value.is === 'unknown' ? value : absent(value.origins);

/** Whether a text, a key or anything in a list or map matches; of a variable only its name is asked. */
function says(value: Value, text: RegExp): boolean {
  if (value.is === 'known') return text.test(String(value.value));
  if (value.is === 'list') return value.items.some((item) => says(item, text));
  return value.is === 'map' && [...value.entries].some(([key, item]) => text.test(key) || (key !== 'value' && says(item, text)));
}

/** Whether anything of it is not known that could match; what a variable is set to could not. */
function hides(value: Value): boolean {
  if (value.is === 'unknown') return true;
  if (value.is === 'list') return value.open === true || value.items.some(hides);
  return (
    value.is === 'map' &&
    (value.open === true || [...value.entries].some(([key, item]) => key !== 'value' && key !== 'valueFrom' && hides(item)))
  );
}

function onOneMachine(given: readonly Value[]): boolean {
  const entries = given.flatMap((value) => (value.is === 'list' ? value.items : [value]));
  const hosts = entries.map((entry) => inside(entry, 'host')).map((host, i) => (host.is === 'known' ? host : entries[i]));
  const names = hosts.flatMap((host) => (host?.is === 'known' ? [String(host.value)] : []));
  return names.length > 0 && names.every((name) => ownMachine.test(name));
}

/** On GKE a BackendConfig, which can hold IAP's log-in, is named on the Service. */
const hasBackendConfig = (install: ChartInstall): boolean =>
  install.chart.exposed.some(({ is, path }) => {
    const annotations = is === 'service' ? install.given(...path.slice(0, -1), 'annotations') : undefined;
    return annotations?.is === 'map' && [...annotations.entries.keys()].some((key) => key.endsWith('cloud.google.com/backend-config'));
  });

/** Whether the chart of which this value switches an ingress or a Service on asks for a log-in; undefined for what is no such value. */
export function loginBehind(at: Located, world: World): 'yes' | 'no' | 'maybe' | undefined {
  const install = switchesIn(world).get(placeOf(at));
  return install?.chart.login && asksForLogin(install);
}

const switchesIn = onceForEach(
  (world: World): ReadonlyMap<string, ChartInstall> =>
    new Map(
      world.resources
        .filter(({ type, dialect }) => maySee(chartInstall, type, dialect))
        .flatMap((resource) => [...chartInstall.view(resource, world)])
        .flatMap((install) => install.chart.exposed.map(({ path }) => [placeOf(install.given(...path)), install] as const)),
    ),
);

/** Where it is written; empty for what is not. */
function placeOf({ is, origins }: Located): string {
  const [origin] = origins;
  return is === 'absent' || !origin ? '' : `${origin.span.file}:${origin.span.start}`;
}
