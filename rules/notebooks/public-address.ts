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
      {
        name: 'a TPU with several networks',
        files: terraform`
          resource "google_tpu_v2_vm" "trainer" {
            name            = "trainer"
            zone            = "us-central1-c"
            runtime_version = "tpu-ubuntu2204-base"

            network_configs {
              subnetwork          = "ml"
              enable_external_ips = true # <- finds
            }
          }
        `,
        suggests: '    enable_external_ips = false',
      },
      {
        name: 'a TPU that waits in a queue',
        files: terraform`
          resource "google_tpu_v2_queued_resource" "trainer" {
            name = "trainer"
            zone = "us-central1-c"

            tpu {
              node_spec {
                parent  = "projects/acme-ml/locations/us-central1-c"
                node_id = "trainer"

                node {
                  runtime_version = "tpu-ubuntu2204-base"

                  network_config {
                    enable_external_ips = true # <- finds
                  }
                }
              }
            }
          }
        `,
        suggests: '          enable_external_ips = false',
      },
      {
        name: 'serverless compute in a subnet',
        files: terraform`
          resource "azurerm_machine_learning_workspace" "main" {
            name                    = "main"
            location                = "westeurope"
            resource_group_name     = "ml"
            application_insights_id = "insights"
            key_vault_id            = "vault"
            storage_account_id      = "store"

            identity {
              type = "SystemAssigned"
            }

            serverless_compute {
              subnet_id         = "ml"
              public_ip_enabled = true # <- finds
            }
          }
        `,
        suggests: '    public_ip_enabled = false',
      },
      {
        name: 'a runtime of the older kind',
        files: terraform`
          resource "google_notebooks_runtime" "research" {
            name     = "research"
            location = "europe-west4"

            virtual_machine {
              virtual_machine_config {
                machine_type     = "n1-standard-4"
                internal_ip_only = false # <- finds

                data_disk {
                  initialize_params {
                    disk_size_gb = 100
                  }
                }
              }
            }
          }
        `,
        suggests: '      internal_ip_only = true',
      },
      {
        name: 'Azure compute through azapi',
        files: terraform`
          resource "azapi_resource" "training" {
            type      = "Microsoft.MachineLearningServices/workspaces/computes@2024-10-01"
            name      = "training"
            location  = "westeurope"
            parent_id = azurerm_machine_learning_workspace.main.id

            body = {
              properties = {
                computeType = "AmlCompute"
                properties = {
                  vmSize             = "Standard_NC24ads_A100_v4"
                  enableNodePublicIp = true # <- finds
                }
              }
            }
          }
        `,
        suggests: '        enableNodePublicIp = false',
      },
    ],
    good: [
      {
        name: 'without a subnet of its own the workspace’s network decides',
        files: terraform`
          resource "azurerm_machine_learning_workspace" "main" {
            name                    = "main"
            location                = "westeurope"
            resource_group_name     = "ml"
            application_insights_id = "insights"
            key_vault_id            = "vault"
            storage_account_id      = "store"

            identity {
              type = "SystemAssigned"
            }

            serverless_compute {
              public_ip_enabled = true
            }
          }
        `,
      },
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
