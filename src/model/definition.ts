import { child, entry, type Node } from '../documents/node.ts';
import { nodeValue } from './node-value.ts';
import { makeResource, type Environment, type Resource } from './resource.ts';
import type { Span } from '../documents/span.ts';

const types = ['model_endpoint', 'training_cluster'] as const;

/**
 * The resources of a tool-agnostic definition: the map under `model_endpoint:` or `training_cluster:`, or each item of a list there. Paths
 * start in that map: `attr('network', 'public_access')`.
 */
export function definitionResources(file: string, root: Node, environment: Environment): readonly Resource[] {
  return types.flatMap((type) => {
    const written = entry(root, type);
    if (!written) return [];
    const nodes = written.value.is === 'list' ? written.value.items : [written.value];
    return nodes.flatMap((node, i): readonly Resource[] => {
      const value = nodeValue(node);
      if (node.is !== 'map' || value.is !== 'map') return [];
      const alone = written.value.is === 'map';
      const named = child(node, 'name');
      const name = named?.is === 'scalar' && named.value !== null ? String(named.value) : alone ? '' : `#${i + 1}`;
      const first: Span = node.entries[0]?.span ?? node.span;
      const address = name === '' ? type : `${type}.${name}`;
      const own: Span = node.span;
      return [
        makeResource({
          dialect: 'definition',
          type,
          address,
          name: name || type,
          scope: file,
          environment,
          at: alone ? written.keySpan : first,
          span: alone ? written.span : own,
          value,
        }),
      ];
    });
  });
}
