import { child, entry, type MapNode, type Node } from '../../documents/node.ts';
import { textAt } from '../../documents/format.ts';
import { environmentNamed } from '../environment.ts';
import { nodeValue, type Reading } from '../node-value.ts';
import { makeResource, type Environment, type Resource } from '../resource.ts';

export interface ManifestRoot {
  readonly file: string;
  readonly root: Node;
  /** Which document of the file it is, from 0: the name of a resource that has none. */
  readonly index: number;
}

/** The resources of one YAML document; `List` kinds are unrolled. Their paths are those of the manifest. `environment`: what the file's path says. */
export function kubernetesResources(at: ManifestRoot, environment: Environment, reading: Reading = {}): readonly Resource[] {
  const { root } = at;
  if (root.is !== 'map') return [];
  const kind = textAt(root, 'kind');
  const version = textAt(root, 'apiVersion');
  if (kind === undefined || version === undefined) return [];
  const items = kind.endsWith('List') ? child(root, 'items') : undefined;
  if (items?.is === 'list')
    return items.items.flatMap((item, i) => kubernetesResources({ ...at, root: item, index: at.index + i }, environment, reading));
  return [manifest(at, root, version, kind, environment, reading)];
}

function manifest(
  { file, index }: ManifestRoot,
  root: MapNode,
  version: string,
  kind: string,
  environment: Environment,
  reading: Reading,
): Resource {
  const metadata = child(root, 'metadata');
  const namespace = textAt(metadata, 'namespace');
  const name = textAt(metadata, 'name') ?? textAt(metadata, 'generateName') ?? `#${index + 1}`;
  const value = nodeValue(root, reading);
  return makeResource({
    dialect: 'kubernetes',
    type: kind,
    address: [version, kind, ...(namespace === undefined ? [] : [namespace]), name].join('/'),
    name,
    scope: file,
    environment: ownEnvironment(metadata) ?? environment,
    at: entry(root, 'kind')?.span ?? root.span,
    span: root.span,
    value: value.is === 'map' ? value : { is: 'map', entries: new Map(), origins: value.origins, open: true },
  });
}

/** The environment that the manifest itself names: in its namespace, or in a label that people use for it. */
function ownEnvironment(metadata: Node | undefined): Environment | undefined {
  const namespace = textAt(metadata, 'namespace');
  const labels = child(metadata, 'labels');
  const named = [
    ...(namespace === undefined ? [] : [environmentNamed(namespace, `namespace \`${namespace}\``)]),
    ...['environment', 'env', 'stage', 'app.kubernetes.io/environment'].map((label) =>
      environmentNamed(textAt(labels, label) ?? '', `label \`${label}\``),
    ),
  ];
  return named.find(({ stage }) => stage !== 'unknown');
}
