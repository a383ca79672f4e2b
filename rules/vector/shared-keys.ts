import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { vectorAccount } from '../../src/concepts/vector-account.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'vector/shared-keys',
  title: 'Vector store takes shared keys',
  severity: 'low',
  requirements: ['R4', 'R9'],
  frameworks: { nist: ['IA-2', 'IA-5', 'AC-6'], stride: ['spoofing', 'repudiation'], owasp: ['LLM08:2025'] },
  why: `One key reads and writes everything in the store: the documents that answers are made of, the memories of agents, the vectors of every tenant. It does not expire, says nothing about who used it, and ends up in settings and notebooks. Without keys each app signs in with its own identity, and may be allowed to read only.`,
  links: [
    'https://learn.microsoft.com/azure/cosmos-db/nosql/how-to-connect-role-based-access-control',
    'https://learn.microsoft.com/azure/redis/entra-for-authentication',
  ],
  looksAt: vectorAccount,

  *check({ of, noun, keys }) {
    if (!holds(keys, true)) return;
    const written = keys.is === 'known' && keys.written;
    yield {
      at: keys.at,
      severity: written ? 'medium' : 'low',
      message: `${noun} ${code(of.address)} takes shared keys${written ? '' : ', which is the default'}: whoever has one can read and change everything that the model retrieves.`,
      fix: [keys.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'written out',
        files: terraform`
          resource "azurerm_cosmosdb_account" "memory" {
            name                          = "acme-memory"
            location                      = "westeurope"
            resource_group_name           = "ai"
            offer_type                    = "Standard"
            public_network_access_enabled = false
            local_authentication_disabled = false # <- finds

            capabilities {
              name = "EnableNoSQLVectorSearch"
            }

            consistency_policy {
              consistency_level = "Session"
            }

            geo_location {
              location          = "westeurope"
              failover_priority = 0
            }
          }
        `,
        suggests: '  local_authentication_disabled = true',
      },
      {
        name: 'by the newer name',
        files: terraform`
          resource "azurerm_cosmosdb_account" "memory" {
            name                          = "acme-memory"
            location                      = "westeurope"
            resource_group_name           = "ai"
            offer_type                    = "Standard"
            public_network_access_enabled = false
            local_authentication_enabled  = true # <- finds

            capabilities {
              name = "EnableNoSQLVectorSearch"
            }

            consistency_policy {
              consistency_level = "Session"
            }

            geo_location {
              location          = "westeurope"
              failover_priority = 0
            }
          }
        `,
        suggests: '  local_authentication_enabled  = false',
      },
      {
        name: 'nothing said',
        files: terraform`
          resource "azurerm_cosmosdb_account" "memory" { # <- finds
            name                          = "acme-memory"
            location                      = "westeurope"
            resource_group_name           = "ai"
            offer_type                    = "Standard"
            public_network_access_enabled = false

            capabilities {
              name = "EnableNoSQLVectorSearch"
            }

            consistency_policy {
              consistency_level = "Session"
            }

            geo_location {
              location          = "westeurope"
              failover_priority = 0
            }
          }
        `,
        suggests: `  public_network_access_enabled = false
  local_authentication_disabled = true`,
      },
      {
        name: 'Redis',
        files: terraform`
          resource "azurerm_managed_redis" "memory" {
            name                  = "acme-memory"
            location              = "westeurope"
            resource_group_name   = "ai"
            sku_name              = "Balanced_B3"
            public_network_access = "Disabled"

            default_database {
              access_keys_authentication_enabled = true # <- finds

              module {
                name = "RediSearch"
              }
            }
          }
        `,
        suggests: '    access_keys_authentication_enabled = false',
      },
    ],
    good: [
      {
        name: 'identities only',
        files: terraform`
          resource "azurerm_cosmosdb_account" "memory" {
            name                          = "acme-memory"
            location                      = "westeurope"
            resource_group_name           = "ai"
            offer_type                    = "Standard"
            public_network_access_enabled = false
            local_authentication_disabled = true

            capabilities {
              name = "EnableNoSQLVectorSearch"
            }

            consistency_policy {
              consistency_level = "Session"
            }

            geo_location {
              location          = "westeurope"
              failover_priority = 0
            }
          }
        `,
      },
      {
        name: 'identities only, by the newer name',
        files: terraform`
          resource "azurerm_cosmosdb_account" "memory" {
            name                          = "acme-memory"
            location                      = "westeurope"
            resource_group_name           = "ai"
            offer_type                    = "Standard"
            public_network_access_enabled = false
            local_authentication_enabled  = false

            capabilities {
              name = "EnableNoSQLVectorSearch"
            }

            consistency_policy {
              consistency_level = "Session"
            }

            geo_location {
              location          = "westeurope"
              failover_priority = 0
            }
          }
        `,
      },
      {
        name: 'a database without vectors',
        files: terraform`
          resource "azurerm_cosmosdb_account" "memory" {
            name                          = "acme-memory"
            location                      = "westeurope"
            resource_group_name           = "ai"
            offer_type                    = "Standard"
            public_network_access_enabled = false

            consistency_policy {
              consistency_level = "Session"
            }

            geo_location {
              location          = "westeurope"
              failover_priority = 0
            }
          }
        `,
      },
      {
        name: 'Redis, identities only',
        files: terraform`
          resource "azurerm_managed_redis" "memory" {
            name                  = "acme-memory"
            location              = "westeurope"
            resource_group_name   = "ai"
            sku_name              = "Balanced_B3"
            public_network_access = "Disabled"

            default_database {
              access_keys_authentication_enabled = false

              module {
                name = "RediSearch"
              }
            }
          }
        `,
      },
      {
        name: 'a cache',
        files: terraform`
          resource "azurerm_managed_redis" "memory" {
            name                  = "acme-memory"
            location              = "westeurope"
            resource_group_name   = "ai"
            sku_name              = "Balanced_B3"
            public_network_access = "Disabled"

            default_database {
              access_keys_authentication_enabled = true

              module {
                name = "RedisJSON"
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
          variable "keys" {
            type = bool
          }

          resource "azurerm_cosmosdb_account" "memory" {
            name                          = "acme-memory"
            location                      = "westeurope"
            resource_group_name           = "ai"
            offer_type                    = "Standard"
            public_network_access_enabled = false
            local_authentication_enabled  = var.keys

            capabilities {
              name = "EnableNoSQLVectorSearch"
            }

            consistency_policy {
              consistency_level = "Session"
            }

            geo_location {
              location          = "westeurope"
              failover_priority = 0
            }
          }
        `,
      },
    ],
  },
});
