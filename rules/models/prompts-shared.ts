import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { sharedData } from '../../src/concepts/model-deployment.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'models/prompts-shared',
  title: 'Prompts and code are shared with the vendor',
  severity: 'medium',
  requirements: ['R22', 'R37'],
  frameworks: { nist: ['AC-21', 'SI-12'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `What people write to Gemini holds source code, names and plans. With data sharing on, Google may use it to improve its products, and people at Google may read it. It is off unless somebody switches it on, and applies to everyone the setting is bound to.`,
  links: [
    'https://cloud.google.com/gemini/docs/discover/data-governance',
    'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gemini_data_sharing_with_google_setting',
  ],
  looksAt: sharedData,

  *check({ of, what, shared }) {
    if (!holds(shared, true)) return;
    yield {
      at: shared.at,
      message: `${code(of.address)} lets Google keep and use ${what}, for everyone it is bound to. What is shared can't be called back.`,
      fix: [shared.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched on',
        files: terraform`
          resource "google_gemini_data_sharing_with_google_setting" "default" {
            data_sharing_with_google_setting_id = "default"
            location                            = "global"
            enable_data_sharing                 = true # <- finds
          }
        `,
        suggests: '  enable_data_sharing                 = false',
      },
      {
        name: 'for preview products',
        files: terraform`
          resource "google_gemini_data_sharing_with_google_setting" "default" {
            data_sharing_with_google_setting_id = "default"
            location                            = "global"
            enable_preview_data_sharing         = true # <- finds
          }
        `,
        suggests: '  enable_preview_data_sharing         = false',
      },
      {
        name: 'customer data',
        files: terraform`
          resource "google_gemini_gemini_gcp_enablement_setting" "default" {
            gemini_gcp_enablement_setting_id = "default"
            location                         = "global"
            enable_customer_data_sharing     = true # <- finds
          }
        `,
        suggests: '  enable_customer_data_sharing     = false',
      },
    ],
    good: [
      {
        name: 'off',
        files: terraform`
          resource "google_gemini_data_sharing_with_google_setting" "default" {
            data_sharing_with_google_setting_id = "default"
            location                            = "global"
            enable_data_sharing                 = false
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "share" {
            type = bool
          }

          resource "google_gemini_data_sharing_with_google_setting" "default" {
            data_sharing_with_google_setting_id = "default"
            location                            = "global"
            enable_data_sharing                 = var.share
          }
        `,
      },
    ],
  },
});
