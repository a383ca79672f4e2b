import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { computeLogin } from '../../src/concepts/notebook-address.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/local-accounts',
  title: 'Nodes for training have accounts of their own',
  severity: 'low',
  requirements: ['R6', 'R9'],
  frameworks: { nist: ['AC-2', 'IA-2'], stride: ['spoofing', 'repudiation'] },
  why: `An account on the nodes themselves is shared by everyone who has its key: nobody is told apart, nobody is signed out when they leave, and conditional access does not apply. With local authentication off, people get in as themselves, through the workspace and Entra ID.`,
  links: ['https://learn.microsoft.com/azure/machine-learning/how-to-integrate-azure-policy'],
  looksAt: computeLogin,

  *check({ resource, noun, local, account }) {
    if (!holds(local, true)) return;
    const written = local.is === 'known' && local.written;
    // The default means nothing as long as there is no account that could log in.
    if (!written && account.is === 'absent') return;
    yield {
      at: local.at,
      message: `${noun} ${code(resource.address)} ${written ? 'keeps' : 'keeps, by default,'} accounts of its own on its nodes, so whoever has the key gets in without Entra ID and without a name.`,
      fix: [local.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'written out',
        files: terraform`
          resource "azurerm_machine_learning_compute_cluster" "training" {
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"
            local_auth_enabled            = true # <- finds

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT5M"
            }
          }
        `,
        suggests: '  local_auth_enabled            = false',
      },
      {
        name: 'a key, and nothing said',
        files: terraform`
          resource "azurerm_machine_learning_compute_cluster" "training" { # <- finds
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"

            ssh {
              admin_username = "trainer"
              key_value      = file("keys/trainer.pub")
            }

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT5M"
            }
          }
        `,
        suggests: `  subnet_resource_id            = "ml"
  local_auth_enabled            = false`,
      },
      {
        name: 'an instance for one person',
        files: terraform`
          resource "azurerm_machine_learning_compute_instance" "research" { # <- finds
            name                          = "research"
            machine_learning_workspace_id = "main"
            virtual_machine_size          = "Standard_DS3_v2"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"

            ssh {
              public_key = file("keys/research.pub")
            }
          }
        `,
        suggests: `  subnet_resource_id            = "ml"
  local_auth_enabled            = false`,
      },
      {
        name: 'through azapi',
        files: terraform`
          resource "azapi_resource" "training" {
            type      = "Microsoft.MachineLearningServices/workspaces/computes@2024-10-01"
            name      = "training"
            location  = "westeurope"
            parent_id = azurerm_machine_learning_workspace.main.id

            body = {
              properties = {
                computeType      = "AmlCompute"
                disableLocalAuth = false # <- finds
                properties = {
                  vmSize             = "Standard_NC24ads_A100_v4"
                  enableNodePublicIp = false
                }
              }
            }
          }
        `,
        suggests: '      disableLocalAuth = true',
      },
    ],
    good: [
      {
        name: 'off',
        files: terraform`
          resource "azurerm_machine_learning_compute_cluster" "training" {
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"
            local_auth_enabled            = false

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT5M"
            }
          }
        `,
      },
      {
        name: 'no account, so nothing to log in to',
        files: terraform`
          resource "azurerm_machine_learning_compute_cluster" "training" {
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT5M"
            }
          }
        `,
      },
      {
        name: 'another kind of compute',
        files: terraform`
          resource "azapi_resource" "attached" {
            type      = "Microsoft.MachineLearningServices/workspaces/computes@2024-10-01"
            name      = "attached"
            location  = "westeurope"
            parent_id = azurerm_machine_learning_workspace.main.id

            body = {
              properties = {
                computeType      = "Databricks"
                disableLocalAuth = false
              }
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "local" {
            type = bool
          }

          resource "azurerm_machine_learning_compute_cluster" "training" {
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"
            local_auth_enabled            = var.local

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT5M"
            }
          }
        `,
      },
    ],
  },
});
