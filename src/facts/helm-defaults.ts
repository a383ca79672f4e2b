import { applicationCharts } from './helm-defaults-charts.ts';
import { servingCharts } from './helm-defaults-serving.ts';

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
  /** Those of them that nothing but this chart's values has at the top: by one of these a values file is known wherever it lies. */
  readonly telling?: readonly string[];
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
  /** What switches it on where it stands below one of the paths. */
  readonly signs?: readonly Sign[];
  readonly opens: string;
  readonly instead: string;
}

/** An argument, a variable's name or a line of configuration. A step of a path may be `*`: every item of a list. */
export interface Sign {
  readonly paths: readonly Path[];
  readonly text: RegExp;
}

/**
 * A setting whose default is right for a first try only. `open`: lets everybody in. `published`: an address outside of the cluster.
 * `credential`: a password that is printed in the chart. `strong`: more rights on the node or in the cluster than the product needs. `lost`: its
 * data lives as long as its pod. `unchecked`: it loads models from whoever answers.
 */
export interface UnsafeDefault {
  readonly is: 'open' | 'published' | 'credential' | 'strong' | 'lost' | 'unchecked';
  readonly path: Path;
  readonly value: string | boolean;
  /** The chart's default is another, so this counts only where it is written. */
  readonly chosen?: true;
  /** The first version of the chart that has another default. */
  readonly before?: string;
  /** Where it differs from what the rule of its kind says. */
  readonly severity?: 'high' | 'medium' | 'low';
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

export const charts: readonly ChartFacts[] = [...applicationCharts, ...servingCharts];

/** The chart that is installed under a name from a repository, `undefined` for an address that is not known. */
export const chartFacts = (name: string, repository: string | undefined): ChartFacts | undefined =>
  charts.find((row) => row.names.includes(name) && (repository === undefined ? row.shared !== true : row.repository.test(repository)));

/** The chart whose values a file holds, by its top-level keys, which all have to be the chart's own, and by its path or keys that tell. */
export const chartOfValues = (file: string, keys: readonly string[]): ChartFacts | undefined =>
  charts.find(
    (row) =>
      keys.every((key) => key === 'global' || row.keys.includes(key)) &&
      ((isNamedAfter(row, file) && keys.length >= 2) || tells(row, keys)),
  );

/** Whether a file lies in a directory that is called like the chart, or is called so itself. */
export function isNamedAfter({ names }: ChartFacts, file: string): boolean {
  const steps = file
    .toLowerCase()
    .replace(/(?:\.ya?ml)?(?:\.\w+)?$/, '')
    .split('/');
  const last = steps.at(-1) ?? '';
  return names.some((name) => steps.includes(name) || last === `${name}-values` || last === `values-${name}`);
}

const tells = ({ telling }: ChartFacts, keys: readonly string[]): boolean =>
  telling !== undefined && keys.some((key) => telling.includes(key));

/** Whether the top-level keys of a map alone say that it is a well-known chart's values. */
export const areChartValues = (keys: readonly string[]): boolean =>
  charts.some((row) => tells(row, keys) && keys.every((key) => key === 'global' || row.keys.includes(key)));
