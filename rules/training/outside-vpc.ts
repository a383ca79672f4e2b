import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { isMissing } from '../../src/concepts/setting.ts';
import { trainedThing } from '../../src/concepts/trained-thing.ts';

export default defineRule({
  id: 'training/outside-vpc',
  title: 'Training runs outside your network',
  severity: 'low',
  requirements: ['R6', 'R32', 'R37'],
  frameworks: { nist: ['SC-7'], stride: ['information-disclosure'] },
  why: `Without a VPC the data goes to the training through a network that AWS manages. Endpoint policies, security groups and flow logs of yours see nothing of it, and a bucket policy that lets data out only to your VPC can't be used.`,
  links: [
    'https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-model-customization.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-prerequisites.html',
  ],
  looksAt: trainedThing,

  *check({ resource, noun, vpc, isolation }) {
    // Where a container can be cut off from the network, training/open-network looks at both together.
    if (vpc === undefined || isolation || !isMissing(vpc)) return;
    const production = resource.environment.stage === 'prod';
    yield {
      at: vpc,
      severity: production ? 'medium' : 'low',
      message: `${noun} ${code(resource.address)} has no VPC configuration${production ? ', in production' : ''}: its training data passes none of your security groups, endpoint policies or flow logs.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'fine-tuning',
        files: terraform`
          resource "aws_bedrock_custom_model" "support" { # <- finds
            custom_model_name       = "support"
            job_name                = "support-1"
            base_model_identifier   = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
            role_arn                = "arn:aws:iam::111122223333:role/tuning"
            custom_model_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
            hyperparameters         = { epochCount = "1" }

            output_data_config {
              s3_uri = "s3://acme-tuning/out"
            }

            training_data_config {
              s3_uri = "s3://acme-tuning/train.jsonl"
            }
          }
        `,
      },
      {
        name: 'CloudFormation: a HyperPod cluster in production',
        files: cloudformation`
          Parameters:
            Environment:
              Type: String
              Default: prod
          Resources:
            Pod:
              Type: AWS::SageMaker::Cluster
              Properties:
                ClusterName: pod # <- finds
                InstanceGroups:
                  - InstanceGroupName: workers
                    InstanceType: ml.p5.48xlarge
                    InstanceCount: 2
                    ExecutionRole: arn:aws:iam::111122223333:role/pod
        `,
      },
    ],
    good: [
      {
        name: 'in a VPC; a feature group has none',
        files: terraform`
          resource "aws_bedrock_custom_model" "support" {
            custom_model_name       = "support"
            job_name                = "support-1"
            base_model_identifier   = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
            role_arn                = "arn:aws:iam::111122223333:role/tuning"
            custom_model_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
            hyperparameters         = { epochCount = "1" }

            output_data_config {
              s3_uri = "s3://acme-tuning/out"
            }

            training_data_config {
              s3_uri = "s3://acme-tuning/train.jsonl"
            }

            vpc_config {
              security_group_ids = ["sg-0a1b2c3d"]
              subnet_ids         = ["subnet-0a1b2c3d"]
            }
          }

          resource "aws_sagemaker_feature_group" "clicks" {
            feature_group_name             = "clicks"
            record_identifier_feature_name = "id"
            event_time_feature_name        = "at"
            role_arn                       = "arn:aws:iam::111122223333:role/features"

            feature_definition {
              feature_name = "id"
              feature_type = "String"
            }

            online_store_config {
              enable_online_store = true

              security_config {
                kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
              }
            }
          }
        `,
      },
      {
        name: 'an isolated job',
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
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: cloudformation`
          Parameters:
            Network:
              Type: String
          Resources:
            Pod:
              Type: AWS::SageMaker::Cluster
              Properties:
                ClusterName: pod
                VpcConfig: !Ref Network
                InstanceGroups:
                  - InstanceGroupName: workers
                    InstanceType: ml.p5.48xlarge
                    InstanceCount: 2
                    ExecutionRole: arn:aws:iam::111122223333:role/pod
        `,
      },
    ],
  },
});
