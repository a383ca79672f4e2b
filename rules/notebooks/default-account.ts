import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { mlMachine } from '../../src/concepts/machine-google.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'notebooks/default-account',
  title: 'Notebook runs as the project’s default account',
  severity: 'low',
  requirements: ['R9', 'R31'],
  frameworks: { cis: ['GCP 4.1'], nist: ['AC-6', 'AC-2'], stride: ['elevation-of-privilege'] },
  why: `Any cell of a notebook can ask the metadata server for a token of the account that its machine runs as. The default Compute Engine account is shared by everything that names no other, and in most projects it has the Editor role: one malicious package can then read every bucket and change every service.`,
  links: [
    'https://cloud.google.com/vertex-ai/docs/workbench/instances/manage-access',
    'https://cloud.google.com/compute/docs/access/service-accounts#default_service_account',
  ],
  looksAt: mlMachine,

  *check({ of, noun, kind, account, ownCredentials }) {
    if (kind !== 'notebook' || !account || ownCredentials) return;
    const named = account.is === 'known' && String(account.value).endsWith('-compute@developer.gserviceaccount.com');
    if (!named && !isMissing(account)) return;
    const state = named ? 'runs as' : 'names no service account, so it runs as';
    yield {
      at: account,
      severity: named ? 'medium' : 'low',
      message: `${noun} ${code(of.address)} ${state} the project's default one, which usually may edit everything in the project. Give it a service account of its own with the roles that the work needs.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'nothing said',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup { # <- finds
              disable_public_ip = true

            }
          }
        `,
      },
      {
        name: 'by name',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "111122223333-compute@developer.gserviceaccount.com" # <- finds
              }

            }
          }
        `,
      },
      {
        name: 'a notebook of the older kind',
        files: terraform`
          resource "google_notebooks_instance" "research" { # <- finds
            name         = "research"
            location     = "europe-west4-a"
            machine_type = "e2-standard-4"
            no_public_ip = true

            vm_image {
              project      = "deeplearning-platform-release"
              image_family = "tf-latest-cpu"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'an account of its own',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

            }
          }
        `,
      },
      {
        name: 'people work as themselves',
        files: terraform`
          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"
            enable_managed_euc = true

            gce_setup {
              disable_public_ip = true

            }
          }
        `,
      },
      {
        name: 'a TPU is no notebook',
        files: terraform`
          resource "google_tpu_v2_vm" "trainer" {
            name             = "trainer"
            zone             = "us-central1-c"
            runtime_version  = "tpu-ubuntu2204-base"
            accelerator_type = "v5litepod-8"

            service_account {
              email = "trainer@acme-ml.iam.gserviceaccount.com"
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

          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = var.account
              }

            }
          }
        `,
      },
    ],
  },
});
