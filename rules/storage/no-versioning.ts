import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code, plural } from '../../src/engine/words.ts';
import { bucket } from '../../src/concepts/bucket.ts';
import type { Fix } from '../../src/engine/rule.ts';
import type { Resource } from '../../src/model/resource.ts';
import { holdsModels } from '../../src/concepts/relevance.ts';
import { holds } from '../../src/concepts/setting.ts';

/** Versioning of an S3 bucket is a resource of its own; the block inside the bucket is deprecated. */
function companion(bucket: Resource): readonly Fix[] {
  // The instances of a bucket would need as many.
  if (bucket.address.endsWith(']')) return [];
  return [
    {
      do: 'append',
      after: bucket,
      text: `resource "aws_s3_bucket_versioning" "${bucket.name}" {\n  bucket = ${bucket.type}.${bucket.name}.id\n\n  versioning_configuration {\n    status = "Enabled"\n  }\n}`,
    },
  ];
}

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

  *check({ resource, versioning, softDays }, world) {
    if (!holds(versioning, false)) return;
    const reason = holdsModels(resource, world);
    if (reason === undefined) return;
    yield {
      at: versioning.at,
      message: `${code(resource.address)} keeps no old versions of its objects (${reason}): a model that is overwritten can't be brought back${softDays === 0 ? '' : ` ${softDays === undefined ? 'for long' : `after ${plural(softDays, 'day')}`}`}.`,
      fix:
        resource.type === 'aws_s3_bucket' && versioning.is === 'known' && !versioning.written
          ? companion(resource)
          : [versioning.writes(true)],
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
        suggests: '    status = "Enabled"',
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
        suggests: '        RestrictPublicBuckets: true\n      VersioningConfiguration:\n        Status: Enabled',
      },
      {
        name: 'nothing says so',
        files: terraform`
          resource "aws_s3_bucket" "checkpoints" { # <- finds
            bucket = "acme-llm-checkpoints"
          }

          resource "aws_s3_bucket_public_access_block" "checkpoints" {
            bucket                  = aws_s3_bucket.checkpoints.id
            block_public_acls       = true
            block_public_policy     = true
            ignore_public_acls      = true
            restrict_public_buckets = true
          }
        `,
        suggests:
          '\nresource "aws_s3_bucket_versioning" "checkpoints" {\n  bucket = aws_s3_bucket.checkpoints.id\n\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
      },
      {
        name: 'Google Cloud',
        files: terraform`
          resource "google_storage_bucket" "llm_models" {
            name                        = "acme-llm-models"
            location                    = "EU"
            uniform_bucket_level_access = true

            soft_delete_policy {
              retention_duration_seconds = 604800
            }

            versioning {
              enabled = false # <- finds
            }
          }
        `,
        suggests: '    enabled = true',
      },
      {
        name: 'one bucket for each team',
        files: terraform`
          resource "aws_s3_bucket" "checkpoints" { # <- finds
            for_each = toset(["vision", "text"])
            bucket   = "acme-llm-checkpoints-\${each.key}"
          }

          resource "aws_s3_bucket_public_access_block" "checkpoints" {
            for_each                = aws_s3_bucket.checkpoints
            bucket                  = each.value.id
            block_public_acls       = true
            block_public_policy     = true
            ignore_public_acls      = true
            restrict_public_buckets = true
          }
        `,
      },
    ],
    good: [
      {
        name: 'a bucket with folders, which can keep none',
        files: terraform`
          resource "google_storage_bucket" "llm_models" {
            name                        = "acme-llm-models"
            location                    = "EU"
            uniform_bucket_level_access = true

            hierarchical_namespace {
              enabled = true
            }

            versioning {
              enabled = false
            }
          }
        `,
      },
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
