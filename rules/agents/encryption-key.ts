import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { conversations } from '../../src/concepts/agent-parts.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/encryption-key',
  title: 'Conversations have no key of their own',
  severity: 'low',
  requirements: ['R37', 'R33'],
  frameworks: { nist: ['SC-12', 'SC-28'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `What people tell an agent is kept for weeks and holds names, contracts, health. Under a key that AWS owns you can neither limit nor see who decrypts it, nor shut it off in an hour of need. With a key of your own you can do all three.`,
  links: [
    'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/storage-encryption.html',
    'https://docs.aws.amazon.com/amazonq/latest/qbusiness-ug/encryption-rest.html',
  ],
  looksAt: conversations,

  *check({ resource, noun, key }) {
    if (!isMissing(key)) return;
    yield {
      at: key,
      message: `${noun} ${code(resource.address)} keeps what people said under a key that AWS owns, because it names none: you can’t limit or audit who decrypts it.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'no key',
        files: terraform`
          resource "aws_bedrockagentcore_memory" "support" { # <- finds
            name                  = "support"
            event_expiry_duration = 30
          }
        `,
      },
      {
        name: 'CloudFormation: Amazon Q',
        files: cloudformation`
          Resources:
            Help:
              Type: AWS::QBusiness::Application
              Properties:
                DisplayName: help # <- finds
                IdentityType: AWS_IAM_IDC
        `,
      },
    ],
    good: [
      {
        name: 'a key',
        files: terraform`
          resource "aws_bedrockagentcore_memory" "support" {
            name                  = "support"
            event_expiry_duration = 30
            encryption_key_arn    = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
          }

          resource "aws_qbusiness_application" "help" {
            display_name                 = "help"
            iam_service_role_arn         = "arn:aws:iam::111122223333:role/q"
            identity_center_instance_arn = "arn:aws:sso:::instance/ssoins-1234567890abcdef"

            encryption_configuration {
              kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
            }
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

          resource "aws_bedrockagentcore_memory" "support" {
            name                  = "support"
            event_expiry_duration = 30
            encryption_key_arn    = var.key
          }
        `,
      },
    ],
  },
});
