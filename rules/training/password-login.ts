import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { computeLogin } from '../../src/concepts/notebook-address.ts';
import { isMissing, isMadeElsewhere } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/password-login',
  title: 'Nodes for training take a password',
  severity: 'medium',
  requirements: ['R6', 'R9'],
  frameworks: { nist: ['IA-2', 'IA-5'], stride: ['spoofing'] },
  why: `A password on every node of a cluster is one secret for all of them: it stands in the Terraform state, is typed into notebooks and chats, and can be guessed. With an SSH key, or with no login at all, there is nothing to guess. Jobs need no login: the workspace shows their logs and offers a terminal.`,
  links: ['https://learn.microsoft.com/azure/machine-learning/how-to-create-attach-compute-cluster'],
  looksAt: computeLogin,

  *check({ resource, noun, password, publicKey }) {
    if (!isMadeElsewhere(password)) return;
    yield {
      at: password,
      message: `${noun} ${code(resource.address)} sets a password for the account on its nodes. It is one secret for all of them, and is kept in the Terraform state.`,
      ...(isMissing(publicKey) ? {} : { fix: [{ do: 'remove', at: password }] }),
    };
  },

  examples: {
    bad: [
      {
        name: 'a generated password',
        files: terraform`
          variable "password" {
            type      = string
            sensitive = true
          }

          resource "random_password" "nodes" {
            length = 24
          }

          resource "azurerm_machine_learning_compute_cluster" "training" {
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"

            ssh {
              admin_username = "trainer"
              admin_password = random_password.nodes.result # <- finds
            }

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT5M"
            }
          }
        `,
      },
      {
        name: 'beside a key',
        files: terraform`
          variable "password" {
            type      = string
            sensitive = true
          }

          resource "random_password" "nodes" {
            length = 24
          }

          resource "azurerm_machine_learning_compute_cluster" "training" {
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
              admin_password = random_password.nodes.result # <- finds
            }

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT5M"
            }
          }
        `,
        suggests: '    key_value      = file("keys/trainer.pub")',
      },
      {
        name: 'through azapi',
        files: terraform`
          variable "password" {
            type      = string
            sensitive = true
          }

          resource "random_password" "nodes" {
            length = 24
          }

          resource "azapi_resource" "training" {
            type      = "Microsoft.MachineLearningServices/workspaces/computes@2024-10-01"
            name      = "training"
            location  = "westeurope"
            parent_id = azurerm_machine_learning_workspace.main.id

            body = {
              properties = {
                computeType      = "AmlCompute"
                disableLocalAuth = true
                properties = {
                  vmSize             = "Standard_NC24ads_A100_v4"
                  enableNodePublicIp = false
                  userAccountCredentials = {
                    adminUserName     = "trainer"
                    adminUserPassword = random_password.nodes.result # <- finds
                  }
                }
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'a key',
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
      },
      {
        name: 'nobody logs in',
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
        name: 'a literal is for the rules about secrets',
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

            ssh {
              admin_username = "trainer"
              admin_password = "CHANGE_ME"
              key_value      = file("keys/trainer.pub")
            }

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT5M"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "password" {
            type      = string
            sensitive = true
          }

          resource "random_password" "nodes" {
            length = 24
          }

          resource "azurerm_machine_learning_compute_cluster" "training" {
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"
            local_auth_enabled            = false

            ssh {
              admin_username = "trainer"
              admin_password = var.password
              key_value      = file("keys/trainer.pub")
            }

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
