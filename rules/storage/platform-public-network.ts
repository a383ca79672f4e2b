import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { azureStore } from '../../src/concepts/data-store.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'storage/platform-public-network',
  title: 'Store of an AI platform is reachable from the public internet',
  severity: 'medium',
  requirements: ['R2', 'R33', 'R41'],
  frameworks: { nist: ['SC-7'], stride: ['information-disclosure', 'tampering'] },
  why: `The storage account, Key Vault and container registry of an AI workspace hold its datasets and models, its keys and the images that it runs. With public network access a stolen token or SAS is enough to read them, or to replace a model or an image, from anywhere. Private endpoints don't close the public way by themselves.`,
  links: ['https://learn.microsoft.com/azure/machine-learning/how-to-secure-workspace-vnet'],
  looksAt: azureStore,

  *check({ resource, noun, publicNetwork, firewall }, world) {
    if (publicNetwork.is !== 'known' || !publicNetwork.value || firewall === 'closed') return;
    if (firewall === 'unknown' && !publicNetwork.written) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    const state = publicNetwork.written ? 'switches public network access on' : 'leaves public network access on, the default';
    const limit =
      firewall === 'unknown'
        ? ', and whether its firewall lets everyone in depends on values that are not known here'
        : ' without a firewall rule that limits it';
    yield {
      at: publicNetwork.at,
      severity: publicNetwork.written ? 'medium' : 'low',
      message: `${noun} ${code(resource.address)} ${state}${limit}. It belongs to an AI platform (${reason}), so what is exposed is its data, keys or images.`,
      fix: [publicNetwork.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'a workspace store',
        files: terraform`
          resource "azurerm_machine_learning_workspace" "main" {
            name                          = "acme-ml"
            location                      = "westeurope"
            resource_group_name           = "ai"
            application_insights_id       = "ai-insights"
            key_vault_id                  = "ai-vault"
            storage_account_id            = azurerm_storage_account.workspace.id
            public_network_access_enabled = false

            identity {
              type = "SystemAssigned"
            }
          }

          resource "azurerm_storage_account" "workspace" {
            name                          = "acmeworkspace"
            location                      = "westeurope"
            resource_group_name           = "ai"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = true # <- finds
          }
        `,
        suggests: '  public_network_access_enabled = false',
      },
      {
        name: 'the default',
        files: terraform`
          resource "azurerm_storage_account" "datasets" { # <- finds
            name                     = "acmemldatasets"
            location                 = "westeurope"
            resource_group_name      = "ml-training"
            account_tier             = "Standard"
            account_replication_type = "ZRS"
          }
        `,
        suggests:
          '  name                          = "acmemldatasets"\n  location                      = "westeurope"\n  resource_group_name           = "ml-training"\n  account_tier                  = "Standard"\n  account_replication_type      = "ZRS"\n  public_network_access_enabled = false',
      },
    ],
    good: [
      {
        name: 'a web shop is none of our business',
        files: terraform`
          resource "azurerm_storage_account" "shop" {
            name                          = "acmeshop"
            location                      = "westeurope"
            resource_group_name           = "shop"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = true
          }
        `,
      },
      {
        name: 'rules of their own deny by default',
        files: terraform`
          resource "azurerm_storage_account" "datasets" {
            name                          = "acmemldatasets"
            location                      = "westeurope"
            resource_group_name           = "ml-training"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = true
          }

          resource "azurerm_storage_account_network_rules" "datasets" {
            storage_account_id = azurerm_storage_account.datasets.id
            default_action     = "Deny"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "public" {
            type = bool
          }

          resource "azurerm_storage_account" "datasets" {
            name                          = "acmemldatasets"
            location                      = "westeurope"
            resource_group_name           = "ml-training"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = var.public
          }
        `,
      },
      {
        name: 'the default, behind rules that are not known',
        files: terraform`
          variable "default_action" {
            type = string
          }

          resource "azurerm_storage_account" "datasets" {
            name                     = "acmemldatasets"
            location                 = "westeurope"
            resource_group_name      = "ml-training"
            account_tier             = "Standard"
            account_replication_type = "ZRS"

            network_rules {
              default_action = var.default_action
            }
          }
        `,
      },
    ],
  },
});
