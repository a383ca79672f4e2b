import { cloudformation, defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { studio } from '../../src/concepts/studio.ts';

export default defineRule({
  id: 'notebooks/studio-public-internet',
  title: 'Studio traffic bypasses the VPC',
  severity: 'high',
  requirements: ['R31', 'R32', 'R33'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure'] },
  why: `In the mode PublicInternetOnly, which is also the default, Studio apps reach the internet through a network that AWS manages. Only traffic to the home file system goes through your VPC. So the subnets and security groups in the same resource look like a fence but hold nothing back: anyone with a notebook can move data out unseen.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html'],
  looksAt: studio,

  *check({ resource, publicInternet }) {
    if (publicInternet.is !== 'known' || !publicInternet.value) return;
    const cause = publicInternet.written ? 'is set to `PublicInternetOnly`' : 'is left on `PublicInternetOnly`, the default';
    yield {
      at: publicInternet.at,
      message: `Studio domain ${code(resource.address)} ${cause}: its notebooks reach the internet around the VPC, and its security groups don't apply to that traffic. ${code('VpcOnly')} keeps it inside (the VPC then needs a NAT gateway or endpoints for SageMaker and S3).`,
      fix: [publicInternet.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'set to the internet',
        files: terraform`
          resource "aws_sagemaker_domain" "studio" {
            domain_name             = "studio"
            auth_mode               = "SSO"
            vpc_id                  = aws_vpc.main.id
            subnet_ids              = [aws_subnet.private.id]
            app_network_access_type = "PublicInternetOnly" # <- finds

            default_user_settings {
              execution_role = aws_iam_role.studio.arn
            }
          }
        `,
        suggests: '  app_network_access_type = "VpcOnly"',
      },
      {
        name: 'an automatically loaded tfvars file sets it',
        files: {
          ...terraform`
            variable "network" {
              type    = string
              default = "VpcOnly"
            }

            resource "aws_sagemaker_domain" "studio" {
              domain_name             = "studio"
              auth_mode               = "SSO"
              vpc_id                  = aws_vpc.main.id
              subnet_ids              = [aws_subnet.private.id]
              app_network_access_type = var.network

              default_user_settings {
                execution_role = aws_iam_role.studio.arn
              }
            }
          `,
          ...file('default.auto.tfvars')`
            network = "PublicInternetOnly" # <- finds
          `,
        },
        suggests: 'network = "VpcOnly"',
      },
      {
        name: 'handed to a module from elsewhere',
        files: terraform`
          module "sagemaker" {
            source  = "acme/sagemaker/aws"
            version = "1.2.3"

            studio = {
              app_network_access_type = "PublicInternetOnly" # <- finds
            }
          }
        `,
        suggests: '    app_network_access_type = "VpcOnly"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Studio:
              Type: AWS::SageMaker::Domain
              Properties:
                DomainName: studio
                AuthMode: SSO
                VpcId: vpc-0a1b2c3d
                SubnetIds: [subnet-0a1b2c3d]
                AppNetworkAccessType: PublicInternetOnly # <- finds
                DefaultUserSettings:
                  ExecutionRole: arn:aws:iam::111122223333:role/studio
        `,
        suggests: '      AppNetworkAccessType: VpcOnly',
      },
    ],
    good: [
      {
        name: 'inside the VPC',
        files: terraform`
          resource "aws_sagemaker_domain" "studio" {
            domain_name             = "studio"
            auth_mode               = "SSO"
            vpc_id                  = aws_vpc.main.id
            subnet_ids              = [aws_subnet.private.id]
            kms_key_id              = aws_kms_key.studio.arn
            app_network_access_type = "VpcOnly"

            default_user_settings {
              execution_role = aws_iam_role.studio.arn
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'a variable without a value',
        files: terraform`
          variable "network" {
            type = string
          }

          resource "aws_sagemaker_domain" "studio" {
            domain_name             = "studio"
            auth_mode               = "SSO"
            vpc_id                  = aws_vpc.main.id
            subnet_ids              = [aws_subnet.private.id]
            kms_key_id              = aws_kms_key.studio.arn
            app_network_access_type = var.network

            default_user_settings {
              execution_role = aws_iam_role.studio.arn
            }
          }
        `,
      },
    ],
  },
});
