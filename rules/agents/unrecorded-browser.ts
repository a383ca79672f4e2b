import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { agentBrowser } from '../../src/concepts/agent-parts.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/unrecorded-browser',
  title: 'Nobody can see what an agent did in its browser',
  severity: 'low',
  requirements: ['R22', 'R37'],
  frameworks: { nist: ['AU-2', 'AU-12'], stride: ['repudiation'], owasp: ['LLM06:2025'] },
  why: `An agent in a browser clicks, types and signs in where a person would. A page can talk it into something else than it was asked. The recording of the session is then the only thing that shows what it saw and did; it is off unless it is asked for.`,
  links: ['https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/browser-session-recording.html'],
  looksAt: agentBrowser,

  *check({ resource, recorded, recordings }) {
    if (recorded.is !== 'known' || recorded.value) return;
    yield {
      at: recorded.at,
      message: `Browser ${code(resource.address)} ${recorded.written ? 'switches the recording of its sessions off' : 'records no sessions, the default'}: what an agent was talked into there can’t be seen afterwards. Record them to a bucket with few readers.`,
      // Where they go has to be known.
      fix: recorded.written && !isMissing(recordings) ? [recorded.writes(true)] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: terraform`
          resource "aws_bedrockagentcore_browser" "shop" {
            name = "shop"

            network_configuration {
              network_mode = "VPC"
            }

            recording {
              enabled = false # <- finds

              s3_location {
                bucket = "acme-recordings"
                prefix = "shop/"
              }
            }
          }
        `,
        suggests: '    enabled = true',
      },
      {
        name: 'nothing is said',
        files: terraform`
          resource "aws_bedrockagentcore_browser" "shop" { # <- finds
            name = "shop"

            network_configuration {
              network_mode = "VPC"
            }
          }
        `,
      },
      {
        name: 'CloudFormation; there is no place for them',
        files: cloudformation`
          Resources:
            Shop:
              Type: AWS::BedrockAgentCore::BrowserCustom
              Properties:
                Name: shop
                NetworkConfiguration:
                  NetworkMode: VPC
                RecordingConfig:
                  Enabled: false # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'recorded',
        files: cloudformation`
          Resources:
            Shop:
              Type: AWS::BedrockAgentCore::BrowserCustom
              Properties:
                Name: shop
                NetworkConfiguration:
                  NetworkMode: VPC
                RecordingConfig:
                  Enabled: true
                  S3Location:
                    Bucket: acme-recordings
                    Prefix: shop/
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "record" {
            type = bool
          }

          resource "aws_bedrockagentcore_browser" "shop" {
            name = "shop"

            network_configuration {
              network_mode = "VPC"
            }

            recording {
              enabled = var.record
            }
          }
        `,
      },
    ],
  },
});
