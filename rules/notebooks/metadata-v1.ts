import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { notebook } from '../../src/concepts/notebook.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'notebooks/metadata-v1',
  title: 'Notebook answers to the old metadata service',
  severity: 'low',
  requirements: ['R31'],
  frameworks: { nist: ['AC-6', 'SC-7'], stride: ['information-disclosure', 'elevation-of-privilege'] },
  why: `Version 1 of the instance metadata service hands out the notebook role's credentials to a plain GET request. A library that can be talked into fetching a URL is enough to steal them. Version 2 wants a session token first, which such a request can't get; it is not the default.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-imds-pt.html'],
  looksAt: notebook,

  *check({ resource, metadataVersion }) {
    if (!holds(metadataVersion, '1')) return;
    yield {
      at: metadataVersion.at,
      message: `Notebook ${code(resource.address)} still answers to version 1 of the metadata service, so one forged request from inside it can read the role's credentials.`,
      fix: [metadataVersion.writes('2')],
    };
  },

  examples: {
    bad: [
      {
        name: 'version 1 is named',
        files: terraform`
          resource "aws_sagemaker_notebook_instance" "research" {
            name          = "research"
            role_arn      = aws_iam_role.notebook.arn
            instance_type = "ml.t3.medium"

            instance_metadata_service_configuration {
              minimum_instance_metadata_service_version = "1" # <- finds
            }
          }
        `,
        suggests: '    minimum_instance_metadata_service_version = "2"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium
                RoleArn: arn:aws:iam::111122223333:role/notebook
                RootAccess: Disabled
                InstanceMetadataServiceConfiguration:
                  MinimumInstanceMetadataServiceVersion: "1" # <- finds
        `,
        suggests: '        MinimumInstanceMetadataServiceVersion: "2"',
      },
    ],
    good: [
      {
        name: 'version 2',
        files: terraform`
          resource "aws_sagemaker_notebook_instance" "research" {
            name                   = "research"
            role_arn               = aws_iam_role.notebook.arn
            instance_type          = "ml.t3.medium"
            subnet_id              = aws_subnet.private.id
            security_groups        = [aws_security_group.notebook.id]
            kms_key_id             = aws_kms_key.notebook.arn
            root_access            = "Disabled"
            direct_internet_access = "Disabled"

            instance_metadata_service_configuration {
              minimum_instance_metadata_service_version = "2"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "metadata_version" {
            type = string
          }

          resource "aws_sagemaker_notebook_instance" "research" {
            name                   = "research"
            role_arn               = aws_iam_role.notebook.arn
            instance_type          = "ml.t3.medium"
            subnet_id              = aws_subnet.private.id
            kms_key_id             = aws_kms_key.notebook.arn
            root_access            = "Disabled"
            direct_internet_access = "Disabled"

            instance_metadata_service_configuration {
              minimum_instance_metadata_service_version = var.metadata_version
            }
          }
        `,
      },
    ],
  },
});
