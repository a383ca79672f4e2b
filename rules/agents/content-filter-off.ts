import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { contentFilter } from '../../src/concepts/content-filter.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/content-filter-off',
  title: 'Content filter of a model is switched off',
  severity: 'medium',
  requirements: ['R37', 'R39'],
  frameworks: { nist: ['SI-15'], stride: ['information-disclosure'], owasp: ['LLM02:2025', 'LLM05:2025'] },
  why: `A filter that is switched off looks at nothing: harmful text, links to malware or personal data go into the model and out to its users without a trace. The default policies of the clouds have these filters on, so this is weaker than having no policy of your own.`,
  links: [
    'https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter',
    'https://cloud.google.com/security-command-center/docs/model-armor-overview',
  ],
  looksAt: contentFilter,

  *check({ of, guard, finds, kind, on }) {
    if (kind === 'attack' || !holds(on, false)) return;
    const what = finds === '' ? 'one of its filters' : `its filter for ${finds}`;
    yield {
      at: on.at,
      message: `${guard} ${code(of.address)} switches ${what} off: prompts and answers are no longer looked at for it, and nothing is noted.`,
      fix: [on.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'violence',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Violence"
              source             = "Completion"
              severity_threshold = "Medium"
              block_enabled      = true
              filter_enabled     = false # <- finds
            }
          }
        `,
        suggests: '    filter_enabled     = true',
      },
      {
        name: 'personal data in Model Armor',
        files: terraform`
          resource "google_model_armor_template" "chat" {
            location    = "europe-west4"
            template_id = "chat"

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
              }

              sdp_settings {
                basic_config {
                  filter_enforcement = "DISABLED" # <- finds
                }
              }
            }
          }
        `,
        suggests: '        filter_enforcement = "ENABLED"',
      },
      {
        name: 'links in Model Armor',
        files: terraform`
          resource "google_model_armor_template" "chat" {
            location    = "europe-west4"
            template_id = "chat"

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
              }

              malicious_uri_filter_settings {
                filter_enforcement = "DISABLED" # <- finds
              }
            }
          }
        `,
        suggests: '      filter_enforcement = "ENABLED"',
      },
      {
        name: 'a filter whose name is not known',
        files: terraform`
          variable "name" {
            type = string
          }

          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = var.name
              source             = "Completion"
              severity_threshold = "Medium"
              block_enabled      = true
              filter_enabled     = false # <- finds
            }
          }
        `,
        suggests: '    filter_enabled     = true',
      },
    ],
    good: [
      {
        name: 'on',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Violence"
              source             = "Completion"
              severity_threshold = "Low"
              block_enabled      = true
              filter_enabled     = true
            }
          }
        `,
      },
      {
        name: 'Model Armor with the filters it needs',
        files: terraform`
          resource "google_model_armor_template" "chat" {
            location    = "europe-west4"
            template_id = "chat"

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
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
          variable "filter" {
            type = bool
          }

          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Violence"
              source             = "Completion"
              severity_threshold = "Medium"
              block_enabled      = true
              filter_enabled     = var.filter
            }
          }
        `,
      },
    ],
  },
});
