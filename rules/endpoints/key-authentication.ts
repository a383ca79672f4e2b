import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiService } from '../../src/concepts/ai-service.ts';

export default defineRule({
  id: 'endpoints/key-authentication',
  title: 'AI service accepts shared keys',
  severity: 'medium',
  requirements: ['R3', 'R4', 'R37'],
  frameworks: { nist: ['IA-2', 'AC-2', 'IA-5'], stride: ['spoofing', 'repudiation'] },
  why: `An API key is one password for everyone: it does not expire, it says nothing about who used it, and it carries full rights. It ends up in environment variables, notebooks and Terraform state. With keys off, each caller signs in with its own identity (a managed identity for workloads) and can be limited and audited.`,
  links: [
    'https://learn.microsoft.com/azure/ai-services/disable-local-auth',
    'https://learn.microsoft.com/azure/search/search-security-enable-roles',
  ],
  looksAt: aiService,

  *check({ resource, noun, keys }) {
    if (keys?.is !== 'known' || !keys.value) return;
    const state = keys.written ? 'accepts shared keys' : 'accepts shared keys, the default';
    yield {
      at: keys.at,
      message: `${noun} ${code(resource.address)} ${state}. A key that leaks gives its finder full use, and nothing tells callers apart.`,
      fix: [keys.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'keys switched on',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = true # <- finds
          }
        `,
        suggests: '  local_auth_enabled            = false',
      },
      {
        name: 'an endpoint that asks for a key',
        files: terraform`
          resource "azapi_resource" "scoring" {
            type      = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2024-10-01"
            name      = "scoring"
            location  = "westeurope"
            parent_id = azurerm_machine_learning_workspace.main.id

            body = {
              properties = {
                authMode            = "Key" # <- finds
                publicNetworkAccess = "Disabled"
              }
            }
          }
        `,
        suggests: '      authMode            = "AADToken"',
      },
    ],
    good: [
      {
        name: 'identities only',
        files: terraform`
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
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "keys" {
            type = bool
          }

          resource "azurerm_search_service" "rag" {
            name                          = "acme-rag"
            location                      = "westeurope"
            resource_group_name           = "ai"
            sku                           = "standard"
            public_network_access_enabled = false
            local_authentication_enabled  = var.keys
          }
        `,
      },
    ],
  },
});
