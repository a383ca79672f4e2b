import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { isMissing } from '../../src/concepts/setting.ts';
import { promptLog } from '../../src/concepts/tracker-audit.ts';

export default defineRule({
  id: 'logging/prompts-without-key',
  title: 'Log of prompts has no key of its own',
  severity: 'low',
  requirements: ['R22', 'R37'],
  frameworks: { nist: ['AU-9', 'SC-12', 'SC-28'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `What people ask and what models answer is written here in full. A log group is read by everyone who reads logs, which is many more people than may see such texts. With a key of its own only those read it who may use the key, and each use of it is on record.`,
  links: [
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  ],
  looksAt: promptLog,

  *check({ resource, name, key, why }) {
    if (!isMissing(key)) return;
    yield {
      at: key,
      message: `Log group ${code(resource.type.startsWith('AWS::') ? resource.address : name)} keeps prompts and answers (it ${why}) without a KMS key of its own: everyone who may read logs may read them.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'where Bedrock logs to',
        files: terraform`
          resource "aws_cloudwatch_log_group" "prompts" { # <- finds
            name              = "acme-prompts"
            retention_in_days = 365
          }

          resource "aws_bedrock_model_invocation_logging_configuration" "all" {
            logging_config {
              cloudwatch_config {
                log_group_name = aws_cloudwatch_log_group.prompts.name
                role_arn       = "arn:aws:iam::111122223333:role/logs"
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation: by its name',
        files: cloudformation`
          Resources:
            Prompts:
              Type: AWS::Logs::LogGroup
              Properties:
                LogGroupName: /aws/bedrock/invocations # <- finds
                RetentionInDays: 365
        `,
      },
    ],
    good: [
      {
        name: 'a key; a log of something else',
        files: terraform`
          resource "aws_cloudwatch_log_group" "prompts" {
            name              = "acme-prompts"
            retention_in_days = 365
            kms_key_id        = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
          }

          resource "aws_bedrock_model_invocation_logging_configuration" "all" {
            logging_config {
              cloudwatch_config {
                log_group_name = aws_cloudwatch_log_group.prompts.name
                role_arn       = "arn:aws:iam::111122223333:role/logs"
              }
            }
          }

          resource "aws_cloudwatch_log_group" "basket" {
            name              = "/shop/basket"
            retention_in_days = 30
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller names the key',
        files: terraform`
          variable "key" {
            type = string
          }

          resource "aws_cloudwatch_log_group" "prompts" {
            name              = "/aws/bedrock/invocations"
            retention_in_days = 365
            kms_key_id        = var.key
          }
        `,
      },
    ],
  },
});
