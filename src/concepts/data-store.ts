import type { Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { actionOf } from './ai-service.ts';
import { byType } from './by-type.ts';
import { setting, yesNo, type Setting } from './setting.ts';

/** What an AI platform on Azure keeps its data, secrets and images in. */
export interface AzureStore {
  readonly resource: Resource;
  readonly noun: string;
  readonly publicNetwork: Setting<boolean>;
  readonly firewall: 'open' | 'closed' | 'unknown';
}

// Defaults: hashicorp/azurerm registry pages; public_network_access_enabled "Defaults to true" on all three.
export const azureStore = byType<AzureStore>('store of an AI platform on Azure', {
  azurerm_storage_account: (resource, world) => [
    {
      resource,
      noun: 'Storage account',
      publicNetwork: setting(resource.attr('public_network_access_enabled'), yesNo, true),
      firewall: storageFirewall(resource, world),
    },
  ],
  azurerm_key_vault: (resource) => [
    {
      resource,
      noun: 'Key Vault',
      publicNetwork: setting(resource.attr('public_network_access_enabled'), yesNo, true),
      firewall: actionOf(resource.attr('network_acls', 'default_action')),
    },
  ],
  azurerm_container_registry: (resource) => [
    {
      resource,
      noun: 'Container registry',
      publicNetwork: setting(resource.attr('public_network_access_enabled'), yesNo, true),
      firewall: actionOf(resource.attr('network_rule_set', 'default_action')),
    },
  ],
});

/** The rules stand in the account itself or in a resource of their own. */
function storageFirewall(resource: Resource, world: World): AzureStore['firewall'] {
  const inside = resource.attr('network_rules', 'default_action');
  if (inside.is !== 'absent') return actionOf(inside);
  const beside = world.graph.companions(resource, 'azurerm_storage_account_network_rules', 'storage_account_id')[0];
  return beside ? actionOf(beside.attr('default_action')) : 'open';
}
