import { posix } from 'node:path';
import { isYaml } from './configuration.ts';
import { ancestors, filesIn } from './tree.ts';
import type { Repository } from './tree.ts';

/** The chart of each changed file that lies in one, and the values of the charts around that chart: they override its own. */
export function helmContext(paths: readonly string[], repository: Repository): string[] {
  const wanted = new Set<string>();
  const whole = new Set<string>();
  for (const path of paths) {
    const [chart, ...around] = chartsAround(posix.dirname(path), repository);
    if (chart === undefined) continue;
    whole.add(chart);
    for (const outer of around) for (const file of definition(outer, repository)) wanted.add(file);
  }
  for (const chart of whole) for (const file of definition(chart, repository)) wanted.add(file);
  for (const file of templates(whole, repository)) wanted.add(file);
  return [...wanted];
}

/** The directories that hold a Chart.yaml at or above a directory, nearest first. */
const chartsAround = (directory: string, repository: Repository): string[] =>
  ancestors(directory).filter((at) => repository.tree.has(posix.join(at, 'Chart.yaml')));

const definition = (chart: string, repository: Repository): string[] =>
  filesIn(repository, chart).filter((file) => {
    const name = posix.basename(file);
    return name === 'Chart.yaml' || (isYaml(file) && name.includes('values'));
  });

function templates(charts: ReadonlySet<string>, repository: Repository): string[] {
  if (charts.size === 0) return [];
  const found: string[] = [];
  for (const [directory, files] of repository.directories) {
    const root = ancestors(directory).find((at) => posix.basename(at) === 'templates' && charts.has(posix.dirname(at)));
    if (root !== undefined) found.push(...files.filter((file) => isYaml(file) || file.endsWith('.tpl')));
  }
  return found;
}
