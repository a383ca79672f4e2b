import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { stateBackend } from '../../src/concepts/state-backend.ts';

/** Attributes of backends that are credentials themselves. Terraform documentation, the pages of each backend. */
const credentials = [
  'access_key',
  'secret_key',
  'token',
  'sas_token',
  'client_secret',
  'password',
  'conn_str',
  'credentials',
  'secret',
  'client_certificate_password',
];

export default defineRule({
  id: 'state/literal-credential',
  title: 'Credential in the backend configuration',
  severity: 'critical',
  requirements: ['R10', 'R18', 'R34'],
  frameworks: { nist: ['IA-5'], stride: ['information-disclosure', 'spoofing'] },
  why: `A backend can't use variables, so a credential that stands there stands in the repository's history, and Terraform copies it into every plan file and every .terraform directory. Whoever reads any of these can read and rewrite the whole state.`,
  links: ['https://developer.hashicorp.com/terraform/language/backend#credentials-and-sensitive-data'],
  looksAt: stateBackend,

  *check({ view, kind }) {
    for (const name of credentials) {
      const value = view.attr(name);
      if (value.is !== 'known' || value.value === '') continue;
      // A path to a file of credentials is not a credential, nor is a connection string without a password.
      if (name === 'credentials' && !String(value.value).includes('private_key')) continue;
      if (name === 'conn_str' && !/:[^/@:]+@/.test(String(value.value))) continue;
      yield {
        at: value,
        subject: name,
        message: `${code(name)} of the ${code(kind)} backend is written here. Revoke it, and give it through the environment or an identity of the pipeline instead.`,
        fix: [{ do: 'remove', at: value }],
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'a key',
        files: terraform`
          terraform {
            backend "s3" {
              bucket = "acme-terraform-state"
              key    = "serving/terraform.tfstate"
              region = "eu-west-1"
              use_lockfile = true
              encrypt      = true
              access_key   = "not-a-real-access-key" # <- finds
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"

            git_config {
              repository_url = "https://github.com/acme/ranker.git"
            }
          }
        `,
        suggests: '    encrypt      = true',
      },
      {
        name: 'a service account key written out',
        files: terraform`
          terraform {
            backend "gcs" {
              bucket      = "acme-terraform-state"
              prefix      = "serving"
              credentials = "{ private_key = not-a-real-key }" # <- finds
            }
          }

          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west1"
          }
        `,
        suggests: '    bucket = "acme-terraform-state"\n    prefix = "serving"',
      },
      {
        name: 'a password in a connection string',
        files: terraform`
          terraform {
            backend "pg" {
              conn_str    = "postgres://terraform:not-a-real-password@db.acme.example/state" # <- finds
              schema_name = "serving"
            }
          }

          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west1"
          }
        `,
        suggests: '  backend "pg" {',
      },
    ],
    good: [
      {
        name: 'an identity of the pipeline',
        files: terraform`
          terraform {
            backend "s3" {
              bucket = "acme-terraform-state"
              key    = "serving/terraform.tfstate"
              region = "eu-west-1"
              use_lockfile = true
              encrypt      = true
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"

            git_config {
              repository_url = "https://github.com/acme/ranker.git"
            }
          }
        `,
      },
      {
        name: 'a file of credentials',
        files: terraform`
          terraform {
            backend "gcs" {
              bucket      = "acme-terraform-state"
              prefix      = "serving"
              credentials = "service-account.json"
            }
          }

          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west1"
          }
        `,
      },
      {
        name: 'a connection string without a password',
        files: terraform`
          terraform {
            backend "pg" {
              conn_str    = "postgres://db.acme.example/state"
              schema_name = "serving"
            }
          }

          resource "google_vertex_ai_endpoint" "ranker" {
            name         = "ranker"
            display_name = "ranker"
            location     = "europe-west1"
          }
        `,
      },
      {
        name: 'an empty value',
        files: terraform`
          terraform {
            backend "s3" {
              bucket       = "acme-terraform-state"
              key          = "serving/terraform.tfstate"
              region       = "eu-west-1"
              use_lockfile = true
              encrypt      = true
              secret_key   = ""
            }
          }

          resource "aws_sagemaker_code_repository" "ranker" {
            code_repository_name = "ranker"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the rest comes from the command line',
        files: terraform`
          terraform {
            backend "azurerm" {}
          }

          resource "azurerm_search_service" "rag" {
            name                = "acme-rag"
            location            = "westeurope"
            resource_group_name = "ai"
            sku                 = "standard"
          }
        `,
      },
    ],
  },
});
