import { posix } from 'node:path';
import type { DataDocument } from '../../documents/data.ts';
import { formatOf } from '../../documents/format.ts';
import type { Node } from '../../documents/node.ts';

/** A chart's directory with what a template of it can read. */
export interface Chart {
  readonly directory: string;
  readonly definition: Node;
  /** The root of the chart's own values.yaml. */
  readonly values: Node | undefined;
}

/** The charts of a snapshot by directory. */
export function chartsOf(documents: readonly DataDocument[]): ReadonlyMap<string, Chart> {
  const byPath = new Map(documents.map((document) => [document.file, document]));
  const charts = new Map<string, Chart>();
  for (const { file, roots } of documents) {
    const [root] = roots;
    if (!/(^|\/)Chart\.ya?ml$/.test(file) || !root || formatOf(root, file) !== 'chart') continue;
    const directory = posix.dirname(file);
    charts.set(directory, { directory, definition: root, values: byPath.get(posix.join(directory, 'values.yaml'))?.roots[0] });
  }
  return charts;
}

/** The chart that a file belongs to: that of the nearest directory above it which has one. */
export function chartOf(charts: ReadonlyMap<string, Chart>, file: string): Chart | undefined {
  for (let directory = posix.dirname(file); ; directory = posix.dirname(directory)) {
    const chart = charts.get(directory);
    if (chart || directory === '.' || directory === '/') return chart;
  }
}
