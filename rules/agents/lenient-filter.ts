import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { contentFilter } from '../../src/concepts/content-filter.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/lenient-filter',
  title: 'Content filter stops only the worst',
  severity: 'low',
  requirements: ['R37', 'R39'],
  frameworks: { nist: ['SI-15'], stride: ['tampering'], owasp: ['LLM05:2025'] },
  why: `The threshold is the least severity that is stopped: "High" reads like strict and means the opposite, that low and medium findings pass. Azure's own policies stop from Medium on.`,
  links: ['https://learn.microsoft.com/azure/ai-services/openai/how-to/content-filters'],
  looksAt: contentFilter,

  *check({ of, guard, finds, kind, on, blocks, threshold }) {
    if (kind !== 'harm' || threshold?.is !== 'known' || threshold.value.toLowerCase() !== 'high') return;
    // A filter that is off or does not block is said once, where that is written.
    if (holds(on, false) || holds(blocks, false)) return;
    yield {
      at: threshold.at,
      message: `${guard} ${code(of.address)} stops ${finds} only from ${code('High')} on, which is the most lenient threshold: what is of low or medium severity passes.`,
      fix: [threshold.writes('Medium')],
    };
  },

  examples: {
    bad: [
      {
        name: 'only the worst',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Hate"
              source             = "Prompt"
              severity_threshold = "High" # <- finds
              block_enabled      = true
              filter_enabled     = true
            }
          }
        `,
        suggests: '    severity_threshold = "Medium"',
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
                    name              = "Selfharm"
                    source            = "Completion"
                    severityThreshold = "High" # <- finds
                    blocking          = true
                    enabled           = true
                  },
                ]
              }
            }
          }
        `,
        suggests: '          severityThreshold = "Medium"',
      },
    ],
    good: [
      {
        name: 'stricter',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Hate"
              source             = "Prompt"
              severity_threshold = "Low"
              block_enabled      = true
              filter_enabled     = true
            }
          }
        `,
      },
      {
        name: 'a filter without degrees',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Protected Material Text"
              source             = "Completion"
              severity_threshold = "High"
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
          variable "threshold" {
            type = string
          }

          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Hate"
              source             = "Prompt"
              severity_threshold = var.threshold
              block_enabled      = true
              filter_enabled     = true
            }
          }
        `,
      },
    ],
  },
});
