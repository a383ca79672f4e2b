import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { vectorGuard } from '../../src/concepts/vector-database.ts';
import { aiRelevance, ownReason } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'vector/plain-transport',
  title: 'Vector store sends or takes data in clear text',
  severity: 'medium',
  requirements: ['R4'],
  frameworks: { nist: ['SC-8', 'SC-23'], stride: ['information-disclosure', 'tampering'], owasp: ['LLM08:2025'] },
  why: `What a model retrieves, and what users ask, travels to and from the store. In clear text it can be read on the way, and changed: the model then quotes what somebody else put in.`,
  links: [
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html',
    'https://docs.aws.amazon.com/memorydb/latest/devguide/in-transit-encryption.html',
    'https://cloud.google.com/memorystore/docs/redis/about-in-transit-encryption',
  ],
  looksAt: vectorGuard,

  *check({ resource, noun, is, holds, lacks }, world) {
    if (is !== 'encrypted in transit' || holds.is !== 'known' || holds.value) return;
    const reason = noun === 'OpenSearch domain' ? aiRelevance(resource, world) : ownReason(resource);
    if (reason === undefined) return;
    yield {
      at: holds.at,
      severity: holds.written ? 'medium' : 'low',
      message: `${noun} ${code(resource.address)} ${lacks} (${reason}).`,
      fix: [holds.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'CloudFormation leaves HTTPS open even where it says something of the endpoint',
        files: cloudformation`
          Resources:
            Rag:
              Type: AWS::OpenSearchService::Domain
              Properties:
                DomainName: rag-documents
                NodeToNodeEncryptionOptions: { Enabled: true }
                EncryptionAtRestOptions: { Enabled: true }
                AdvancedSecurityOptions: { Enabled: true }
                DomainEndpointOptions:
                  TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10 # <- finds
        `,
        suggests: '        TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10\n        EnforceHTTPS: true',
      },
      {
        name: 'plain HTTP',
        files: terraform`
          resource "aws_opensearch_domain" "rag" {
            domain_name = "rag-documents"

            node_to_node_encryption {
              enabled = true
            }
            domain_endpoint_options {
              enforce_https = false # <- finds
            }
          }
        `,
        suggests: '    enforce_https = true',
      },
      {
        name: 'MemoryDB without TLS',
        files: cloudformation`
          Resources:
            Embeddings:
              Type: AWS::MemoryDB::Cluster
              Properties:
                ClusterName: embeddings
                NodeType: db.r7g.large
                ACLName: retrieval
                TLSEnabled: false # <- finds
        `,
        suggests: '      TLSEnabled: true',
      },
      {
        name: 'Memorystore',
        files: terraform`
          resource "google_redis_instance" "semantic_cache" {
            name                    = "llm-semantic-cache"
            memory_size_gb          = 16
            auth_enabled            = true
            transit_encryption_mode = "DISABLED" # <- finds
          }
        `,
        suggests: '  transit_encryption_mode = "SERVER_AUTHENTICATION"',
      },
    ],
    good: [
      {
        name: 'encrypted, and a shop’s cache',
        files: terraform`
          resource "aws_elasticache_replication_group" "vectors" {
            replication_group_id       = "vectors"
            description                = "embeddings"
            at_rest_encryption_enabled = true
            transit_encryption_enabled = true
            user_group_ids             = ["retrieval"]
          }

          resource "google_redis_instance" "basket" {
            name                    = "basket"
            memory_size_gb          = 1
            transit_encryption_mode = "DISABLED"
          }
        `,
      },
      {
        name: 'a block that leaves HTTPS to the provider, which enforces it',
        files: terraform`
          resource "aws_opensearch_domain" "rag" {
            domain_name = "rag-documents"

            node_to_node_encryption {
              enabled = true
            }
            encrypt_at_rest {
              enabled = true
            }
            advanced_security_options {
              enabled = true
            }
            domain_endpoint_options {
              tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "tls" {
            type = bool
          }

          resource "aws_memorydb_cluster" "embeddings" {
            name        = "embeddings"
            node_type   = "db.r7g.large"
            acl_name    = "retrieval"
            tls_enabled = var.tls
          }
        `,
      },
    ],
  },
});
