import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { modelDeployment } from '../../src/concepts/model-deployment.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'models/no-version',
  title: 'Deployed model has no version',
  severity: 'low',
  requirements: ['R8', 'R37'],
  frameworks: { nist: ['CM-2', 'CM-3'], stride: ['tampering'], owasp: ['LLM03:2025'] },
  why: `Without a version Azure takes the one that is the default on the day of the deployment. Two environments made on different days then serve different models under one name, and nobody sees it in the code.`,
  links: ['https://learn.microsoft.com/azure/ai-services/openai/how-to/working-with-models'],
  looksAt: modelDeployment,

  *check({ of, model, version }) {
    if (!isMissing(version)) return;
    const name = model.is === 'known' ? code(model.value) : 'its model';
    yield {
      at: version,
      message: `Deployment ${code(of.address)} names no version of ${name}: it gets whatever is the default on the day it is made. Name the version that you tested.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'nothing said',
        files: terraform`
          resource "azurerm_cognitive_deployment" "chat" {
            name                   = "chat"
            cognitive_account_id   = azurerm_cognitive_account.openai.id
            version_upgrade_option = "NoAutoUpgrade"

            model { # <- finds
              format  = "OpenAI"
              name    = "gpt-4o"
            }

            sku {
              name = "Standard"
            }
          }
        `,
      },
      {
        name: 'a model that is not known',
        files: terraform`
          variable "model" {
            type = string
          }

          resource "azurerm_cognitive_deployment" "chat" {
            name                   = "chat"
            cognitive_account_id   = azurerm_cognitive_account.openai.id
            version_upgrade_option = "NoAutoUpgrade"

            model { # <- finds
              format  = "OpenAI"
              name    = var.model
            }

            sku {
              name = "Standard"
            }
          }
        `,
      },
      {
        name: 'through azapi',
        files: terraform`
          resource "azapi_resource" "chat" {
            type      = "Microsoft.CognitiveServices/accounts/deployments@2024-10-01"
            name      = "chat"
            parent_id = azurerm_cognitive_account.openai.id

            body = {
              properties = {
                versionUpgradeOption = "NoAutoUpgrade"
                model = { # <- finds
                  format = "OpenAI"
                  name   = "gpt-4o"
                }
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'a version',
        files: terraform`
          resource "azurerm_cognitive_deployment" "chat" {
            name                   = "chat"
            cognitive_account_id   = azurerm_cognitive_account.openai.id
            version_upgrade_option = "NoAutoUpgrade"

            model {
              format  = "OpenAI"
              name    = "gpt-4o"
              version = "2024-08-06"
            }

            sku {
              name = "Standard"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "model_version" {
            type = string
          }

          resource "azurerm_cognitive_deployment" "chat" {
            name                   = "chat"
            cognitive_account_id   = azurerm_cognitive_account.openai.id
            version_upgrade_option = "NoAutoUpgrade"

            model {
              format  = "OpenAI"
              name    = "gpt-4o"
              version = var.model_version
            }

            sku {
              name = "Standard"
            }
          }
        `,
      },
    ],
  },
});
