import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { hostedServer } from '../../src/concepts/server-hosted.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/open-cloud-run',
  title: 'Model server on Cloud Run asks nobody who they are',
  severity: 'critical',
  requirements: ['R3', 'R37', 'R41'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['spoofing', 'denial-of-service'], owasp: ['LLM10:2025'] },
  why: `Cloud Run lets in only callers with the invoker role, unless that check is switched off. Then everyone who finds the address can use the model at your expense: each request keeps a GPU busy, and answers can be collected to copy the model.`,
  links: [
    'https://cloud.google.com/run/docs/securing/managing-access#invoker_check',
    'https://cloud.google.com/run/docs/configuring/services/gpu',
  ],
  looksAt: hostedServer,

  *check({ of, noun, why, everyone, external }) {
    if (!everyone || !holds(everyone, true)) return;
    const open = holds(external, true);
    yield {
      at: everyone.at,
      severity: open ? 'critical' : 'medium',
      message: `${noun} ${code(of.address)} lets ${open ? 'everyone on the internet' : 'everyone who reaches it'} call it without asking who they are (${why}): at your expense, and with all that the model gives away.`,
      fix: [everyone.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'a GPU for everyone',
        files: terraform`
          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"
            invoker_iam_disabled = true # <- finds

            template {
              containers {
                image = "europe-west4-docker.pkg.dev/acme-ml/serving/ranker:1.4.2"

                resources {
                  limits = {
                    "nvidia.com/gpu" = "1"
                    cpu              = "4"
                    memory           = "16Gi"
                  }
                }
              }

            }
          }
        `,
        suggests: '  invoker_iam_disabled = false',
      },
      {
        name: 'only from the inside, by accelerator',
        files: terraform`
          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"
            ingress              = "INGRESS_TRAFFIC_INTERNAL_ONLY"
            invoker_iam_disabled = true # <- finds

            template {
              containers {
                image = "europe-west4-docker.pkg.dev/acme-ml/serving/ranker:1.4.2"

              }

              node_selector {
                accelerator = "nvidia-l4"
              }
            }
          }
        `,
        suggests: '  invoker_iam_disabled = false',
      },
      {
        name: 'a known model server',
        files: terraform`
          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"
            invoker_iam_disabled = true # <- finds

            template {
              containers {
                image = "docker.io/ollama/ollama:0.12.6"

              }

            }
          }
        `,
        suggests: '  invoker_iam_disabled = false',
      },
      {
        name: 'a GPU whose kind is not known',
        files: terraform`
          variable "accelerator" {
            type = string
          }

          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"
            invoker_iam_disabled = true # <- finds

            template {
              containers {
                image = "europe-west4-docker.pkg.dev/acme-ml/serving/ranker:1.4.2"

              }

              node_selector {
                accelerator = var.accelerator
              }
            }
          }
        `,
        suggests: '  invoker_iam_disabled = false',
      },
    ],
    good: [
      {
        name: 'callers need the role',
        files: terraform`
          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"
            invoker_iam_disabled = false

            template {
              containers {
                image = "europe-west4-docker.pkg.dev/acme-ml/serving/ranker:1.4.2"

                resources {
                  limits = {
                    "nvidia.com/gpu" = "1"
                    cpu              = "4"
                    memory           = "16Gi"
                  }
                }
              }

            }
          }
        `,
      },
      {
        name: 'an ordinary website',
        files: terraform`
          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"
            invoker_iam_disabled = true

            template {
              containers {
                image = "europe-west4-docker.pkg.dev/acme-ml/serving/ranker:1.4.2"

              }

            }
          }
        `,
      },
      {
        name: 'nothing said',
        files: terraform`
          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"

            template {
              containers {
                image = "europe-west4-docker.pkg.dev/acme-ml/serving/ranker:1.4.2"

                resources {
                  limits = {
                    "nvidia.com/gpu" = "1"
                    cpu              = "4"
                    memory           = "16Gi"
                  }
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
          variable "open" {
            type = bool
          }

          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"
            invoker_iam_disabled = var.open

            template {
              containers {
                image = "europe-west4-docker.pkg.dev/acme-ml/serving/ranker:1.4.2"

                resources {
                  limits = {
                    "nvidia.com/gpu" = "1"
                    cpu              = "4"
                    memory           = "16Gi"
                  }
                }
              }

            }
          }
        `,
      },
    ],
  },
});
