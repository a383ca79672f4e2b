import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds } from '../../src/concepts/setting.ts';
import { studioImage } from '../../src/concepts/studio-image.ts';

export default defineRule({
  id: 'notebooks/root-image',
  title: 'Image for Studio runs as root',
  severity: 'low',
  requirements: ['R31', 'R9'],
  frameworks: { nist: ['AC-6', 'CM-11'], stride: ['elevation-of-privilege'] },
  why: `As user 0 every cell and every package that it loads may change the whole image: its certificates, its tools, what watches over it. Studio's own images run as user 1000, and people install what they need in their home.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_FileSystemConfig.html'],
  looksAt: studioImage,

  *check({ resource, user, group }) {
    if (!holds(user, 0)) return;
    yield {
      at: user.at,
      message: `${code(resource.address)} runs its image as root, so any cell or package can change the whole container. ${code('1000')} is Studio’s own user.`,
      // SageMaker takes users and groups in pairs: 0 and 0, or 1000 and 100.
      fix: [user.writes(1000), ...(holds(group, 0) ? [group.writes(100)] : [])],
    };
  },

  examples: {
    bad: [
      {
        name: 'user and group',
        files: terraform`
          resource "aws_sagemaker_app_image_config" "torch" {
            app_image_config_name = "torch"

            jupyter_lab_image_config {
              file_system_config {
                default_uid = 0 # <- finds
                default_gid = 0
              }
            }
          }
        `,
        suggests: '      default_uid = 1000\n      default_gid = 100',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Torch:
              Type: AWS::SageMaker::AppImageConfig
              Properties:
                AppImageConfigName: torch
                KernelGatewayImageConfig:
                  KernelSpecs:
                    - Name: python3
                  FileSystemConfig:
                    DefaultUid: 0 # <- finds
                    MountPath: /home/sagemaker-user
        `,
        suggests: '          DefaultUid: 1000',
      },
    ],
    good: [
      {
        name: 'Studio’s own user, and not said',
        files: terraform`
          resource "aws_sagemaker_app_image_config" "torch" {
            app_image_config_name = "torch"

            kernel_gateway_image_config {
              kernel_spec {
                name = "python3"
              }

              file_system_config {
                default_uid = 1000
                default_gid = 100
              }
            }
          }

          resource "aws_sagemaker_app_image_config" "plain" {
            app_image_config_name = "plain"

            code_editor_app_image_config {
              file_system_config {}
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "user" {
            type = number
          }

          resource "aws_sagemaker_app_image_config" "torch" {
            app_image_config_name = "torch"

            jupyter_lab_image_config {
              file_system_config {
                default_uid = var.user
              }
            }
          }
        `,
      },
    ],
  },
});
