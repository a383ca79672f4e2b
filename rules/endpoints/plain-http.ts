import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { hostedServer } from '../../src/concepts/server-hosted.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/plain-http',
  title: 'AI server also answers over plain HTTP',
  severity: 'medium',
  requirements: ['R3', 'R41'],
  frameworks: { nist: ['SC-8', 'SC-23'], stride: ['information-disclosure', 'tampering'] },
  why: `With insecure connections allowed, the ingress does not send callers from HTTP to HTTPS but answers them in clear. Prompts, answers and tokens then cross the network readable, from every client that was configured with the wrong address.`,
  links: ['https://learn.microsoft.com/azure/container-apps/ingress-overview'],
  looksAt: hostedServer,

  *check({ of, noun, why, plain }) {
    if (!plain || !holds(plain, true)) return;
    yield {
      at: plain.at,
      message: `${noun} ${code(of.address)} answers over plain HTTP instead of sending callers to HTTPS (${why}): prompts, answers and tokens can be read on the way.`,
      fix: [plain.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'allowed',
        files: terraform`
          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled           = false
              allow_insecure_connections = true # <- finds

              traffic_weight {
                latest_revision = true
                percentage      = 100
              }
            }

            template {
              container {
                name   = "llm"
                image  = "docker.io/ollama/ollama:0.12.6"
                cpu    = 4
                memory = "8Gi"
              }
            }
          }
        `,
        suggests: '    allow_insecure_connections = false',
      },
    ],
    good: [
      {
        name: 'HTTPS only',
        files: terraform`
          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled           = false
              allow_insecure_connections = false

              traffic_weight {
                latest_revision = true
                percentage      = 100
              }
            }

            template {
              container {
                name   = "llm"
                image  = "docker.io/ollama/ollama:0.12.6"
                cpu    = 4
                memory = "8Gi"
              }
            }
          }
        `,
      },
      {
        name: 'nothing said',
        files: terraform`
          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled           = false

              traffic_weight {
                latest_revision = true
                percentage      = 100
              }
            }

            template {
              container {
                name   = "llm"
                image  = "docker.io/ollama/ollama:0.12.6"
                cpu    = 4
                memory = "8Gi"
              }
            }
          }
        `,
      },
      {
        name: 'an ordinary website',
        files: terraform`
          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled           = true
              allow_insecure_connections = true

              traffic_weight {
                latest_revision = true
                percentage      = 100
              }
            }

            template {
              container {
                name   = "llm"
                image  = "acme.azurecr.io/shop:1.4.2"
                cpu    = 4
                memory = "8Gi"
              }
            }
          }
        `,
      },
      {
        name: 'Cloud Run, which has no such switch',
        files: terraform`
          resource "google_cloud_run_v2_service" "llm" {
            name     = "llm"
            location = "europe-west4"

            template {
              containers {
                image = "docker.io/ollama/ollama:0.12.6"

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
          variable "plain" {
            type = bool
          }

          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled           = false
              allow_insecure_connections = var.plain

              traffic_weight {
                latest_revision = true
                percentage      = 100
              }
            }

            template {
              container {
                name   = "llm"
                image  = "docker.io/ollama/ollama:0.12.6"
                cpu    = 4
                memory = "8Gi"
              }
            }
          }
        `,
      },
    ],
  },
});
