import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { unrecordedService } from '../../src/concepts/tracker-audit.ts';

export default defineRule({
  id: 'logging/no-diagnostics',
  title: 'Calls to the Azure AI service are not recorded',
  severity: 'low',
  requirements: ['R7', 'R22', 'R37'],
  frameworks: { nist: ['AU-2', 'AU-12'], stride: ['repudiation'] },
  why: `Azure keeps no record of who called a model unless a diagnostic setting sends it somewhere. After a leaked key that record is the only way to know what it was used for.`,
  links: [
    'https://learn.microsoft.com/azure/ai-services/diagnostic-logging',
    'https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings',
  ],
  looksAt: unrecordedService,

  *check({ of, noun, recorded, setting }) {
    yield {
      at: of,
      message: `${noun} ${code(of.address)} has no ${code('azurerm_monitor_diagnostic_setting')}, although ${code(recorded)} beside it has one: nothing records who calls it. Send its ${code('audit')} and ${code('RequestResponse')} logs to the same place.`,
      ...(setting === undefined ? {} : { fix: [{ do: 'append', after: of, text: setting }] }),
    };
  },

  examples: {
    bad: [
      {
        name: 'only the storage account is recorded',
        files: terraform`
          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" { # <- finds
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }

          resource "azurerm_monitor_diagnostic_setting" "data" {
            name                       = "data"
            target_resource_id         = azurerm_storage_account.data.id
            log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"

            enabled_log {
              category_group = "audit"
            }
          }
        `,
        suggests: `
resource "azurerm_monitor_diagnostic_setting" "openai" {
  name                       = "openai"
  target_resource_id         = azurerm_cognitive_account.openai.id
  log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"

  enabled_log {
    category_group = "allLogs"
  }
}
`,
      },
      {
        name: 'to a workspace of the same configuration',
        files: terraform`
          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" { # <- finds
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }

          resource "azurerm_monitor_diagnostic_setting" "data" {
            name               = "data"
            target_resource_id = azurerm_storage_account.data.id
            log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id

            enabled_log {
              category_group = "audit"
            }
          }

          resource "azurerm_log_analytics_workspace" "logs" {
            name                = "logs"
            resource_group_name = "rg"
            location            = "westeurope"
          }
        `,
        suggests: `
resource "azurerm_monitor_diagnostic_setting" "openai" {
  name                       = "openai"
  target_resource_id         = azurerm_cognitive_account.openai.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id

  enabled_log {
    category_group = "allLogs"
  }
}
`,
      },
      {
        name: 'the logs go to a storage account',
        files: terraform`
          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" { # <- finds
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }

          resource "azurerm_monitor_diagnostic_setting" "data" {
            name               = "data"
            target_resource_id = azurerm_storage_account.data.id
            storage_account_id = "logs"

            enabled_log {
              category_group = "audit"
            }
          }
        `,
      },
      {
        name: 'to two workspaces',
        files: terraform`
          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" { # <- finds
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }

          resource "azurerm_monitor_diagnostic_setting" "data" {
            name               = "data"
            target_resource_id = azurerm_storage_account.data.id
            log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"

            enabled_log {
              category_group = "audit"
            }
          }

          resource "azurerm_monitor_diagnostic_setting" "more" {
            name                       = "more"
            target_resource_id         = azurerm_storage_account.data.id
            log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/security"

            enabled_log {
              category_group = "audit"
            }
          }
        `,
      },
      {
        name: 'several accounts of one block',
        files: terraform`
          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" { # <- finds
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
            count                         = 2
          }

          resource "azurerm_monitor_diagnostic_setting" "data" {
            name               = "data"
            target_resource_id = azurerm_storage_account.data.id
            log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"

            enabled_log {
              category_group = "audit"
            }
          }
        `,
      },
      {
        name: 'the name is taken',
        files: terraform`
          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" { # <- finds
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }

          resource "azurerm_monitor_diagnostic_setting" "openai" {
            name               = "data"
            target_resource_id = azurerm_storage_account.data.id
            log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"

            enabled_log {
              category_group = "audit"
            }
          }
        `,
      },
      {
        name: 'the workspace comes out of a module',
        files: terraform`
          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" { # <- finds
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }

          resource "azurerm_monitor_diagnostic_setting" "data" {
            name               = "data"
            target_resource_id = azurerm_storage_account.data.id
            log_analytics_workspace_id = module.logs.id

            enabled_log {
              category_group = "audit"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'both are recorded',
        files: terraform`
          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }

          resource "azurerm_monitor_diagnostic_setting" "data" {
            name                       = "data"
            target_resource_id         = azurerm_storage_account.data.id
            log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"

            enabled_log {
              category_group = "audit"
            }
          }

          resource "azurerm_monitor_diagnostic_setting" "openai" {
            name                       = "openai"
            target_resource_id         = azurerm_cognitive_account.openai.id
            log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"

            enabled_log {
              category_group = "audit"
            }
          }
        `,
      },
      {
        name: 'recorded by something else, for all that is known',
        files: terraform`
          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller says which',
        files: terraform`
          variable "targets" {
            type = set(string)
          }

          resource "azurerm_storage_account" "data" {
            name                          = "acmedata"
            resource_group_name           = "rg"
            location                      = "westeurope"
            account_tier                  = "Standard"
            account_replication_type      = "ZRS"
            public_network_access_enabled = false
          }

          resource "azurerm_cognitive_account" "openai" {
            name                          = "acme-openai"
            resource_group_name           = "rg"
            location                      = "westeurope"
            kind                          = "OpenAI"
            sku_name                      = "S0"
            local_auth_enabled            = false
            public_network_access_enabled = false
          }

          resource "azurerm_monitor_diagnostic_setting" "data" {
            name                       = "data"
            target_resource_id         = azurerm_storage_account.data.id
            log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"

            enabled_log {
              category_group = "audit"
            }
          }

          resource "azurerm_monitor_diagnostic_setting" "others" {
            for_each                   = var.targets
            name                       = "others"
            target_resource_id         = each.value
            log_analytics_workspace_id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs"

            enabled_log {
              category_group = "audit"
            }
          }
        `,
      },
    ],
  },
});
