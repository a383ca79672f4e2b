import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { searchTls } from '../../src/concepts/knowledge-source.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'vector/old-tls',
  title: 'Vector store speaks an outdated TLS',
  severity: 'low',
  requirements: ['R4'],
  frameworks: { nist: ['SC-8', 'SC-13'], stride: ['information-disclosure', 'tampering'] },
  why: `TLS 1.0 and 1.1 have known weaknesses and are no longer allowed by the standards that auditors go by. A client that offers them, or is made to, sends queries and documents over a connection that can be attacked.`,
  links: ['https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html'],
  looksAt: searchTls,

  *check({ resource, policy }, world) {
    if (policy.is !== 'known' || !policy.value.startsWith('Policy-Min-TLS-1-0-')) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: policy.at,
      message: `OpenSearch domain ${code(resource.address)} still speaks TLS 1.0 (${reason}). Every client of the last ten years speaks 1.2.`,
      fix: [policy.writes('Policy-Min-TLS-1-2-PFS-2023-10')],
    };
  },

  examples: {
    bad: [
      {
        name: 'TLS 1.0',
        files: terraform`
          resource "aws_opensearch_domain" "embeddings" {
            domain_name = "embeddings"

            domain_endpoint_options {
              enforce_https       = true
              tls_security_policy = "Policy-Min-TLS-1-0-2019-07" # <- finds
            }
          }
        `,
        suggests: '    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            Embeddings:
              Type: AWS::OpenSearchService::Domain
              Properties:
                DomainName: embeddings
                EncryptionAtRestOptions:
                  Enabled: true
                NodeToNodeEncryptionOptions:
                  Enabled: true
                DomainEndpointOptions:
                  EnforceHTTPS: true
                  TLSSecurityPolicy: Policy-Min-TLS-1-0-2019-07 # <- finds
        `,
        suggests: '        TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10',
      },
    ],
    good: [
      {
        name: 'TLS 1.2',
        files: terraform`
          resource "aws_opensearch_domain" "embeddings" {
            domain_name = "embeddings"

            advanced_security_options {
              enabled = true
            }

            encrypt_at_rest {
              enabled = true
            }

            node_to_node_encryption {
              enabled = true
            }

            domain_endpoint_options {
              enforce_https       = true
              tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
            }
          }
        `,
      },
      {
        name: 'a domain for logs is none of our business',
        files: terraform`
          resource "aws_opensearch_domain" "logs" {
            domain_name = "logs"

            domain_endpoint_options {
              enforce_https       = true
              tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
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
            type = string
          }

          resource "aws_opensearch_domain" "embeddings" {
            domain_name = "embeddings"

            advanced_security_options {
              enabled = true
            }

            encrypt_at_rest {
              enabled = true
            }

            node_to_node_encryption {
              enabled = true
            }

            domain_endpoint_options {
              enforce_https       = true
              tls_security_policy = var.tls
            }
          }
        `,
      },
    ],
  },
});
