import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds } from '../../src/concepts/setting.ts';
import { studioDomain } from '../../src/concepts/studio-settings.ts';

export default defineRule({
  id: 'notebooks/docker-access',
  title: 'Studio users may run any container',
  severity: 'low',
  requirements: ['R31', 'R9'],
  frameworks: { nist: ['CM-7', 'CM-11', 'AC-6'], stride: ['elevation-of-privilege', 'tampering'], atlas: ['AML.T0010'] },
  why: `With Docker access everyone in the domain builds and runs images inside their app: from any registry that the network reaches, past whatever your own registry scans, and with the app's role. It is off unless it is asked for, and training and processing jobs don't need it.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-local.html'],
  looksAt: studioDomain,

  *check({ resource, docker }) {
    if (!holds(docker, true)) return;
    yield {
      at: docker.at,
      message: `Studio domain ${code(resource.address)} lets everyone in it build and run containers of their choice, with the role of their app. Switch it off, or keep it to those who test jobs locally.`,
      fix: [docker.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched on',
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

            domain_settings {
              docker_settings {
                enable_docker_access = "ENABLED" # <- finds
              }
            }
          }
        `,
        suggests: '      enable_docker_access = "DISABLED"',
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
                KmsKeyId: alias/studio
                AppNetworkAccessType: VpcOnly
                DefaultUserSettings:
                  ExecutionRole: arn:aws:iam::111122223333:role/studio
                DomainSettings:
                  DockerSettings:
                    EnableDockerAccess: ENABLED # <- finds
        `,
        suggests: '          EnableDockerAccess: DISABLED',
      },
    ],
    good: [
      {
        name: 'off, and not said',
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

            domain_settings {
              docker_settings {
                enable_docker_access = "DISABLED"
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
          variable "docker" {
            type = string
          }

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

            domain_settings {
              docker_settings {
                enable_docker_access = var.docker
              }
            }
          }
        `,
      },
    ],
  },
});
