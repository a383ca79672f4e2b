import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { keptConversation } from '../../src/concepts/endpoint-azure.ts';
import { holds, isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/unredacted-conversations',
  title: 'Conversations are kept as they were said',
  severity: 'low',
  requirements: ['R22', 'R37'],
  frameworks: { nist: ['SI-12', 'SI-19'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `People tell an agent card numbers, addresses and illnesses. Dialogflow writes conversations to disk and logs as they were said unless redaction is on; with it, what looks like personal data is taken out first, with the default detectors or a template of your own.`,
  links: ['https://cloud.google.com/dialogflow/cx/docs/concept/security-settings'],
  looksAt: keptConversation,

  *check({ of, redaction, scope }) {
    if (!holds(redaction, 'none')) return;
    yield {
      at: redaction.at,
      message: `Security settings ${code(of.address)} take nothing out of what is kept: conversations stand in history and logs with whatever people said in them.`,
      fix: [
        redaction.writes('REDACT_WITH_SERVICE'),
        ...(isMissing(scope) ? [{ do: 'set', at: scope, to: 'REDACT_DISK_STORAGE' } as const] : []),
      ],
    };
  },

  examples: {
    bad: [
      {
        name: 'nothing said',
        files: terraform`
          resource "google_dialogflow_cx_security_settings" "support" { # <- finds
            display_name = "support"
            location     = "europe-west1"

          }
        `,
        suggests: `  display_name       = "support"
  location           = "europe-west1"
  redaction_strategy = "REDACT_WITH_SERVICE"
  redaction_scope    = "REDACT_DISK_STORAGE"`,
      },
      {
        name: 'a scope, and nothing that redacts',
        files: terraform`
          resource "google_dialogflow_cx_security_settings" "support" { # <- finds
            display_name = "support"
            location     = "europe-west1"
            redaction_scope = "REDACT_DISK_STORAGE"
          }
        `,
        suggests: `  redaction_scope = "REDACT_DISK_STORAGE"
  redaction_strategy = "REDACT_WITH_SERVICE"`,
      },
    ],
    good: [
      {
        name: 'redacted',
        files: terraform`
          resource "google_dialogflow_cx_security_settings" "support" {
            display_name = "support"
            location     = "europe-west1"
            redaction_strategy = "REDACT_WITH_SERVICE"
            redaction_scope    = "REDACT_DISK_STORAGE"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "redaction" {
            type = string
          }

          resource "google_dialogflow_cx_security_settings" "support" {
            display_name = "support"
            location     = "europe-west1"
            redaction_strategy = var.redaction
          }
        `,
      },
    ],
  },
});
