import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { modelDeployment } from '../../src/concepts/model-deployment.ts';
import { holds } from '../../src/concepts/setting.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'models/upgrades-itself',
  title: 'Deployed model changes its version by itself',
  severity: 'low',
  requirements: ['R8', 'R37'],
  frameworks: { nist: ['CM-3', 'SI-7'], stride: ['tampering'], owasp: ['LLM03:2025'] },
  why: `Unless told otherwise, Azure moves a deployment to the new default version of its model as soon as there is one, whatever version is written here. Answers, costs and what your evaluations and content filters were tested with change on a day you did not choose.`,
  links: ['https://learn.microsoft.com/azure/ai-services/openai/how-to/working-with-models'],
  looksAt: modelDeployment,

  *check({ of, version, upgrades }) {
    if (isMissing(version) || !holds(upgrades, 'OnceNewDefaultVersionAvailable')) return;
    const cause = upgrades.is === 'known' && upgrades.written ? '' : ', which is what happens when nothing is said';
    yield {
      at: upgrades.at,
      message: `Deployment ${code(of.address)} moves to a newer version of its model as soon as Azure makes one the default${cause}, although it names a version. ${code('OnceCurrentVersionExpired')} keeps the version for as long as it is served.`,
      fix: [upgrades.writes('OnceCurrentVersionExpired')],
    };
  },

  examples: {
    bad: [
      {
        name: 'written out',
        files: terraform`
          resource "azurerm_cognitive_deployment" "chat" {
            name                   = "chat"
            cognitive_account_id   = azurerm_cognitive_account.openai.id
            version_upgrade_option = "OnceNewDefaultVersionAvailable" # <- finds

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
        suggests: '  version_upgrade_option = "OnceCurrentVersionExpired"',
      },
      {
        name: 'nothing said',
        files: terraform`
          resource "azurerm_cognitive_deployment" "chat" { # <- finds
            name                   = "chat"
            cognitive_account_id   = azurerm_cognitive_account.openai.id

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
        suggests: `  cognitive_account_id   = azurerm_cognitive_account.openai.id
  version_upgrade_option = "OnceCurrentVersionExpired"`,
      },
      {
        name: 'through azapi',
        files: terraform`
          resource "azapi_resource" "chat" {
            type      = "Microsoft.CognitiveServices/accounts/deployments@2024-10-01"
            name      = "chat"
            parent_id = azurerm_cognitive_account.openai.id

            body = {
              sku = {
                name = "Standard"
              }
              properties = {
                versionUpgradeOption = "OnceNewDefaultVersionAvailable" # <- finds
                model = {
                  format  = "OpenAI"
                  name    = "gpt-4o"
                  version = "2024-08-06"
                }
              }
            }
          }
        `,
        suggests: '      versionUpgradeOption = "OnceCurrentVersionExpired"',
      },
    ],
    good: [
      {
        name: 'only when the version ends',
        files: terraform`
          resource "azurerm_cognitive_deployment" "chat" {
            name                   = "chat"
            cognitive_account_id   = azurerm_cognitive_account.openai.id
            version_upgrade_option = "OnceCurrentVersionExpired"

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
      {
        name: 'never',
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
          variable "upgrade" {
            type = string
          }

          resource "azurerm_cognitive_deployment" "chat" {
            name                   = "chat"
            cognitive_account_id   = azurerm_cognitive_account.openai.id
            version_upgrade_option = var.upgrade

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
  },
});
