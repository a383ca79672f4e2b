import { posix } from 'node:path';
import type { Snapshot } from '../documents/snapshot.ts';
import { resolveIn } from './tree.ts';
import type { Repository } from './tree.ts';

/** How many nested templates are followed. */
const nestedLimit = 50;

/** The local templates that changed CloudFormation templates nest, and those that these nest. */
export function cloudFormationContext(paths: readonly string[], repository: Repository, known: Snapshot): string[] {
  const queue = [...paths];
  const seen = new Set(paths);
  const nested: string[] = [];
  for (let at = 0; at < queue.length && nested.length < nestedLimit; at++) {
    const path = queue[at];
    const text = path === undefined ? undefined : known.get(path)?.text;
    if (path === undefined || text?.includes('TemplateURL') !== true) continue;
    for (const match of text.matchAll(/\bTemplateURL["']?:[ \t]*["']?([\w./-]+)/g)) {
      const target = resolveIn(posix.dirname(path), match[1] ?? '');
      if (target === undefined || seen.has(target) || !repository.tree.has(target)) continue;
      seen.add(target);
      queue.push(target);
      nested.push(target);
    }
  }
  return nested;
}
