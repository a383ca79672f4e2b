import { defineRule, cloudformation, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { openRule } from '../../src/concepts/exposure.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

const logins: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [3389, 'remote desktop'],
]);

export default defineRule({
  id: 'network/admin-port-open',
  title: 'Log-in port of an AI machine is open to the internet',
  severity: 'high',
  requirements: ['R17', 'R1', 'R6'],
  frameworks: {
    cis: ['AWS 5.2', 'GCP 3.6', 'GCP 3.7', 'Azure 6.1', 'Azure 6.2'],
    nist: ['SC-7', 'AC-17'],
    stride: ['spoofing', 'elevation-of-privilege'],
  },
  why: `GPU machines are worth breaking into: they are expensive, they hold models and data, and their role reads the buckets. A log-in port that is open to everybody is tried all day.`,
  links: [
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html',
    'https://cloud.google.com/iap/docs/using-tcp-forwarding',
  ],
  looksAt: openRule,

  *check(rule, world) {
    const { direction, ports } = rule;
    if (direction !== 'ingress' || typeof ports === 'string') return;
    // A wider range is not meant for a log-in; it is the any-port rule's.
    const open = [...logins].filter(([port]) => ports.some(({ from, to }) => from <= port && port <= to && to - from <= 2000));
    const [first] = open;
    const why = first && aiRelevance(rule.of, world);
    if (!first || why === undefined) return;
    yield {
      at: rule.at,
      subject: String(first[0]),
      message: `${code(rule.of.address)} opens ${first[1]} (port ${code(first[0])}) to anyone (${code(rule.anyone)}) on part of an AI system: ${why}. Log in through Session Manager, Identity-Aware Proxy or Bastion instead, or allow only your own range.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'SSH to a GPU machine',
        files: terraform`
          resource "aws_security_group" "gpu_training" {
            name = "gpu-training"
            ingress {
              protocol    = "tcp"
              from_port   = 22
              to_port     = 22
              cidr_blocks = ["0.0.0.0/0"] # <- finds
            }
          }
        `,
      },
      {
        name: 'CloudFormation, beside a range that the rule on any port speaks of',
        files: cloudformation`
          Resources:
            GpuTraining:
              Type: AWS::EC2::SecurityGroup
              Properties:
                GroupDescription: gpu training
                SecurityGroupIngress:
                  - { IpProtocol: tcp, FromPort: 3389, ToPort: 3389, CidrIp: 0.0.0.0/0 } # <- finds
                  - { IpProtocol: tcp, FromPort: 0, ToPort: 40000, CidrIp: 0.0.0.0/0 }
        `,
      },
      {
        name: 'Google Cloud',
        files: terraform`
          resource "google_compute_firewall" "gpu_ssh" {
            name          = "gpu-ssh"
            network       = "default"
            source_ranges = ["0.0.0.0/0"] # <- finds

            allow {
              protocol = "tcp"
              ports    = ["22"]
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'from the office only',
        files: terraform`
          resource "aws_security_group" "gpu_training" {
            name = "gpu-training"
            ingress {
              protocol    = "tcp"
              from_port   = 22
              to_port     = 22
              cidr_blocks = ["198.51.100.0/24"]
            }
          }
        `,
      },
      {
        name: 'other ports, and the way out',
        files: terraform`
          resource "aws_security_group" "gpu_training" {
            name = "gpu-training"
            ingress {
              protocol    = "tcp"
              from_port   = 443
              to_port     = 443
              cidr_blocks = ["0.0.0.0/0"]
            }
            egress {
              protocol    = "tcp"
              from_port   = 22
              to_port     = 22
              cidr_blocks = ["0.0.0.0/0"]
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a range that the caller passes',
        files: terraform`
          variable "office" {
            type = string
          }
          resource "aws_security_group" "gpu_training" {
            name = "gpu-training"
            ingress {
              protocol    = "tcp"
              from_port   = 22
              to_port     = 22
              cidr_blocks = [var.office]
            }
          }
        `,
      },
    ],
  },
});
