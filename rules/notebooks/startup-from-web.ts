import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { startupScript } from '../../src/concepts/machine-google.ts';

const web = /^https?:\/\/(?!storage\.googleapis\.com\/|storage\.cloud\.google\.com\/)/i;
/** An address with the full hash of a commit can't mean anything else tomorrow. */
const pinned = /\/[0-9a-f]{40}\//;

export default defineRule({
  id: 'notebooks/startup-from-web',
  title: 'Notebook runs a script from the web when it starts',
  severity: 'medium',
  requirements: ['R9', 'R31'],
  frameworks: { nist: ['SI-7', 'CM-11', 'SR-3'], stride: ['tampering', 'elevation-of-privilege'], atlas: ['AML.T0010'] },
  why: `The script is fetched anew and run as root, on every machine that is made from this configuration. Whoever can change the page behind the address, a branch or an expired domain, has root on the notebooks and the identity they run as. A copy in a bucket of your own changes only when you change it.`,
  links: [
    'https://cloud.google.com/vertex-ai/docs/workbench/instances/manage-metadata',
    'https://cloud.google.com/colab/docs/create-runtime-template',
  ],
  looksAt: startupScript,

  *check({ of, noun, at }) {
    const url = at.is === 'known' && typeof at.value === 'string' && at.value.length < 2000 ? at.value : '';
    const plain = url.toLowerCase().startsWith('http:');
    if (!web.test(url) || (pinned.test(url) && !plain)) return;
    const host = url.split('/')[2] ?? '';
    yield {
      at,
      severity: plain ? 'high' : 'medium',
      message: `${noun} ${code(of.address)} fetches a script from ${code(host)}${plain ? ' without TLS' : ''} and runs it as root when it starts: whoever changes it there has the machine. Keep it in a bucket of your own.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a branch',
        files: terraform`
          resource "google_colab_runtime_template" "research" {
            display_name = "research"
            location     = "europe-west4"

            software_config {
              post_startup_script_config {
                post_startup_script_url      = "https://raw.githubusercontent.com/acme/notebooks/main/setup.sh" # <- finds
                post_startup_script_behavior = "DOWNLOAD_AND_RUN_EVERY_START"
              }
            }
          }
        `,
      },
      {
        name: 'without TLS, although pinned',
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
                post-startup-script = "http://git.acme.example/raw/0123456789abcdef0123456789abcdef01234567/setup.sh" # <- finds
              }
            }
          }
        `,
      },
      {
        name: 'by the name Compute Engine knows',
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
                startup-script-url = "https://get.acme.example/setup.sh" # <- finds
              }
            }
          }
        `,
      },
      {
        name: 'an environment',
        files: terraform`
          resource "google_notebooks_environment" "research" {
            name                = "research"
            location            = "europe-west4-a"
            post_startup_script = "https://get.acme.example/setup.sh" # <- finds

            container_image {
              repository = "europe-west4-docker.pkg.dev/acme-ml/notebooks/base"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'a bucket',
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
                post-startup-script = "gs://acme-ml-setup/setup.sh"
              }
            }
          }
        `,
      },
      {
        name: 'a bucket by its web address',
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
                post-startup-script = "https://storage.googleapis.com/acme-ml-setup/setup.sh"
              }
            }
          }
        `,
      },
      {
        name: 'one commit',
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
                post-startup-script = "https://raw.githubusercontent.com/acme/notebooks/0123456789abcdef0123456789abcdef01234567/setup.sh"
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
          variable "script" {
            type = string
          }

          resource "google_workbench_instance" "research" {
            name     = "research"
            location = "europe-west4-a"

            gce_setup {
              disable_public_ip = true

              service_accounts {
                email = "notebook@acme-ml.iam.gserviceaccount.com"
              }

              metadata = {
                post-startup-script = var.script
              }
            }
          }
        `,
      },
    ],
  },
});
