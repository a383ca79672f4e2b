import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentGateway } from '../../src/concepts/agent.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/debug-errors',
  title: 'Agent gateway tells callers the details of its errors',
  severity: 'low',
  requirements: ['R37', 'R39'],
  frameworks: { nist: ['SI-11'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `At the level DEBUG the gateway answers with the error as it happened: names of functions, ARNs, addresses of targets, what a tool said. That is a map for whoever tries inputs until one works, and the agent itself reads it too. Without the setting callers get a plain message and the details go to the log.`,
  links: ['https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateGateway.html'],
  looksAt: agentGateway,

  *check({ resource, errors }) {
    if (!holds(errors, 'DEBUG')) return;
    yield {
      at: errors.at,
      message: `Gateway ${code(resource.address)} answers with the details of its errors (${code('DEBUG')}), which tells callers how its tools are built. Leave the setting out once the gateway works.`,
      fix: [{ do: 'remove', at: errors.at }],
    };
  },

  examples: {
    bad: [
      {
        name: 'debugging',
        files: terraform`
          resource "aws_bedrockagentcore_gateway" "tools" {
            name            = "tools"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = "AWS_IAM"
            exception_level = "DEBUG" # <- finds
          }
        `,
        suggests: '  authorizer_type = "AWS_IAM"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Tools:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: tools
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: AWS_IAM
                ExceptionLevel: DEBUG # <- finds
        `,
        suggests: '      AuthorizerType: AWS_IAM',
      },
    ],
    good: [
      {
        name: 'a plain message',
        files: cloudformation`
          Resources:
            Tools:
              Type: AWS::BedrockAgentCore::Gateway
              Properties:
                Name: tools
                RoleArn: arn:aws:iam::111122223333:role/gateway
                AuthorizerType: AWS_IAM
        `,
      },
      {
        name: 'another level',
        files: terraform`
          resource "aws_bedrockagentcore_gateway" "tools" {
            name            = "tools"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = "AWS_IAM"
            exception_level = "ERROR"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "level" {
            type = string
          }

          resource "aws_bedrockagentcore_gateway" "tools" {
            name            = "tools"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = "AWS_IAM"
            exception_level = var.level
          }
        `,
      },
    ],
  },
});
