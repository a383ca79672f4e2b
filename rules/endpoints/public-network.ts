import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiService } from '../../src/concepts/ai-service.ts';

export default defineRule({
  id: 'endpoints/public-network',
  title: 'AI service is reachable from the public internet',
  severity: 'high',
  requirements: ['R3', 'R37', 'R38', 'R41'],
  frameworks: { nist: ['SC-7', 'AC-17'], stride: ['information-disclosure', 'denial-of-service'] },
  why: `Azure gives these services a public address unless it is switched off. A leaked key or token then works from anywhere, the service can be flooded or used at your expense, and a private endpoint beside it does not help: it adds a second door without closing the first.`,
  links: ['https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks'],
  looksAt: aiService,

  *check({ resource, noun, publicNetwork, firewall }) {
    if (publicNetwork.is !== 'known' || !publicNetwork.value || firewall === 'closed') return;
    // A default that meets rules we can't read may well be closed; one that is written out is a decision worth a look.
    if (firewall === 'unknown' && !publicNetwork.written) return;
    const state = publicNetwork.written
      ? 'switches public network access on'
      : 'has public network access, which is on unless it is switched off';
    const limit =
      firewall === 'unknown'
        ? '. Whether its firewall lets everyone in depends on values that are not known here'
        : ' and no firewall rule limits who may connect';
    yield {
      at: publicNetwork.at,
      severity: firewall === 'open' && publicNetwork.written ? 'high' : 'medium',
      message: `${noun} ${code(resource.address)} ${state}${limit}. Anyone who gets hold of a credential can use it from anywhere.`,
      fix: [publicNetwork.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'Azure OpenAI without a firewall',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = true # <- finds
          }
        `,
        suggests: '  public_network_access_enabled = false',
      },
      {
        name: 'an online endpoint through azapi',
        files: terraform`
          resource "azapi_resource" "scoring" {
            type      = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2024-10-01"
            name      = "scoring"
            location  = "westeurope"
            parent_id = azurerm_machine_learning_workspace.main.id

            body = {
              properties = {
                authMode            = "AADToken"
                publicNetworkAccess = "Enabled" # <- finds
              }
            }
          }
        `,
        suggests: '      publicNetworkAccess = "Disabled"',
      },
      {
        name: 'the default',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" { # <- finds
            name                = "acme-openai"
            location            = "westeurope"
            resource_group_name = "ai"
            kind                = "OpenAI"
            sku_name            = "S0"
            local_auth_enabled  = false
          }
        `,
        suggests:
          '  name                          = "acme-openai"\n  location                      = "westeurope"\n  resource_group_name           = "ai"\n  kind                          = "OpenAI"\n  sku_name                      = "S0"\n  local_auth_enabled            = false\n  public_network_access_enabled = false',
      },
    ],
    good: [
      {
        name: 'switched off',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }
        `,
      },
      {
        name: 'the firewall denies by default',
        files: terraform`
          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = true

            network_acls {
              default_action = "Deny"
              ip_rules       = ["203.0.113.7"]
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "public" {
            type = bool
          }

          resource "azurerm_search_service" "rag" {
            name                          = "acme-rag"
            location                      = "westeurope"
            resource_group_name           = "ai"
            sku                           = "standard"
            local_authentication_enabled  = false
            public_network_access_enabled = var.public
          }
        `,
      },
      {
        name: 'the default, behind rules that are not known',
        files: terraform`
          variable "default_action" {
            type = string
          }

          resource "azurerm_cognitive_account" "openai" {
            name                = "acme-openai"
            location            = "westeurope"
            resource_group_name = "ai"
            kind                = "OpenAI"
            sku_name            = "S0"
            local_auth_enabled  = false

            network_acls {
              default_action = var.default_action
            }
          }
        `,
      },
    ],
  },
});
