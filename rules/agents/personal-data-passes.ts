import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { guardrail } from '../../src/concepts/guardrail.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/personal-data-passes',
  title: 'Guardrail finds personal data and lets it pass',
  severity: 'medium',
  requirements: ['R3', 'R37'],
  frameworks: { nist: ['SI-15', 'PT-2'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `With the action NONE a guardrail only notes in its trace that there was personal data. The address, card number or password still reaches the model and the person who asked. BLOCK refuses the answer, ANONYMIZE puts a placeholder in its place.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html'],
  looksAt: guardrail,

  *check({ resource, personal }) {
    for (const { type, action, inputAction, outputAction } of personal) {
      if (![action, inputAction, outputAction].every((what) => holds(what, 'NONE'))) continue;
      const what = type.is === 'known' ? code(type.value) : 'personal data';
      yield {
        at: action.at,
        message: `${code(resource.address)} recognises ${what} and does nothing about it, so it reaches the model and whoever asked.`,
        fix: [action.writes('ANONYMIZE')],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'only noted',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            sensitive_information_policy_config {
              pii_entities_config {
                type   = "EMAIL"
                action = "NONE" # <- finds
              }
            }
          }
        `,
        suggests: '      action = "ANONYMIZE"',
      },
      {
        name: 'a pattern of one’s own',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            sensitive_information_policy_config {
              regexes_config {
                name    = "customer-number"
                pattern = "C-[0-9]{8}"
                action  = "NONE" # <- finds
              }
            }
          }
        `,
        suggests: '      action  = "ANONYMIZE"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Chat:
              Type: AWS::Bedrock::Guardrail
              Properties:
                Name: chat
                BlockedInputMessaging: "No."
                BlockedOutputsMessaging: "No."
                SensitiveInformationPolicyConfig:
                  PiiEntitiesConfig:
                    - Type: PASSWORD
                      Action: NONE # <- finds
        `,
        suggests: '            Action: ANONYMIZE',
      },
    ],
    good: [
      {
        name: 'one direction is stopped',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            sensitive_information_policy_config {
              pii_entities_config {
                type          = "EMAIL"
                action        = "NONE"
                output_action = "ANONYMIZE"
              }
              pii_entities_config {
                type         = "PASSWORD"
                action       = "NONE"
                input_action = "BLOCK"
              }
            }
          }
        `,
      },
      {
        name: 'made anonymous',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            sensitive_information_policy_config {
              pii_entities_config {
                type   = "EMAIL"
                action = "ANONYMIZE"
              }
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the action comes from the caller',
        files: terraform`
          variable "action" {
            type = string
          }

          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            sensitive_information_policy_config {
              pii_entities_config {
                type   = "EMAIL"
                action = var.action
              }
            }
          }
        `,
      },
    ],
  },
});
