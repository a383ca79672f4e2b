import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { Known } from '../model/value.ts';
import { describesPods, podsOf } from './container.ts';

/** What a container runs: its `command` or its `args`. */
export interface ContainerScript {
  readonly of: Resource;
  /** All known items of the list in one line, at most 20,000 characters. */
  readonly line: string;
  /** The item that a place in the line belongs to. */
  readonly itemAt: (offset: number) => Located;
  /** The container's name, or its workload's. */
  readonly owner: string;
}

const longest = 20_000;

export const containerScript: Concept<ContainerScript> = {
  name: 'what a container runs',
  sees: describesPods,
  *view(resource) {
    for (const pod of podsOf(resource))
      for (const container of pod.containers)
        for (const key of ['command', 'args']) {
          const list = container.view.attr(key);
          if (list.is !== 'list') continue;
          const items = list.items.flatMap((item, i) => (item.is === 'known' ? [{ ...item, of: resource, path: [...list.path, i] }] : []));
          yield { of: resource, owner: container.name || resource.name, ...joined(items, list) };
        }
  },
};

function joined(items: readonly (Located & Known)[], list: Located): Pick<ContainerScript, 'line' | 'itemAt'> {
  let end = 0;
  const ends = items.map(({ value }) => (end += String(value).length + 1));
  const line = items.map(({ value }) => String(value)).join(' ');
  return { line: line.slice(0, longest), itemAt: (offset) => items[ends.findIndex((after) => offset < after)] ?? list };
}
