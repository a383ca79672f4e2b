import type { Document } from '../documents/document.ts';
import type { Node } from '../documents/node.ts';
import { columnAt } from './lines.ts';
import type { YamlStyle } from './literals.ts';

type DataDocument = Extract<Document, { is: 'data' }>;
type Container = Exclude<Node, { is: 'scalar' }>;

/** Whether text in a JSON file is a Terraform template. */
export const inTerraform = ({ file }: DataDocument): boolean => file.endsWith('.tf.json') || file.endsWith('.tfvars.json');

/** How a YAML file is indented and quoted, by majority; where it does not say, as most people write it. */
export function yamlStyle({ text, roots }: DataDocument): YamlStyle {
  const steps = new Map<number, number>();
  const dashes = new Map<number, number>();
  const count = (counts: Map<number, number>, n: number): void => void counts.set(n, (counts.get(n) ?? 0) + 1);
  for (const { parent, child } of blockPairs(roots)) {
    const deeper = columnAt(text, child.span.start) - columnAt(text, parent.span.start);
    if (child.is === 'map' && deeper > 0) count(steps, deeper);
    if (child.is === 'list' && deeper >= 0) count(dashes, deeper);
  }
  const single = text.split("'").length;
  const double = text.split('"').length;
  const step = most(steps) ?? 2;
  return { step, dash: most(dashes) ?? step, quote: single > double ? "'" : '"' };
}

function* blockPairs(nodes: readonly Node[], limit = { left: 20_000 }): Generator<{ readonly parent: Node; readonly child: Container }> {
  for (const node of nodes) {
    if (node.is === 'scalar' || node.via || node.flow || limit.left-- <= 0) continue;
    const children = node.is === 'map' ? node.entries.map(({ value }) => value) : node.items;
    if (node.is === 'map')
      for (const child of children) if (child.is !== 'scalar' && !child.flow && !child.via) yield { parent: node, child };
    yield* blockPairs(children, limit);
  }
}

function most(counts: ReadonlyMap<number, number>): number | undefined {
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** The blanks per level of a JSON file, from its first indented line. */
export function jsonStep({ text }: DataDocument): string {
  return /^[{[][ \t]*\r?\n([ \t]+)/.exec(text.trimStart())?.[1] ?? '  ';
}
