import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { managedNetwork } from '../../src/concepts/managed-network.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/open-egress',
  title: 'Jobs of a workspace may send data anywhere',
  severity: 'low',
  requirements: ['R6', 'R32', 'R37'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure'], atlas: ['AML.T0025'] },
  why: `Jobs, notebooks and endpoints of the workspace run other people's code next to your data. With AllowInternetOutbound that code may send what it reads to any address. AllowOnlyApprovedOutbound lets it reach what you list, and outbound rules mean something only in that mode.`,
  links: ['https://learn.microsoft.com/azure/machine-learning/how-to-managed-network'],
  looksAt: managedNetwork,

  *check({ of, noun, isolation, listed }) {
    if (!holds(isolation, 'AllowInternetOutbound')) return;
    const list =
      listed === undefined
        ? ''
        : `, although ${listed === of.address ? 'its outbound rules list' : `${code(listed)} lists`} what they need`;
    yield {
      at: isolation.at,
      severity: listed === undefined ? 'low' : 'medium',
      message: `${noun} ${code(of.address)} lets its jobs and endpoints reach the whole internet${list}. Code that got in with a package can send your data anywhere; ${code('AllowOnlyApprovedOutbound')} limits it.`,
      // Without a list, closing the way out may stop what the jobs need.
      ...(listed === undefined ? {} : { fix: [isolation.writes('AllowOnlyApprovedOutbound')] }),
    };
  },

  examples: {
    bad: [
      {
        name: 'a hub',
        files: terraform`
          resource "azurerm_ai_foundry" "hub" {
            name                  = "hub"
            location              = "westeurope"
            resource_group_name   = "ai"
            key_vault_id          = "vault"
            storage_account_id    = "store"
            public_network_access = "Disabled"

            identity {
              type = "SystemAssigned"
            }

            managed_network {
              isolation_mode = "AllowInternetOutbound" # <- finds
            }
          }
        `,
      },
      {
        name: 'a workspace with a list that limits nothing',
        files: terraform`
          resource "azurerm_machine_learning_workspace" "main" {
            name                          = "main"
            location                      = "westeurope"
            resource_group_name           = "ml"
            application_insights_id       = "insights"
            key_vault_id                  = "vault"
            storage_account_id            = "store"
            public_network_access_enabled = false

            identity {
              type = "SystemAssigned"
            }

            managed_network {
              isolation_mode = "AllowInternetOutbound" # <- finds
            }
          }

          resource "azurerm_machine_learning_workspace_network_outbound_rule_fqdn" "packages" {
            name             = "packages"
            workspace_id     = azurerm_machine_learning_workspace.main.id
            destination_fqdn = "pypi.acme.example"
          }
        `,
        suggests: '    isolation_mode = "AllowOnlyApprovedOutbound"',
      },
      {
        name: 'through azapi',
        files: terraform`
          resource "azapi_resource" "main" {
            type      = "Microsoft.MachineLearningServices/workspaces@2024-10-01"
            name      = "main"
            location  = "westeurope"
            parent_id = azurerm_resource_group.ml.id

            body = {
              properties = {
                publicNetworkAccess = "Disabled"
                managedNetwork = {
                  isolationMode = "AllowInternetOutbound" # <- finds
                  outboundRules = {
                    packages = {
                      type        = "FQDN"
                      destination = "pypi.acme.example"
                    }
                  }
                }
              }
            }
          }
        `,
        suggests: '        isolationMode = "AllowOnlyApprovedOutbound"',
      },
      {
        name: 'through azapi, without a list',
        files: terraform`
          resource "azapi_resource" "main" {
            type      = "Microsoft.MachineLearningServices/workspaces@2024-10-01"
            name      = "main"
            location  = "westeurope"
            parent_id = azurerm_resource_group.ml.id

            body = {
              properties = {
                publicNetworkAccess = "Disabled"
                managedNetwork = {
                  isolationMode = "AllowInternetOutbound" # <- finds
                  outboundRules = {}
                }
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'only what is listed',
        files: terraform`
          resource "azurerm_machine_learning_workspace" "main" {
            name                          = "main"
            location                      = "westeurope"
            resource_group_name           = "ml"
            application_insights_id       = "insights"
            key_vault_id                  = "vault"
            storage_account_id            = "store"
            public_network_access_enabled = false

            identity {
              type = "SystemAssigned"
            }

            managed_network {
              isolation_mode = "AllowOnlyApprovedOutbound"
            }
          }

          resource "azurerm_machine_learning_workspace_network_outbound_rule_fqdn" "packages" {
            name             = "packages"
            workspace_id     = azurerm_machine_learning_workspace.main.id
            destination_fqdn = "pypi.acme.example"
          }
        `,
      },
      {
        name: 'a network of one’s own',
        files: terraform`
          resource "azurerm_machine_learning_workspace" "main" {
            name                          = "main"
            location                      = "westeurope"
            resource_group_name           = "ml"
            application_insights_id       = "insights"
            key_vault_id                  = "vault"
            storage_account_id            = "store"
            public_network_access_enabled = false

            identity {
              type = "SystemAssigned"
            }

            managed_network {
              isolation_mode = "Disabled"
            }
          }
        `,
      },
      {
        name: 'nothing said',
        files: terraform`
          resource "azurerm_machine_learning_workspace" "main" {
            name                          = "main"
            location                      = "westeurope"
            resource_group_name           = "ml"
            application_insights_id       = "insights"
            key_vault_id                  = "vault"
            storage_account_id            = "store"
            public_network_access_enabled = false

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "isolation" {
            type = string
          }

          resource "azurerm_machine_learning_workspace" "main" {
            name                          = "main"
            location                      = "westeurope"
            resource_group_name           = "ml"
            application_insights_id       = "insights"
            key_vault_id                  = "vault"
            storage_account_id            = "store"
            public_network_access_enabled = false

            identity {
              type = "SystemAssigned"
            }

            managed_network {
              isolation_mode = var.isolation
            }
          }
        `,
      },
    ],
  },
});
