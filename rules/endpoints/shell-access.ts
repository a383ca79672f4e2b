import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointConfig } from '../../src/concepts/endpoint.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/shell-access',
  title: 'Shell access into an endpoint',
  severity: 'high',
  requirements: ['R3', 'R37'],
  frameworks: { nist: ['AC-6', 'AC-17'], stride: ['elevation-of-privilege', 'tampering'] },
  why: `SSM access is a debugging aid: whoever may start a session gets a shell in the serving container. They can read the model, the requests that pass through and the role's credentials, or change what the endpoint answers, and no code review sees it.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/ssm-access.html'],
  looksAt: endpointConfig,

  *check({ resource, shells }) {
    for (const { open, variant } of shells) {
      if (!holds(open, true)) continue;
      yield {
        at: open.at,
        message: `Variant ${code(variant)} of ${code(resource.address)} lets people open a shell in the serving container, where they can read requests and the model and change its answers.`,
        fix: [open.writes(false)],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'switched on',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = aws_kms_key.endpoint.arn

            production_variants {
              variant_name           = "main"
              model_name             = aws_sagemaker_model.ranker.name
              instance_type          = "ml.m5.large"
              initial_instance_count = 2
              enable_ssm_access      = true # <- finds
            }

            data_capture_config {
              enable_capture              = true
              initial_sampling_percentage = 10
              destination_s3_uri          = "s3://acme-capture/ranker"
              kms_key_id                  = "alias/capture"

              capture_options {
                capture_mode = "Input"
              }
            }
          }
        `,
        suggests: '    enable_ssm_access      = false',
      },
      {
        name: 'a shadow of the variant',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = "alias/serving"

            production_variants {
              variant_name           = "main"
              model_name             = "ranker"
              instance_type          = "ml.m5.large"
              initial_instance_count = 2
            }

            shadow_production_variants {
              variant_name           = "next"
              model_name             = "ranker-next"
              instance_type          = "ml.m5.large"
              initial_instance_count = 2
              enable_ssm_access      = true # <- finds
            }
          }
        `,
        suggests: '    enable_ssm_access      = false',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            RankerConfig:
              Type: AWS::SageMaker::EndpointConfig
              Properties:
                ProductionVariants:
                  - VariantName: main
                    ModelName: ranker
                    InstanceType: ml.m5.large
                    InitialInstanceCount: 2
                    EnableSSMAccess: true # <- finds
        `,
        suggests: '          EnableSSMAccess: false',
      },
    ],
    good: [
      {
        name: 'not asked for',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = aws_kms_key.endpoint.arn

            production_variants {
              variant_name           = "main"
              model_name             = aws_sagemaker_model.ranker.name
              instance_type          = "ml.m5.large"
              initial_instance_count = 2
            }

            data_capture_config {
              enable_capture              = true
              initial_sampling_percentage = 10
              destination_s3_uri          = "s3://acme-capture/ranker"
              kms_key_id                  = "alias/capture"

              capture_options {
                capture_mode = "Input"
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
          variable "debug" {
            type = bool
          }

          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = aws_kms_key.endpoint.arn

            production_variants {
              variant_name           = "main"
              model_name             = aws_sagemaker_model.ranker.name
              instance_type          = "ml.m5.large"
              initial_instance_count = 2
              enable_ssm_access      = var.debug
            }

            data_capture_config {
              enable_capture              = true
              initial_sampling_percentage = 10
              destination_s3_uri          = "s3://acme-capture/ranker"
              kms_key_id                  = "alias/capture"

              capture_options {
                capture_mode = "Input"
              }
            }
          }
        `,
      },
    ],
  },
});
