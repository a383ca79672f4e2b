import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { azureGrant } from '../../src/concepts/grants-azure.ts';
import type { Severity } from '../../src/engine/rule.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

interface StrongRole {
  readonly then: string;
  readonly severity: Severity;
  /** On a resource group it is at least less. */
  readonly inGroup: Severity;
}

const givesRights = { then: 'give itself any right there', severity: 'critical', inGroup: 'medium' } as const;
const ownsData = {
  then: 'read, replace and delete the data of every storage account there',
  severity: 'medium',
  inGroup: 'low',
} as const;

/** Built-in roles that can change everything in their scope, and those that can give rights away. Azure built-in roles reference. */
const strong: ReadonlyMap<string, StrongRole> = new Map<string, StrongRole>([
  ['Owner', { ...givesRights, then: 'change everything there and give rights to anyone' }],
  ['User Access Administrator', givesRights],
  ['Role Based Access Control Administrator', givesRights],
  ['Contributor', { then: 'change and delete everything there', severity: 'high', inGroup: 'low' }],
  ['Storage Blob Data Owner', ownsData],
  ['Storage Blob Data Contributor', ownsData],
]);

export default defineRule({
  id: 'identity/subscription-wide-role',
  title: 'Strong role for a whole subscription',
  severity: 'high',
  requirements: ['R9', 'R14', 'R38'],
  frameworks: { nist: ['AC-6'], stride: ['elevation-of-privilege'] },
  why: `A role on a subscription holds for everything in it, now and later. A compute instance or workspace with such a role turns a poisoned package or a stolen notebook session into control of all of it. Give the data role on the one storage account or registry that is needed.`,
  links: ['https://learn.microsoft.com/azure/role-based-access-control/best-practices'],
  looksAt: azureGrant,

  *check({ resource, role, level }, world) {
    if (role.is !== 'known' || level === 'resource' || level === 'unknown') return;
    const gives = strong.get(role.value);
    const reason = gives && aiRelevance(resource, world);
    if (!gives || reason === undefined) return;
    yield {
      at: role.at,
      severity: level === 'resource group' ? gives.inGroup : gives.severity,
      message: `${code(resource.address)} gives ${code(role.value)} on a whole ${level} (${reason}), a broad privilege: its holder can ${gives.then}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'the whole subscription',
        files: terraform`
          resource "azurerm_role_assignment" "training" {
            scope                = "/subscriptions/00000000-0000-0000-0000-000000000000"
            role_definition_name = "Contributor" # <- finds
            principal_id         = azurerm_machine_learning_compute_instance.research.identity[0].principal_id
          }

          resource "azurerm_machine_learning_compute_instance" "research" {
            name                          = "research"
            machine_learning_workspace_id = "main"
            virtual_machine_size          = "Standard_DS2_v2"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
      {
        name: 'the subscription as a reference',
        files: terraform`
          data "azurerm_subscription" "current" {}

          resource "azurerm_role_assignment" "training" {
            scope                = data.azurerm_subscription.current.id
            role_definition_name = "Owner" # <- finds
            principal_id         = azurerm_machine_learning_compute_instance.research.identity[0].principal_id
          }

          resource "azurerm_machine_learning_compute_instance" "research" {
            name                          = "research"
            machine_learning_workspace_id = "main"
            virtual_machine_size          = "Standard_DS2_v2"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'a data role on one account',
        files: terraform`
          resource "azurerm_role_assignment" "training" {
            scope                = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/ai/providers/Microsoft.Storage/storageAccounts/acmeml"
            role_definition_name = "Storage Blob Data Reader"
            principal_id         = azurerm_machine_learning_compute_instance.research.identity[0].principal_id
          }

          resource "azurerm_machine_learning_compute_instance" "research" {
            name                          = "research"
            machine_learning_workspace_id = "main"
            virtual_machine_size          = "Standard_DS2_v2"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the scope comes from the caller',
        files: terraform`
          variable "scope" {
            type = string
          }

          resource "azurerm_role_assignment" "training" {
            scope                = var.scope
            role_definition_name = "Contributor"
            principal_id         = azurerm_machine_learning_compute_instance.research.identity[0].principal_id
          }

          resource "azurerm_machine_learning_compute_instance" "research" {
            name                          = "research"
            machine_learning_workspace_id = "main"
            virtual_machine_size          = "Standard_DS2_v2"
            node_public_ip_enabled        = false
            subnet_resource_id            = "ml"

            identity {
              type = "SystemAssigned"
            }
          }
        `,
      },
      {
        name: 'a scope that is put together',
        files: terraform`
          variable "scope" {
            type = string
          }

          resource "azurerm_role_assignment" "ml_training" {
            scope                = "\${var.scope}/providers/Microsoft.MachineLearningServices/workspaces/main"
            role_definition_name = "Contributor"
            principal_id         = "11111111-1111-1111-1111-111111111111"
          }
        `,
      },
    ],
  },
});
