import { defineRule, cloudformation, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { openRule } from '../../src/concepts/exposure.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'network/open-egress',
  title: 'AI workload may send anything anywhere',
  severity: 'low',
  requirements: ['R17', 'R6'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure'] },
  why: `Open outbound traffic is how a stolen model or data set leaves, and how a compromised training job fetches its tools. Most training and serving needs only storage, the registry and the cloud's own APIs, and those have private endpoints.`,
  links: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/infrastructure-give-access.html',
  ],
  looksAt: openRule,

  *check(rule, world) {
    if (rule.direction !== 'egress' || rule.ports !== 'all' || rule.anyone.includes(':')) return;
    const why = aiRelevance(rule.of, world);
    if (why === undefined) return;
    yield {
      at: rule.at,
      message: `${code(rule.of.address)} lets an AI workload (${why}) send anything to any address. Where it needs only cloud services, use private endpoints and allow outbound 443 to them alone.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'every protocol to everywhere',
        files: terraform`
          resource "aws_security_group" "sagemaker_training" {
            name = "sagemaker-training"
            egress {
              protocol    = "-1"
              from_port   = 0
              to_port     = 0
              cidr_blocks = ["0.0.0.0/0"] # <- finds
            }
          }
        `,
      },
      {
        name: 'both address families are one finding, and the way in is another rule’s',
        files: terraform`
          resource "aws_security_group" "sagemaker_training" {
            name = "sagemaker-training"
            ingress {
              protocol    = "-1"
              from_port   = 0
              to_port     = 0
              cidr_blocks = ["0.0.0.0/0"]
            }
            egress {
              protocol         = "-1"
              from_port        = 0
              to_port          = 0
              cidr_blocks      = ["0.0.0.0/0"] # <- finds
              ipv6_cidr_blocks = ["::/0"]
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            TrainingGroup:
              Type: AWS::EC2::SecurityGroup
              Properties:
                GroupDescription: sagemaker training
                SecurityGroupEgress:
                  - IpProtocol: -1
                    CidrIp: 0.0.0.0/0 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'HTTPS to private endpoints',
        files: terraform`
          resource "aws_security_group" "sagemaker_training" {
            name = "sagemaker-training"
            egress {
              protocol        = "tcp"
              from_port       = 443
              to_port         = 443
              security_groups = ["sg-0a1b2c3d"]
            }
          }
        `,
      },
      {
        name: 'HTTPS alone, wherever',
        files: terraform`
          resource "aws_security_group" "sagemaker_training" {
            name = "sagemaker-training"
            egress {
              protocol    = "tcp"
              from_port   = 443
              to_port     = 443
              cidr_blocks = ["0.0.0.0/0"]
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'ranges that the caller passes',
        files: terraform`
          variable "destinations" {
            type = list(string)
          }
          resource "aws_security_group" "sagemaker_training" {
            name = "sagemaker-training"
            egress {
              protocol    = "-1"
              from_port   = 0
              to_port     = 0
              cidr_blocks = var.destinations
            }
          }
        `,
      },
    ],
  },
});
