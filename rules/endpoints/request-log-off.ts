import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { requestLog } from '../../src/concepts/endpoint-azure.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'endpoints/request-log-off',
  title: 'Request log of an endpoint is switched off',
  severity: 'low',
  requirements: ['R22', 'R37', 'R41'],
  frameworks: { nist: ['AU-2', 'AU-12'], stride: ['repudiation'] },
  why: `Everything for the log is set up, and the switch is off: what was asked of the model and what it answered is not kept. Attempts to copy the model, abuse and drift then leave nothing to look at.`,
  links: ['https://cloud.google.com/vertex-ai/docs/predictions/online-prediction-logging'],
  looksAt: requestLog,

  *check({ of, on }) {
    if (!holds(on, false)) return;
    yield {
      at: on.at,
      message: `Endpoint ${code(of.address)} sets up a log of its requests and leaves it off, so abuse of the model or a change in its inputs can't be traced.`,
      fix: [on.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'off',
        files: terraform`
          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west4"
            network      = "projects/111122223333/global/networks/ml"

            predict_request_response_logging_config {
              enabled       = false # <- finds
              sampling_rate = 0.1

              bigquery_destination {
                output_uri = "bq://acme-ml.requests"
              }
            }
          }
        `,
        suggests: '    enabled       = true',
      },
    ],
    good: [
      {
        name: 'on',
        files: terraform`
          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west4"
            network      = "projects/111122223333/global/networks/ml"

            predict_request_response_logging_config {
              enabled       = true
              sampling_rate = 0.1

              bigquery_destination {
                output_uri = "bq://acme-ml.requests"
              }
            }
          }
        `,
      },
      {
        name: 'none set up',
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
          variable "log" {
            type = bool
          }

          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west4"
            network      = "projects/111122223333/global/networks/ml"

            predict_request_response_logging_config {
              enabled       = var.log
              sampling_rate = 0.1

              bigquery_destination {
                output_uri = "bq://acme-ml.requests"
              }
            }
          }
        `,
      },
    ],
  },
});
