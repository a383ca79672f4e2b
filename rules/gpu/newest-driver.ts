import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { gpuPool } from '../../src/concepts/gpu-pool.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'gpu/newest-driver',
  title: 'GPU nodes take the newest driver there is',
  severity: 'low',
  requirements: ['R1'],
  frameworks: { nist: ['CM-2', 'CM-3'], stride: ['denial-of-service'] },
  why: `LATEST is the newest driver that GKE offers for the node image, and changes with it; DEFAULT is the one that was tested with the GKE version. A driver that does not fit the CUDA version of your images stops every job of the pool at the next node.`,
  links: ['https://cloud.google.com/kubernetes-engine/docs/how-to/gpus'],
  looksAt: gpuPool,

  *check({ of, noun, drivers }) {
    for (const driver of drivers)
      if (holds(driver, 'LATEST'))
        yield {
          at: driver.at,
          message: `${noun} ${code(of.address)} takes the newest driver with every node image, tested with this GKE version or not. ${code('DEFAULT')} is the one that was.`,
          fix: [driver.writes('DEFAULT')],
        };
  },

  examples: {
    bad: [
      {
        name: 'the newest',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

              guest_accelerator {
                type  = "nvidia-l4"
                count = 1

                gpu_driver_installation_config {
                  gpu_driver_version = "LATEST" # <- finds
                }
              }
            }
          }
        `,
        suggests: '        gpu_driver_version = "DEFAULT"',
      },
      {
        name: 'in the cluster',
        files: terraform`
          resource "google_container_cluster" "ml" {
            name     = "ml"
            location = "europe-west4"

            node_config {
              machine_type = "g2-standard-8"

              guest_accelerator {
                type  = "nvidia-l4"
                count = 1

                gpu_driver_installation_config {
                  gpu_driver_version = "LATEST" # <- finds
                }
              }
            }
          }
        `,
        suggests: '        gpu_driver_version = "DEFAULT"',
      },
    ],
    good: [
      {
        name: 'the tested one',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

              guest_accelerator {
                type  = "nvidia-l4"
                count = 1

                gpu_driver_installation_config {
                  gpu_driver_version = "DEFAULT"
                }
              }
            }
          }
        `,
      },
      {
        name: 'a driver of your own',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

              guest_accelerator {
                type  = "nvidia-l4"
                count = 1

                gpu_driver_installation_config {
                  gpu_driver_version = "INSTALLATION_DISABLED"
                }
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
          variable "driver" {
            type = string
          }

          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

              guest_accelerator {
                type  = "nvidia-l4"
                count = 1

                gpu_driver_installation_config {
                  gpu_driver_version = var.driver
                }
              }
            }
          }
        `,
      },
    ],
  },
});
