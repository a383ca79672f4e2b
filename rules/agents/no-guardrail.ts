import { cloudformation, defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agent } from '../../src/concepts/guardrail-use.ts';

export default defineRule({
  id: 'agents/no-guardrail',
  title: 'Agent has no guardrail',
  severity: 'low',
  requirements: ['R3', 'R37'],
  frameworks: {
    nist: ['SI-10', 'SI-15'],
    stride: ['tampering', 'information-disclosure'],
    atlas: ['AML.T0051'],
    owasp: ['LLM01:2025', 'LLM02:2025'],
  },
  why: `An agent follows what it reads. Without a guardrail nothing looks at what people and documents tell it, nor at what it answers: an injected instruction reaches the model as it is, and personal data comes out as it is. It is not there unless it is asked for.`,
  links: ['https://docs.aws.amazon.com/bedrock/latest/userguide/agents-guardrail.html'],
  looksAt: agent,

  *check({ resource, guardrail, unguarded }) {
    if (!unguarded) return;
    const production = resource.environment.stage === 'prod';
    yield {
      at: guardrail,
      severity: production ? 'medium' : 'low',
      message: `Agent ${code(resource.address)} has no guardrail${production ? ', in production' : ''}: nothing checks what it is told and what it answers. Name one with a ${code('PROMPT_ATTACK')} filter.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'none',
        files: terraform`
          resource "aws_bedrockagent_agent" "support" { # <- finds
            agent_name              = "support"
            agent_resource_role_arn = "arn:aws:iam::111122223333:role/agent"
            foundation_model        = "amazon.nova-pro-v1:0"
          }
        `,
      },
      {
        name: 'in production',
        files: file('envs/prod/main.tf')`
          resource "aws_bedrockagent_agent" "support" { # <- finds
            agent_name              = "support"
            agent_resource_role_arn = "arn:aws:iam::111122223333:role/agent"
            foundation_model        = "amazon.nova-pro-v1:0"
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
                AgentName: support # <- finds
                FoundationModel: amazon.nova-pro-v1:0
        `,
      },
    ],
    good: [
      {
        name: 'a version of one',
        files: cloudformation`
          Resources:
            Support:
              Type: AWS::Bedrock::Agent
              Properties:
                AgentName: support
                FoundationModel: amazon.nova-pro-v1:0
                GuardrailConfiguration:
                  GuardrailIdentifier: abcdefgh1234
                  GuardrailVersion: "3"
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "guardrails" {
            type = list(object({ id = string, version = string }))
          }

          resource "aws_bedrockagent_agent" "support" {
            agent_name              = "support"
            agent_resource_role_arn = "arn:aws:iam::111122223333:role/agent"
            foundation_model        = "amazon.nova-pro-v1:0"

            dynamic "guardrail_configuration" {
              for_each = var.guardrails

              content {
                guardrail_identifier = guardrail_configuration.value.id
                guardrail_version    = guardrail_configuration.value.version
              }
            }
          }
        `,
      },
    ],
  },
});
