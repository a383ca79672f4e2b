import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointConfig } from '../../src/concepts/endpoint.ts';

export default defineRule({
  id: 'endpoints/data-capture',
  title: 'Endpoint records none of its requests',
  severity: 'low',
  requirements: ['R22', 'R41', 'R45'],
  frameworks: { nist: ['AU-2', 'AU-12'], stride: ['repudiation'] },
  why: `Without data capture there is no record of what was asked of a model and what it answered. Attempts to extract the model, abuse and drift then leave nothing to look at afterwards, and SageMaker Model Monitor has nothing to work on. Captured requests may be personal data: encrypt them and let them expire.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture.html'],
  looksAt: endpointConfig,

  *check({ resource, capture, variants, answersIn }) {
    if (capture.is !== 'known' || capture.value) return;
    // Serverless variants can't capture, and what is asked asynchronously lies in buckets with its answers.
    if (variants.some(({ serverless }) => serverless.is !== 'absent') || answersIn.is !== 'absent') return;
    const state = capture.written ? 'turns data capture off' : 'captures no requests';
    yield {
      at: capture.at,
      message: `Endpoint configuration ${code(resource.address)} ${state}: abuse of the model or a change in its inputs can't be traced later.`,
      ...(capture.written ? { fix: [capture.writes(true)] } : {}),
    };
  },

  examples: {
    bad: [
      {
        name: 'no capture',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "ranker" { # <- finds
            name        = "ranker"
            kms_key_arn = aws_kms_key.endpoint.arn

            production_variants {
              variant_name           = "main"
              model_name             = aws_sagemaker_model.ranker.name
              instance_type          = "ml.m5.large"
              initial_instance_count = 2
            }
          }
        `,
      },
      {
        name: 'turned off',
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
              enable_capture              = false # <- finds
              initial_sampling_percentage = 10
              destination_s3_uri          = "s3://acme-capture/ranker"
              kms_key_id                  = "alias/capture"

              capture_options {
                capture_mode = "Input"
              }
            }
          }
        `,
        suggests: '    enable_capture              = true',
      },
    ],
    good: [
      {
        name: 'serverless, which has no capture, and asynchronous, which leaves both in buckets',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "small" {
            name = "small"

            production_variants {
              variant_name = "main"
              model_name   = "ranker"

              serverless_config {
                max_concurrency   = 5
                memory_size_in_mb = 2048
              }
            }
          }

          resource "aws_sagemaker_endpoint_configuration" "slow" {
            name        = "slow"
            kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

            production_variants {
              variant_name           = "main"
              model_name             = "ranker"
              instance_type          = "ml.m5.large"
              initial_instance_count = 2
            }

            async_inference_config {
              output_config {
                s3_output_path = "s3://acme-answers/ranker"
                kms_key_id     = "alias/answers"
              }
            }
          }
        `,
      },
      {
        name: 'captured',
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
          variable "capture" {
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
            }

            data_capture_config {
              enable_capture              = var.capture
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
