import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { guardrail } from '../../src/concepts/guardrail.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/watching-filter',
  title: 'Guardrail notices and stops nothing',
  severity: 'medium',
  requirements: ['R3', 'R37'],
  frameworks: { nist: ['SI-10', 'SI-15'], stride: ['tampering', 'information-disclosure'], atlas: ['AML.T0054'], owasp: ['LLM01:2025'] },
  why: `The action NONE puts a filter into detect mode: it writes into the trace what it found, and the text goes on to the model or to the person who asked. That is for trying a filter out. Left in, the guardrail looks complete and lets everything pass.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-harmful-content-handling-options.html'],
  looksAt: guardrail,

  *check({ resource, checks }) {
    for (const { of, input, output } of checks) {
      // Prompt attacks have a rule of their own.
      if (of.is === 'known' && of.value === 'PROMPT_ATTACK') continue;
      const watching = [input, output].filter((action) => holds(action, 'NONE'));
      const [first] = watching;
      if (!first) continue;
      const way = watching.length === 2 ? 'in both directions' : first === input ? 'in what people ask' : 'in what the model answers';
      yield {
        at: first.at,
        message: `${code(resource.address)} only takes note of ${of.is === 'known' ? code(of.value) : 'what it finds'} ${way} and lets it pass.`,
        fix: watching.map((action) => action.writes('BLOCK')),
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'both directions',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            content_policy_config {
              filters_config {
                type            = "HATE"
                input_strength  = "HIGH"
                output_strength = "HIGH"
                input_action    = "NONE" # <- finds
                output_action   = "NONE"
              }
              filters_config {
                type            = "PROMPT_ATTACK"
                input_strength  = "HIGH"
                output_strength = "NONE"
              }
            }
          }
        `,
        suggests: '      input_action    = "BLOCK"\n      output_action   = "BLOCK"',
      },
      {
        name: 'a list of words, in the answers',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            word_policy_config {
              managed_word_lists_config {
                type          = "PROFANITY"
                output_action = "NONE" # <- finds
              }
            }
          }
        `,
        suggests: '      output_action = "BLOCK"',
      },
      {
        name: 'CloudFormation: a topic',
        files: cloudformation`
          Resources:
            Chat:
              Type: AWS::Bedrock::Guardrail
              Properties:
                Name: chat
                BlockedInputMessaging: "No."
                BlockedOutputsMessaging: "No."
                TopicPolicyConfig:
                  TopicsConfig:
                    - Name: advice
                      Type: DENY
                      Definition: Advice on investments
                      InputAction: NONE # <- finds
        `,
        suggests: '            InputAction: BLOCK',
      },
    ],
    good: [
      {
        name: 'blocked, or nothing is said',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            content_policy_config {
              filters_config {
                type            = "HATE"
                input_strength  = "HIGH"
                output_strength = "HIGH"
                input_action    = "BLOCK"
              }
              filters_config {
                type            = "PROMPT_ATTACK"
                input_strength  = "HIGH"
                output_strength = "NONE"
                output_action   = "NONE"
              }
            }

            word_policy_config {
              words_config {
                text = "acme-internal"
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
          variable "action" {
            type = string
          }

          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            word_policy_config {
              managed_word_lists_config {
                type         = "PROFANITY"
                input_action = var.action
              }
            }
          }
        `,
      },
    ],
  },
});
