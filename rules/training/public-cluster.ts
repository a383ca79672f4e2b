import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { dataClusterNodes } from '../../src/concepts/notebook-address.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/public-cluster',
  title: 'Machines of a data platform have public addresses',
  severity: 'medium',
  requirements: ['R6', 'R33'],
  frameworks: { nist: ['SC-7', 'AC-17'], stride: ['information-disclosure'] },
  why: `Clusters that make features and training data read everything that models are trained on. With an address on the internet each of their machines can be reached as soon as one firewall rule is too wide, and sends data out by its own way. Both clouds have made private the default.`,
  links: [
    'https://cloud.google.com/dataproc/docs/concepts/configuring-clusters/network',
    'https://learn.microsoft.com/azure/databricks/security/network/classic/secure-cluster-connectivity',
  ],
  looksAt: dataClusterNodes,

  *check({ resource, noun, publicAddress }, world) {
    if (!holds(publicAddress, true)) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: publicAddress.at,
      message: `${noun} ${code(resource.address)} gives its machines public addresses (${reason}): what they read for training can be reached, and can leave, past the private network.`,
      fix: [publicAddress.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'Dataproc for features',
        files: terraform`
          resource "google_dataproc_cluster" "features" {
            name   = "ml-features"
            region = "europe-west4"

            cluster_config {
              gce_cluster_config {
                subnetwork       = "ml"
                internal_ip_only = false # <- finds
              }
            }
          }
        `,
        suggests: '      internal_ip_only = true',
      },
      {
        name: 'Databricks',
        files: terraform`
          resource "azurerm_databricks_workspace" "ml" {
            name                = "acme-ml"
            location            = "westeurope"
            resource_group_name = "ml"
            sku                 = "premium"

            custom_parameters {
              no_public_ip = false # <- finds
            }
          }
        `,
        suggests: '    no_public_ip = true',
      },
    ],
    good: [
      {
        name: 'private',
        files: terraform`
          resource "google_dataproc_cluster" "features" {
            name   = "ml-features"
            region = "europe-west4"

            cluster_config {
              gce_cluster_config {
                subnetwork       = "ml"
                internal_ip_only = true
              }
            }
          }
        `,
      },
      {
        name: 'the books of a shop are none of our business',
        files: terraform`
          resource "google_dataproc_cluster" "billing" {
            name   = "billing"
            region = "europe-west4"

            cluster_config {
              gce_cluster_config {
                subnetwork       = "ml"
                internal_ip_only = false
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
          variable "internal" {
            type = bool
          }

          resource "google_dataproc_cluster" "features" {
            name   = "ml-features"
            region = "europe-west4"

            cluster_config {
              gce_cluster_config {
                subnetwork       = "ml"
                internal_ip_only = var.internal
              }
            }
          }
        `,
      },
    ],
  },
});
