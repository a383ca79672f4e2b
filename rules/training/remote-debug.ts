import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { holds } from '../../src/concepts/setting.ts';
import { debuggedJob } from '../../src/concepts/training-cluster.ts';

export default defineRule({
  id: 'training/remote-debug',
  title: 'Shell access into a training job',
  severity: 'medium',
  requirements: ['R6', 'R9'],
  frameworks: { nist: ['AC-6', 'AC-17'], stride: ['elevation-of-privilege', 'tampering'], atlas: ['AML.T0020'] },
  why: `Remote debugging opens a shell in the training container for whoever may start a session. They see the training data and the role's credentials, and can change the data or the weights while the job runs; the model that comes out carries no trace of it.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/train-remote-debugging.html'],
  looksAt: debuggedJob,

  *check({ resource, shell }) {
    if (!holds(shell, true)) return;
    yield {
      at: shell.at,
      message: `Training job ${code(resource.address)} lets people open a shell in its container, where they can read the training data and change what the model learns.`,
      fix: [shell.writes(false)],
    };
  },

  examples: {
    bad: [
      {
        name: 'left on',
        files: terraform`
          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name        = "ranker"
            role_arn                 = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation = true

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/ranker"
            }

            remote_debug_config {
              enable_remote_debug = true # <- finds
            }
          }
        `,
        suggests: '    enable_remote_debug = false',
      },
    ],
    good: [
      {
        name: 'off, and not said',
        files: terraform`
          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name        = "ranker"
            role_arn                 = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation = true

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/ranker"
            }

            remote_debug_config {
              enable_remote_debug = false
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

          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name        = "ranker"
            role_arn                 = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation = true

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/ranker"
            }

            remote_debug_config {
              enable_remote_debug = var.debug
            }
          }
        `,
      },
    ],
  },
});
