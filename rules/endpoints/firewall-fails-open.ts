import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { firewall } from '../../src/concepts/data-store.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'endpoints/firewall-fails-open',
  title: 'Firewall opens when its list of addresses is empty',
  severity: 'high',
  requirements: ['R3', 'R33', 'R37', 'R41'],
  frameworks: { nist: ['SC-7', 'SC-24'], stride: ['information-disclosure', 'denial-of-service'] },
  why: `"Deny if there are addresses, else allow" turns the meaning of an empty list around: whoever takes the last address off the list, or never sets one, opens the service to the whole internet and gets no warning. With "Deny" in both cases an empty list lets in nobody but private endpoints.`,
  links: ['https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks'],
  looksAt: firewall,

  *check({ resource, noun, action }, world) {
    if (action.is !== 'known' || String(action.value).toLowerCase() !== 'allow') return;
    // A plain word is a decision, which the rules on public networks speak of. This is one side of a condition that stands beside it.
    const [chosen, condition] = action.origins;
    if (chosen?.literal !== true || condition?.what !== 'attribute') return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: action,
      message: `The firewall of ${noun} ${code(resource.address)} comes to ${code('Allow')} here: with nothing set it opens to the public internet instead of closing (${reason}). Use ${code('Deny')} in every case.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'no address by default',
        files: terraform`
          variable "addresses" {
            type    = list(string)
            default = []
          }

          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ml"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false

            network_acls {
              default_action = length(var.addresses) > 0 ? "Deny" : "Allow" # <- finds
              ip_rules       = var.addresses
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'closed in every case',
        files: terraform`
          variable "addresses" {
            type    = list(string)
            default = []
          }

          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ml"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false

            network_acls {
              default_action = "Deny"
              ip_rules       = var.addresses
            }
          }
        `,
      },
      {
        name: 'one side of a condition that closes',
        files: terraform`
          variable "addresses" {
            type    = list(string)
            default = []
          }

          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ml"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false

            network_acls {
              default_action = length(var.addresses) > 0 ? "Allow" : "Deny"
              ip_rules       = var.addresses
            }
          }
        `,
      },
      {
        name: 'the pictures of a shop are none of our business',
        files: terraform`
          variable "addresses" {
            type    = list(string)
            default = []
          }

          resource "azurerm_storage_account" "shop" {
            name                     = "acmeshop"
            resource_group_name      = "shop"
            location                 = "westeurope"
            account_tier             = "Standard"
            account_replication_type = "ZRS"

            network_rules {
              default_action = length(var.addresses) > 0 ? "Deny" : "Allow"
              ip_rules       = var.addresses
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the addresses come from the caller',
        files: terraform`
          variable "addresses" {
            type = list(string)
          }

          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            location                      = "westeurope"
            resource_group_name           = "ml"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            public_network_access_enabled = false
            local_auth_enabled            = false

            network_acls {
              default_action = length(var.addresses) > 0 ? "Deny" : "Allow"
              ip_rules       = var.addresses
            }
          }
        `,
      },
    ],
  },
});
