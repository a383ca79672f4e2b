import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentCode } from '../../src/concepts/agent-parts.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/unpinned-code',
  title: 'Agent runs whatever lies in the bucket',
  severity: 'low',
  requirements: ['R2', 'R8', 'R37'],
  frameworks: { nist: ['CM-2', 'SI-7'], stride: ['tampering'], atlas: ['AML.T0010'], owasp: ['LLM03:2025'] },
  why: `The runtime is given a key in a bucket, not one version of what lies there. Whoever may write the bucket decides what the agent runs, with the agent's role, and no change of this configuration shows it. A version id names exactly one archive.`,
  links: ['https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_S3Location.html'],
  looksAt: agentCode,

  *check({ resource, key, version }) {
    // A key with a version or a hash in it is written once.
    if (!isMissing(version) || key.is !== 'known' || numbered.test(String(key.value))) return;
    yield {
      at: key,
      message: `Agent runtime ${code(resource.address)} runs what lies under ${code(String(key.value))} at the moment, not one version of it. Name its ${code(resource.type.startsWith('AWS::') ? 'VersionId' : 'version_id')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a plain key',
        files: terraform`
          resource "aws_bedrockagentcore_agent_runtime" "support" {
            agent_runtime_name = "support"
            role_arn           = "arn:aws:iam::111122223333:role/agent"

            agent_runtime_artifact {
              code_configuration {
                entry_point = ["main.py"]
                runtime     = "PYTHON_3_13"

                code {
                  s3 {
                    bucket = "acme-agents"
                    prefix = "support/agent.zip" # <- finds
                  }
                }
              }
            }

            network_configuration {
              network_mode = "VPC"
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Support:
              Type: AWS::BedrockAgentCore::Runtime
              Properties:
                AgentRuntimeName: support
                RoleArn: arn:aws:iam::111122223333:role/agent
                AgentRuntimeArtifact:
                  CodeConfiguration:
                    EntryPoint: [main.py]
                    Runtime: PYTHON_3_13
                    Code:
                      S3:
                        Bucket: acme-agents
                        Prefix: support/agent.zip # <- finds
                NetworkConfiguration:
                  NetworkMode: VPC
        `,
      },
    ],
    good: [
      {
        name: 'a version; a key that is written once',
        files: terraform`
          resource "aws_bedrockagentcore_agent_runtime" "support" {
            agent_runtime_name = "support"
            role_arn           = "arn:aws:iam::111122223333:role/agent"

            agent_runtime_artifact {
              code_configuration {
                entry_point = ["main.py"]
                runtime     = "PYTHON_3_13"

                code {
                  s3 {
                    bucket     = "acme-agents"
                    prefix     = "support/agent.zip"
                    version_id = "3HL4kqtJvjVBH40Nrjfkd"
                  }
                }
              }
            }

            network_configuration {
              network_mode = "VPC"
            }
          }

          resource "aws_bedrockagentcore_agent_runtime" "sales" {
            agent_runtime_name = "sales"
            role_arn           = "arn:aws:iam::111122223333:role/agent"

            agent_runtime_artifact {
              code_configuration {
                entry_point = ["main.py"]
                runtime     = "PYTHON_3_13"

                code {
                  s3 {
                    bucket = "acme-agents"
                    prefix = "sales/agent-1.4.2.zip"
                  }
                }
              }
            }

            network_configuration {
              network_mode = "VPC"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the key has a hash in it that is not known',
        files: terraform`
          variable "build" {
            type = string
          }

          resource "aws_bedrockagentcore_agent_runtime" "support" {
            agent_runtime_name = "support"
            role_arn           = "arn:aws:iam::111122223333:role/agent"

            agent_runtime_artifact {
              code_configuration {
                entry_point = ["main.py"]
                runtime     = "PYTHON_3_13"

                code {
                  s3 {
                    bucket = "acme-agents"
                    prefix = "support/\${var.build}.zip"
                  }
                }
              }
            }

            network_configuration {
              network_mode = "VPC"
            }
          }
        `,
      },
    ],
  },
});

const numbered = /\d+\.\d+|[0-9a-f]{7,64}/i;
