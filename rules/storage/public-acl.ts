import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { bucket, publicAcl } from '../../src/concepts/bucket.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'storage/public-acl',
  title: 'Bucket is public',
  severity: 'critical',
  requirements: ['R2', 'R28', 'R38', 'R41'],
  frameworks: { nist: ['AC-3', 'AC-6'], stride: ['information-disclosure', 'tampering'] },
  why: `A public access list lets everyone on the internet read what the bucket holds, and with write access replace it. Public model buckets are found by scanners within hours: weights and training data leak, and a replaced artifact runs inside whatever loads it.`,
  links: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl',
    'https://cloud.google.com/storage/docs/access-control/lists#predefined-acl',
  ],
  looksAt: bucket,

  *check({ resource, acls }, world) {
    for (const acl of acls) {
      if (acl.is !== 'known') continue;
      const lets = publicAcl(acl.value);
      if (!lets) continue;
      const reason = aiRelevance(resource, world);
      if (reason === undefined) continue;
      const who = /authenticated/i.test(acl.value) ? 'anyone with an account at the cloud' : 'anyone on the internet';
      yield {
        at: acl.at,
        message: `The access list ${code(acl.value)} lets ${who} ${lets === 'write' ? 'read and replace' : 'read'} what is in ${code(resource.address)} (${reason}).`,
        fix: [acl.writes(resource.dialect === 'cloudformation' ? 'Private' : 'private')],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'a public list',
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

          resource "aws_s3_bucket_acl" "models" {
            bucket = aws_s3_bucket.models.id
            acl    = "public-read" # <- finds
          }
        `,
        suggests: '  acl    = "private"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            ModelArtifacts:
              Type: AWS::S3::Bucket
              Properties:
                BucketName: acme-model-artifacts
                AccessControl: PublicRead # <- finds
                VersioningConfiguration: { Status: Enabled }
        `,
        suggests: '      AccessControl: Private',
      },
    ],
    good: [
      {
        name: 'private',
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

          resource "aws_s3_bucket_acl" "models" {
            bucket = aws_s3_bucket.models.id
            acl    = "private"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "acl" {
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
              status = "Enabled"
            }
          }

          resource "aws_s3_bucket_acl" "models" {
            bucket = aws_s3_bucket.models.id
            acl    = var.acl
          }
        `,
      },
    ],
  },
});
