import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { vectorKey } from '../../src/concepts/knowledge-source.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'vector/encryption-key',
  title: 'Vectors have no key of their own',
  severity: 'low',
  requirements: ['R4', 'R33'],
  frameworks: { nist: ['SC-12', 'SC-28'], stride: ['information-disclosure'], owasp: ['LLM08:2025'] },
  why: `A vector store keeps the text of the documents beside the vectors. Under a key that AWS owns you can neither limit nor see who decrypts it, nor shut it off. The key is fixed when the collection or the bucket is made.`,
  links: [
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-encryption.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-data-encryption.html',
  ],
  looksAt: vectorKey,

  *check({ resource, noun, ownedByCloud }) {
    if (!holds(ownedByCloud, true)) return;
    yield {
      at: ownedByCloud.at,
      message: `${noun} ${code(resource.address)} chooses a key that AWS owns for documents and vectors: you can’t limit or audit who decrypts them, and it can’t be changed later.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'a policy for collections',
        files: terraform`
          resource "aws_opensearchserverless_security_policy" "kb" {
            name = "kb"
            type = "encryption"
            policy = jsonencode({
              Rules       = [{ ResourceType = "collection", Resource = ["collection/kb"] }]
              AWSOwnedKey = true # <- finds
            })
          }
        `,
      },
      {
        name: 'CloudFormation: a collection and a vector bucket',
        files: cloudformation`
          Resources:
            Kb:
              Type: AWS::OpenSearchServerless::Collection
              Properties:
                Name: kb
                EncryptionConfig:
                  AWSOwnedKey: true # <- finds
            Vectors:
              Type: AWS::S3Vectors::VectorBucket
              Properties:
                VectorBucketName: acme-vectors
                EncryptionConfiguration:
                  SseType: AES256 # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a key; a policy of another kind; nothing said',
        files: terraform`
          resource "aws_opensearchserverless_security_policy" "kb" {
            name = "kb"
            type = "encryption"
            policy = jsonencode({
              Rules       = [{ ResourceType = "collection", Resource = ["collection/kb"] }]
              AWSOwnedKey = false
              KmsARN      = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
            })
          }

          resource "aws_s3vectors_vector_bucket" "vectors" {
            vector_bucket_name = "acme-vectors"

            encryption_configuration {
              sse_type    = "aws:kms"
              kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d"
            }
          }

          resource "aws_s3vectors_vector_bucket" "plain" {
            vector_bucket_name = "acme-plain"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "owned" {
            type = bool
          }

          variable "kind" {
            type = string
          }

          resource "aws_opensearchserverless_security_policy" "kb" {
            name = "kb"
            type = "encryption"
            policy = jsonencode({
              Rules       = [{ ResourceType = "collection", Resource = ["collection/kb"] }]
              AWSOwnedKey = var.owned
            })
          }

          resource "aws_opensearchserverless_security_policy" "other" {
            name   = "other"
            type   = var.kind
            policy = jsonencode({ Rules = [], AWSOwnedKey = true })
          }
        `,
      },
    ],
  },
});
