import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { ownReason } from '../../src/concepts/relevance.ts';
import { logGroup } from '../../src/concepts/tracker-audit.ts';

export default defineRule({
  id: 'logging/kept-for-ever',
  title: 'Logs of AI services are kept for ever',
  severity: 'low',
  requirements: ['R22', 'R45'],
  frameworks: { nist: ['AU-11', 'SI-12'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `Logs of models hold what people asked. Kept without an end they are more to leak each year, and more than most privacy rules allow.`,
  links: ['https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html#SettingLogRetention'],
  looksAt: logGroup,

  *check({ resource, name, days }) {
    if (days.is !== 'known' || days.value !== 0) return;
    const reason = /^\/aws\/(?:sagemaker|bedrock)/i.test(name) ? 'it holds the logs of an AI service' : ownReason(resource);
    if (reason === undefined) return;
    yield {
      at: days.at,
      message: `Log group ${code(name)} never deletes anything (${reason}). Set ${code(resource.type.startsWith('AWS::') ? 'RetentionInDays' : 'retention_in_days')} to what audit and privacy ask for, for example 365.`,
      fix: [days.writes(365)],
    };
  },

  examples: {
    bad: [
      {
        name: 'nothing said',
        files: terraform`
          resource "aws_cloudwatch_log_group" "bedrock" { # <- finds
            name = "/aws/bedrock/invocations"
          }
        `,
        suggests: '  name              = "/aws/bedrock/invocations"\n  retention_in_days = 365',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            EndpointLogs:
              Type: AWS::Logs::LogGroup
              Properties:
                LogGroupName: /aws/sagemaker/Endpoints/ranker # <- finds
        `,
        suggests: '      LogGroupName: /aws/sagemaker/Endpoints/ranker\n      RetentionInDays: 365',
      },
    ],
    good: [
      {
        name: 'a year, and a shop',
        files: terraform`
          resource "aws_cloudwatch_log_group" "bedrock" {
            name              = "/aws/bedrock/invocations"
            retention_in_days = 365
            kms_key_id        = "alias/logs"
          }

          resource "aws_cloudwatch_log_group" "basket" {
            name = "/shop/basket"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "retention" {
            type = number
          }

          resource "aws_cloudwatch_log_group" "bedrock" {
            name              = "/aws/bedrock/invocations"
            retention_in_days = var.retention
            kms_key_id        = "alias/logs"
          }
        `,
      },
    ],
  },
});
