import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mlMachine } from '../../src/concepts/machine-google.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/forwards-packets',
  title: 'Machine for ML work may pass on packets of others',
  severity: 'low',
  requirements: ['R6', 'R31'],
  frameworks: { cis: ['GCP 4.6'], nist: ['SC-7', 'CM-7'], stride: ['spoofing', 'information-disclosure'] },
  why: `With IP forwarding a machine may send packets in the name of others, and take those meant for others. That is for routers. On a notebook or a training machine it lets whoever takes it over get around firewall rules and listen in.`,
  links: ['https://cloud.google.com/vpc/docs/using-routes#canipforward'],
  looksAt: mlMachine,

  *check({ of, noun, forwards }) {
    if (!forwards || !holds(forwards, true)) return;
    yield {
      at: forwards.at,
      message: `${noun} ${code(of.address)} may pass on packets that are not its own. Whoever takes it over can then pose as other machines; notebooks and training need no forwarding.`,
      fix: [forwards.writes(false)],
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

              enable_ip_forwarding = true # <- finds
            }
          }
        `,
        suggests: '    enable_ip_forwarding = false',
      },
      {
        name: 'a TPU',
        files: terraform`
          resource "google_tpu_v2_vm" "trainer" {
            name             = "trainer"
            zone             = "us-central1-c"
            runtime_version  = "tpu-ubuntu2204-base"
            accelerator_type = "v5litepod-8"

            service_account {
              email = "trainer@acme-ml.iam.gserviceaccount.com"
            }

            network_config {
              can_ip_forward      = true # <- finds
              enable_external_ips = false
            }
          }
        `,
        suggests: '    can_ip_forward      = false',
      },
      {
        name: 'a machine with GPUs',
        files: terraform`
          resource "google_compute_instance" "trainer" {
            name         = "trainer"
            machine_type = "a2-highgpu-1g"
            zone         = "europe-west4-a"
            can_ip_forward = true # <- finds

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
        suggests: '  can_ip_forward = false',
      },
    ],
    good: [
      {
        name: 'its own packets only',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

              enable_ip_forwarding = false
            }
          }
        `,
      },
      {
        name: 'a router',
        files: terraform`
          resource "google_compute_instance" "trainer" {
            name         = "trainer"
            machine_type = "e2-small"
            zone         = "europe-west4-a"
            can_ip_forward = true

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
          variable "forward" {
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

              enable_ip_forwarding = var.forward
            }
          }
        `,
      },
    ],
  },
});
