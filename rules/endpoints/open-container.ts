import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { hostedServer } from '../../src/concepts/server-hosted.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/open-container',
  title: 'Server without a login is open to the internet',
  severity: 'high',
  requirements: ['R3', 'R17', 'R41'],
  frameworks: { nist: ['AC-3', 'SC-7'], stride: ['spoofing', 'denial-of-service'], owasp: ['LLM10:2025'] },
  why: `Model servers and most other AI tools ask nobody who they are: they expect to stand behind something that does. Open to the internet they are found within hours and used at your expense, and some let strangers load models or run code.`,
  links: [
    'https://learn.microsoft.com/azure/container-apps/ingress-overview',
    'https://learn.microsoft.com/azure/container-instances/container-instances-virtual-network-concepts',
  ],
  looksAt: hostedServer,

  *check({ of, noun, product, external, limited, everyone, closable }) {
    // Where the cloud itself can ask for a login, an open ingress says nothing yet.
    if (everyone || product?.auth !== 'none' || limited || !holds(external, true)) return;
    const cause = external.is === 'known' && external.written ? '' : ', which is the default';
    yield {
      at: external.at,
      message: `${noun} ${code(of.address)} answers the whole internet${cause}, and ${product.name} asks nobody for a login. Keep it inside the environment, or let in only the addresses that need it.`,
      ...(closable ? { fix: [external.writes(false)] } : {}),
    };
  },

  examples: {
    bad: [
      {
        name: 'a container app',
        files: terraform`
          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled = true # <- finds

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
        suggests: '    external_enabled = false',
      },
      {
        name: 'a container group',
        files: terraform`
          resource "azurerm_container_group" "llm" {
            name                = "llm"
            location            = "westeurope"
            resource_group_name = "ai"
            os_type             = "Linux"
            ip_address_type     = "Public" # <- finds

            container {
              name   = "llm"
              image  = "docker.io/ollama/ollama:0.12.6"
              cpu    = "4"
              memory = "16"

              ports {
                port     = 11434
                protocol = "TCP"
              }
            }
          }
        `,
      },
      {
        name: 'a container group, by default',
        files: terraform`
          resource "azurerm_container_group" "llm" { # <- finds
            name                = "llm"
            location            = "westeurope"
            resource_group_name = "ai"
            os_type             = "Linux"

            container {
              name   = "llm"
              image  = "docker.io/ollama/ollama:0.12.6"
              cpu    = "4"
              memory = "16"

              ports {
                port     = 11434
                protocol = "TCP"
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'inside the environment',
        files: terraform`
          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled = false

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
        name: 'no ingress at all',
        files: terraform`
          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

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
        name: 'only from some addresses',
        files: terraform`
          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled = true

              ip_security_restriction {
                name             = "office"
                action           = "Allow"
                ip_address_range = "203.0.113.0/24"
              }

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
        name: 'software with a login of its own',
        files: terraform`
          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled = true

              traffic_weight {
                latest_revision = true
                percentage      = 100
              }
            }

            template {
              container {
                name   = "llm"
                image  = "ghcr.io/open-webui/open-webui:0.6.5"
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
              external_enabled = true

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
        name: 'in a subnet',
        files: terraform`
          resource "azurerm_container_group" "llm" {
            name                = "llm"
            location            = "westeurope"
            resource_group_name = "ai"
            os_type             = "Linux"
            ip_address_type     = "Private"
            subnet_ids          = ["ml"]

            container {
              name   = "llm"
              image  = "docker.io/ollama/ollama:0.12.6"
              cpu    = "4"
              memory = "16"

              ports {
                port     = 11434
                protocol = "TCP"
              }
            }
          }
        `,
      },
      {
        name: 'an ordinary container group',
        files: terraform`
          resource "azurerm_container_group" "llm" {
            name                = "llm"
            location            = "westeurope"
            resource_group_name = "ai"
            os_type             = "Linux"

            container {
              name   = "llm"
              image  = "acme.azurecr.io/shop:1.4.2"
              cpu    = "4"
              memory = "16"

              ports {
                port     = 11434
                protocol = "TCP"
              }
            }
          }
        `,
      },
      {
        name: 'Cloud Run asks for a role',
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
          variable "external" {
            type = bool
          }

          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled = var.external

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
        name: 'the image comes from the caller',
        files: terraform`
          variable "image" {
            type = string
          }

          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            ingress {
              target_port      = 11434
              external_enabled = true

              traffic_weight {
                latest_revision = true
                percentage      = 100
              }
            }

            template {
              container {
                name   = "llm"
                image  = var.image
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
