import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { contentFilter } from '../../src/concepts/content-filter.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/prompt-screen-off',
  title: 'Guard in front of a model lets prompt attacks through',
  severity: 'high',
  requirements: ['R37', 'R39'],
  frameworks: { nist: ['SI-10', 'SI-15'], stride: ['tampering'], atlas: ['AML.T0051', 'AML.T0054'], owasp: ['LLM01:2025'] },
  why: `A prompt attack is text that tells a model to forget its instructions: typed by a user, or hidden in a page or a document that the model reads. The filter for it is the one that protects what the model can reach. Without it a guard looks for harmful words only, and an agent does what the document says.`,
  links: [
    'https://cloud.google.com/security-command-center/docs/model-armor-overview',
    'https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter-prompt-shields',
  ],
  looksAt: contentFilter,

  *check({ of, guard, finds, kind, on }) {
    if (kind !== 'attack' || !holds(on, false)) return;
    const written = on.is === 'known' && on.written;
    const state = written ? `switches its filter for ${finds} off` : `has no filter for ${finds}, which is off unless it is set up`;
    yield {
      at: on.at,
      severity: written ? 'high' : 'medium',
      message: `${guard} ${code(of.address)} ${state}. A prompt or a document can then talk the model out of its instructions.`,
      fix: [on.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'Model Armor, switched off',
        files: terraform`
          resource "google_model_armor_template" "chat" {
            location    = "europe-west4"
            template_id = "chat"

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "DISABLED" # <- finds
              }
            }
          }
        `,
        suggests: '      filter_enforcement = "ENABLED"',
      },
      {
        name: 'Model Armor, never set up',
        files: terraform`
          resource "google_model_armor_template" "chat" {
            location    = "europe-west4"
            template_id = "chat"

            filter_config { # <- finds
              malicious_uri_filter_settings {
                filter_enforcement = "ENABLED"
              }
            }
          }
        `,
        suggests: `    }

    pi_and_jailbreak_filter_settings {
      filter_enforcement = "ENABLED"
    }`,
      },
      {
        name: 'the floor of a project',
        files: terraform`
          resource "google_model_armor_floorsetting" "project" {
            location                         = "global"
            parent                           = "projects/acme-ml"
            enable_floor_setting_enforcement = true

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "DISABLED" # <- finds
              }
            }
          }
        `,
        suggests: '      filter_enforcement = "ENABLED"',
      },
      {
        name: 'Azure OpenAI',
        files: terraform`
          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.Default"

            content_filter {
              name               = "Jailbreak"
              source             = "Prompt"
              severity_threshold = "Medium"
              block_enabled      = true
              filter_enabled     = false # <- finds
            }
          }
        `,
        suggests: '    filter_enabled     = true',
      },
      {
        name: 'Azure OpenAI through azapi',
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
                    name     = "Indirect Attack"
                    source   = "Prompt"
                    blocking = true
                    enabled  = false # <- finds
                  },
                ]
              }
            }
          }
        `,
        suggests: '          enabled  = true',
      },
    ],
    good: [
      {
        name: 'on',
        files: terraform`
          resource "google_model_armor_template" "chat" {
            location    = "europe-west4"
            template_id = "chat"

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
                confidence_level   = "LOW_AND_ABOVE"
              }
            }
          }

          resource "azurerm_cognitive_account_rai_policy" "chat" {
            name                 = "chat"
            cognitive_account_id = azurerm_cognitive_account.openai.id
            base_policy_name     = "Microsoft.DefaultV2"

            content_filter {
              name               = "Jailbreak"
              source             = "Prompt"
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
          variable "enforcement" {
            type = string
          }

          resource "google_model_armor_template" "chat" {
            location    = "europe-west4"
            template_id = "chat"

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = var.enforcement
              }
            }
          }
        `,
      },
    ],
  },
});
