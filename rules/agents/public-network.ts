import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentTool } from '../../src/concepts/agent.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/public-network',
  title: 'Agent runs with open internet access',
  severity: 'medium',
  requirements: ['R17', 'R37', 'R38'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure'], owasp: ['LLM06:2025'] },
  why: `An agent does what its input talks it into. In the PUBLIC network mode it reaches any address on the internet, so a prompt hidden in a document or a web page is enough to make it send away what it can read. In a VPC you decide which addresses there are.`,
  links: ['https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html'],
  looksAt: agentTool,

  *check({ resource, noun, network, runsModelCode }) {
    if (!holds(network, 'PUBLIC')) return;
    yield {
      at: network.at,
      severity: runsModelCode ? 'high' : 'medium',
      message: `${noun} ${code(resource.address)} reaches the whole internet${runsModelCode ? ' with code that a model wrote' : ''}. An injected prompt can use that to send data away; the mode ${runsModelCode ? `${code('SANDBOX')} or ${code('VPC')}` : code('VPC')} limits it.`,
      // The sandbox needs no subnets; a VPC does.
      fix: runsModelCode ? [network.writes('SANDBOX')] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'a public runtime',
        files: terraform`
          resource "aws_bedrockagentcore_agent_runtime" "support" {
            agent_runtime_name = "support"
            role_arn           = "arn:aws:iam::111122223333:role/agent"

            agent_runtime_artifact {
              container_configuration {
                container_uri = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/support:1.4.2"
              }
            }

            network_configuration {
              network_mode = "PUBLIC" # <- finds
            }
          }
        `,
      },
      {
        name: 'CloudFormation: a code interpreter',
        files: cloudformation`
          Resources:
            Analyst:
              Type: AWS::BedrockAgentCore::CodeInterpreterCustom
              Properties:
                Name: analyst
                NetworkConfiguration:
                  NetworkMode: PUBLIC # <- finds
        `,
        suggests: '        NetworkMode: SANDBOX',
      },
    ],
    good: [
      {
        name: 'in a VPC',
        files: terraform`
          resource "aws_bedrockagentcore_agent_runtime" "support" {
            agent_runtime_name = "support"
            role_arn           = "arn:aws:iam::111122223333:role/agent"

            agent_runtime_artifact {
              container_configuration {
                container_uri = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/support:1.4.2"
              }
            }

            network_configuration {
              network_mode = "VPC"

              network_mode_config {
                security_groups = ["sg-0a1b2c3d"]
                subnets         = ["subnet-0a1b2c3d"]
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
          variable "network_mode" {
            type = string
          }

          resource "aws_bedrockagentcore_agent_runtime" "support" {
            agent_runtime_name = "support"
            role_arn           = "arn:aws:iam::111122223333:role/agent"

            agent_runtime_artifact {
              container_configuration {
                container_uri = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/support:1.4.2"
              }
            }

            network_configuration {
              network_mode = var.network_mode
            }
          }
        `,
      },
    ],
  },
});
