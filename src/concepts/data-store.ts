import type { Key, Located, Resource } from '../model/resource.ts';
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

/** A service's own firewall, by what it does with everyone it has no rule for. */
export interface Firewall {
  readonly resource: Resource;
  readonly noun: string;
  readonly action: Located;
}

const firewallAt =
  (noun: string, ...path: readonly Key[]) =>
  (resource: Resource): readonly Firewall[] => {
    const action = resource.attr(...path);
    return action.is === 'absent' ? [] : [{ resource, noun, action }];
  };

export const firewall = byType<Firewall>('firewall of a service on Azure', {
  azurerm_cognitive_account: firewallAt('AI services account', 'network_acls', 'default_action'),
  azurerm_ai_services: firewallAt('AI services account', 'network_acls', 'default_action'),
  azurerm_storage_account: firewallAt('Storage account', 'network_rules', 'default_action'),
  azurerm_storage_account_network_rules: firewallAt('Storage account', 'default_action'),
  azurerm_key_vault: firewallAt('Key Vault', 'network_acls', 'default_action'),
  azurerm_container_registry: firewallAt('Container registry', 'network_rule_set', 'default_action'),
});

/** A registry of images and whether they may be copied out of it to another. */
export interface ImageRegistry {
  readonly resource: Resource;
  readonly exports: Setting<boolean>;
  readonly publicNetwork: Setting<boolean>;
}

// Default: hashicorp/azurerm, container_registry (export_policy_enabled true; it can be false only while public network access is off).
export const imageRegistry = byType<ImageRegistry>('image registry on Azure', {
  azurerm_container_registry: (resource) => [
    {
      resource,
      exports: setting(resource.attr('export_policy_enabled'), yesNo, true),
      publicNetwork: setting(resource.attr('public_network_access_enabled'), yesNo, true),
    },
  ],
});
