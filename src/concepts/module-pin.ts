import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { sourceAddress } from './module-source.ts';

/** The call of a module from elsewhere whose code may be another one at the next `terraform init`. */
export interface LooseModule {
  readonly of: Resource;
  /** Its `source`. */
  readonly at: Located;
  /** As `sourceAddress` has it. */
  readonly address: string;
  /** `newest`: whatever release is the newest in the registry. `default branch`: whatever that holds. Else the branch that `ref` names. */
  readonly takes: { readonly is: 'newest' } | { readonly is: 'default branch' } | { readonly is: 'branch'; readonly name: string };
}

/**
 * Calls whose version is known to be open. Sources: https://developer.hashicorp.com/terraform/language/modules/sources, and
 * https://developer.hashicorp.com/terraform/language/files/dependency-lock, by which the lock file holds no versions of modules.
 */
export const looseModule: Concept<LooseModule> = {
  name: 'module without a version',
  sees: (type) => type === 'module',
  *view(resource) {
    if (resource.type !== 'module' || resource.dialect !== 'terraform') return;
    const at = resource.attr('source');
    if (at.is !== 'known') return;
    const source = String(at.value);
    const address = sourceAddress(source);
    if (address === undefined) return;
    if (isRegistry(source)) {
      if (resource.attr('version').is === 'absent') yield { of: resource, at, address, takes: { is: 'newest' } };
    } else if (isGit(source)) {
      const takes = takenFromGit(source);
      if (takes) yield { of: resource, at, address, takes };
    }
  },
};

/** `[host/]namespace/name/provider`; hosts that Terraform takes for git or a bucket are none of a registry. */
const isRegistry = (source: string): boolean =>
  /^(?:(?!(?:[^/]+\.)?(?:github\.com|bitbucket\.org|amazonaws\.com|googleapis\.com)\/)[\w-]+(?:\.[\w-]+)+(?::\d+)?\/)?[\w-]+\/[\w-]+\/[0-9a-z]+(?:\/\/[^?]*)?$/i.test(
    source,
  );

/** What Terraform clones: a forced `git::`, its short forms of GitHub and Bitbucket, an address for SSH. */
const isGit = (source: string): boolean => /^(?:git::|(?:github\.com|bitbucket\.org)\/|[\w.-]+@[\w.-]+:)/i.test(source);

/** Names that are branches by everybody's habit; a tag may be called anything else. */
const branch = /^(?:HEAD|main|master|trunk|develop|development|dev|staging|latest|next|nightly)$/i;

function takenFromGit(source: string): LooseModule['takes'] | undefined {
  const ref = /[?&]ref=([^&#]{0,300})/.exec(source)?.[1] ?? '';
  if (ref === '') return { is: 'default branch' };
  const plain = ref.replace(/%2F/gi, '/');
  const name = plain.replace(/^(?:refs\/)?heads\//, '');
  return name !== plain || branch.test(name) ? { is: 'branch', name } : undefined;
}
