import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { invocationLog } from '../../src/concepts/tracker-audit.ts';

export default defineRule({
  id: 'logging/bedrock-text',
  title: 'Bedrock’s log leaves out what was asked and answered',
  severity: 'medium',
  requirements: ['R22', 'R37'],
  frameworks: { nist: ['AU-2', 'AU-3', 'AU-12'], stride: ['repudiation'], atlas: ['AML.T0051'], owasp: ['LLM01:2025', 'LLM02:2025'] },
  why: `After an incident the log of invocations is what says which prompts came in and what the model gave away. Without the text there is only who called and how often.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html'],
  looksAt: invocationLog,

  *check({ resource, text }) {
    if (text.is !== 'known' || text.value) return;
    yield {
      at: text.at,
      message: `${code(resource.address)} logs calls to Bedrock without their text, so an injected prompt or leaked answer can’t be found afterwards. Log the text to a bucket with its own key and few readers.`,
      fix: [text.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: terraform`
          resource "aws_bedrock_model_invocation_logging_configuration" "this" {
            logging_config {
              text_data_delivery_enabled = false # <- finds

              cloudwatch_config {
                log_group_name = "/aws/bedrock/invocations"
                role_arn       = "arn:aws:iam::111122223333:role/bedrock-logs"
              }
            }
          }
        `,
        suggests: '    text_data_delivery_enabled = true',
      },
    ],
    good: [
      {
        name: 'with its text',
        files: terraform`
          resource "aws_bedrock_model_invocation_logging_configuration" "this" {
            logging_config {
              text_data_delivery_enabled = true

              s3_config {
                bucket_name = "acme-bedrock-logs"
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
          variable "log_text" {
            type = bool
          }

          resource "aws_bedrock_model_invocation_logging_configuration" "this" {
            logging_config {
              text_data_delivery_enabled = var.log_text

              s3_config {
                bucket_name = "acme-bedrock-logs"
              }
            }
          }
        `,
      },
    ],
  },
});
