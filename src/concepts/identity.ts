import type { Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import type { Grant } from './grants.ts';
import type { AzureGrant } from './grants-azure.ts';
import type { GoogleGrant } from './grants-google.ts';
import { awsIdentity, isAwsIdentity } from './identity-aws.ts';
import { azureIdentities } from './identity-azure.ts';
import { googleIdentity, isGoogleIdentity } from './identity-google.ts';
import { isKubernetesIdentity, kubernetesIdentity, type KubernetesIdentity } from './identity-rbac.ts';
import type { Statements } from './policy-decision.ts';
import { onceForEach } from './remembered.ts';

/**
 * Somebody that a workload can be: what it is granted and who may become it, however that is spelled. It knows what its own configuration
 * says; what is granted elsewhere is not seen.
 */
export type Identity = AwsIdentity | GoogleIdentity | AzureIdentity | KubernetesIdentity;

/** A role, a user, or a function with rights of its own. */
export interface AwsIdentity {
  readonly cloud: 'aws';
  readonly resource: Resource;
  readonly grants: readonly Grant[];
  /** False when a policy is attached whose statements are not seen. */
  readonly complete: boolean;
  readonly trust: readonly Grant[];
  /** What its rights may not go beyond, when it has such a boundary. */
  readonly boundary?: Statements;
}

export interface GoogleIdentity {
  readonly cloud: 'google';
  readonly resource: Resource;
  readonly grants: readonly GoogleGrant[];
  readonly complete: boolean;
  /** Roles that others have on the service account itself. */
  readonly trust: readonly GoogleGrant[];
}

/** A managed identity, by itself or that of a resource. */
export interface AzureIdentity {
  readonly cloud: 'azure';
  readonly resource: Resource;
  readonly grants: readonly AzureGrant[];
  readonly complete: boolean;
}

/** Every identity of a world, by its own resource. */
export const identitiesOf = onceForEach((world: World): ReadonlyMap<Resource, Identity> => {
  const found = new Map<Resource, Identity>();
  for (const resource of world.resources) {
    if (isAwsIdentity(resource)) found.set(resource, awsIdentity(resource, world));
    else if (isGoogleIdentity(resource)) found.set(resource, googleIdentity(resource, world));
    else if (isKubernetesIdentity(resource)) found.set(resource, kubernetesIdentity(resource, world));
  }
  for (const identity of azureIdentities(world)) found.set(identity.resource, identity);
  return found;
});
