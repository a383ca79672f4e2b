import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mlMachine } from '../../src/concepts/machine-google.ts';
import { isMissing, textsOf } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'gpu/default-account',
  title: 'GPU or TPU machines run as the project’s default account',
  severity: 'low',
  requirements: ['R9', 'R38'],
  frameworks: { cis: ['GCP 4.1', 'GKE 5.2.1'], nist: ['AC-6', 'AC-2'], stride: ['elevation-of-privilege'] },
  why: `Code on the machine, and pods of a node without Workload Identity, can take the token of the account that the machine runs as. The default Compute Engine account is shared by everything that names no other, and in most projects it has the Editor role.`,
  links: [
    'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa',
    'https://cloud.google.com/compute/docs/access/service-accounts#default_service_account',
  ],
  looksAt: mlMachine,

  *check({ of, noun, kind, account, scopes }) {
    if (kind !== 'accelerator' || !account) return;
    const named = account.is === 'known' && String(account.value).endsWith('-compute@developer.gserviceaccount.com');
    if (!named && !isMissing(account)) return;
    const state = named ? 'runs as' : 'names no service account, so it runs as';
    const limit = scopes?.is === 'list' && !textsOf(scopes).texts.some((scope) => scope.endsWith('cloud-platform'));
    yield {
      at: account,
      severity: named ? 'medium' : 'low',
      message: `${noun} ${code(of.address)} ${state} the project's default one, which usually may edit everything in the project${limit ? ', as far as the scopes here let it' : ''}. Give it a service account of its own with the roles that the work needs.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'GPU nodes',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config { # <- finds
              machine_type = "a2-highgpu-1g"

            }
          }
        `,
      },
      {
        name: 'GPU nodes by accelerator',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config { # <- finds
              machine_type = "n1-standard-8"

              guest_accelerator {
                type  = "nvidia-tesla-t4"
                count = 1
              }
            }
          }
        `,
      },
      {
        name: 'a TPU, by name',
        files: terraform`
          resource "google_tpu_v2_vm" "trainer" {
            name             = "trainer"
            zone             = "us-central1-c"
            runtime_version  = "tpu-ubuntu2204-base"
            accelerator_type = "v5litepod-8"

            service_account {
              email = "111122223333-compute@developer.gserviceaccount.com" # <- finds
            }

          }
        `,
      },
    ],
    good: [
      {
        name: 'an account of its own',
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
      {
        name: 'ordinary nodes',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "e2-standard-4"

            }
          }
        `,
      },
      {
        name: 'a machine has no account unless it is given one',
        files: terraform`
          resource "google_compute_instance" "trainer" {
            name         = "trainer"
            machine_type = "a2-highgpu-1g"
            zone         = "europe-west4-a"

            boot_disk {
              initialize_params {
                image = "projects/deeplearning-platform-release/global/images/common-cu128-v20260115"
              }
            }

            network_interface {
              subnetwork = "ml"
            }
          }
        `,
      },
      {
        name: 'a notebook is another matter',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "account" {
            type = string
          }

          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = google_container_cluster.ml.id

            node_config {
              machine_type = "a2-highgpu-1g"
              service_account = var.account
            }
          }
        `,
      },
    ],
  },
});
