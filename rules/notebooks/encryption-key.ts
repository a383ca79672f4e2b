import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { notebookDisk } from '../../src/concepts/notebook.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'notebooks/encryption-key',
  title: 'Notebook volume has no key of its own',
  severity: 'low',
  requirements: ['R31', 'R33'],
  frameworks: { nist: ['SC-12', 'SC-28'], stride: ['information-disclosure'] },
  why: `The volume of a notebook instance ends up with copies of training data and of credentials. With a key of your own you decide who can decrypt it, see every use in CloudTrail, and can shut the data off by disabling the key; with the default key you can do none of that. The key can't be changed afterwards: the instance has to be made anew.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html'],
  looksAt: notebookDisk,

  *check({ resource, noun, key }) {
    if (!isMissing(key)) return;
    yield {
      at: key,
      message: `${noun} ${code(resource.address)} keeps its data under a key of AWS's own, because it names no KMS key. You can't limit or audit who decrypts it, and a key can't be added later.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a Studio domain',
        files: terraform`
          resource "aws_sagemaker_domain" "studio" { # <- finds
            domain_name             = "studio"
            auth_mode               = "SSO"
            vpc_id                  = "vpc-0a1b2c3d"
            subnet_ids              = ["subnet-0a1b2c3d"]
            app_network_access_type = "VpcOnly"

            default_user_settings {
              execution_role = "arn:aws:iam::111122223333:role/studio"
            }
          }
        `,
      },
      {
        name: 'CloudFormation: a Studio domain',
        files: cloudformation`
          Resources:
            Studio:
              Type: AWS::SageMaker::Domain
              Properties:
                DomainName: studio # <- finds
                AuthMode: SSO
                AppNetworkAccessType: VpcOnly
                DefaultUserSettings:
                  ExecutionRole: arn:aws:iam::111122223333:role/studio
        `,
      },
      {
        name: 'no key',
        files: terraform`
          resource "aws_sagemaker_notebook_instance" "research" { # <- finds
            name          = "research"
            role_arn      = aws_iam_role.notebook.arn
            instance_type = "ml.t3.medium"
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium # <- finds
                RoleArn: arn:aws:iam::111122223333:role/notebook
        `,
      },
    ],
    good: [
      {
        name: 'a Studio domain with a key',
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
            }
          }
        `,
      },
      {
        name: 'a customer key',
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
        name: 'the caller brings the key',
        files: terraform`
          variable "key" {
            type = string
          }

          resource "aws_sagemaker_notebook_instance" "research" {
            name                   = "research"
            role_arn               = aws_iam_role.notebook.arn
            instance_type          = "ml.t3.medium"
            subnet_id              = aws_subnet.private.id
            kms_key_id             = var.key
            root_access            = "Disabled"
            direct_internet_access = "Disabled"

            instance_metadata_service_configuration {
              minimum_instance_metadata_service_version = "2"
            }
          }
        `,
      },
    ],
  },
});
