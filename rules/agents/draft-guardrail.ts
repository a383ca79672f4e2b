import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { guardrailUse } from '../../src/concepts/guardrail-use.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/draft-guardrail',
  title: 'Agent is guarded by a draft',
  severity: 'medium',
  requirements: ['R3', 'R8', 'R37'],
  frameworks: { nist: ['CM-2', 'CM-3'], stride: ['tampering'], owasp: ['LLM01:2025'] },
  why: `DRAFT is the guardrail as somebody is editing it right now. Whoever tries a weaker filter in the console changes what protects the running agent, at once and without a review. A numbered version stays as it was tested until the agent is moved to the next one.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-deploy.html'],
  looksAt: guardrailUse,

  *check({ resource, noun, version, published }) {
    if (!holds(version, 'DRAFT')) return;
    yield {
      at: version.at,
      message: `${noun} ${code(resource.address)} uses the ${code('DRAFT')} of its guardrail, so each edit of it takes effect at once. Publish a version and name it here.`,
      fix: published === undefined ? [] : [{ do: 'set', at: version.at, to: published }],
    };
  },

  examples: {
    bad: [
      {
        name: 'an agent, with a version at hand',
        files: terraform`
          resource "aws_bedrockagent_agent" "support" {
            agent_name              = "support"
            agent_resource_role_arn = "arn:aws:iam::111122223333:role/agent"
            foundation_model        = "amazon.nova-pro-v1:0"

            guardrail_configuration {
              guardrail_identifier = aws_bedrock_guardrail.chat.guardrail_id
              guardrail_version    = "DRAFT" # <- finds
            }
          }

          resource "aws_bedrock_guardrail" "chat" {
            name                      = "chat"
            blocked_input_messaging   = "No."
            blocked_outputs_messaging = "No."

            word_policy_config {
              managed_word_lists_config {
                type = "PROFANITY"
              }
            }
          }

          resource "aws_bedrock_guardrail_version" "chat" {
            guardrail_arn = aws_bedrock_guardrail.chat.guardrail_arn
            description   = "reviewed"
          }
        `,
        suggests: '    guardrail_version    = aws_bedrock_guardrail_version.chat.version',
      },
      {
        name: 'a step of a flow; nothing is published',
        files: terraform`
          resource "aws_bedrockagent_flow" "answer" {
            name               = "answer"
            execution_role_arn = "arn:aws:iam::111122223333:role/flow"

            definition {
              node {
                name = "ask"
                type = "Prompt"

                configuration {
                  prompt {
                    guardrail_configuration {
                      guardrail_identifier = "abcdefgh1234"
                      guardrail_version    = "DRAFT" # <- finds
                    }

                    source_configuration {
                      resource {
                        prompt_arn = "arn:aws:bedrock:eu-west-1:111122223333:prompt/ABCDEFGHIJ"
                      }
                    }
                  }
                }
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Support:
              Type: AWS::Bedrock::Agent
              Properties:
                AgentName: support
                FoundationModel: amazon.nova-pro-v1:0
                GuardrailConfiguration:
                  GuardrailIdentifier: !GetAtt Chat.GuardrailId
                  GuardrailVersion: DRAFT # <- finds
            Chat:
              Type: AWS::Bedrock::Guardrail
              Properties:
                Name: chat
                BlockedInputMessaging: "No."
                BlockedOutputsMessaging: "No."
            ChatVersion:
              Type: AWS::Bedrock::GuardrailVersion
              Properties:
                GuardrailIdentifier: !GetAtt Chat.GuardrailId
        `,
        suggests: '        GuardrailVersion:\n          Fn::GetAtt:\n            - ChatVersion\n            - Version',
      },
      {
        name: 'CloudFormation: a flow asks a knowledge base',
        files: cloudformation`
          Resources:
            Answer:
              Type: AWS::Bedrock::Flow
              Properties:
                Name: answer
                ExecutionRoleArn: arn:aws:iam::111122223333:role/flow
                Definition:
                  Nodes:
                    - Name: look-up
                      Type: KnowledgeBase
                      Configuration:
                        KnowledgeBase:
                          KnowledgeBaseId: ABCDEFGHIJ
                          ModelId: amazon.nova-pro-v1:0
                          GuardrailConfiguration:
                            GuardrailIdentifier: abcdefgh1234
                            GuardrailVersion: DRAFT # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a version',
        files: terraform`
          resource "aws_bedrockagent_agent" "support" {
            agent_name              = "support"
            agent_resource_role_arn = "arn:aws:iam::111122223333:role/agent"
            foundation_model        = "amazon.nova-pro-v1:0"

            guardrail_configuration {
              guardrail_identifier = "abcdefgh1234"
              guardrail_version    = "3"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "guardrail_version" {
            type = string
          }

          resource "aws_bedrockagent_agent" "support" {
            agent_name              = "support"
            agent_resource_role_arn = "arn:aws:iam::111122223333:role/agent"
            foundation_model        = "amazon.nova-pro-v1:0"

            guardrail_configuration {
              guardrail_identifier = "abcdefgh1234"
              guardrail_version    = var.guardrail_version
            }
          }
        `,
      },
    ],
  },
});
