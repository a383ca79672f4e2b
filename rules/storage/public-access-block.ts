import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { bucket } from '../../src/concepts/bucket.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'storage/public-access-block',
  title: 'Bucket can be made public',
  severity: 'medium',
  requirements: ['R2', 'R28', 'R41'],
  frameworks: { cis: ['AWS 2.1.4'], nist: ['AC-3', 'SC-7'], stride: ['information-disclosure'] },
  why: `The four settings of the public access block overrule every policy and access list that would open a bucket. With one of them off, a single wrong policy, from any person or tool with access, makes models and datasets public. New buckets get all four from AWS, so the code that switches one off is the only reason that it is off.`,
  links: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'],
  looksAt: bucket,

  *check({ resource, guards }, world) {
    if (resource.type === 'google_storage_bucket') return;
    const off = guards.filter((guard) => holds(guard.holds, false));
    const reason = off.length > 0 ? aiRelevance(resource, world) : undefined;
    if (reason === undefined) return;
    for (const { name, holds: setting } of off) {
      yield {
        at: setting.at,
        subject: name,
        message: `${code(name)} is off for ${code(resource.address)} (${reason}), so one wrong policy or access list can make its contents public.`,
        fix: [setting.writes(true)],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'one of the four is off',
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
            block_public_policy     = false # <- finds
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
        suggests: '  block_public_policy     = true',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            ModelArtifacts:
              Type: AWS::S3::Bucket
              Properties:
                BucketName: acme-model-artifacts
                VersioningConfiguration:
                  Status: Enabled
                PublicAccessBlockConfiguration:
                  BlockPublicAcls: true
                  BlockPublicPolicy: false # <- finds
                  IgnorePublicAcls: true
                  RestrictPublicBuckets: true
        `,
        suggests: '        BlockPublicPolicy: true',
      },
      {
        name: 'beside a bucket of another cloud',
        files: terraform`
          resource "google_storage_bucket" "models" {
            name                        = "acme-ml-models"
            location                    = "EU"
            uniform_bucket_level_access = false

            versioning {
              enabled = true
            }
          }

          resource "aws_s3_bucket" "models" {
            bucket = "acme-ml-models"
          }

          resource "aws_s3_bucket_public_access_block" "models" {
            bucket                  = aws_s3_bucket.models.id
            block_public_acls       = false # <- finds
            block_public_policy     = true
            ignore_public_acls      = true
            restrict_public_buckets = true
          }
        `,
        suggests: '  block_public_acls       = true',
      },
    ],
    good: [
      {
        name: 'all four',
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
      {
        name: 'a web shop is none of our business',
        files: terraform`
          resource "aws_s3_bucket" "shop" {
            bucket = "acme-shop-pictures"
          }

          resource "aws_s3_bucket_public_access_block" "shop" {
            bucket            = aws_s3_bucket.shop.id
            block_public_acls = false
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "block" {
            type = bool
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
            block_public_policy     = var.block
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
  },
});
