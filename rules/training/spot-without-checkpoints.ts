import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { isMissing } from '../../src/concepts/setting.ts';
import { spotJob } from '../../src/concepts/training-people.ts';

export default defineRule({
  id: 'training/spot-without-checkpoints',
  title: 'Training on spot instances keeps no checkpoints',
  severity: 'low',
  requirements: ['R6', 'R39'],
  frameworks: { nist: ['CP-9', 'CP-10'], stride: ['denial-of-service'] },
  why: `Spot instances are taken away with two minutes' notice. SageMaker starts the job again, and without checkpoints from the beginning: what was paid for is lost, and a long job may never come to its end.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/model-managed-spot-training.html'],
  looksAt: spotJob,

  *check({ resource, spot, checkpoints }) {
    if (spot.is !== 'known' || spot.value !== true || !isMissing(checkpoints)) return;
    yield {
      at: spot,
      message: `Training job ${code(resource.address)} runs on spot instances and names no place for checkpoints: whenever an instance is taken away it starts from the beginning. Add a ${code('checkpoint_config')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'none',
        files: terraform`
          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name            = "ranker"
            role_arn                     = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation     = true
            enable_managed_spot_training = true # <- finds

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/ranker"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'checkpoints, or machines that stay',
        files: terraform`
          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name            = "ranker"
            role_arn                     = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation     = true
            enable_managed_spot_training = true

            checkpoint_config {
              s3_uri = "s3://acme-checkpoints/ranker"
            }

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/ranker"
            }
          }

          resource "aws_sagemaker_training_job" "scorer" {
            training_job_name            = "scorer"
            role_arn                     = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation     = true
            enable_managed_spot_training = false

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/scorer"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "spot" {
            type = bool
          }

          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name            = "ranker"
            role_arn                     = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation     = true
            enable_managed_spot_training = var.spot

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/ranker"
            }
          }
        `,
      },
    ],
  },
});
