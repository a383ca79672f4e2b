import type { Path } from '../facts/helm-defaults.ts';
import type { Located } from '../model/resource.ts';
import { absent, type Value } from '../model/value.ts';
import { isSet } from './chart-install-defaults.ts';
import type { ChartInstall } from './chart-install.ts';

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
