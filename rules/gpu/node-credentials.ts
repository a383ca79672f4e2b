import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { gpuPool } from '../../src/concepts/gpu-pool.ts';

export default defineRule({
  id: 'gpu/node-credentials',
  title: 'Pods on GPU nodes can take the node’s credentials',
  severity: 'high',
  requirements: ['R9', 'R38'],
  frameworks: { nist: ['AC-6', 'SC-7'], stride: ['elevation-of-privilege'] },
  why: `With GCE_METADATA every pod sees the metadata server of its node, and gets a token of the node's account with one request. A model that runs foreign code, or a server that can be made to fetch an address, then has the rights of the node: its images, its logs, and often the whole project. GKE_METADATA gives each pod its own identity instead.`,
  links: ['https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity'],
  looksAt: gpuPool,

  *check({ of, noun, metadata, workloadIdentity }) {
    if (metadata?.is !== 'known' || metadata.value !== 'GCE_METADATA') return;
    yield {
      at: metadata.at,
      message: `${noun} ${code(of.address)} shows pods the metadata server of their node, so any pod can take the token of the node's service account.`,
      // Without Workload Identity on the cluster GKE refuses the other mode.
      ...(workloadIdentity ? { fix: [metadata.writes('GKE_METADATA')] } : {}),
    };
  },

  examples: {
    bad: [
      {
        name: 'the cluster knows Workload Identity',
        files: terraform`
          resource "google_container_cluster" "ml" {
            name     = "ml"
            location = "europe-west4"

            workload_identity_config {
              workload_pool = "acme-ml.svc.id.goog"
            }
          }

          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

              workload_metadata_config {
                mode = "GCE_METADATA" # <- finds
              }
            }
          }
        `,
        suggests: '      mode = "GKE_METADATA"',
      },
      {
        name: 'it may not',
        files: terraform`
          resource "google_container_cluster" "ml" {
            name     = "ml"
            location = "europe-west4"

          }

          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

              workload_metadata_config {
                mode = "GCE_METADATA" # <- finds
              }
            }
          }
        `,
      },
      {
        name: 'the nodes of the cluster itself',
        files: terraform`
          resource "google_container_cluster" "ml" {
            name     = "ml"
            location = "europe-west4"

            workload_identity_config {
              workload_pool = "acme-ml.svc.id.goog"
            }

            node_config {
              machine_type = "g2-standard-8"

              workload_metadata_config {
                mode = "GCE_METADATA" # <- finds
              }
            }
          }
        `,
        suggests: '      mode = "GKE_METADATA"',
      },
    ],
    good: [
      {
        name: 'each pod has its own',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

              workload_metadata_config {
                mode = "GKE_METADATA"
              }
            }
          }
        `,
      },
      {
        name: 'ordinary nodes',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "e2-standard-4"

              workload_metadata_config {
                mode = "GCE_METADATA"
              }
            }
          }
        `,
      },
      {
        name: 'nothing said',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

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
          variable "mode" {
            type = string
          }

          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

              workload_metadata_config {
                mode = var.mode
              }
            }
          }
        `,
      },
    ],
  },
});
