import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { openRule, type OpenRule } from '../../src/concepts/exposure.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'network/any-port-open',
  title: 'Every port is open to the internet',
  severity: 'high',
  requirements: ['R17', 'R6', 'R38'],
  frameworks: {
    cis: ['AWS 5.2', 'GCP 3.6'],
    nist: ['SC-7', 'AC-4'],
    stride: ['elevation-of-privilege', 'information-disclosure'],
    atlas: ['AML.T0049'],
  },
  why: `AI nodes listen on many ports that nobody thinks of: metrics, Ray workers, rendezvous, notebooks, SSH. A rule for every port from everywhere publishes all of them, those of next month too. Training nodes that need to talk to one another need a rule that names their own security group.`,
  links: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html',
  ],
  looksAt: openRule,

  *check(rule, world) {
    if (rule.direction !== 'ingress' || !isWide(rule)) return;
    const why = aiRelevance(rule.of, world);
    if (why === undefined) return;
    const whole = rule.ports === 'all' ? 'every port' : 'thousands of ports';
    yield {
      at: rule.at,
      message: `${code(rule.of.address)} lets anyone (${code(rule.anyone)}) reach ${whole} of what it protects, and that is part of an AI system: ${why}. For traffic between nodes, name the group itself as the source; for callers, name their group and the one port.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'every protocol to training nodes',
        files: terraform`
          resource "aws_security_group" "gpu_training" {
            name = "gpu-training"
            ingress {
              protocol    = "-1"
              from_port   = 0
              to_port     = 0
              cidr_blocks = ["0.0.0.0/0"] # <- finds
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            SagemakerTraining:
              Type: AWS::EC2::SecurityGroup
              Properties:
                GroupDescription: sagemaker training
                SecurityGroupIngress:
                  - IpProtocol: -1
                    CidrIp: 0.0.0.0/0 # <- finds
        `,
      },
      {
        name: 'Google Cloud: thousands of ports',
        files: terraform`
          resource "google_compute_firewall" "gpu_workers" {
            name          = "gpu-workers"
            network       = "default"
            source_ranges = ["0.0.0.0/0"] # <- finds

            allow {
              protocol = "tcp"
              ports    = ["1024-65535"]
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'every protocol, among the nodes themselves',
        files: terraform`
          resource "aws_security_group" "gpu_training" {
            name = "gpu-training"
            ingress {
              protocol  = "-1"
              from_port = 0
              to_port   = 0
              self      = true
            }
          }
        `,
      },
      {
        name: 'the way out',
        files: terraform`
          resource "aws_security_group" "gpu_training" {
            name = "gpu-training"
            egress {
              protocol    = "tcp"
              from_port   = 1024
              to_port     = 65535
              cidr_blocks = ["0.0.0.0/0"]
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a protocol that the caller passes',
        files: terraform`
          variable "protocol" {
            type = string
          }
          resource "aws_security_group" "gpu_training" {
            name = "gpu-training"
            ingress {
              protocol    = var.protocol
              from_port   = 0
              to_port     = 0
              cidr_blocks = ["0.0.0.0/0"]
            }
          }
        `,
      },
    ],
  },
});

const isWide = ({ ports }: OpenRule): boolean =>
  ports === 'all' || (typeof ports !== 'string' && ports.some((range) => range.to - range.from > 2000));
