import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointConfig, localStorage } from '../../src/concepts/endpoint.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/encryption-key',
  title: 'Endpoint disks have no key of their own',
  severity: 'low',
  requirements: ['R37', 'R45'],
  frameworks: { nist: ['SC-12', 'SC-28'], stride: ['information-disclosure'] },
  why: `The disks of an endpoint's instances hold the model and whatever requests the container writes down. A KMS key of your own lets you decide who can decrypt them, audit it, and cut access off. The configuration of an endpoint can't be changed in place, so it is cheapest to name the key now.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html'],
  looksAt: endpointConfig,

  *check({ resource, key, variants }) {
    if (!isMissing(key)) return;
    // Serverless variants and instances with local disks don't take a key: SageMaker refuses the configuration.
    const takesKey = variants.every(
      (v) => isMissing(v.serverless) && v.instanceType.is === 'known' && !localStorage.test(v.instanceType.value),
    );
    if (variants.length === 0 || !takesKey) return;
    yield {
      at: key,
      message: `Endpoint configuration ${code(resource.address)} names no KMS key, so the disks with the model and request data are under a key you don't control, and can't take away from anyone. Name a key of your own.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'no key',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "ranker" { # <- finds
            name = "ranker"

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
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            RankerConfig:
              Type: AWS::SageMaker::EndpointConfig
              Properties:
                ProductionVariants: # <- finds
                  - VariantName: main
                    ModelName: ranker
                    InstanceType: ml.m5.large
                    InitialInstanceCount: 2
        `,
      },
    ],
    good: [
      {
        name: 'a key; no servers; no variants',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "keyed" {
            name        = "keyed"
            kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

            production_variants {
              variant_name           = "main"
              model_name             = "ranker"
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

          resource "aws_sagemaker_endpoint_configuration" "serverless" {
            name = "serverless"

            production_variants {
              variant_name  = "main"
              model_name    = "ranker"
              instance_type = "ml.m5.large"

              serverless_config {
                max_concurrency   = 5
                memory_size_in_mb = 2048
              }
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
      {
        name: 'local disks take no key',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "llm" {
            name = "llm"

            production_variants {
              variant_name           = "main"
              model_name             = aws_sagemaker_model.llm.name
              instance_type          = "ml.g5.2xlarge"
              initial_instance_count = 2
            }

            data_capture_config {
              enable_capture              = true
              initial_sampling_percentage = 10
              destination_s3_uri          = "s3://acme-capture/llm"
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
        name: 'key and instance type come from the caller',
        files: terraform`
          variable "key" {
            type = string
          }

          variable "instance_type" {
            type = string
          }

          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = var.key

            production_variants {
              variant_name           = "main"
              model_name             = aws_sagemaker_model.ranker.name
              instance_type          = var.instance_type
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
      {
        name: 'variants from another file',
        files: cloudformation`
          Resources:
            RankerConfig:
              Type: AWS::SageMaker::EndpointConfig
              Properties:
                ProductionVariants:
                  Fn::Transform:
                    Name: AWS::Include
                    Parameters: { Location: s3://acme-templates/variants.yaml }
                DataCaptureConfig:
                  EnableCapture: true
                  InitialSamplingPercentage: 10
                  DestinationS3Uri: s3://acme-capture/ranker
                  KmsKeyId: alias/capture
                  CaptureOptions: [{ CaptureMode: Input }]
        `,
      },
    ],
  },
});
