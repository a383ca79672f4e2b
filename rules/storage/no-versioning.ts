import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { bucket } from '../../src/concepts/bucket.ts';
import { holdsModels } from '../../src/concepts/relevance.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'storage/no-versioning',
  title: 'Model bucket keeps no old versions',
  severity: 'low',
  requirements: ['R2', 'R28'],
  frameworks: { nist: ['CP-9', 'SI-7'], stride: ['tampering'] },
  why: `Without versioning an overwritten model is gone: after a bad upload or a poisoned artifact there is nothing to compare with and nothing to go back to. Versions also let a deployment name exactly the object it was tested with.`,
  links: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
    'https://cloud.google.com/storage/docs/object-versioning',
  ],
  looksAt: bucket,

  *check({ resource, versioning }, world) {
    if (!holds(versioning, false)) return;
    const reason = holdsModels(resource, world);
    if (reason === undefined) return;
    yield {
      at: versioning.at,
      message: `${code(resource.address)} keeps no old versions of its objects (${reason}): a model that is overwritten can't be brought back.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'suspended',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = aws_iam_role.model.arn
            enable_network_isolation = true

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_s3_bucket_public_access_block" "models" {
            bucket                  = aws_s3_bucket.models.id
            block_public_acls       = true
            block_public_policy     = true
            ignore_public_acls      = true
            restrict_public_buckets = true
          }

          resource "aws_s3_bucket_versioning" "models" {
            bucket = aws_s3_bucket.models.id

            versioning_configuration {
              status = "Suspended" # <- finds
            }
          }
        `,
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            ModelArtifacts:
              Type: AWS::S3::Bucket
              Properties:
                BucketName: acme-model-artifacts # <- finds
                PublicAccessBlockConfiguration:
                  BlockPublicAcls: true
                  BlockPublicPolicy: true
                  IgnorePublicAcls: true
                  RestrictPublicBuckets: true
        `,
      },
    ],
    good: [
      {
        name: 'versions are kept',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = aws_iam_role.model.arn
            enable_network_isolation = true

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_s3_bucket_public_access_block" "models" {
            bucket                  = aws_s3_bucket.models.id
            block_public_acls       = true
            block_public_policy     = true
            ignore_public_acls      = true
            restrict_public_buckets = true
          }

          resource "aws_s3_bucket_versioning" "models" {
            bucket = aws_s3_bucket.models.id

            versioning_configuration {
              status = "Enabled"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "versioning" {
            type = string
          }

          resource "aws_s3_bucket" "models" {
            bucket = "acme-models"
          }

          resource "aws_sagemaker_model" "ranker" {
            name                     = "ranker"
            execution_role_arn       = aws_iam_role.model.arn
            enable_network_isolation = true

            primary_container {
              image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ranker:1.4.2"
              model_data_url = "s3://\${aws_s3_bucket.models.bucket}/ranker/1.4.2/model.tar.gz"
            }
          }

          resource "aws_s3_bucket_public_access_block" "models" {
            bucket                  = aws_s3_bucket.models.id
            block_public_acls       = true
            block_public_policy     = true
            ignore_public_acls      = true
            restrict_public_buckets = true
          }

          resource "aws_s3_bucket_versioning" "models" {
            bucket = aws_s3_bucket.models.id

            versioning_configuration {
              status = var.versioning
            }
          }
        `,
      },
    ],
  },
});
