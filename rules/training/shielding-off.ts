import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mlMachine } from '../../src/concepts/machine-google.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/shielding-off',
  title: 'Machine for ML work starts without boot protection',
  severity: 'low',
  requirements: ['R6', 'R31'],
  frameworks: { cis: ['GCP 4.8'], nist: ['SI-7', 'SC-34'], stride: ['tampering'] },
  why: `Shielded VM notices when the boot chain of a machine was changed: a root kit that stays through restarts, below everything that scans for it. Notebooks and training machines run code from strangers as root all day, and vTPM and integrity monitoring cost nothing and are on unless somebody switches them off.`,
  links: ['https://cloud.google.com/compute/shielded-vm/docs/shielded-vm'],
  looksAt: mlMachine,

  *check({ of, noun, shielding }) {
    for (const { what, on } of shielding)
      if (holds(on, false))
        yield {
          at: on.at,
          message: `${noun} ${code(of.address)} switches ${what} off, so a boot chain that was tampered with goes unnoticed.`,
          fix: [on.writes(true)],
        };
  },

  examples: {
    bad: [
      {
        name: 'a notebook',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

              shielded_instance_config {
                enable_secure_boot          = false # <- finds
                enable_vtpm                 = true
                enable_integrity_monitoring = true
              }
            }
          }
        `,
        suggests: '      enable_secure_boot          = true',
      },
      {
        name: 'a machine with GPUs',
        files: terraform`
          resource "google_compute_instance" "trainer" {
            name         = "trainer"
            machine_type = "a2-highgpu-1g"
            zone         = "europe-west4-a"

            shielded_instance_config {
              enable_vtpm                 = true
              enable_integrity_monitoring = false # <- finds
            }

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
        suggests: '    enable_integrity_monitoring = true',
      },
      {
        name: 'a runtime',
        files: terraform`
          resource "google_notebooks_runtime" "research" {
            name     = "research"
            location = "europe-west4"

            access_config {
              access_type   = "SINGLE_USER"
              runtime_owner = "octocat@example.com"
            }

            virtual_machine {
              virtual_machine_config {
                machine_type     = "n1-standard-4"
                internal_ip_only = true

                data_disk {
                  initialize_params {
                    disk_size_gb = 100
                  }
                }

                shielded_instance_config {
                  enable_vtpm = false # <- finds
                }
              }
            }
          }
        `,
        suggests: '        enable_vtpm = true',
      },
    ],
    good: [
      {
        name: 'on',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

              shielded_instance_config {
                enable_secure_boot = true
              }
            }
          }
        `,
      },
      {
        name: 'GPU drivers that are not signed',
        files: terraform`
          resource "google_compute_instance" "trainer" {
            name         = "trainer"
            machine_type = "a2-highgpu-1g"
            zone         = "europe-west4-a"

            shielded_instance_config {
              enable_secure_boot = false
            }

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
        name: 'a notebook with a GPU',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

              accelerator_configs {
                type       = "NVIDIA_L4"
                core_count = "1"
              }

              shielded_instance_config {
                enable_secure_boot = false
              }
            }
          }
        `,
      },
      {
        name: 'a runtime with a GPU',
        files: terraform`
          resource "google_notebooks_runtime" "research" {
            name     = "research"
            location = "europe-west4"

            virtual_machine {
              virtual_machine_config {
                machine_type     = "n1-standard-4"
                internal_ip_only = true

                data_disk {
                  initialize_params {
                    disk_size_gb = 100
                  }
                }

                accelerator_config {
                  type       = "NVIDIA_TESLA_T4"
                  core_count = 1
                }

                shielded_instance_config {
                  enable_secure_boot = false
                }
              }
            }
          }
        `,
      },
      {
        name: 'an ordinary machine',
        files: terraform`
          resource "google_compute_instance" "trainer" {
            name         = "trainer"
            machine_type = "e2-small"
            zone         = "europe-west4-a"

            shielded_instance_config {
              enable_vtpm = false
            }

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
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "vtpm" {
            type = bool
          }

          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

              shielded_instance_config {
                enable_vtpm = var.vtpm
              }
            }
          }
        `,
      },
    ],
  },
});
