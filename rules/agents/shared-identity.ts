import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { engineAgent } from '../../src/concepts/agent-engine.ts';
import { isMissing, textOf } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'agents/shared-identity',
  title: 'Agent has no identity of its own',
  severity: 'low',
  requirements: ['R9', 'R38'],
  frameworks: { nist: ['AC-6', 'AC-2'], stride: ['elevation-of-privilege', 'repudiation'], owasp: ['LLM06:2025'] },
  why: `An agent of Agent Engine that names no account runs as the service agent of the whole project, like every other agent there. What one of them is allowed all of them can do, an injected prompt in any of them too, and the audit log can't tell them apart.`,
  links: [
    'https://cloud.google.com/vertex-ai/generative-ai/docs/agent-engine/set-up',
    'https://cloud.google.com/vertex-ai/generative-ai/docs/agent-engine/agent-identity',
  ],
  looksAt: engineAgent,

  *check({ of, account, identity }) {
    if (!isMissing(account) || !(isMissing(identity) || textOf(identity) === 'SERVICE_ACCOUNT')) return;
    yield {
      at: account,
      message: `Agent ${code(of.address)} names no service account, so it runs as the service agent that all agents of the project share. Give it an account with what its tools need, or ${code('identity_type = "AGENT_IDENTITY"')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'nothing said',
        files: terraform`
          resource "google_vertex_ai_reasoning_engine" "support" {
            display_name = "support"
            region       = "europe-west4"

            spec { # <- finds

              agent_framework = "google-adk"

              package_spec {
                pickle_object_gcs_uri    = "gs://acme-agents/support/agent.pkl"
                requirements_gcs_uri     = "gs://acme-agents/support/requirements.txt"
                dependency_files_gcs_uri = "gs://acme-agents/support/dependencies.tar.gz"
              }
            }
          }
        `,
      },
      {
        name: 'a kind of identity without one',
        files: terraform`
          resource "google_vertex_ai_reasoning_engine" "support" {
            display_name = "support"
            region       = "europe-west4"

            spec { # <- finds
              identity_type   = "SERVICE_ACCOUNT"
              agent_framework = "google-adk"

              package_spec {
                pickle_object_gcs_uri    = "gs://acme-agents/support/agent.pkl"
                requirements_gcs_uri     = "gs://acme-agents/support/requirements.txt"
                dependency_files_gcs_uri = "gs://acme-agents/support/dependencies.tar.gz"
              }
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'an account of its own',
        files: terraform`
          resource "google_vertex_ai_reasoning_engine" "support" {
            display_name = "support"
            region       = "europe-west4"

            spec {
              service_account = "support-agent@acme-ml.iam.gserviceaccount.com"
              agent_framework = "google-adk"

              package_spec {
                pickle_object_gcs_uri    = "gs://acme-agents/support/agent.pkl"
                requirements_gcs_uri     = "gs://acme-agents/support/requirements.txt"
                dependency_files_gcs_uri = "gs://acme-agents/support/dependencies.tar.gz"
              }
            }
          }
        `,
      },
      {
        name: 'an identity of its own',
        files: terraform`
          resource "google_vertex_ai_reasoning_engine" "support" {
            display_name = "support"
            region       = "europe-west4"

            spec {
              identity_type   = "AGENT_IDENTITY"
              agent_framework = "google-adk"

              package_spec {
                pickle_object_gcs_uri    = "gs://acme-agents/support/agent.pkl"
                requirements_gcs_uri     = "gs://acme-agents/support/requirements.txt"
                dependency_files_gcs_uri = "gs://acme-agents/support/dependencies.tar.gz"
              }
            }
          }
        `,
      },
      {
        name: 'it runs no code',
        files: terraform`
          resource "google_vertex_ai_reasoning_engine" "support" {
            display_name = "support"
            region       = "europe-west4"

          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "account" {
            type = string
          }

          resource "google_vertex_ai_reasoning_engine" "support" {
            display_name = "support"
            region       = "europe-west4"

            spec {
              service_account = var.account
              agent_framework = "google-adk"

              package_spec {
                pickle_object_gcs_uri    = "gs://acme-agents/support/agent.pkl"
                requirements_gcs_uri     = "gs://acme-agents/support/requirements.txt"
                dependency_files_gcs_uri = "gs://acme-agents/support/dependencies.tar.gz"
              }
            }
          }
        `,
      },
      {
        name: 'which kind is not known',
        files: terraform`
          variable "identity" {
            type = string
          }

          resource "google_vertex_ai_reasoning_engine" "support" {
            display_name = "support"
            region       = "europe-west4"

            spec {
              identity_type   = var.identity
              agent_framework = "google-adk"

              package_spec {
                pickle_object_gcs_uri    = "gs://acme-agents/support/agent.pkl"
                requirements_gcs_uri     = "gs://acme-agents/support/requirements.txt"
                dependency_files_gcs_uri = "gs://acme-agents/support/dependencies.tar.gz"
              }
            }
          }
        `,
      },
    ],
  },
});
