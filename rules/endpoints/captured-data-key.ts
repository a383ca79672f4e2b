import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointData } from '../../src/concepts/endpoint-data.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/captured-data-key',
  title: 'What an endpoint writes down has no key of its own',
  severity: 'low',
  requirements: ['R22', 'R37', 'R45'],
  frameworks: { nist: ['SC-12', 'SC-28'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `Captured requests and the answers of asynchronous calls are what people asked and got, in plain files in a bucket. Under the bucket's default key everyone who may read the bucket reads them. A key of its own is a second lock: it lets you say who may decrypt, see it, and shut it off.`,
  links: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataCaptureConfig.html',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceOutputConfig.html',
  ],
  looksAt: endpointData,

  *check({ resource, what, written, key }) {
    // That memory is dumped at all has a rule of its own.
    if (what === 'memory dumps' || !isMissing(key)) return;
    yield {
      at: written,
      subject: what,
      message: `${code(resource.address)} writes ${what} to a bucket and names no KMS key for them: whoever may read the bucket reads what ${what === 'answers' ? 'the model answered' : 'people asked'}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'captured requests and asynchronous answers',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

            production_variants {
              variant_name           = "blue"
              model_name             = "ranker"
              instance_type          = "ml.m5.xlarge"
              initial_instance_count = 2

              core_dump_config {
                destination_s3_uri = "s3://acme-dumps/ranker"
              }
            }

            data_capture_config { # <- finds
              enable_capture              = true
              initial_sampling_percentage = 100
              destination_s3_uri          = "s3://acme-capture/ranker"

              capture_options {
                capture_mode = "Input"
              }
            }

            async_inference_config {
              output_config { # <- finds
                s3_output_path = "s3://acme-answers/ranker"
              }
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Config:
              Type: AWS::SageMaker::EndpointConfig
              Properties:
                KmsKeyId: alias/serving
                ProductionVariants:
                  - VariantName: blue
                    ModelName: ranker
                    InstanceType: ml.m5.xlarge
                    InitialInstanceCount: 2
                DataCaptureConfig:
                  EnableCapture: true # <- finds
                  InitialSamplingPercentage: 100
                  DestinationS3Uri: s3://acme-capture/ranker
                  CaptureOptions:
                    - CaptureMode: Input
                AsyncInferenceConfig:
                  OutputConfig:
                    S3OutputPath: s3://acme-answers/ranker # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a key',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

            production_variants {
              variant_name           = "blue"
              model_name             = "ranker"
              instance_type          = "ml.m5.xlarge"
              initial_instance_count = 2
            }

            data_capture_config {
              enable_capture              = true
              initial_sampling_percentage = 100
              destination_s3_uri          = "s3://acme-capture/ranker"
              kms_key_id                  = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

              capture_options {
                capture_mode = "Input"
              }
            }

            async_inference_config {
              output_config {
                s3_output_path = "s3://acme-answers/ranker"
                kms_key_id     = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
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

          variable "capture" {
            type = bool
          }

          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

            production_variants {
              variant_name           = "blue"
              model_name             = "ranker"
              instance_type          = "ml.m5.xlarge"
              initial_instance_count = 2
            }

            data_capture_config {
              enable_capture              = var.capture
              initial_sampling_percentage = 100
              destination_s3_uri          = "s3://acme-capture/ranker"

              capture_options {
                capture_mode = "Input"
              }
            }

            async_inference_config {
              output_config {
                s3_output_path = "s3://acme-answers/ranker"
                kms_key_id     = var.key
              }
            }
          }
        `,
      },
    ],
  },
});
