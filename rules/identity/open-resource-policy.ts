import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { grant } from '../../src/concepts/grants.ts';
import { isOpen } from '../../src/concepts/policy.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

/** In an endpoint's policy "anyone" means anyone inside the VPC, and in a key's policy IAM still decides: they have their own rules. */
const elsewhere = /vpc_?endpoint|kms/i;

export default defineRule({
  id: 'identity/open-resource-policy',
  title: 'Resource policy lets anyone in',
  severity: 'critical',
  requirements: ['R2', 'R4', 'R9', 'R41'],
  frameworks: { nist: ['AC-3', 'AC-6'], stride: ['information-disclosure', 'tampering'] },
  why: `A policy on a bucket, registry or index whose principal is "*" and that has no condition opens it to every AWS account and, for buckets, to the whole internet. Public datasets and models are found by scanners within hours, and a writable model is a way into everything that loads it.`,
  links: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status',
  ],
  looksAt: grant,

  *check(statement, world) {
    const { principals, resource, kind } = statement;
    if (kind !== 'resource' || elsewhere.test(resource.type) || !isOpen(statement) || !principals.anyone) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: principals.at,
      message: `The policy ${code(resource.address)} gives anyone, in any account, access (${reason}). Name the principals that need it.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a public model bucket',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-ml-models"
          }

          resource "aws_s3_bucket_policy" "models" {
            bucket = aws_s3_bucket.models.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Principal = "*" # <- finds
                Action    = "s3:GetObject"
                Resource  = "arn:aws:s3:::acme-ml-models/*"
              }]
            })
          }
        `,
      },
      {
        name: 'a knowledge base and its vectors',
        files: cloudformation`
          Resources:
            Vectors:
              Type: AWS::S3Vectors::VectorBucketPolicy
              Properties:
                VectorBucketName: acme-handbook
                Policy:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Principal: "*" # <- finds
                      Action: s3vectors:GetVectors
                      Resource: "*"
            Answers:
              Type: AWS::Bedrock::KnowledgeBasePolicy
              Properties:
                KnowledgeBaseId: ABCDEFGHIJ
                PolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Principal: "*" # <- finds
                      Action: bedrock:Retrieve
                      Resource: "*"
        `,
      },
    ],
    good: [
      {
        name: 'only over TLS, as a denial',
        files: terraform`
          resource "aws_s3_bucket" "models" {
            bucket = "acme-ml-models"
          }

          resource "aws_s3_bucket_policy" "models" {
            bucket = aws_s3_bucket.models.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Deny"
                Principal = "*"
                Action    = "s3:*"
                Resource  = "arn:aws:s3:::acme-ml-models/*"
                Condition = { Bool = { "aws:SecureTransport" = "false" } }
              }]
            })
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the principal comes from the caller',
        files: terraform`
          variable "reader" {
            type = string
          }

          resource "aws_s3_bucket" "models" {
            bucket = "acme-ml-models"
          }

          resource "aws_s3_bucket_policy" "models" {
            bucket = aws_s3_bucket.models.id

            policy = jsonencode({
              Version = "2012-10-17"
              Statement = [{
                Effect    = "Allow"
                Principal = { AWS = var.reader }
                Action    = "s3:GetObject"
                Resource  = "arn:aws:s3:::acme-ml-models/*"
              }]
            })
          }
        `,
      },
    ],
  },
});
