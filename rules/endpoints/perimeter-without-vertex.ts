import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { perimeter } from '../../src/concepts/perimeter.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

const vertex = 'aiplatform.googleapis.com';

export default defineRule({
  id: 'endpoints/perimeter-without-vertex',
  title: 'Service perimeter leaves Vertex AI out',
  severity: 'medium',
  requirements: ['R22', 'R37'],
  frameworks: { nist: ['SC-7', 'AC-4'], stride: ['information-disclosure'] },
  why: `A perimeter keeps data of the services in its list from leaving the project, even with a stolen credential. A service that is not in the list is not held: what a bucket may not give away, a model, an endpoint or a tuning job of Vertex AI then may.`,
  links: ['https://cloud.google.com/vertex-ai/docs/general/vpc-service-controls'],
  looksAt: perimeter,

  *check({ of, at, services }, world) {
    if (services.includes(vertex)) return;
    const reason = aiRelevance(of, world);
    if (reason === undefined) return;
    yield {
      at,
      message: `Perimeter ${code(of.address)} does not hold ${code(vertex)} (${reason}): data that its other services keep inside can leave through Vertex AI.`,
      fix: [{ do: 'set', at, to: [...services, vertex] }],
    };
  },

  examples: {
    bad: [
      {
        name: 'a perimeter of an ML project',
        files: terraform`
          resource "google_access_context_manager_service_perimeter" "ml" {
            parent = "accessPolicies/123456789"
            name   = "accessPolicies/123456789/servicePerimeters/ml"
            title  = "ml"

            status {
              resources           = ["projects/111122223333"]
              restricted_services = ["storage.googleapis.com", "bigquery.googleapis.com"] # <- finds
            }
          }
        `,
        suggests: '    restricted_services = ["storage.googleapis.com", "bigquery.googleapis.com", "aiplatform.googleapis.com"]',
      },
    ],
    good: [
      {
        name: 'Vertex AI is in it',
        files: terraform`
          resource "google_access_context_manager_service_perimeter" "ml" {
            parent = "accessPolicies/123456789"
            name   = "accessPolicies/123456789/servicePerimeters/ml"
            title  = "ml"

            status {
              resources           = ["projects/111122223333"]
              restricted_services = ["storage.googleapis.com", "aiplatform.googleapis.com"]
            }
          }
        `,
      },
      {
        name: 'the perimeter of a shop',
        files: terraform`
          resource "google_access_context_manager_service_perimeter" "shop" {
            parent = "accessPolicies/123456789"
            name   = "accessPolicies/123456789/servicePerimeters/shop"
            title  = "shop"

            status {
              resources           = ["projects/111122223333"]
              restricted_services = ["storage.googleapis.com"]
            }
          }
        `,
      },
      {
        name: 'a bridge',
        files: terraform`
          resource "google_access_context_manager_service_perimeter" "ml" {
            parent = "accessPolicies/123456789"
            name   = "accessPolicies/123456789/servicePerimeters/ml"
            title  = "ml"

            status {
              resources           = ["projects/111122223333"]
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "services" {
            type = list(string)
          }

          resource "google_access_context_manager_service_perimeter" "ml" {
            parent = "accessPolicies/123456789"
            name   = "accessPolicies/123456789/servicePerimeters/ml"
            title  = "ml"

            status {
              resources           = ["projects/111122223333"]
              restricted_services = var.services
            }
          }
        `,
      },
      {
        name: 'part of the list comes from the caller',
        files: terraform`
          variable "service" {
            type = string
          }

          resource "google_access_context_manager_service_perimeter" "ml" {
            parent = "accessPolicies/123456789"
            name   = "accessPolicies/123456789/servicePerimeters/ml"
            title  = "ml"

            status {
              resources           = ["projects/111122223333"]
              restricted_services = ["storage.googleapis.com", var.service]
            }
          }
        `,
      },
    ],
  },
});
