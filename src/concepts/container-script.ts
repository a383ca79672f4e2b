import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { podsOf } from './container.ts';

/** A text that a container runs or gets as an argument: an item of `command` or `args`. */
export interface ContainerScript {
  readonly of: Resource;
  readonly at: Located;
  /** All items of the list in one line, at most 20,000 characters. */
  readonly line: string;
  /** The container's name, or its workload's. */
  readonly owner: string;
}

const longest = 20_000;

export const containerScript: Concept<ContainerScript> = {
  name: 'what a container runs',
  *view(resource) {
    for (const pod of podsOf(resource))
      for (const container of pod.containers)
        for (const key of ['command', 'args']) {
          const list = container.view.attr(key);
          if (list.is !== 'list') continue;
          const items = list.items.flatMap((item, i) => (item.is === 'known' ? [{ ...item, of: resource, path: [...list.path, i] }] : []));
          const longestItem = items.toSorted((a, b) => String(b.value).length - String(a.value).length)[0];
          if (!longestItem) continue;
          const line = items
            .map(({ value }) => String(value))
            .join(' ')
            .slice(0, longest);
          yield { of: resource, at: longestItem, line, owner: container.name || resource.name };
        }
  },
};
