import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { machine } from '../../src/concepts/gpu-node.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'training/metadata-v1',
  title: 'Nodes answer to the old metadata service',
  severity: 'medium',
  requirements: ['R6', 'R14', 'R38'],
  frameworks: { cis: ['AWS 5.6'], nist: ['AC-6', 'SC-7'], stride: ['information-disclosure', 'elevation-of-privilege'] },
  why: `Version 1 of the instance metadata service (IMDSv1) gives the node role's credentials to any plain GET request. Model servers and notebooks fetch addresses that users give them, so one such request is enough to steal the role. Version 2 asks for a session token first.`,
  links: ['https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html'],
  looksAt: machine,

  *check({ resource, noun, tokens }, world) {
    if (!holds(tokens, 'optional')) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: tokens.at,
      message: `${noun} ${code(resource.address)} allows version 1 of the metadata service (IMDSv1; ${reason}), so one forged request from a workload can read the node role's credentials.`,
      fix: [tokens.writes('required')],
    };
  },

  examples: {
    bad: [
      {
        name: 'tokens are optional',
        files: terraform`
          resource "aws_launch_template" "gpu" {
            name_prefix   = "gpu-"
            instance_type = "p4d.24xlarge"

            metadata_options {
              http_tokens = "optional" # <- finds
            }
          }
        `,
        suggests: '    http_tokens = "required"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            GpuNodes:
              Type: AWS::EC2::LaunchTemplate
              Properties:
                LaunchTemplateData:
                  InstanceType: p5.48xlarge
                  MetadataOptions:
                    HttpTokens: optional # <- finds
        `,
        suggests: '          HttpTokens: required',
      },
    ],
    good: [
      {
        name: 'tokens are required',
        files: terraform`
          resource "aws_launch_template" "gpu" {
            name_prefix   = "gpu-"
            instance_type = "p4d.24xlarge"

            metadata_options {
              http_tokens = "required"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "tokens" {
            type = string
          }

          resource "aws_launch_template" "gpu" {
            name_prefix   = "gpu-"
            instance_type = "p4d.24xlarge"

            metadata_options {
              http_tokens = var.tokens
            }
          }
        `,
      },
    ],
  },
});
