import type { Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { azureGrant, type AzureGrant } from './grants-azure.ts';
import type { AzureIdentity } from './identity.ts';

/** Everybody whose principal gets a role here: managed identities, and resources with an identity of their own. */
export function azureIdentities(world: World): readonly AzureIdentity[] {
  const granted = new Map<Resource, AzureGrant[]>();
  for (const resource of world.resources) if (resource.type === 'azurerm_user_assigned_identity') granted.set(resource, []);
  for (const resource of world.resources)
    for (const grant of azureGrant.view(resource, world)) {
      const [ref] = grant.principal.is === 'unknown' ? grant.principal.refs : [];
      const holder = ref && world.graph.get(ref.to);
      if (!holder) continue;
      const before = granted.get(holder);
      if (before) before.push(grant);
      else granted.set(holder, [grant]);
    }
  return [...granted].map(([resource, grants]) => ({
    cloud: 'azure',
    resource,
    grants,
    complete: grants.every(({ role }) => role.is === 'known'),
  }));
}
