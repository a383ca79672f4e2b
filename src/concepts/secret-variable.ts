import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { isSecretName } from './secret.ts';

/** A Terraform variable that carries a credential, told by its name. */
export interface SecretVariable {
  readonly of: Resource;
  readonly sensitive: Located;
}

export const secretVariable: Concept<SecretVariable> = {
  name: 'Terraform variable that carries a credential',
  *view(resource) {
    if (resource.type !== 'variable' || !isSecretName(resource.name)) return;
    const type = resource.attr('type');
    if (type.is === 'known' && !/^string$|any/.test(String(type.value))) return;
    yield { of: resource, sensitive: resource.attr('sensitive') };
  },
};
