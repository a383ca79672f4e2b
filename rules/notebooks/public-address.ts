import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { workbench } from '../../src/concepts/notebook-address.ts';

export default defineRule({
  id: 'notebooks/public-address',
  title: 'Workbench or compute node has a public address',
  severity: 'medium',
  requirements: ['R6', 'R31'],
  frameworks: { nist: ['SC-7', 'AC-17'], stride: ['information-disclosure'] },
  why: `A machine with an address on the internet can be reached from there as soon as one firewall rule is too wide, and sends data out by its own way. Notebooks and training nodes hold datasets and credentials, and people reach them through the cloud's proxy without any public address.`,
  links: [
    'https://cloud.google.com/vertex-ai/docs/workbench/instances/create',
    'https://learn.microsoft.com/azure/machine-learning/how-to-secure-training-vnet',
  ],
  looksAt: workbench,

  *check({ resource, noun, publicAddress }) {
    if (publicAddress.is !== 'known' || !publicAddress.value) return;
    const state = publicAddress.written ? 'is given' : 'gets, by default,';
    yield {
      at: publicAddress.at,
      message: `${noun} ${code(resource.address)} ${state} a public address on the internet. Without one it is reached through the cloud's own proxy, or from the subnet it is in.`,
      ...(publicAddress.written ? { fix: [publicAddress.writes(false)] } : {}),
    };
  },

  examples: {
    bad: [
      {
        name: 'a public address is asked for',
        files: terraform`
          resource "azurerm_machine_learning_compute_cluster" "gpu" {
            name                          = "gpu"
            location                      = "westeurope"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            machine_learning_workspace_id = "main"
            subnet_resource_id            = "ml"
            node_public_ip_enabled        = true # <- finds

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT15M"
            }
          }
        `,
        suggests: '  node_public_ip_enabled        = false',
      },
      {
        name: 'the default of Workbench',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup { # <- finds
              machine_type = "e2-standard-4"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'none',
        files: terraform`
          resource "azurerm_machine_learning_compute_cluster" "gpu" {
            name                          = "gpu"
            location                      = "westeurope"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            machine_learning_workspace_id = "main"
            subnet_resource_id            = "ml"
            node_public_ip_enabled        = false

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT15M"
            }
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

          resource "azurerm_machine_learning_compute_cluster" "gpu" {
            name                          = "gpu"
            location                      = "westeurope"
            vm_priority                   = "Dedicated"
            vm_size                       = "Standard_NC24ads_A100_v4"
            machine_learning_workspace_id = "main"
            subnet_resource_id            = "ml"
            node_public_ip_enabled        = var.public

            scale_settings {
              min_node_count                       = 0
              max_node_count                       = 4
              scale_down_nodes_after_idle_duration = "PT15M"
            }
          }
        `,
      },
    ],
  },
});
