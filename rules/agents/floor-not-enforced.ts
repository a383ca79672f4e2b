import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { armorFloor } from '../../src/concepts/content-filter.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/floor-not-enforced',
  title: 'Floor of Model Armor is written down and not enforced',
  severity: 'medium',
  requirements: ['R37', 'R39'],
  frameworks: { nist: ['SI-10', 'CM-6'], stride: ['tampering'], owasp: ['LLM01:2025'] },
  why: `A floor setting is the least that every template must look for, and what calls of Vertex AI's own models are checked against. It does nothing until enforcement is on, and for those calls nothing while they are only inspected: teams then believe in a protection that is not there.`,
  links: ['https://cloud.google.com/security-command-center/docs/set-up-model-armor-floor-settings'],
  looksAt: armorFloor,

  *check({ of, enforced, onlyLooks, blocks }) {
    if (holds(enforced, false)) {
      const state = enforced.is === 'known' && enforced.written ? 'is switched off' : 'is not switched on';
      yield {
        at: enforced.at,
        message: `Enforcement of the floor setting ${code(of.address)} ${state}, so its filters apply to nothing: templates may be weaker, and calls of models are not checked.`,
        fix: [enforced.writes(true)],
      };
    } else if (holds(onlyLooks, true))
      yield {
        at: onlyLooks.at,
        message: `Floor setting ${code(of.address)} only inspects calls of Vertex AI's models: a prompt attack is noted and reaches the model all the same.`,
        // The two are one choice, so one has to go.
        fix: [
          { do: 'set', at: blocks, to: true },
          { do: 'remove', at: onlyLooks.at },
        ],
      };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: terraform`
          resource "google_model_armor_floorsetting" "project" {
            location                         = "global"
            parent                           = "projects/acme-ml"
            enable_floor_setting_enforcement = false # <- finds

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
              }
            }
          }
        `,
        suggests: '  enable_floor_setting_enforcement = true',
      },
      {
        name: 'never switched on',
        files: terraform`
          resource "google_model_armor_floorsetting" "project" { # <- finds
            location = "global"
            parent   = "projects/acme-ml"

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
              }
            }
          }
        `,
        suggests: `  location                         = "global"
  parent                           = "projects/acme-ml"
  enable_floor_setting_enforcement = true`,
      },
      {
        name: 'calls of models are only inspected',
        files: terraform`
          resource "google_model_armor_floorsetting" "project" {
            location                         = "global"
            parent                           = "projects/acme-ml"
            enable_floor_setting_enforcement = true

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
              }
            }

            ai_platform_floor_setting {
              inspect_only         = true # <- finds
              enable_cloud_logging = true
            }
          }
        `,
        suggests: '    enable_cloud_logging = true\n    inspect_and_block    = true',
      },
    ],
    good: [
      {
        name: 'enforced',
        files: terraform`
          resource "google_model_armor_floorsetting" "project" {
            location                         = "global"
            parent                           = "projects/acme-ml"
            enable_floor_setting_enforcement = true

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
              }
            }

            ai_platform_floor_setting {
              inspect_and_block    = true
              enable_cloud_logging = true
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "enforce" {
            type = bool
          }

          resource "google_model_armor_floorsetting" "project" {
            location                         = "global"
            parent                           = "projects/acme-ml"
            enable_floor_setting_enforcement = var.enforce

            filter_config {
              pi_and_jailbreak_filter_settings {
                filter_enforcement = "ENABLED"
              }
            }
          }
        `,
      },
    ],
  },
});
