import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentAccount } from '../../src/concepts/endpoint-azure.ts';
import { holds, isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/no-network',
  title: 'Agents of AI Foundry run outside your network',
  severity: 'low',
  requirements: ['R32', 'R37'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure'], owasp: ['LLM06:2025'] },
  why: `An agent does what its input talks it into: a prompt hidden in a document is enough to make it send away what its tools can read. Injected into a subnet of yours it reaches what your firewall lets it; otherwise it reaches the whole internet, and none of your private services. The network can't be added to an account later.`,
  links: ['https://learn.microsoft.com/azure/ai-foundry/agents/how-to/virtual-networks'],
  looksAt: agentAccount,

  *check({ of, network, restricted }) {
    if (!isMissing(network) || !holds(restricted, false)) return;
    yield {
      at: network,
      message: `AI Foundry account ${code(of.address)} runs agents in no network of yours and without limits on what they reach: an injected prompt can make them send data anywhere. Inject them into a subnet, or restrict outbound access to the hosts they need.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'an account with projects',
        files: terraform`
          resource "azurerm_cognitive_account" "foundry" { # <- finds
            name                          = "acme-foundry"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "AIServices"
            sku_name                      = "S0"
            custom_subdomain_name         = "acme-foundry"
            public_network_access_enabled = false
            local_auth_enabled            = false
            project_management_enabled    = true

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
      {
        name: 'through azapi',
        files: terraform`
          resource "azapi_resource" "foundry" {
            type      = "Microsoft.CognitiveServices/accounts@2025-06-01"
            name      = "acme-foundry"
            location  = "westeurope"
            parent_id = azurerm_resource_group.ai.id

            body = {
              kind = "AIServices"
              properties = { # <- finds
                allowProjectManagement = true
                publicNetworkAccess    = "Disabled"
                disableLocalAuth       = true
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'in a subnet',
        files: terraform`
          resource "azurerm_cognitive_account" "foundry" {
            name                          = "acme-foundry"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "AIServices"
            sku_name                      = "S0"
            custom_subdomain_name         = "acme-foundry"
            public_network_access_enabled = false
            local_auth_enabled            = false
            project_management_enabled    = true

            network_injection {
              scenario  = "agent"
              subnet_id = "agents"
            }

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
      {
        name: 'only the hosts they need',
        files: terraform`
          resource "azurerm_cognitive_account" "foundry" {
            name                          = "acme-foundry"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "AIServices"
            sku_name                      = "S0"
            custom_subdomain_name         = "acme-foundry"
            public_network_access_enabled = false
            local_auth_enabled            = false
            project_management_enabled    = true
            outbound_network_access_restricted = true
            fqdns                              = ["tools.acme.example"]

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
      {
        name: 'no agents',
        files: terraform`
          resource "azurerm_cognitive_account" "foundry" {
            name                          = "acme-foundry"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "AIServices"
            sku_name                      = "S0"
            custom_subdomain_name         = "acme-foundry"
            public_network_access_enabled = false
            local_auth_enabled            = false
            project_management_enabled    = false

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "restricted" {
            type = bool
          }

          resource "azurerm_cognitive_account" "foundry" {
            name                          = "acme-foundry"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "AIServices"
            sku_name                      = "S0"
            custom_subdomain_name         = "acme-foundry"
            public_network_access_enabled = false
            local_auth_enabled            = false
            project_management_enabled    = true
            outbound_network_access_restricted = var.restricted

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
      {
        name: 'whether there are agents is not known',
        files: terraform`
          variable "projects" {
            type = bool
          }

          resource "azurerm_cognitive_account" "foundry" {
            name                          = "acme-foundry"
            location                      = "westeurope"
            resource_group_name           = "ai"
            kind                          = "AIServices"
            sku_name                      = "S0"
            custom_subdomain_name         = "acme-foundry"
            public_network_access_enabled = false
            local_auth_enabled            = false
            project_management_enabled    = var.projects

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
    ],
  },
});
