import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { datastore } from '../../src/concepts/managed-network.ts';
import { isMadeElsewhere } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/datastore-key',
  title: 'Datastore hands everyone the key of the storage',
  severity: 'medium',
  requirements: ['R2', 'R9'],
  frameworks: { nist: ['AC-6', 'IA-5'], stride: ['elevation-of-privilege', 'information-disclosure'] },
  why: `A datastore with an account key gives every user and every job of the workspace full rights to the whole storage account, not only to this container: to read other data, to overwrite training data, to delete. The key does not expire. Without one, Azure asks for the identity of the user or of the compute, whose rights you decide.`,
  links: ['https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication'],
  looksAt: datastore,

  *check({ of, secrets }) {
    for (const { at, what } of secrets) {
      if (isMadeElsewhere(at))
        yield {
          at,
          message: `Datastore ${code(of.address)} gets at its data with ${what}: every user and job of the workspace can use it, beyond what their own identities may do. Leave it out, and give the identities access to the container.`,
        };
    }
  },

  examples: {
    bad: [
      {
        name: 'the account key',
        files: terraform`
          resource "azurerm_machine_learning_datastore_blobstorage" "images" {
            name                 = "images"
            workspace_id         = "main"
            storage_container_id = "images"
            account_key          = azurerm_storage_account.data.primary_access_key # <- finds
          }
        `,
      },
      {
        name: 'a signature for a file share',
        files: terraform`
          resource "azurerm_machine_learning_datastore_fileshare" "images" {
            name                 = "images"
            workspace_id         = "main"
            storage_fileshare_id = "images"
            shared_access_signature = data.azurerm_storage_account_sas.images.sas # <- finds
          }
        `,
      },
    ],
    good: [
      {
        name: 'identities',
        files: terraform`
          resource "azurerm_machine_learning_datastore_blobstorage" "images" {
            name                 = "images"
            workspace_id         = "main"
            storage_container_id = "images"
            service_data_auth_identity = "WorkspaceSystemAssignedIdentity"
          }
        `,
      },
      {
        name: 'a literal is for the rules about secrets',
        files: terraform`
          resource "azurerm_machine_learning_datastore_blobstorage" "images" {
            name                 = "images"
            workspace_id         = "main"
            storage_container_id = "images"
            account_key          = "CHANGE_ME"
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

          resource "azurerm_machine_learning_datastore_blobstorage" "images" {
            name                 = "images"
            workspace_id         = "main"
            storage_container_id = "images"
            account_key          = var.key
          }
        `,
      },
    ],
  },
});
