import { cloudformation, defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { vectorStore } from '../../src/concepts/data-store-vector.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'vector/public-network',
  title: 'Vector store is reachable from the public internet',
  severity: 'high',
  requirements: ['R4', 'R41'],
  frameworks: { nist: ['SC-7'], stride: ['information-disclosure', 'tampering'], owasp: ['LLM08:2025'] },
  why: `A vector store holds your documents in another form: the text is stored beside the vectors, and can often be rebuilt from them. Whoever can write to it decides what the model reads next. On a public address one leaked credential is enough for both.`,
  links: [
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html',
    'https://cloud.google.com/vertex-ai/docs/vector-search/deploy-index-public',
  ],
  looksAt: vectorStore,

  *check({ resource, noun, publicNetwork }) {
    if (!holds(publicNetwork, true) || publicNetwork === undefined) return;
    yield {
      at: publicNetwork.at,
      message: `${noun} ${code(resource.address)} makes the vector store public: it can be reached from anywhere on the internet with a valid credential.`,
      ...(resource.type.includes('olicy') ? {} : { fix: [publicNetwork.writes(false)] }),
    };
  },

  examples: {
    bad: [
      {
        name: 'a public index',
        files: terraform`
          resource "google_vertex_ai_index_endpoint" "rag" {
            display_name            = "rag"
            region                  = "europe-west4"
            public_endpoint_enabled = true # <- finds
          }
        `,
        suggests: '  public_endpoint_enabled = false',
      },
      {
        name: 'a network policy for everyone',
        files: terraform`
          resource "aws_opensearchserverless_security_policy" "rag" {
            name = "rag"
            type = "network"

            policy = jsonencode([{
              Rules           = [{ ResourceType = "collection", Resource = ["collection/rag"] }]
              AllowFromPublic = true # <- finds
            }])
          }
        `,
      },
      {
        name: 'a graph with vectors',
        files: terraform`
          resource "aws_neptunegraph_graph" "rag" {
            graph_name          = "rag"
            provisioned_memory  = 32
            public_connectivity = true # <- finds

            vector_search_configuration {
              vector_search_dimension = 1024
            }
          }
        `,
        suggests: '  public_connectivity = false',
      },
      {
        name: 'CloudFormation: a graph with vectors',
        files: cloudformation`
          Resources:
            Rag:
              Type: AWS::NeptuneGraph::Graph
              Properties:
                GraphName: rag
                ProvisionedMemory: 32
                PublicConnectivity: true # <- finds
                VectorSearchConfiguration:
                  VectorSearchDimension: 1024
        `,
        suggests: '      PublicConnectivity: false',
      },
      {
        name: 'CloudFormation',
        files: cloudformation`
          Resources:
            RagNetwork:
              Type: AWS::OpenSearchServerless::SecurityPolicy
              Properties:
                Name: rag
                Type: network
                Policy: '[{"Rules":[{"ResourceType":"collection","Resource":["collection/rag"]}],"AllowFromPublic":true}]' # <- finds
        `,
      },
    ],
    good: [
      {
        name: 'a graph without vectors',
        files: terraform`
          resource "aws_neptunegraph_graph" "routes" {
            graph_name          = "routes"
            provisioned_memory  = 32
            public_connectivity = true
          }
        `,
      },
      {
        name: 'private',
        files: terraform`
          resource "google_vertex_ai_index_endpoint" "rag" {
            display_name            = "rag"
            region                  = "europe-west4"
            public_endpoint_enabled = false
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "public" {
            type = bool
          }

          resource "google_vertex_ai_index_endpoint" "rag" {
            display_name            = "rag"
            region                  = "europe-west4"
            public_endpoint_enabled = var.public
          }
        `,
      },
    ],
  },
});
