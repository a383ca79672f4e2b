import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds, isMissing } from '../../src/concepts/setting.ts';
import { sharedOutput } from '../../src/concepts/studio-settings.ts';

export default defineRule({
  id: 'notebooks/shared-output',
  title: 'Shared notebooks carry their output unlocked',
  severity: 'low',
  requirements: ['R31', 'R33'],
  frameworks: { nist: ['SC-12', 'SC-28', 'AC-4'], stride: ['information-disclosure'] },
  why: `Who shares a notebook shares what its cells printed as well: rows of the training data, and keys that somebody printed to see whether they are there. It lies in a bucket, and without a key of its own everyone who may read the bucket reads it.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SharingSettings.html'],
  looksAt: sharedOutput,

  *check({ resource, shared, key }) {
    if (!holds(shared, true) || !isMissing(key)) return;
    yield {
      at: shared.at,
      message: `${code(resource.address)} shares the output of notebook cells through a bucket and names no KMS key for it: data that a cell printed is open to whoever reads the bucket. Name a key, or leave the output out.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a domain',
        files: terraform`
          resource "aws_sagemaker_domain" "studio" {
            domain_name             = "studio"
            auth_mode               = "SSO"
            vpc_id                  = "vpc-0a1b2c3d"
            subnet_ids              = ["subnet-0a1b2c3d"]
            kms_key_id              = "alias/studio"
            app_network_access_type = "VpcOnly"

            default_user_settings {
              execution_role = "arn:aws:iam::111122223333:role/studio"

              sharing_settings {
                notebook_output_option = "Allowed" # <- finds
                s3_output_path         = "s3://acme-shared"
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation: a person',
        files: cloudformation`
          Resources:
            Ada:
              Type: AWS::SageMaker::UserProfile
              Properties:
                DomainId: d-abcdefgh
                UserProfileName: ada
                UserSettings:
                  SharingSettings:
                    NotebookOutputOption: Allowed # <- finds
                    S3OutputPath: s3://acme-shared
        `,
      },
    ],
    good: [
      {
        name: 'a key, or no output',
        files: terraform`
          resource "aws_sagemaker_user_profile" "ada" {
            domain_id         = "d-abcdefgh"
            user_profile_name = "ada"

            user_settings {
              execution_role = "arn:aws:iam::111122223333:role/studio"

              sharing_settings {
                notebook_output_option = "Allowed"
                s3_kms_key_id          = "alias/shared"
                s3_output_path         = "s3://acme-shared"
              }
            }
          }

          resource "aws_sagemaker_user_profile" "bob" {
            domain_id         = "d-abcdefgh"
            user_profile_name = "bob"

            user_settings {
              execution_role = "arn:aws:iam::111122223333:role/studio"

              sharing_settings {
                notebook_output_option = "Disabled"
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
          variable "key" {
            type = string
          }

          resource "aws_sagemaker_user_profile" "ada" {
            domain_id         = "d-abcdefgh"
            user_profile_name = "ada"

            user_settings {
              execution_role = "arn:aws:iam::111122223333:role/studio"

              sharing_settings {
                notebook_output_option = "Allowed"
                s3_kms_key_id          = var.key
                s3_output_path         = "s3://acme-shared"
              }
            }
          }
        `,
      },
    ],
  },
});
