import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { azureGrant } from '../../src/concepts/grants-azure.ts';
import type { Severity } from '../../src/engine/rule.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

/** Built-in roles that can change everything in their scope, and those that can give rights away. Azure built-in roles reference. */
const strong = new Map([
  ['Owner', 'change everything there and give rights to anyone'],
  ['User Access Administrator', 'give itself any right there'],
  ['Role Based Access Control Administrator', 'give itself any right there'],
  ['Contributor', 'change and delete everything there'],
  ['Storage Blob Data Owner', 'read, replace and delete the data of every storage account there'],
  ['Storage Blob Data Contributor', 'read, replace and delete the data of every storage account there'],
]);

/** Whoever gives rights away, or owns, has all of it; in a resource group it is at least less. */
function severityOf(role: string, group: boolean): Severity {
  if (role.startsWith('Storage ')) return group ? 'low' : 'medium';
  if (role === 'Contributor') return group ? 'low' : 'high';
  return group ? 'medium' : 'critical';
}

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
    const then = strong.get(role.value);
    const reason = then && aiRelevance(resource, world);
    if (then === undefined || reason === undefined) return;
    const group = level === 'resource group';
    yield {
      at: role.at,
      severity: severityOf(role.value, group),
      message: `${code(resource.address)} gives ${code(role.value)} on a whole ${level} (${reason}), a broad privilege: its holder can ${then}.`,
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
    ],
  },
});
