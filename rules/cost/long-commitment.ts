import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { commitment } from '../../src/concepts/commitment.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'cost/long-commitment',
  title: 'Capacity is paid for without a way out',
  severity: 'low',
  requirements: ['R3', 'R39'],
  frameworks: { nist: ['SA-2'], stride: ['denial-of-service'], owasp: ['LLM10:2025'] },
  why: `Reserved capacity is paid for by the hour, used or not. Half a year of it for a model can't be cancelled, and the model may be replaced by a better one next month. A reservation of GPUs without an end goes on after the project that needed it, until somebody finds it on the bill.`,
  links: [
    'https://docs.aws.amazon.com/bedrock/latest/userguide/prov-throughput.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html',
  ],
  looksAt: commitment,

  *check({ resource, noun, term, machine }) {
    if (holds(term, 'SixMonths'))
      yield {
        at: term.at,
        message: `${noun} ${code(resource.address)} is bought for six months and can’t be given back, also when the model is no longer wanted. Is it meant to be? Without a commitment it can be ended at any time.`,
      };
    if (machine !== undefined && holds(term, 'unlimited'))
      yield {
        at: term.at,
        message: `${noun} ${code(resource.address)} keeps ${code(machine)} without an end, and each hour is paid for whether it is used or not. Set an end date.`,
      };
  },

  examples: {
    bad: [
      {
        name: 'half a year of a model',
        files: terraform`
          resource "aws_bedrock_provisioned_model_throughput" "support" {
            provisioned_model_name = "support"
            model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
            model_units            = 1
            commitment_duration    = "SixMonths" # <- finds
          }
        `,
      },
      {
        name: 'GPUs without an end',
        files: terraform`
          resource "aws_ec2_capacity_reservation" "training" { # <- finds
            availability_zone = "eu-west-1a"
            instance_type     = "p5.48xlarge"
            instance_platform = "Linux/UNIX"
            instance_count    = 2
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Training:
              Type: AWS::EC2::CapacityReservation
              Properties:
                AvailabilityZone: eu-west-1a
                InstanceType: p5.48xlarge
                InstancePlatform: Linux/UNIX
                InstanceCount: 2
                EndDateType: unlimited # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'by the hour, with an end, and no GPUs',
        files: terraform`
          resource "aws_bedrock_provisioned_model_throughput" "support" {
            provisioned_model_name = "support"
            model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
            model_units            = 1
          }

          resource "aws_ec2_capacity_reservation" "training" {
            availability_zone = "eu-west-1a"
            instance_type     = "p5.48xlarge"
            instance_platform = "Linux/UNIX"
            instance_count    = 2
            end_date_type     = "limited"
            end_date          = "2027-01-31T00:00:00Z"
          }

          resource "aws_ec2_capacity_reservation" "shop" {
            availability_zone = "eu-west-1a"
            instance_type     = "m7i.large"
            instance_platform = "Linux/UNIX"
            instance_count    = 2
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "commitment" {
            type = string
          }

          variable "end" {
            type = string
          }

          resource "aws_bedrock_provisioned_model_throughput" "support" {
            provisioned_model_name = "support"
            model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
            model_units            = 1
            commitment_duration    = var.commitment
          }

          resource "aws_ec2_capacity_reservation" "training" {
            availability_zone = "eu-west-1a"
            instance_type     = "p5.48xlarge"
            instance_platform = "Linux/UNIX"
            instance_count    = 2
            end_date_type     = var.end
          }
        `,
      },
    ],
  },
});
