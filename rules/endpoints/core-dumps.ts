import { cloudformation, defineRule, file, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointData } from '../../src/concepts/endpoint-data.ts';

export default defineRule({
  id: 'endpoints/core-dumps',
  title: 'Endpoint writes its memory to a bucket when it crashes',
  severity: 'low',
  requirements: ['R3', 'R37'],
  frameworks: { nist: ['SI-11', 'SC-4'], stride: ['information-disclosure'], owasp: ['LLM02:2025'] },
  why: `A core dump is the memory of the model server: the weights, the requests it was working on, the credentials of its role. It is a debugging aid for a crash that somebody is looking at. Left on, every crash, also one that an attacker provokes, leaves such a file in a bucket for whoever reads it.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantCoreDumpConfig.html'],
  looksAt: endpointData,

  *check({ resource, what, written }) {
    if (what !== 'memory dumps') return;
    const production = resource.environment.stage === 'prod';
    yield {
      at: written,
      severity: production ? 'medium' : 'low',
      message: `${code(resource.address)} writes the memory of its model server to a bucket whenever it crashes${production ? ', in production' : ''}: weights, requests and credentials are in it. Take it out when the crash is found.`,
      fix: [{ do: 'remove', at: written }],
    };
  },

  examples: {
    bad: [
      {
        name: 'left on',
        files: terraform`
          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

            production_variants {
              variant_name           = "blue"
              model_name             = "ranker"
              instance_type          = "ml.m5.xlarge"
              initial_instance_count = 2

              core_dump_config { # <- finds
                destination_s3_uri = "s3://acme-dumps/ranker"
                kms_key_id         = "alias/dumps"
              }
            }
          }
        `,
        suggests: '    initial_instance_count = 2',
      },
      {
        name: 'a shadow variant, in production',
        files: file('envs/prod/main.tf')`
          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

            production_variants {
              variant_name           = "blue"
              model_name             = "ranker"
              instance_type          = "ml.m5.xlarge"
              initial_instance_count = 2
            }

            shadow_production_variants {
              variant_name           = "next"
              model_name             = "ranker-next"
              instance_type          = "ml.m5.xlarge"
              initial_instance_count = 2

              core_dump_config { # <- finds
                destination_s3_uri = "s3://acme-dumps/ranker"
                kms_key_id         = "alias/dumps"
              }
            }
          }
        `,
        suggests: '    initial_instance_count = 2',
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
                    CoreDumpConfig:
                      DestinationS3Uri: s3://acme-dumps/ranker # <- finds
        `,
        suggests: '          InitialInstanceCount: 2',
      },
    ],
    good: [
      {
        name: 'answers are written, memory is not',
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
                  EnableCapture: true
                  KmsKeyId: alias/capture
                  InitialSamplingPercentage: 100
                  DestinationS3Uri: s3://acme-capture/ranker
                  CaptureOptions:
                    - CaptureMode: Input
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "dumps" {
            type = list(string)
          }

          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"

            production_variants {
              variant_name           = "blue"
              model_name             = "ranker"
              instance_type          = "ml.m5.xlarge"
              initial_instance_count = 2

              dynamic "core_dump_config" {
                for_each = var.dumps

                content {
                  destination_s3_uri = core_dump_config.value
                }
              }
            }

            data_capture_config {
              enable_capture              = true
              initial_sampling_percentage = 100
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
