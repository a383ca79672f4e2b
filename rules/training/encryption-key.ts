import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { isMissing } from '../../src/concepts/setting.ts';
import { trainedThing } from '../../src/concepts/trained-thing.ts';

export default defineRule({
  id: 'training/encryption-key',
  title: 'Training data and results have no key of their own',
  severity: 'low',
  requirements: ['R6', 'R33', 'R45'],
  frameworks: { nist: ['SC-12', 'SC-28'], stride: ['information-disclosure'] },
  why: `The disks of a job hold a copy of the training data, and what it writes is the model, or the features that models are made of. Under a key of the cloud's own you can neither limit nor see who decrypts them. The key has to be named when the job or the store is made.`,
  links: [
    'https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-custom-job.html',
  ],
  looksAt: trainedThing,

  *check({ resource, noun, keys }) {
    const missing = keys.filter(({ at }) => isMissing(at));
    // One comment for a resource, where its results go.
    const first = missing.find(({ of }) => of === 'output') ?? missing[0];
    if (!first) return;
    const what = missing.length === 1 ? words[first.of] : 'what it keeps and what it writes';
    yield {
      at: first.at,
      message: `${noun} ${code(resource.address)} names no KMS key for ${what}, so you can’t limit or audit who decrypts it.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'disks and results',
        files: terraform`
          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name        = "ranker"
            role_arn                 = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation = true

            output_data_config { # <- finds
              s3_output_path = "s3://acme-models/ranker"
            }

            resource_config {
              instance_count    = 1
              instance_type     = "ml.m5.4xlarge"
              volume_size_in_gb = 100
            }
          }
        `,
      },
      {
        name: 'the disks of a processing job',
        files: cloudformation`
          Resources:
            Prepare:
              Type: AWS::SageMaker::ProcessingJob
              Properties:
                RoleArn: arn:aws:iam::111122223333:role/processing
                AppSpecification:
                  ImageUri: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/prepare:1.4.2
                NetworkConfig:
                  EnableNetworkIsolation: true
                ProcessingOutputConfig:
                  KmsKeyId: alias/processing
                  Outputs:
                    - OutputName: features
                      S3Output:
                        S3Uri: s3://acme-features
                        S3UploadMode: EndOfJob
                ProcessingResources:
                  ClusterConfig:
                    InstanceCount: 1 # <- finds
                    InstanceType: ml.m5.xlarge
                    VolumeSizeInGB: 30
        `,
      },
      {
        name: 'a model fine-tuned on Bedrock',
        files: terraform`
          resource "aws_bedrock_custom_model" "support" { # <- finds
            custom_model_name     = "support"
            job_name              = "support-1"
            base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
            role_arn              = "arn:aws:iam::111122223333:role/tuning"
            hyperparameters       = { epochCount = "1" }

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
        name: 'a feature store, online and offline',
        files: cloudformation`
          Resources:
            Clicks:
              Type: AWS::SageMaker::FeatureGroup
              Properties:
                FeatureGroupName: clicks
                RecordIdentifierFeatureName: id
                EventTimeFeatureName: at
                FeatureDefinitions:
                  - FeatureName: id
                    FeatureType: String
                OnlineStoreConfig:
                  EnableOnlineStore: true
                OfflineStoreConfig:
                  S3StorageConfig:
                    S3Uri: s3://acme-features # <- finds
            Views:
              Type: AWS::SageMaker::FeatureGroup
              Properties:
                FeatureGroupName: views
                RecordIdentifierFeatureName: id
                EventTimeFeatureName: at
                FeatureDefinitions:
                  - FeatureName: id
                    FeatureType: String
                OnlineStoreConfig:
                  EnableOnlineStore: true # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'keys; machines with disks of their own; a store that is off',
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
              enable_online_store = false
            }

            offline_store_config {
              s3_storage_config {
                kms_key_id = "alias/features"
                s3_uri     = "s3://acme-features"
              }
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller names the key',
        files: terraform`
          variable "key" {
            type = string
          }

          resource "aws_sagemaker_training_job" "ranker" {
            training_job_name        = "ranker"
            role_arn                 = "arn:aws:iam::111122223333:role/training"
            enable_network_isolation = true

            output_data_config {
              kms_key_id     = var.key
              s3_output_path = "s3://acme-models/ranker"
            }
          }
        `,
      },
    ],
  },
});

const words = { disks: 'what it keeps', output: 'what it writes' } as const;
