import type { Fix } from '../engine/rule.ts';
import { capital, code } from '../engine/words.ts';
import type { UnsafeDefault, Unless } from '../facts/helm-defaults.ts';
import { compareVersions, versionOf } from '../facts/versions.ts';
import type { Located } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { ChartInstall } from './chart-install.ts';

/** Whether something that makes a default harmless is, or may be, given. */
const excuses = (install: ChartInstall, { path, is }: Unless): boolean => {
  const value = install.given(...path);
  return value.is === 'unknown' || (is === 'set' ? isSet(value) : value.is === 'known' && String(value.value) === 'false');
};

/** Anything but nothing, false and empty: `{secretName: ""}` is empty, too. */
export function isSet(value: Value): boolean {
  if (value.is === 'known') return value.value !== false && value.value !== '' && value.value !== 'false';
  if (value.is === 'list') return value.items.length > 0;
  return value.is === 'map' ? value.open === true || [...value.entries.values()].some(isSet) : value.is === 'unknown';
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
    const holds = written || (at.is === 'absent' && row.chosen === undefined && isBefore(install.version, row.before));
    return holds ? [{ row, at, written, fix }] : [];
  });
}

/** What an unsafe default does, in the words that all rules about them share; `besides` is said of this installation alone. */
export function installedWith({ chart }: ChartInstall, { row, written }: InForce, besides = ''): string {
  const plain = typeof row.value === 'boolean' || /^[A-Za-z][\w.-]*$/.test(row.value);
  const setting = code(`${row.path.join('.')}: ${plain ? String(row.value) : JSON.stringify(row.value)}`);
  const silent = written ? '' : ', which is what the chart does when the values say nothing';
  return `${capital(chart.product)} is installed with ${setting}${silent}${besides}: ${row.consequence}. Better ${row.instead}.`;
}

/** Whether the version is one, not a range, and an older one; true where the row holds for all. */
function isBefore(version: Located | undefined, bound: string | undefined): boolean {
  if (bound === undefined) return true;
  const written = version?.is === 'known' ? /^v?(\d+\.\d+\.\d+)$/.exec(String(version.value).trim())?.[1] : undefined;
  const [own, first] = [written, bound].map((text) => versionOf(text ?? ''));
  return own !== undefined && first !== undefined && compareVersions(own, first) < 0;
}
