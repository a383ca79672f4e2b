import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { vectorGuard } from '../../src/concepts/vector-database.ts';
import { ownReason } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'vector/no-password',
  title: 'Redis that retrieval reads from has no password',
  severity: 'medium',
  requirements: ['R4'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['spoofing', 'tampering', 'information-disclosure'], owasp: ['LLM08:2025', 'LLM04:2025'] },
  why: `Redis as a vector store or as a cache of answers decides what the model says next. Without a password every workload that reaches it can read what users asked and write answers of its own.`,
  links: [
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html',
    'https://cloud.google.com/memorystore/docs/redis/about-redis-auth',
  ],
  looksAt: vectorGuard,

  *check({ resource, noun, is, holds, lacks }) {
    if (is !== 'log-in' || holds.is !== 'known' || holds.value) return;
    const reason = ownReason(resource);
    if (reason === undefined) return;
    yield {
      at: holds.at,
      message: `${noun} ${code(resource.address)} ${lacks} (${reason}).${noun === 'ElastiCache group' ? ` Give it users with ${code('user_group_ids')}, or a token from a secret store.` : ''}`,
      fix: noun === 'Memorystore instance' ? [holds.writes(true)] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'a cache of answers',
        files: terraform`
          resource "aws_elasticache_replication_group" "cache" { # <- finds
            replication_group_id       = "llm-semantic-cache"
            description                = "answers of the llm"
            at_rest_encryption_enabled = true
            transit_encryption_enabled = true
          }
        `,
      },
      {
        name: 'Memorystore',
        files: terraform`
          resource "google_redis_instance" "vectors" {
            name                    = "embeddings"
            memory_size_gb          = 16
            auth_enabled            = false # <- finds
            transit_encryption_mode = "SERVER_AUTHENTICATION"
          }
        `,
        suggests: '  auth_enabled            = true',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Embeddings:
              Type: AWS::ElastiCache::ReplicationGroup
              Properties:
                ReplicationGroupId: embeddings # <- finds
                ReplicationGroupDescription: embeddings
                AtRestEncryptionEnabled: true
                TransitEncryptionEnabled: true
        `,
      },
    ],
    good: [
      {
        name: 'users, a token, and a shop’s cache',
        files: terraform`
          variable "token" {
            type      = string
            sensitive = true
          }

          resource "aws_elasticache_replication_group" "vectors" {
            replication_group_id       = "vectors"
            description                = "embeddings"
            at_rest_encryption_enabled = true
            transit_encryption_enabled = true
            user_group_ids             = ["retrieval"]
          }

          resource "aws_elasticache_replication_group" "cache" {
            replication_group_id       = "llm-semantic-cache"
            description                = "answers"
            at_rest_encryption_enabled = true
            transit_encryption_enabled = true
            auth_token                 = var.token
          }

          resource "google_redis_instance" "basket" {
            name           = "basket"
            memory_size_gb = 1
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "auth" {
            type = bool
          }

          resource "google_redis_instance" "vectors" {
            name                    = "embeddings"
            memory_size_gb          = 16
            auth_enabled            = var.auth
            transit_encryption_mode = "SERVER_AUTHENTICATION"
          }
        `,
      },
    ],
  },
});
