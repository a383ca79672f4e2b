import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { gpuPool } from '../../src/concepts/gpu-pool.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'gpu/public-nodes',
  title: 'GPU nodes have public addresses',
  severity: 'medium',
  requirements: ['R6', 'R25'],
  frameworks: { cis: ['GCP 4.9'], nist: ['SC-7', 'AC-17'], stride: ['information-disclosure'] },
  why: `A node with an address on the internet is one firewall rule away from being attacked directly, and its jobs send data out past the NAT or firewall that everything else goes through. GPU nodes need no public address: they pull images and data over the private network or a NAT gateway.`,
  links: [
    'https://learn.microsoft.com/azure/aks/use-node-public-ips',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/private-clusters',
  ],
  looksAt: gpuPool,

  *check({ of, noun, publicNodes }) {
    if (!holds(publicNodes, true)) return;
    yield {
      at: publicNodes.at,
      message: `${noun} ${code(of.address)} gives each node a public address on the internet, past the firewall that the rest of the network goes through.`,
      fix: [publicNodes.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'AKS',
        files: terraform`
          resource "azurerm_kubernetes_cluster_node_pool" "gpu" {
            name                   = "gpu"
            kubernetes_cluster_id  = azurerm_kubernetes_cluster.ml.id
            vm_size                = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled = true # <- finds
          }
        `,
        suggests: '  node_public_ip_enabled = false',
      },
      {
        name: 'GKE',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            network_config {
              enable_private_nodes = false # <- finds
            }

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

            }
          }
        `,
        suggests: '    enable_private_nodes = true',
      },
      {
        name: 'AKS, the first pool',
        files: terraform`
          resource "azurerm_kubernetes_cluster" "ml" {
            name                = "ml"
            location            = "westeurope"
            resource_group_name = "ml"
            dns_prefix          = "ml"

            default_node_pool {
              name                   = "gpu"
              vm_size                = "Standard_ND96asr_v4"
              node_public_ip_enabled = true # <- finds
            }

            identity {
              type = "SystemAssigned"
            }
          }
        `,
        suggests: '    node_public_ip_enabled = false',
      },
      {
        name: 'a cluster of GPU nodes',
        files: terraform`
          resource "google_container_cluster" "ml" {
            name     = "ml"
            location = "europe-west4"

            private_cluster_config {
              enable_private_nodes = false # <- finds
            }

            node_config {
              machine_type = "g2-standard-8"
            }
          }
        `,
        suggests: '    enable_private_nodes = true',
      },
    ],
    good: [
      {
        name: 'private',
        files: terraform`
          resource "azurerm_kubernetes_cluster_node_pool" "gpu" {
            name                   = "gpu"
            kubernetes_cluster_id  = azurerm_kubernetes_cluster.ml.id
            vm_size                = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled = false
          }
        `,
      },
      {
        name: 'ordinary nodes',
        files: terraform`
          resource "azurerm_kubernetes_cluster_node_pool" "gpu" {
            name                   = "gpu"
            kubernetes_cluster_id  = azurerm_kubernetes_cluster.ml.id
            vm_size                = "Standard_D4s_v5"
            node_public_ip_enabled = true
          }
        `,
      },
      {
        name: 'GKE, private',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            network_config {
              enable_private_nodes = true
            }

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

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

          resource "azurerm_kubernetes_cluster_node_pool" "gpu" {
            name                   = "gpu"
            kubernetes_cluster_id  = azurerm_kubernetes_cluster.ml.id
            vm_size                = "Standard_NC24ads_A100_v4"
            node_public_ip_enabled = var.public
          }
        `,
      },
    ],
  },
});
