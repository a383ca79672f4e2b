import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { poolProvider } from '../../src/concepts/identity-pool.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { isMissing } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'identity/open-identity-pool',
  title: 'Identity pool takes tokens from strangers',
  severity: 'high',
  requirements: ['R9', 'R14', 'R18'],
  frameworks: { nist: ['AC-3', 'IA-2', 'IA-8'], stride: ['spoofing', 'elevation-of-privilege'] },
  why: `GitHub, GitLab and HCP Terraform give tokens to everyone who has an account there. Without a condition the pool takes all of them in, and a single role that is given too widely then belongs to the whole world, with your models and training data behind it.`,
  links: [
    'https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions',
    'https://cloud.google.com/iam/docs/best-practices-for-using-workload-identity-federation',
  ],
  looksAt: poolProvider,

  *check({ resource, condition, everyone }, world) {
    const open = isMissing(condition) || (condition.is === 'known' && condition.value === 'true');
    const reason = open ? aiRelevance(resource, world) : undefined;
    if (reason === undefined) return;
    yield {
      at: condition,
      message: `${code(resource.address)} has no condition (${code('attribute_condition')}), so ${everyone} gets into the pool (${reason}). Take in only your own, such as ${code('assertion.repository_owner_id == "1234"')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'any repository',
        files: terraform`
          resource "google_iam_workload_identity_pool_provider" "ml_deploy" { # <- finds
            workload_identity_pool_id          = "ml-deploy"
            workload_identity_pool_provider_id = "github"
            attribute_mapping                  = { "google.subject" = "assertion.sub" }

            oidc {
              issuer_uri = "https://token.actions.githubusercontent.com"
            }
          }
        `,
      },
      {
        name: 'a condition that always holds',
        files: terraform`
          resource "google_iam_workload_identity_pool_provider" "ml_deploy" {
            workload_identity_pool_id          = "ml-deploy"
            workload_identity_pool_provider_id = "gitlab"
            attribute_mapping                  = { "google.subject" = "assertion.sub" }
            attribute_condition                = "true" # <- finds

            oidc {
              issuer_uri = "https://gitlab.com/"
            }
          }
        `,
      },
    ],
    good: [
      {
        name: 'one owner; an issuer of one’s own',
        files: terraform`
          resource "google_iam_workload_identity_pool_provider" "ml_deploy" {
            workload_identity_pool_id          = "ml-deploy"
            workload_identity_pool_provider_id = "github"
            attribute_mapping                  = { "google.subject" = "assertion.sub" }
            attribute_condition                = "assertion.repository_owner_id == '1234'"

            oidc {
              issuer_uri = "https://token.actions.githubusercontent.com"
            }
          }

          resource "google_iam_workload_identity_pool_provider" "ml_cluster" {
            workload_identity_pool_id          = "ml-cluster"
            workload_identity_pool_provider_id = "cluster"
            attribute_mapping                  = { "google.subject" = "assertion.sub" }

            oidc {
              issuer_uri = "https://oidc.acme.example"
            }
          }
        `,
      },
      {
        name: 'of a web shop',
        files: terraform`
          resource "google_iam_workload_identity_pool_provider" "shop" {
            workload_identity_pool_id          = "shop"
            workload_identity_pool_provider_id = "github"
            attribute_mapping                  = { "google.subject" = "assertion.sub" }

            oidc {
              issuer_uri = "https://token.actions.githubusercontent.com"
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "condition" {
            type = string
          }

          resource "google_iam_workload_identity_pool_provider" "ml_deploy" {
            workload_identity_pool_id          = "ml-deploy"
            workload_identity_pool_provider_id = "github"
            attribute_mapping                  = { "google.subject" = "assertion.sub" }
            attribute_condition                = var.condition

            oidc {
              issuer_uri = "https://token.actions.githubusercontent.com"
            }
          }
        `,
      },
    ],
  },
});
