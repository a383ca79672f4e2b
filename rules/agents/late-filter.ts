import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { guardMode } from '../../src/concepts/content-filter.ts';

/** What each mode that does not stop anything in time means, and the mode that does. */
const late: ReadonlyMap<string, readonly [means: string, instead: string]> = new Map([
  ['asynchronous_filter', ['answers are streamed before they have been looked at', 'Default']],
  ['deferred', ['answers are streamed before they have been looked at', 'Default']],
  ['inspect_only', ['what it finds is reported and let through', 'INSPECT_AND_BLOCK']],
]);

export default defineRule({
  id: 'agents/late-filter',
  title: 'Guard in front of a model does not stop anything in time',
  severity: 'medium',
  requirements: ['R37', 'R39'],
  frameworks: { nist: ['SI-10', 'SI-15'], stride: ['tampering'], owasp: ['LLM01:2025', 'LLM05:2025'] },
  why: `A guard protects only when it decides before the text is out. In the asynchronous mode of Azure OpenAI the user has read the answer by the time the filter has looked at it; Model Armor that only inspects writes a log entry while the prompt reaches the model. Use these modes to try a policy out, not to rely on it.`,
  links: [
    'https://learn.microsoft.com/azure/ai-services/openai/concepts/content-streaming',
    'https://cloud.google.com/security-command-center/docs/model-armor-overview',
  ],
  looksAt: guardMode,

  *check({ of, guard, mode }) {
    const found = mode.is === 'known' ? late.get(mode.value.toLowerCase()) : undefined;
    if (!found) return;
    const [means, instead] = found;
    yield {
      at: mode.at,
      message: `${guard} ${code(of.address)} runs in a mode where ${means}. ${code(instead)} decides first.`,
      fix: [mode.writes(instead)],
    };
  },

  examples: {
    bad: [
      {
        name: 'Azure OpenAI streams first',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"
            mode                 = "Asynchronous_filter" # <- finds

            content_filter {
              name               = "Jailbreak"
              source             = "Prompt"
              severity_threshold = "Medium"
              block_enabled      = true
              filter_enabled     = true
            }
          }
        `,
        suggests: '  mode                 = "Default"',
      },
      {
        name: 'the older name, through azapi',
        files: terraform`
          resource "azapi_resource" "chat" {
            type      = "Microsoft.CognitiveServices/accounts/raiPolicies@2024-10-01"
            name      = "chat"
            parent_id = azurerm_cognitive_account.openai.id

            body = {
              properties = {
                basePolicyName = "Microsoft.DefaultV2"
                mode           = "Deferred" # <- finds
              }
            }
          }
        `,
        suggests: '      mode           = "Default"',
      },
      {
        name: 'Model Armor only inspects',
        files: terraform`
          resource "google_model_armor_template" "chat" {
            location    = "europe-west4"
            template_id = "chat"

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
              }
            }

            template_metadata {
              enforcement_type = "INSPECT_ONLY" # <- finds
            }
          }
        `,
        suggests: '    enforcement_type = "INSPECT_AND_BLOCK"',
      },
    ],
    good: [
      {
        name: 'decided first',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"
            mode                 = "Blocking"

            content_filter {
              name               = "Jailbreak"
              source             = "Prompt"
              severity_threshold = "Medium"
              block_enabled      = true
              filter_enabled     = true
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "mode" {
            type = string
          }

          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"
            mode                 = var.mode

            content_filter {
              name               = "Jailbreak"
              source             = "Prompt"
              severity_threshold = "Medium"
              block_enabled      = true
              filter_enabled     = true
            }
          }
        `,
      },
    ],
  },
});
