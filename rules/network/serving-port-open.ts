import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code, list } from '../../src/engine/words.ts';
import { openRule, type OpenRule } from '../../src/concepts/exposure.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { servingPortsIn, type ServingPort } from '../../src/facts/serving-ports.ts';

/** A range as wide as this is not meant for one server; it is the any-port rule's. */
const widest = 2000;
const runsCode = new Set([8265, 10001, 8888, 7071]);

export default defineRule({
  id: 'network/serving-port-open',
  title: 'Model-serving port is open to the internet',
  severity: 'high',
  requirements: ['R17', 'R3', 'R38', 'R41'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['spoofing', 'information-disclosure', 'elevation-of-privilege'], atlas: ['AML.T0049'] },
  why: `Model servers, vector databases, notebooks and Ray are made for a trusted network: by default they ask nobody for a credential. Scanners find such a port within hours; then strangers use your GPUs, copy the model through its answers, or, on Ray and Jupyter, run their own code.`,
  links: [
    'https://docs.ray.io/en/latest/ray-security/index.html',
    'https://docs.vllm.ai/en/latest/usage/security/',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  looksAt: openRule,

  *check(rule, world) {
    if (rule.direction !== 'ingress' || typeof rule.ports === 'string') return;
    const narrow = rule.ports.filter((range) => range.to - range.from <= widest);
    const rows = narrow.flatMap((range) => servingPortsIn(range.from, range.to));
    const told = rows.filter((row) => !row.shared);
    const why = aiRelevance(rule.of, world);
    const found = told.length > 0 ? told : why === undefined ? [] : rows;
    const [first] = found;
    if (!first) return;
    yield {
      at: rule.at,
      subject: found.map((row) => row.port).join(','),
      severity: found.some((row) => runsCode.has(row.port)) ? 'critical' : 'high',
      message: `${code(rule.of.address)} lets ${anyone(rule)} reach ${ports(found)}. ${told.length > 0 ? '' : `${because(why)} `}Whoever finds it can ${first.opens}, because these servers ask for no credential by default. Allow only the security group or range of the callers, and publish the model through an authenticated load balancer or gateway.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'the Ray dashboard',
        files: terraform`
          resource "aws_security_group_rule" "dashboard" {
            type              = "ingress"
            security_group_id = aws_security_group.ray.id
            protocol          = "tcp"
            from_port         = 8265
            to_port           = 8265
            cidr_blocks       = ["0.0.0.0/0"] # <- finds
          }
        `,
      },
      {
        name: 'Ollama in an inline rule',
        files: terraform`
          resource "aws_security_group" "chat" {
            name = "chat"
            ingress {
              protocol    = "tcp"
              from_port   = 11434
              to_port     = 11434
              cidr_blocks = ["0.0.0.0/0"] # <- finds
            }
          }
        `,
      },
      {
        name: 'a shared port of something for inference',
        files: terraform`
          resource "aws_vpc_security_group_ingress_rule" "vllm_api" {
            security_group_id = "sg-0a1b2c3d"
            ip_protocol       = "tcp"
            from_port         = 8000
            to_port           = 8000
            cidr_ipv4         = "0.0.0.0/0" # <- finds
          }
        `,
      },
      {
        name: 'Google Cloud',
        files: terraform`
          resource "google_compute_firewall" "notebooks" {
            name          = "notebooks"
            network       = "default"
            source_ranges = ["0.0.0.0/0"] # <- finds
            allow {
              protocol = "tcp"
              ports    = ["22", "8888"]
            }
          }
        `,
      },
      {
        name: 'Azure',
        files: terraform`
          resource "azurerm_network_security_rule" "vectors" {
            name                        = "vectors"
            resource_group_name         = "search"
            network_security_group_name = "search"
            priority                    = 100
            direction                   = "Inbound"
            access                      = "Allow"
            protocol                    = "Tcp"
            source_port_range           = "*"
            source_address_prefix       = "Internet" # <- finds
            destination_port_range      = "6333-6334"
            destination_address_prefix  = "*"
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Serving:
              Type: AWS::EC2::SecurityGroup
              Properties:
                GroupDescription: TensorFlow Serving
                SecurityGroupIngress:
                  - IpProtocol: tcp
                    FromPort: 8500
                    ToPort: 8501
                    CidrIp: 0.0.0.0/0 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'from the application tier and from itself only',
        files: terraform`
          resource "aws_security_group" "vllm" {
            name = "vllm"
            ingress {
              protocol        = "tcp"
              from_port       = 8000
              to_port         = 8000
              security_groups = ["sg-0a1b2c3d"]
            }
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
        name: 'a rule that denies',
        files: terraform`
          resource "azurerm_network_security_rule" "deny" {
            name                        = "deny"
            resource_group_name         = "search"
            network_security_group_name = "search"
            priority                    = 4096
            direction                   = "Inbound"
            access                      = "Deny"
            protocol                    = "*"
            source_port_range           = "*"
            source_address_prefix       = "*"
            destination_port_range      = "*"
            destination_address_prefix  = "*"
          }
        `,
      },
      {
        name: 'HTTPS of a load balancer',
        files: cloudformation`
          Resources:
            Balancer:
              Type: AWS::EC2::SecurityGroup
              Properties:
                GroupDescription: inference load balancer
                SecurityGroupIngress:
                  - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
        `,
      },
      {
        name: 'a client of a model server',
        files: terraform`
          resource "aws_security_group" "chat" {
            name = "chat"
            egress {
              protocol    = "tcp"
              from_port   = 11434
              to_port     = 11434
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
          variable "callers" {
            type = list(string)
          }
          resource "aws_security_group" "ray" {
            name = "ray"
            ingress {
              protocol    = "tcp"
              from_port   = 8265
              to_port     = 8265
              cidr_blocks = var.callers
            }
          }
        `,
      },
    ],
  },
});

const anyone = ({ anyone }: OpenRule): string => `anyone (${code(anyone)})`;
const because = (why: string | undefined): string => (why === undefined ? '' : `It belongs to an AI system: ${why}.`);
const ports = (rows: readonly ServingPort[]): string => list(rows.map((row) => `port ${code(row.port)} (${row.product})`));
