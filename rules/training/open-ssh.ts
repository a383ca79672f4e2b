import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { computeLogin } from '../../src/concepts/notebook-address.ts';
import { holds, isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/open-ssh',
  title: 'SSH into training compute from the internet',
  severity: 'high',
  requirements: ['R6', 'R9'],
  frameworks: { nist: ['AC-17', 'SC-7'], stride: ['spoofing', 'elevation-of-privilege'] },
  why: `With public SSH every node of the cluster answers to the internet, where passwords are tried all day. Whoever gets in has the training data, the code and the cluster's managed identity. Azure Machine Learning runs jobs without SSH; for a look inside there is the workspace's own terminal.`,
  links: ['https://learn.microsoft.com/azure/machine-learning/how-to-create-attach-compute-cluster'],
  looksAt: computeLogin,

  *check({ resource, noun, openSsh, password }) {
    if (!holds(openSsh, true)) return;
    const how = isMissing(password) ? '' : ', and lets people in by password';
    yield {
      at: openSsh.at,
      message: `${noun} ${code(resource.address)} opens SSH on its nodes to the public internet${how}.`,
      fix: [openSsh.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'open',
        files: terraform`
          resource "azurerm_machine_learning_compute_cluster" "training" {
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC6s_v3"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"
            ssh_public_access_enabled     = true # <- finds

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT5M"
            }
          }
        `,
        suggests: '  ssh_public_access_enabled     = false',
      },
      {
        name: 'an instance through azapi',
        files: terraform`
          resource "azapi_resource" "research" {
            type      = "Microsoft.MachineLearningServices/workspaces/computes@2024-10-01"
            name      = "research"
            location  = "westeurope"
            parent_id = azurerm_machine_learning_workspace.main.id

            body = {
              properties = {
                computeType      = "ComputeInstance"
                disableLocalAuth = true
                properties = {
                  vmSize             = "Standard_DS3_v2"
                  enableNodePublicIp = false
                  sshSettings = {
                    sshPublicAccess = "Enabled" # <- finds
                  }
                }
              }
            }
          }
        `,
        suggests: '          sshPublicAccess = "Disabled"',
      },
      {
        name: 'a cluster through azapi',
        files: terraform`
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
                  vmSize                      = "Standard_NC24ads_A100_v4"
                  enableNodePublicIp          = false
                  remoteLoginPortPublicAccess = "Enabled" # <- finds
                }
              }
            }
          }
        `,
        suggests: '        remoteLoginPortPublicAccess = "Disabled"',
      },
    ],
    good: [
      {
        name: 'closed',
        files: terraform`
          resource "azurerm_machine_learning_compute_cluster" "training" {
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC6s_v3"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"
            ssh_public_access_enabled     = false

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
          variable "ssh" {
            type = bool
          }

          resource "azurerm_machine_learning_compute_cluster" "training" {
            name                          = "training"
            location                      = "westeurope"
            machine_learning_workspace_id = "main"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC6s_v3"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"
            ssh_public_access_enabled     = var.ssh

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
