import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { guardrail } from '../../src/concepts/guardrail.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/prompt-attack-filter',
  title: 'Guardrail lets prompt attacks through',
  severity: 'medium',
  requirements: ['R3', 'R37'],
  frameworks: {
    nist: ['SI-10'],
    stride: ['tampering', 'elevation-of-privilege'],
    atlas: ['AML.T0051', 'AML.T0054'],
    owasp: ['LLM01:2025'],
  },
  why: `A guardrail checks what goes into a model and what comes out of it. Its filter for prompt attacks is the part that looks for "ignore your instructions" and its relatives. Without it, or with the filter off, one document that an agent reads can make it act for somebody else.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-prompt-attack.html'],
  looksAt: guardrail,

  *check({ resource, content, filters }) {
    const attack = filters.find(({ type }) => holds(type, 'PROMPT_ATTACK'));
    if (!attack) {
      const certain =
        content.is !== 'unknown' &&
        filters.every(({ type }) => type.is === 'known') &&
        !isOpen(resource.attr('content_policy_config', 'filters_config'));
      // A guardrail that filters no content may be for topics or words only.
      if (certain && filters.length > 0)
        yield {
          at: content,
          message: `${code(resource.address)} filters content but has no ${code('PROMPT_ATTACK')} filter, so attempts to talk the model out of its instructions pass.`,
        };
      return;
    }
    const { inputStrength, inputAction, inputEnabled } = attack;
    const off = [
      ...(holds(inputStrength, 'NONE') ? [{ at: inputStrength.at, fix: inputStrength.writes('HIGH') }] : []),
      ...(holds(inputAction, 'NONE') ? [{ at: inputAction.at, fix: inputAction.writes('BLOCK') }] : []),
      ...(holds(inputEnabled, false) ? [{ at: inputEnabled.at, fix: inputEnabled.writes(true) }] : []),
    ];
    const [first] = off;
    if (first) {
      yield {
        at: first.at,
        message: `${code(resource.address)} has a ${code('PROMPT_ATTACK')} filter that is switched off for what comes in, so prompt attacks pass.`,
        fix: off.map(({ fix }) => fix),
      };
    } else if (holds(inputStrength, 'LOW'))
      yield {
        at: inputStrength.at,
        severity: 'low',
        message: `${code(resource.address)} stops only the plainest prompt attacks (strength ${code('LOW')}).`,
        fix: [inputStrength.writes('HIGH')],
      };
  },

  examples: {
    bad: [
      {
        name: 'no such filter',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            content_policy_config { # <- finds
              filters_config {
                type            = "HATE"
                input_strength  = "HIGH"
                output_strength = "HIGH"
              }
            }
          }
        `,
      },
      {
        name: 'switched off',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            content_policy_config {
              filters_config {
                type            = "PROMPT_ATTACK"
                input_strength  = "NONE" # <- finds
                output_strength = "NONE"
              }
            }
          }
        `,
        suggests: '      input_strength  = "HIGH"',
      },
      {
        name: 'only noted',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            content_policy_config {
              filters_config {
                type            = "PROMPT_ATTACK"
                input_strength  = "HIGH"
                output_strength = "NONE"
                input_action    = "NONE" # <- finds
              }
            }
          }
        `,
        suggests: '      input_action    = "BLOCK"',
      },
      {
        name: 'disabled',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            content_policy_config {
              filters_config {
                type            = "PROMPT_ATTACK"
                input_strength  = "HIGH"
                output_strength = "NONE"
                input_enabled   = false # <- finds
              }
            }
          }
        `,
        suggests: '      input_enabled   = true',
      },
      {
        name: 'CloudFormation, low',
        files: cloudformation`
          Resources:
            Chat:
              Type: AWS::Bedrock::Guardrail
              Properties:
                Name: chat
                BlockedInputMessaging: "No."
                BlockedOutputsMessaging: "No."
                ContentPolicyConfig:
                  FiltersConfig:
                    - Type: PROMPT_ATTACK
                      InputStrength: LOW # <- finds
                      OutputStrength: NONE
        `,
        suggests: '            InputStrength: HIGH',
      },
    ],
    good: [
      {
        name: 'high',
        files: terraform`
          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            content_policy_config {
              filters_config {
                type            = "PROMPT_ATTACK"
                input_strength  = "HIGH"
                output_strength = "NONE"
              }
            }
          }

          resource "aws_bedrock_guardrail" "topics" {
            name                      = "topics"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            topic_policy_config {
              topics_config {
                name       = "advice"
                type       = "DENY"
                definition = "Advice on investments"
              }
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the filters come from the caller',
        files: terraform`
          variable "filters" {
            type = list(object({ type = string, strength = string }))
          }

          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            content_policy_config {
              dynamic "filters_config" {
                for_each = var.filters

                content {
                  type            = filters_config.value.type
                  input_strength  = filters_config.value.strength
                  output_strength = "NONE"
                }
              }
            }
          }
        `,
      },
    ],
  },
});

const isOpen = (value: { readonly is: string; readonly open?: true }): boolean => value.is === 'unknown' || value.open === true;
