import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mlMachine } from '../../src/concepts/machine-google.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/serial-console',
  title: 'Serial console of a machine for ML work is open',
  severity: 'medium',
  requirements: ['R6', 'R31'],
  frameworks: { cis: ['GCP 4.5'], nist: ['AC-17', 'CM-7'], stride: ['spoofing'] },
  why: `The interactive serial console takes connections from any address on the internet and knows no firewall rules: a project's SSH key is all it asks for. It is meant for a machine that does not start any more, and is switched on for that one hour.`,
  links: ['https://cloud.google.com/compute/docs/troubleshooting/troubleshooting-using-serial-console'],
  looksAt: mlMachine,

  *check({ of, noun, console }) {
    if (!holds(console, true)) return;
    yield {
      at: console.at,
      message: `${noun} ${code(of.address)} opens its serial console, which takes logins from any address and is not subject to firewall rules.`,
      fix: [console.writes(false)],
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

              metadata = {
                serial-port-enable = "TRUE" # <- finds
              }
            }
          }
        `,
        suggests: '      serial-port-enable = "FALSE"',
      },
      {
        name: 'GPU nodes',
        files: terraform`
          resource "google_container_node_pool" "gpu" {
            name    = "gpu"
            cluster = "ml"

            node_config {
              machine_type    = "a2-highgpu-1g"
              service_account = "nodes@acme-ml.iam.gserviceaccount.com"

              metadata = {
                serial-port-enable = true # <- finds
              }
            }
          }
        `,
        suggests: '      serial-port-enable = "FALSE"',
      },
    ],
    good: [
      {
        name: 'closed',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

              metadata = {
                serial-port-enable  = "false"
                enable-oslogin      = "TRUE"
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
            metadata = {
              serial-port-enable = "TRUE"
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
        name: 'the caller adds metadata',
        files: terraform`
          variable "metadata" {
            type = map(string)
          }

          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

              metadata = var.metadata
            }
          }
        `,
      },
      {
        name: 'part of it comes from the caller',
        files: terraform`
          variable "metadata" {
            type = map(string)
          }

          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

              metadata = merge(var.metadata, { enable-oslogin = "TRUE" })
            }
          }
        `,
      },
    ],
  },
});
