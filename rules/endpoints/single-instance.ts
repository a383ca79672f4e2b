import { defineRule, file } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { endpointConfig } from '../../src/concepts/endpoint.ts';
import { isMissing } from '../../src/concepts/setting.ts';
import type { Resource } from '../../src/model/resource.ts';

export default defineRule({
  id: 'endpoints/single-instance',
  title: 'Production endpoint runs on one instance',
  severity: 'medium',
  requirements: ['R3', 'R32', 'R39'],
  frameworks: { nist: ['CP-10', 'SC-5'], stride: ['denial-of-service'] },
  why: `SageMaker spreads an endpoint over availability zones only when it has at least two instances. With one, a failed instance, a zone outage or one heavy client takes the model away from everyone until a new one has started, which for large models is minutes.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-best-practices.html'],
  looksAt: endpointConfig,

  *check({ resource, variants }, world) {
    if (resource.environment.stage !== 'prod') return;
    for (const { name, instances, scaledFrom, serverless } of variants) {
      const few = instances.is === 'known' && instances.value < 2;
      const scaledOut = scaledFrom.is === 'known' ? scaledFrom.value >= 2 : !isMissing(scaledFrom.at);
      if (!few || scaledOut || !isMissing(serverless) || isScaled(world.resources)) continue;
      yield {
        at: instances.at,
        message: `Variant ${code(name)} of ${code(resource.address)} starts with one instance in production and nothing here scales it out: when that instance fails, the model is gone until a new one is up.`,
        fix: [instances.writes(2)],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'one instance in a production directory',
        files: file('envs/prod/main.tf')`
          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = aws_kms_key.endpoint.arn

            production_variants {
              variant_name           = "main"
              model_name             = aws_sagemaker_model.ranker.name
              instance_type          = "ml.m5.large"
              initial_instance_count = 1 # <- finds
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
        suggests: '    initial_instance_count = 2',
      },
    ],
    good: [
      {
        name: 'two instances',
        files: file('envs/prod/main.tf')`
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
      {
        name: 'one is enough for development',
        files: file('envs/dev/main.tf')`
          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = aws_kms_key.endpoint.arn

            production_variants {
              variant_name           = "main"
              model_name             = aws_sagemaker_model.ranker.name
              instance_type          = "ml.m5.large"
              initial_instance_count = 1
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
        name: 'the number comes from the caller',
        files: file('envs/prod/main.tf')`
          variable "instances" {
            type = number
          }

          resource "aws_sagemaker_endpoint_configuration" "ranker" {
            name        = "ranker"
            kms_key_arn = aws_kms_key.endpoint.arn

            production_variants {
              variant_name           = "main"
              model_name             = aws_sagemaker_model.ranker.name
              instance_type          = "ml.m5.large"
              initial_instance_count = var.instances
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

/** Whether autoscaling for SageMaker variants is configured beside it; which variant it is for is text that is often computed. */
const isScaled = (resources: readonly Resource[]): boolean =>
  resources.some((r) => {
    const service = r.type === 'aws_appautoscaling_target' ? r.attr('service_namespace') : r.attr('Properties', 'ServiceNamespace');
    return service.is === 'known' && service.value === 'sagemaker';
  });
