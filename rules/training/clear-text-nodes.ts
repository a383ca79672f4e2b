import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { trainingJob } from '../../src/concepts/training-job.ts';

export default defineRule({
  id: 'training/clear-text-nodes',
  title: 'Nodes of a job talk in clear text',
  severity: 'low',
  requirements: ['R6', 'R45'],
  frameworks: { nist: ['SC-8'], stride: ['information-disclosure', 'tampering'] },
  why: `The nodes of a distributed job send each other gradients, shuffled records and intermediate results, from which training data can be read. In clear text that is open to whatever listens on the network, and can be changed on the way. The encryption is off unless it is asked for, and costs some time in jobs that talk a lot.`,
  links: ['https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html'],
  looksAt: trainingJob,

  *check({ resource, noun, encryptedBetween, nodes }) {
    // One node has nobody to talk to.
    if (encryptedBetween.is !== 'known' || encryptedBetween.value || nodes.is !== 'known' || nodes.value < 2) return;
    yield {
      at: encryptedBetween.at,
      severity: encryptedBetween.written ? 'medium' : 'low',
      message: `${noun} ${code(resource.address)} runs on ${nodes.value} nodes that send each other training data in clear text.`,
      fix: [encryptedBetween.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: terraform`
          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name                         = "ranker"
            role_arn                                  = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation                  = true
            enable_inter_container_traffic_encryption = false # <- finds

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/ranker"
            }

            resource_config {
              instance_count    = 4
              instance_type     = "ml.p4d.24xlarge"
              volume_size_in_gb = 100
            }
          }
        `,
        suggests: '  enable_inter_container_traffic_encryption = true',
      },
      {
        name: 'CloudFormation: nothing is said',
        files: cloudformation`
          Resources:
            Prepare:
              Type: AWS::SageMaker::ProcessingJob
              Properties:
                RoleArn: arn:aws:iam::111122223333:role/processing
                AppSpecification:
                  ImageUri: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/prepare:1.4.2
                NetworkConfig:
                  EnableNetworkIsolation: true # <- finds
                ProcessingResources:
                  ClusterConfig:
                    InstanceCount: 2
                    InstanceType: ml.m5.xlarge
                    VolumeSizeInGB: 30
                    VolumeKmsKeyId: alias/processing
        `,
        suggests: '        EnableNetworkIsolation: true\n        EnableInterContainerTrafficEncryption: true',
      },
    ],
    good: [
      {
        name: 'one node, or encrypted',
        files: terraform`
          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name        = "ranker"
            role_arn                 = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation = true

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/ranker"
            }

            resource_config {
              instance_count    = 1
              instance_type     = "ml.p4d.24xlarge"
              volume_size_in_gb = 100
            }
          }

          resource "aws_sagemaker_training_job" "scorer" {
            training_job_name                         = "scorer"
            role_arn                                  = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation                  = true
            enable_inter_container_traffic_encryption = true

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/scorer"
            }

            resource_config {
              instance_count    = 4
              instance_type     = "ml.p4d.24xlarge"
              volume_size_in_gb = 100
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller says how many nodes, and whether',
        files: terraform`
          variable "nodes" {
            type = number
          }

          variable "encrypt" {
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

            resource_config {
              instance_count    = var.nodes
              instance_type     = "ml.p4d.24xlarge"
              volume_size_in_gb = 100
            }
          }

          resource "aws_sagemaker_training_job" "scorer" {
            training_job_name                         = "scorer"
            role_arn                                  = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation                  = true
            enable_inter_container_traffic_encryption = var.encrypt

            output_data_config {
              kms_key_id     = "alias/training"
              s3_output_path = "s3://acme-models/scorer"
            }

            resource_config {
              instance_count    = 4
              instance_type     = "ml.p4d.24xlarge"
              volume_size_in_gb = 100
            }
          }
        `,
      },
    ],
  },
});
