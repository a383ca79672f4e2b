import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { acceleratorsIn } from './autoscaling.ts';
import { byType } from './by-type.ts';
import { setting, text, textOf, type Setting } from './setting.ts';

/** How Karpenter starts machines with accelerators on AWS. */
export interface GpuNodeClass {
  readonly of: Resource;
  /** What it starts, in words. */
  readonly starts: string;
  /** The images by alias: `al2023@latest`, `bottlerocket@v1.20.0`. */
  readonly aliases: readonly Located[];
  /** `required` when nothing is said. */
  readonly tokens: Setting<string>;
  readonly hops: Located;
  /** False where the metadata service is switched off. */
  readonly answers: boolean;
}

// Default: httpTokens required, httpPutResponseHopLimit 1, so that no pod reaches the service. Source: Karpenter v1, EC2NodeClass,
// spec.metadataOptions.
export const gpuNodeClass = byType<GpuNodeClass>('class of nodes with accelerators', {
  EC2NodeClass: (resource, world) => {
    const starts = resource.address.startsWith('karpenter.k8s.aws/') ? startsOf(resource, world) : undefined;
    if (starts === undefined) return [];
    const metadata = (key: string): Located => resource.attr('spec', 'metadataOptions', key);
    return [
      {
        of: resource,
        starts,
        aliases: resource.items('spec', 'amiSelectorTerms').map((term) => term.attr('alias')),
        tokens: setting(metadata('httpTokens'), text, 'required'),
        hops: metadata('httpPutResponseHopLimit'),
        answers: textOf(metadata('httpEndpoint')) !== 'disabled',
      },
    ];
  },
});

/** By a pool that takes it and asks for accelerators, else by its own name. */
function startsOf(nodeClass: Resource, world: World): string | undefined {
  for (const pool of world.resources) {
    if (pool.type !== 'NodePool' || !pool.address.startsWith('karpenter.sh/')) continue;
    if (textOf(pool.attr('spec', 'template', 'spec', 'nodeClassRef', 'name')) !== nodeClass.name) continue;
    const found = pool.items('spec', 'template', 'spec', 'requirements').flatMap(acceleratorsIn)[0];
    if (found !== undefined) return `the nodes of pool \`${pool.name}\` (\`${found}\`)`;
  }
  return /(?:^|[-_.])(?:gpu|nvidia|neuron|trainium|trn\d|inferentia|inf\d)(?:$|[-_.])/i.test(nodeClass.name)
    ? 'nodes with accelerators'
    : undefined;
}
