import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentGateway } from '../../src/concepts/agent.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/open-gateway',
  title: 'Agent gateway asks nobody who they are',
  severity: 'critical',
  requirements: ['R3', 'R37', 'R39'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['spoofing', 'elevation-of-privilege'], owasp: ['LLM06:2025'] },
  why: `The gateway turns functions and APIs into tools and calls them with its own rights. Without an authorizer anyone who finds its address can list those tools and use them: read what they read and change what they change.`,
  links: ['https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html'],
  looksAt: agentGateway,

  *check({ resource, authorizer }) {
    if (!holds(authorizer, 'NONE')) return;
    yield {
      at: authorizer.at,
      message: `Gateway ${code(resource.address)} has no authentication: anyone who finds its address can use its tools with its rights.`,
      // Signed requests need nothing else to be set up, and let in only who is allowed to call the gateway.
      fix: [authorizer.writes('AWS_IAM')],
    };
  },

  examples: {
    bad: [
      {
        name: 'no authorizer',
        files: terraform`
          resource "aws_bedrockagentcore_gateway" "tools" {
            name            = "tools"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = "NONE" # <- finds
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
                AuthorizerType: NONE # <- finds
        `,
        suggests: '      AuthorizerType: AWS_IAM',
      },
    ],
    good: [
      {
        name: 'signed requests',
        files: terraform`
          resource "aws_bedrockagentcore_gateway" "tools" {
            name            = "tools"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = "AWS_IAM"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "authorizer" {
            type = string
          }

          resource "aws_bedrockagentcore_gateway" "tools" {
            name            = "tools"
            role_arn        = "arn:aws:iam::111122223333:role/gateway"
            protocol_type   = "MCP"
            authorizer_type = var.authorizer
          }
        `,
      },
    ],
  },
});
