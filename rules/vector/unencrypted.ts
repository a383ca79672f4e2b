import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { vectorGuard } from '../../src/concepts/vector-database.ts';
import { aiRelevance, ownReason } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'vector/unencrypted',
  title: 'Vector store is not encrypted at rest',
  severity: 'medium',
  requirements: ['R4', 'R5'],
  frameworks: { nist: ['SC-28'], stride: ['information-disclosure'], owasp: ['LLM08:2025'] },
  why: `A vector store holds the documents themselves beside their vectors. Unencrypted, a snapshot or a disk that gets into other hands is readable as it is. Most of these stores can’t be encrypted later without being made anew.`,
  links: [
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html',
  ],
  looksAt: vectorGuard,

  *check({ resource, noun, is, holds, lacks }, world) {
    if (is !== 'encrypted at rest' || holds.is !== 'known' || holds.value) return;
    // Databases and caches that are told not to be encrypted are for storage/unencrypted-volume, whatever they hold.
    if (noun !== 'OpenSearch domain' && holds.written) return;
    const reason = noun === 'ElastiCache group' ? ownReason(resource) : aiRelevance(resource, world);
    if (reason === undefined && noun !== 'PostgreSQL database') return;
    yield {
      at: holds.at,
      message: `${noun} ${code(resource.address)} ${lacks}${reason === undefined ? '' : ` (${reason})`}.`,
      fix: [holds.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'an index of documents',
        files: terraform`
          resource "aws_opensearch_domain" "rag" {
            domain_name = "rag-documents"

            encrypt_at_rest {
              enabled = false # <- finds
            }
          }
        `,
        suggests: '    enabled = true',
      },
      {
        name: 'nothing said about a pgvector database',
        files: terraform`
          resource "aws_db_instance" "vectors" { # <- finds
            identifier     = "vectors"
            engine         = "postgres"
            instance_class = "db.r7g.large"
          }
        `,
        suggests:
          '  identifier        = "vectors"\n  engine            = "postgres"\n  instance_class    = "db.r7g.large"\n  storage_encrypted = true',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Rag:
              Type: AWS::OpenSearchService::Domain
              Properties:
                DomainName: rag-documents
                NodeToNodeEncryptionOptions:
                  Enabled: true
                DomainEndpointOptions:
                  EnforceHTTPS: true
                EncryptionAtRestOptions:
                  Enabled: false # <- finds
        `,
        suggests: '        Enabled: true',
      },
    ],
    good: [
      {
        name: 'a database that is told not to be is for storage/unencrypted-volume',
        files: terraform`
          resource "aws_db_instance" "vectors" {
            identifier        = "vectors"
            engine            = "postgres"
            instance_class    = "db.r7g.large"
            storage_encrypted = false
          }
        `,
      },
      {
        name: 'a domain for logs is none of our business',
        files: terraform`
          resource "aws_opensearch_domain" "logs" {
            domain_name = "logs"

            encrypt_at_rest {
              enabled = false
            }

            advanced_security_options {
              enabled = false
            }
          }
        `,
      },
      {
        name: 'Aurora Serverless v1, which is always encrypted',
        files: terraform`
          resource "aws_rds_cluster" "vectors" {
            cluster_identifier = "vectors"
            engine             = "aurora-postgresql"
            engine_mode        = "serverless"
          }
        `,
      },
      {
        name: 'encrypted, a copy, and an ordinary database',
        files: terraform`
          resource "aws_opensearch_domain" "rag" {
            domain_name = "rag-documents"

            encrypt_at_rest {
              enabled = true
            }
            node_to_node_encryption {
              enabled = true
            }
            domain_endpoint_options {
              enforce_https = true
            }
            advanced_security_options {
              enabled = true
            }
          }

          resource "aws_db_instance" "vectors_reader" {
            identifier          = "vectors-reader"
            engine              = "postgres"
            replicate_source_db = "vectors"
            instance_class      = "db.r7g.large"
          }

          resource "aws_db_instance" "shop" {
            identifier     = "shop"
            engine         = "postgres"
            instance_class = "db.r7g.large"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "encrypted" {
            type = bool
          }

          resource "aws_db_instance" "vectors" {
            identifier        = "vectors"
            engine            = "postgres"
            instance_class    = "db.r7g.large"
            storage_encrypted = var.encrypted
          }
        `,
      },
    ],
  },
});
