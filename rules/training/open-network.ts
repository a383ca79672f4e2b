import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { isMissing } from '../../src/concepts/setting.ts';
import { trainingJob } from '../../src/concepts/training-job.ts';

export default defineRule({
  id: 'training/open-network',
  title: 'Job reads data with an open way to the internet',
  severity: 'medium',
  requirements: ['R6', 'R29', 'R45'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure', 'tampering'], atlas: ['AML.T0010'] },
  why: `Unless it is told otherwise, a job's container reaches the whole internet through a network that AWS manages. One poisoned package then sends the training data and the role's credentials away, and no security group or flow log of yours sees it. With network isolation SageMaker brings data in and results out, and the container itself has no network; in a VPC your own rules hold.`,
  links: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/train-vpc.html',
  ],
  looksAt: trainingJob,

  *check({ resource, noun, isolation, vpc }) {
    // In a VPC security groups decide; one that is written there is taken at its word.
    if (isolation.is !== 'known' || isolation.value || !isMissing(vpc)) return;
    yield {
      at: isolation.at,
      severity: isolation.written ? 'medium' : 'low',
      message: `${noun} ${code(resource.address)} runs ${isolation.written ? 'with network isolation switched off' : 'without network isolation, the default,'} and in no VPC: its container can send the data that it reads anywhere, and nothing of yours sees it.`,
      fix: [isolation.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'a check of data quality',
        files: terraform`
          resource "aws_sagemaker_data_quality_job_definition" "drift" {
            name     = "drift"
            role_arn = "arn:aws:iam::111122223333:role/monitor"

            data_quality_app_specification {
              image_uri = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/monitor:1.4.2"
            }

            data_quality_job_input {
              endpoint_input {
                endpoint_name = "ranker"
              }
            }

            data_quality_job_output_config {
              kms_key_id = "alias/monitor"

              monitoring_outputs {
                s3_output {
                  s3_uri = "s3://acme-monitor/drift"
                }
              }
            }

            job_resources {
              cluster_config {
                instance_count    = 1
                instance_type     = "ml.m5.large"
                volume_size_in_gb = 20
                volume_kms_key_id = "alias/monitor"
              }
            }

            network_config {
              enable_network_isolation = false # <- finds
            }
          }
        `,
        suggests: '    enable_network_isolation = true',
      },
      {
        name: 'a training job that says nothing',
        files: terraform`
          resource "aws_sagemaker_training_job" "ranker" { # <- finds
            training_job_name = "ranker"
            role_arn          = "arn:aws:iam::111122223333:role/training"

            output_data_config {
              s3_output_path = "s3://acme-models/ranker"
            }
          }
        `,
        suggests:
          '  training_job_name        = "ranker"\n  role_arn                 = "arn:aws:iam::111122223333:role/training"\n  enable_network_isolation = true',
      },
      {
        name: 'CloudFormation: processing',
        files: cloudformation`
          Resources:
            Prepare:
              Type: AWS::SageMaker::ProcessingJob
              Properties:
                RoleArn: arn:aws:iam::111122223333:role/processing
                AppSpecification:
                  ImageUri: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/prepare:1.4.2
                NetworkConfig:
                  EnableNetworkIsolation: false # <- finds
                ProcessingResources:
                  ClusterConfig:
                    InstanceCount: 1
                    InstanceType: ml.m5.xlarge
                    VolumeSizeInGB: 30
        `,
        suggests: '        EnableNetworkIsolation: true',
      },
    ],
    good: [
      {
        name: 'isolated, in a VPC, or without machines',
        files: terraform`
          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name        = "ranker"
            role_arn                 = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation = true

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/ranker"
            }
          }

          resource "aws_sagemaker_training_job" "scorer" {
            training_job_name = "scorer"
            role_arn          = "arn:aws:iam::111122223333:role/training"

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/scorer"
            }

            vpc_config {
              security_group_ids = ["sg-0a1b2c3d"]
              subnets            = ["subnet-0a1b2c3d"]
            }
          }

          resource "aws_sagemaker_training_job" "tuned" {
            training_job_name = "tuned"
            role_arn          = "arn:aws:iam::111122223333:role/training"

            output_data_config {
              s3_output_path = "s3://acme-models/tuned"
            }

            serverless_job_config {
              base_model_arn = "arn:aws:sagemaker:eu-west-1:aws:hub-content/SageMakerPublicHub/Model/llama/1"
              job_type       = "FINE_TUNING"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "isolate" {
            type = bool
          }

          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name        = "ranker"
            role_arn                 = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation = var.isolate

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
