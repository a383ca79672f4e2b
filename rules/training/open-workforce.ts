import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { textsOf } from '../../src/concepts/setting.ts';
import { workforce } from '../../src/concepts/training-cluster.ts';

export default defineRule({
  id: 'training/open-workforce',
  title: 'Labelling portal is open to every address',
  severity: 'medium',
  requirements: ['R6', 'R41'],
  frameworks: { nist: ['AC-17', 'SC-7'], stride: ['spoofing', 'tampering'], atlas: ['AML.T0020'], owasp: ['ML02:2023'] },
  why: `Whoever signs in to the portal sees the data that is to be labelled and writes the labels that the model learns from. The list of addresses is there so that a stolen password is not enough. With every address on it, it is.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SourceIpConfig.html'],
  looksAt: workforce,

  *check({ resource, ranges }) {
    const open = textsOf(ranges).texts.find((range) => everyone.test(range));
    if (open === undefined) return;
    yield {
      at: ranges,
      message: `Workforce ${code(resource.address)} may sign in from ${code(open)}, which is everywhere: a stolen password is enough to see the data and to poison the labels. List the ranges that people work from.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'everywhere',
        files: terraform`
          resource "aws_sagemaker_workforce" "labels" {
            workforce_name = "labels"

            cognito_config {
              client_id = "abcdefgh"
              user_pool = "eu-west-1_abcdefgh"
            }

            source_ip_config {
              cidrs = ["203.0.113.0/24", "0.0.0.0/0"] # <- finds
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Labels:
              Type: AWS::SageMaker::Workforce
              Properties:
                WorkforceName: labels
                SourceIpConfig:
                  Cidrs: ["0.0.0.0/0"] # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'the office',
        files: terraform`
          resource "aws_sagemaker_workforce" "labels" {
            workforce_name = "labels"

            cognito_config {
              client_id = "abcdefgh"
              user_pool = "eu-west-1_abcdefgh"
            }

            source_ip_config {
              cidrs = ["203.0.113.0/24"]
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "ranges" {
            type = list(string)
          }

          resource "aws_sagemaker_workforce" "labels" {
            workforce_name = "labels"

            cognito_config {
              client_id = "abcdefgh"
              user_pool = "eu-west-1_abcdefgh"
            }

            source_ip_config {
              cidrs = var.ranges
            }
          }
        `,
      },
    ],
  },
});

/** IPv4 and IPv6, also in two halves. */
const everyone = /^(?:0\.0\.0\.0\/[01]|128\.0\.0\.0\/1|::\/0)$/;
