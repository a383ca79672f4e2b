import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { vertexEndpoint } from '../../src/concepts/endpoint-vertex.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/vertex-public',
  title: 'Vertex AI endpoint has a public address',
  severity: 'medium',
  requirements: ['R3', 'R37'],
  frameworks: { nist: ['SC-7'], stride: ['information-disclosure', 'denial-of-service'] },
  why: `A Vertex AI endpoint answers at a public Google address unless it is peered with a network or offered through Private Service Connect. IAM still decides who may call it, so a leaked service account key works from anywhere. The choice can't be changed afterwards: the endpoint has to be made anew.`,
  links: ['https://cloud.google.com/vertex-ai/docs/predictions/choose-endpoint-type'],
  looksAt: vertexEndpoint,

  *check({ resource, network, serviceConnect }) {
    const off = isMissing(serviceConnect) || (serviceConnect.is === 'known' && serviceConnect.value === false);
    if (!isMissing(network) || !off) return;
    yield {
      at: network,
      message: `Endpoint ${code(resource.address)} is reachable at a public address: it names neither a network nor Private Service Connect. A leaked credential can call the model from anywhere.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'no network',
        files: terraform`
          resource "google_vertex_ai_endpoint" "ranker" { # <- finds
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west4"
          }
        `,
      },
    ],
    good: [
      {
        name: 'Private Service Connect',
        files: terraform`
          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west4"

            private_service_connect_config {
              enable_private_service_connect = true
              project_allowlist              = ["acme-serving"]
            }
          }
        `,
      },
      {
        name: 'peered',
        files: terraform`
          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west4"
            network      = "projects/111122223333/global/networks/ml"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "network" {
            type = string
          }

          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west4"
            network      = var.network
          }
        `,
      },
    ],
  },
});
