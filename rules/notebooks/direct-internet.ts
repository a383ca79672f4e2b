import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { notebook } from '../../src/concepts/notebook.ts';
import { holds, isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'notebooks/direct-internet',
  title: 'Notebook instance talks to the internet directly',
  severity: 'high',
  requirements: ['R31', 'R33', 'R45'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure'] },
  why: `SageMaker gives a notebook its own way to the internet unless it is told not to, and leaving the setting out means Enabled. That way goes around your VPC: no security group, no proxy, no flow log sees it. Whoever runs code in the notebook, or gets a poisoned package into it, can send training data and role credentials anywhere.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html'],
  looksAt: notebook,

  *check({ resource, internet, subnet }) {
    if (!holds(internet, true) || internet.is !== 'known') return;
    const cause = internet.written ? '' : ' because nothing switches it off (the default is `Enabled`)';
    // Without a subnet SageMaker refuses "Disabled", so the switch alone would not be a fix.
    const outside = isMissing(subnet);
    const remedy = outside ? ' To switch it off, give the notebook a subnet and security groups as well.' : '';
    yield {
      at: internet.at,
      message: `Notebook ${code(resource.address)} has direct internet access${cause}. Its traffic goes around the VPC, so nothing there can stop or see data leaving.${remedy}`,
      ...(outside ? {} : { fix: [internet.writes(false)] }),
    };
  },

  examples: {
    bad: [
      {
        name: 'switched on',
        files: terraform`
          resource "aws_sagemaker_notebook_instance" "research" {
            name                   = "research"
            role_arn               = aws_iam_role.notebook.arn
            instance_type          = "ml.t3.medium"
            subnet_id              = aws_subnet.private.id
            root_access            = "Disabled"
            direct_internet_access = "Enabled" # <- finds

            instance_metadata_service_configuration {
              minimum_instance_metadata_service_version = "2"
            }
          }
        `,
        suggests: '  direct_internet_access = "Disabled"',
      },
      {
        name: 'left out, which means on; no subnet to fall back on',
        files: terraform`
          resource "aws_sagemaker_notebook_instance" "research" { # <- finds
            name          = "research"
            role_arn      = aws_iam_role.notebook.arn
            instance_type = "ml.t3.medium"
          }
        `,
      },
      {
        name: 'CloudFormation, through a parameter default',
        files: cloudformation`
          Parameters:
            Internet:
              Type: String
              Default: Enabled # <- finds
          Resources:
            Research:
              Type: AWS::SageMaker::NotebookInstance
              Properties:
                InstanceType: ml.t3.medium
                RoleArn: arn:aws:iam::111122223333:role/notebook
                DirectInternetAccess: !Ref Internet
        `,
      },
    ],
    good: [
      {
        name: 'switched off',
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
          variable "internet" {
            type = string
          }

          variable "subnet" {
            type = string
          }

          variable "key" {
            type = string
          }

          resource "aws_sagemaker_notebook_instance" "research" {
            name                   = "research"
            role_arn               = aws_iam_role.notebook.arn
            instance_type          = "ml.t3.medium"
            subnet_id              = var.subnet
            kms_key_id             = var.key
            root_access            = "Disabled"
            direct_internet_access = var.internet

            instance_metadata_service_configuration {
              minimum_instance_metadata_service_version = "2"
            }
          }
        `,
      },
    ],
  },
});
