import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { contentFilter } from '../../src/concepts/content-filter.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/filter-only-marks',
  title: 'Content filter marks what it finds and lets it pass',
  severity: 'medium',
  requirements: ['R37', 'R39'],
  frameworks: { nist: ['SI-10', 'SI-15'], stride: ['tampering'], owasp: ['LLM01:2025', 'LLM05:2025'] },
  why: `With blocking off, Azure OpenAI adds a note to the answer ("detected") and sends it on all the same. That is right while thresholds are tried out, and when the application reads the note; otherwise the filter only looks like one.`,
  links: ['https://learn.microsoft.com/azure/ai-services/openai/how-to/content-filters'],
  looksAt: contentFilter,

  *check({ of, guard, finds, kind, on, blocks }) {
    if (!blocks || !holds(blocks, false) || holds(on, false)) return;
    const what = finds === '' ? 'one filter' : `the filter for ${finds}`;
    yield {
      at: blocks.at,
      severity: kind === 'other' ? 'low' : 'medium',
      message: `${guard} ${code(of.address)} lets ${what} mark what it finds without stopping it, so it reaches the model or the user all the same.`,
      fix: [blocks.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'attacks are only marked',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Jailbreak"
              source             = "Prompt"
              severity_threshold = "Medium"
              block_enabled      = false # <- finds
              filter_enabled     = true
            }
          }
        `,
        suggests: '    block_enabled      = true',
      },
      {
        name: 'through azapi',
        files: terraform`
          resource "azapi_resource" "chat" {
            type      = "Microsoft.CognitiveServices/accounts/raiPolicies@2024-10-01"
            name      = "chat"
            parent_id = azurerm_cognitive_account.openai.id

            body = {
              properties = {
                basePolicyName = "Microsoft.DefaultV2"
                contentFilters = [
                  {
                    name              = "Hate"
                    source            = "Completion"
                    severityThreshold = "Medium"
                    blocking          = false # <- finds
                    enabled           = true
                  },
                ]
              }
            }
          }
        `,
        suggests: '          blocking          = true',
      },
    ],
    good: [
      {
        name: 'stopped',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

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
      {
        name: 'licensed code is only marked, so that its source can be named',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "code" {
            name                 = "code"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Protected Material Code"
              source             = "Completion"
              severity_threshold = "Medium"
              block_enabled      = false
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
          variable "block" {
            type = bool
          }

          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Jailbreak"
              source             = "Prompt"
              severity_threshold = "Medium"
              block_enabled      = var.block
              filter_enabled     = true
            }
          }
        `,
      },
    ],
  },
});
