import { charts } from './helm-defaults-charts.ts';

/**
 * What the well-known charts of AI software call things, and what holds when the values say nothing. Every default was read in the chart's
 * own values.yaml; `source` says which version of it, so that a row can be read again when the chart moves on.
 */
export interface ChartFacts {
  readonly product: string;
  /** The chart's name; a dependency without an alias has its values under it. */
  readonly names: readonly string[];
  /** Addresses that the chart is published at. */
  readonly repository: RegExp;
  /** Other publishers have a chart of this name with other values: the name alone proves nothing. */
  readonly shared?: true;
  /** All top-level keys of its values, by which a values file without a chart beside it is recognised. */
  readonly keys: readonly string[];
  readonly source: ChartSource;
  /** Keys that put it outside of the cluster. */
  readonly exposed: readonly Exposure[];
  readonly login?: Login;
  readonly defaults: readonly UnsafeDefault[];
}

export interface ChartSource {
  readonly repository: string;
  readonly path: string;
  readonly commit: string;
  /** The commit's day. */
  readonly date: string;
}

export type Path = readonly string[];

/** `service`: the type of a Service, ClusterIP unless a default says otherwise. `ingress`: a switch that is off by default. */
export interface Exposure {
  readonly is: 'service' | 'ingress';
  readonly path: Path;
  readonly byDefault?: 'LoadBalancer';
}

/** How the product is made to ask who is calling. By default it does not. */
export interface Login {
  /** Any of these set to something other than false or an empty text switches a log-in on; empty when the product has none. */
  readonly switches: readonly Path[];
  /** Any of these set to false switches a log-in on. */
  readonly offSwitches?: readonly Path[];
  /** Any of these can switch it on in a way that the values do not show plainly. */
  readonly perhaps?: readonly Path[];
  readonly opens: string;
  readonly instead: string;
}

/** A setting whose default is right for a first try only. */
export interface UnsafeDefault {
  readonly is: 'open' | 'published' | 'credential';
  readonly path: Path;
  readonly value: string | boolean;
  /** Values at other paths that make it harmless. */
  readonly unless: readonly Unless[];
  readonly consequence: string;
  readonly instead: string;
  /** What to write, where that is right without knowing more. */
  readonly better?: string | boolean;
}

/** `set`: anything but an empty text or false. */
export interface Unless {
  readonly path: Path;
  readonly is: 'set' | 'false';
}

/** The chart that is installed under a name from a repository, `undefined` for an address that is not known. */
export const chartFacts = (name: string, repository: string | undefined): ChartFacts | undefined =>
  charts.find((row) => row.names.includes(name) && (repository === undefined ? row.shared !== true : row.repository.test(repository)));

/** The chart whose values a file holds, by its path and by its top-level keys, which all have to be the chart's own. */
export function chartOfValues(file: string, keys: readonly string[]): ChartFacts | undefined {
  const steps = file
    .toLowerCase()
    .replace(/\.ya?ml$/, '')
    .split('/');
  const last = steps.at(-1) ?? '';
  return charts.find((row) => {
    const named = row.names.some((name) => steps.includes(name) || last === `${name}-values` || last === `values-${name}`);
    return named && keys.length >= 2 && keys.every((key) => row.keys.includes(key));
  });
}
