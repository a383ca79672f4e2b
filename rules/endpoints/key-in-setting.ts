import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { keyInSetting } from '../../src/concepts/server-hosted.ts';

export default defineRule({
  id: 'endpoints/key-in-setting',
  title: 'Key of an AI service stands in a plain setting',
  severity: 'medium',
  requirements: ['R3', 'R10', 'R37'],
  frameworks: { nist: ['IA-5', 'SC-28'], stride: ['information-disclosure', 'spoofing'] },
  why: `A setting is shown to everyone who may look at the app, is printed by debug pages and crash reports, and stands in the Terraform state. The key in it gives full use of the service from anywhere and does not expire. A managed identity needs no key: the app gets a role on the service, and nothing can leak.`,
  links: [
    'https://learn.microsoft.com/azure/ai-services/openai/how-to/managed-identity',
    'https://learn.microsoft.com/azure/search/search-security-rbac',
  ],
  looksAt: keyInSetting,

  *check({ of, at, name, service }) {
    yield {
      at,
      message: `${code(of.address)} gets the key of ${code(service)} as the plain setting ${code(name)}, readable for everyone who may see the app. Give its managed identity a role on the service instead.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a web app',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false
          }

          resource "azurerm_linux_web_app" "chat" {
            name                = "chat"
            location            = "westeurope"
            resource_group_name = "ai"
            service_plan_id     = "chat"

            site_config {}

            app_settings = {
              AZURE_OPENAI_ENDPOINT = azurerm_cognitive_account.openai.endpoint
              AZURE_OPENAI_API_KEY  = azurerm_cognitive_account.openai.primary_access_key # <- finds
            }
          }
        `,
      },
      {
        name: 'a function',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false
          }

          resource "azurerm_linux_function_app" "chat" {
            name                = "chat"
            location            = "westeurope"
            resource_group_name = "ai"
            service_plan_id     = "chat"

            site_config {}

            app_settings = {
              AZURE_OPENAI_ENDPOINT = azurerm_cognitive_account.openai.endpoint
              AZURE_OPENAI_API_KEY  = azurerm_cognitive_account.openai.secondary_access_key # <- finds
            }
          }
        `,
      },
      {
        name: 'a container app',
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

                env {
                  name  = "SEARCH_KEY"
                  value = azurerm_search_service.rag.primary_key # <- finds
                }
              }
            }
          }

          resource "azurerm_search_service" "rag" {
            name                          = "acme-rag"
            location                      = "westeurope"
            resource_group_name           = "ai"
            sku                           = "standard"
            public_network_access_enabled = false
            local_authentication_enabled  = false
          }
        `,
      },
      {
        name: 'a container group',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false
          }

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

              environment_variables = {
                OPENAI_API_KEY = azurerm_cognitive_account.openai.primary_access_key # <- finds
              }

              ports {
                port     = 11434
                protocol = "TCP"
              }
            }
          }
        `,
      },
      {
        name: 'a ConfigMap',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false
          }

          resource "kubernetes_config_map" "chat" {
            metadata {
              name = "chat"
            }

            data = {
              OPENAI_API_KEY = azurerm_cognitive_account.openai.primary_access_key # <- finds
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'a reference to Key Vault',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false
          }

          resource "azurerm_linux_web_app" "chat" {
            name                = "chat"
            location            = "westeurope"
            resource_group_name = "ai"
            service_plan_id     = "chat"

            site_config {}

            app_settings = {
              AZURE_OPENAI_ENDPOINT = azurerm_cognitive_account.openai.endpoint
              AZURE_OPENAI_API_KEY  = "@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/openai/)"
            }
          }
        `,
      },
      {
        name: 'a secret of the container app',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false
          }

          resource "azurerm_container_app" "llm" {
            name                         = "llm"
            container_app_environment_id = "apps"
            resource_group_name          = "ai"
            revision_mode                = "Single"

            secret {
              name  = "openai"
              value = azurerm_cognitive_account.openai.primary_access_key
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
        name: 'a secure variable',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false
          }

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

              secure_environment_variables = {
                OPENAI_API_KEY = azurerm_cognitive_account.openai.primary_access_key
              }

              ports {
                port     = 11434
                protocol = "TCP"
              }
            }
          }
        `,
      },
      {
        name: 'no key but the address',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false
          }

          resource "azurerm_linux_web_app" "chat" {
            name                = "chat"
            location            = "westeurope"
            resource_group_name = "ai"
            service_plan_id     = "chat"

            site_config {}

            app_settings = {
              AZURE_OPENAI_ENDPOINT = azurerm_cognitive_account.openai.endpoint
              AZURE_OPENAI_API_KEY  = azurerm_cognitive_account.openai.id
            }
          }
        `,
      },
      {
        name: 'the key of something else',
        files: terraform`
          resource "azurerm_linux_web_app" "chat" {
            name                = "chat"
            location            = "westeurope"
            resource_group_name = "ai"
            service_plan_id     = "chat"

            site_config {}

            app_settings = {
              AZURE_OPENAI_API_KEY  = azurerm_storage_account.data.primary_access_key
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "key" {
            type      = string
            sensitive = true
          }

          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false
          }

          resource "azurerm_linux_web_app" "chat" {
            name                = "chat"
            location            = "westeurope"
            resource_group_name = "ai"
            service_plan_id     = "chat"

            site_config {}

            app_settings = {
              AZURE_OPENAI_ENDPOINT = azurerm_cognitive_account.openai.endpoint
              AZURE_OPENAI_API_KEY  = var.key
            }
          }
        `,
      },
      {
        name: 'all settings come from the caller',
        files: terraform`
          variable "settings" {
            type = map(string)
          }

          resource "azurerm_linux_web_app" "chat" {
            name                = "chat"
            location            = "westeurope"
            resource_group_name = "ai"
            service_plan_id     = "chat"

            site_config {}

            app_settings = var.settings
          }
        `,
      },
    ],
  },
});
