import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { deployedIndex } from '../../src/concepts/vector-account.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'vector/index-without-login',
  title: 'Vector index answers everyone in the network',
  severity: 'medium',
  requirements: ['R4', 'R22'],
  frameworks: { nist: ['IA-2', 'AC-3', 'SC-7'], stride: ['spoofing', 'information-disclosure'], owasp: ['LLM08:2025'] },
  why: `An index behind a peered network is asked over plain gRPC, past IAM: every machine and pod of the network, and of those peered with it, can search it. Searches give away the documents behind the vectors, across teams and tenants. With an authentication config callers need a signed token.`,
  links: ['https://cloud.google.com/vertex-ai/docs/vector-search/deploy-index-vpc'],
  looksAt: deployedIndex,

  *check({ of, login, endpoint }) {
    if (!endpoint || !isMissing(login)) return;
    yield {
      at: login,
      message: `Index ${code(of.address)} is served by ${code(endpoint.address)} in a peered network and asks nobody for a token: everything in that network can search it. Add ${code('deployed_index_auth_config')} with the accounts that may.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'in a peered network',
        files: terraform`
          resource "google_vertex_ai_index_endpoint" "rag" {
            display_name = "rag"
            region       = "europe-west4"
            network      = "projects/111122223333/global/networks/ml"
          }

          resource "google_vertex_ai_index_endpoint_deployed_index" "rag" { # <- finds
            index_endpoint    = google_vertex_ai_index_endpoint.rag.id
            index             = google_vertex_ai_index.rag.id
            deployed_index_id = "rag"

          }

          resource "google_vertex_ai_index" "rag" {
            display_name = "rag"
            region       = "europe-west4"
          }
        `,
      },
    ],
    good: [
      {
        name: 'with tokens',
        files: terraform`
          resource "google_vertex_ai_index_endpoint" "rag" {
            display_name = "rag"
            region       = "europe-west4"
            network      = "projects/111122223333/global/networks/ml"
          }

          resource "google_vertex_ai_index_endpoint_deployed_index" "rag" {
            index_endpoint    = google_vertex_ai_index_endpoint.rag.id
            index             = google_vertex_ai_index.rag.id
            deployed_index_id = "rag"

            deployed_index_auth_config {
              auth_provider {
                audiences       = ["rag"]
                allowed_issuers = ["chat@acme-ml.iam.gserviceaccount.com"]
              }
            }
          }

          resource "google_vertex_ai_index" "rag" {
            display_name = "rag"
            region       = "europe-west4"
          }
        `,
      },
      {
        name: 'Private Service Connect names its callers',
        files: terraform`
          resource "google_vertex_ai_index_endpoint" "rag" {
            display_name = "rag"
            region       = "europe-west4"

            private_service_connect_config {
              enable_private_service_connect = true
              project_allowlist              = ["acme-serving"]
            }
          }

          resource "google_vertex_ai_index_endpoint_deployed_index" "rag" {
            index_endpoint    = google_vertex_ai_index_endpoint.rag.id
            index             = google_vertex_ai_index.rag.id
            deployed_index_id = "rag"

          }

          resource "google_vertex_ai_index" "rag" {
            display_name = "rag"
            region       = "europe-west4"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "issuers" {
            type = list(string)
          }

          resource "google_vertex_ai_index_endpoint" "rag" {
            display_name = "rag"
            region       = "europe-west4"
            network      = "projects/111122223333/global/networks/ml"
          }

          resource "google_vertex_ai_index_endpoint_deployed_index" "rag" {
            index_endpoint    = google_vertex_ai_index_endpoint.rag.id
            index             = google_vertex_ai_index.rag.id
            deployed_index_id = "rag"

            dynamic "deployed_index_auth_config" {
              for_each = length(var.issuers) > 0 ? [1] : []

              content {
                auth_provider {
                  audiences       = ["rag"]
                  allowed_issuers = var.issuers
                }
              }
            }
          }

          resource "google_vertex_ai_index" "rag" {
            display_name = "rag"
            region       = "europe-west4"
          }
        `,
      },
      {
        name: 'the endpoint is not here',
        files: terraform`
          variable "endpoint" {
            type = string
          }

          resource "google_vertex_ai_index_endpoint_deployed_index" "rag" {
            index_endpoint    = var.endpoint
            index             = "rag"
            deployed_index_id = "rag"
          }
        `,
      },
    ],
  },
});
