import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { isSecretName } from './secret.ts';

/** A Terraform variable or a template's parameter that carries a credential, told by its name. */
export interface SecretVariable {
  readonly of: Resource;
  /** `sensitive` of a variable, `NoEcho` of a parameter. */
  readonly sensitive: Located;
}

/** More often the name of a key in the cloud's KMS than the key itself. */
const mayNameKey = /encryption_?key$/i;

/** `secrets_manager_gitlab_token`: which secret of the secret manager holds it. */
const namesSecret = /secrets?_?manager|key_?vault/i;

/** "Name of the secret that holds the token": what is passed leads to the credential and is none itself. */
const saysThatItNames = /\b(?:names?|arns?)\s+of\s+(?:an?|the|your)\b/i;

/** Whether the value is the credential itself, by its name and by what its authors say of it. */
function carriesSecret(of: Resource, description: Located): boolean {
  if (!isSecretName(of.name) || mayNameKey.test(of.name) || namesSecret.test(of.name)) return false;
  return description.is !== 'known' || !saysThatItNames.test(String(description.value));
}

export const secretVariable: Concept<SecretVariable> = {
  name: 'Terraform variable that carries a credential',
  sees: (type) => type === 'variable',
  *view(resource) {
    if (resource.type !== 'variable' || !carriesSecret(resource, resource.attr('description'))) return;
    const type = resource.attr('type');
    if (type.is === 'known' && !/^string$|any/.test(String(type.value))) return;
    yield { of: resource, sensitive: resource.attr('sensitive') };
  },
};

export const secretParameter: Concept<SecretVariable> = {
  name: 'parameter of a template that carries a credential',
  sees: (type) => type === 'parameter',
  *view(resource) {
    if (resource.type !== 'parameter' || !carriesSecret(resource, resource.attr('Description'))) return;
    // Other types name something that is kept elsewhere.
    const type = resource.attr('Type');
    if (type.is === 'known' && type.value === 'String') yield { of: resource, sensitive: resource.attr('NoEcho') };
  },
};

/** Something that a configuration gives out when it has been applied. */
export interface SecretOutput {
  readonly of: Resource;
  /** The variable or parameter that it repeats. */
  readonly source: Resource;
  readonly value: Located;
  readonly sensitive: Located;
}

export const secretOutput: Concept<SecretOutput> = {
  name: 'output that repeats a credential',
  sees: (type) => type === 'output',
  *view(resource, world) {
    if (resource.type !== 'output') return;
    const cloudformation = resource.dialect === 'cloudformation';
    const value = resource.attr(cloudformation ? 'Value' : 'value');
    const source = world.resources.find(
      (other) =>
        other.type === (cloudformation ? 'parameter' : 'variable') &&
        other.scope === resource.scope &&
        modulePath(other) === modulePath(resource) &&
        isSecretName(other.name) &&
        comesFrom(value, other),
    );
    if (source) yield { of: resource, source, value, sensitive: resource.attr('sensitive') };
  },
};

const modulePath = ({ address }: Resource): string => address.replace(/(?:var|output|Parameters|Outputs)\.[^.]*$/, '');

/** Whether a value is that of a variable or parameter: it says so by reference, or its places go through the declaration. */
function comesFrom(value: Located, source: Resource): boolean {
  if (value.is !== 'known' && value.is !== 'unknown') return false;
  if (value.refs?.some(({ to }) => to === source.address) === true) return true;
  const { file, start, end } = source.span;
  return value.origins.some(({ span }) => span.file === file && span.start >= start && span.end <= end);
}
