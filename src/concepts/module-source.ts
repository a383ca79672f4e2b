import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';

/** A Terraform module that is called from elsewhere. */
export interface ModuleFrom {
  readonly of: Resource;
  readonly at: Located;
  /** A host and a path, without scheme, user, version and the directory inside. */
  readonly address: string;
}

/** Calls of modules that are not in the repository and whose source is written out. Sources: https://developer.hashicorp.com/terraform/language/modules/sources */
export const moduleFrom: Concept<ModuleFrom> = {
  name: 'module from elsewhere',
  sees: (type) => type === 'module',
  *view(resource) {
    if (resource.type !== 'module' || resource.dialect !== 'terraform') return;
    const at = resource.attr('source');
    const address = at.is === 'known' ? sourceAddress(String(at.value)) : undefined;
    if (address !== undefined) yield { of: resource, at, address };
  },
};

/** `registry.terraform.io/a/b/aws`, `github.com/acme/modules`; undefined for a path, and for what Terraform would not take. */
export function sourceAddress(source: string): string | undefined {
  if (/^(\.|\/|~|[a-z]:[\\/])/i.test(source)) return undefined;
  const bare = source
    .replace(/^[a-z][a-z0-9+]*::/, '')
    .replace(/[?#].*$/s, '')
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^[^/@]*@/, '')
    // `git@github.com:acme/modules.git`
    .replace(/^([a-z0-9.-]+):(?!\d+\/)/i, '$1/')
    .replace(/\/\/.*$/s, '')
    .replace(/\.git$/, '')
    .replace(/\/+$/, '');
  const parts = bare.split('/');
  if (parts.length < 2 || parts.some((part) => part === '' || part === '..')) return undefined;
  const isRegistry = bare.length === source.replace(/\/\/.*$/s, '').length && parts.length === 3 && !(parts[0] ?? '').includes('.');
  const [host = '', ...path] = isRegistry ? ['registry.terraform.io', ...parts] : parts;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/i.test(host) || host === 'localhost' ? [host.toLowerCase(), ...path].join('/') : undefined;
}
