import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { recoverable } from '../../src/concepts/secret-store.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'secrets/deleted-at-once',
  title: 'Deleted secret cannot be brought back',
  severity: 'low',
  requirements: ['R10', 'R7'],
  frameworks: { nist: ['CP-9', 'SI-12'], stride: ['denial-of-service'] },
  why: `A secret that is destroyed by a rename or a wrong workspace is gone at once when its recovery window is zero. Every endpoint, agent and pipeline that reads it stops, and the key has to be asked for again from whoever issued it.`,
  links: ['https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html'],
  looksAt: recoverable,

  *check({ resource, days }, world) {
    if (!holds(days, 0) || resource.environment.stage === 'dev') return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: days.at,
      message: `${code(resource.address)} is deleted at once and for good (${reason}). Leave the default of 30 days, in which it can be restored.`,
      fix: [days.writes(30)],
    };
  },

  examples: {
    bad: [
      {
        name: 'no time to bring it back',
        files: terraform`
          resource "aws_secretsmanager_secret" "openai" {
            name                    = "openai"
            recovery_window_in_days = 0 # <- finds
          }
        `,
        suggests: '  recovery_window_in_days = 30',
      },
    ],
    good: [
      {
        name: 'the default, a week, or another system’s',
        files: terraform`
          resource "aws_secretsmanager_secret" "openai" {
            name = "openai"
          }

          resource "aws_secretsmanager_secret" "anthropic" {
            name                    = "anthropic"
            recovery_window_in_days = 7
          }
        `,
      },
      {
        name: 'of a web shop',
        files: terraform`
          resource "aws_secretsmanager_secret" "shop" {
            name                    = "shop"
            recovery_window_in_days = 0
          }
        `,
      },
      {
        name: 'in a development environment',
        files: {
          'envs/dev/main.tf': `resource "aws_secretsmanager_secret" "openai" {
  name                    = "openai"
  recovery_window_in_days = 0
}
`,
        },
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "days" {
            type = number
          }

          resource "aws_secretsmanager_secret" "openai" {
            name                    = "openai"
            recovery_window_in_days = var.days
          }
        `,
      },
    ],
  },
});
