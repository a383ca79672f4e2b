import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { vectorStore } from '../../src/concepts/data-store-vector.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'vector/no-login',
  title: 'Vector store asks nobody who they are',
  severity: 'high',
  requirements: ['R4'],
  frameworks: { nist: ['AC-3', 'IA-2'], stride: ['spoofing', 'tampering', 'information-disclosure'], owasp: ['LLM08:2025'] },
  why: `Without a log-in of its own, every workload that reaches the store over the network can read all documents behind it and add new ones. A planted document is read by the model as if it were yours.`,
  links: [
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html',
    'https://docs.aws.amazon.com/memorydb/latest/devguide/clusters.acls.html',
  ],
  looksAt: vectorStore,

  *check({ resource, noun, login }, world) {
    if (login?.is !== 'known' || login.value) return;
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: login.at,
      severity: login.written ? 'high' : 'medium',
      message: `${noun} ${code(resource.address)} has no authentication of its own (${reason}): whatever reaches it can read and change what models retrieve.`,
      // Users have to be there before they can be asked for; that nobody may come in without being one needs nothing else.
      fix: /anonymous/i.test(String(login.at.path.at(-1))) ? [login.writes(true)] : [],
    };
  },

  examples: {
    bad: [
      {
        name: 'switched off',
        files: terraform`
          resource "aws_opensearch_domain" "rag" {
            domain_name = "rag-embeddings"

            advanced_security_options {
              enabled = false # <- finds
            }
          }
        `,
      },
      {
        name: 'CloudFormation: whoever does not sign in is let in as well',
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
                AdvancedSecurityOptions:
                  Enabled: true
                  AnonymousAuthEnabled: true # <- finds
        `,
        suggests: '        AnonymousAuthEnabled: false',
      },
      {
        name: 'CloudFormation: the open access list',
        files: cloudformation`
          Resources:
            Embeddings:
              Type: AWS::MemoryDB::Cluster
              Properties:
                ClusterName: embeddings
                NodeType: db.r7g.large
                ACLName: open-access # <- finds
        `,
      },
    ],
    good: [
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
        name: 'switched on',
        files: terraform`
          resource "aws_opensearch_domain" "rag" {
            domain_name = "rag-embeddings"

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
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "security" {
            type = bool
          }

          resource "aws_opensearch_domain" "rag" {
            domain_name = "rag-embeddings"

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
              enabled = var.security
            }
          }
        `,
      },
    ],
  },
});
