import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { poolGrant } from '../../src/concepts/identity-pool.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'identity/any-pool-identity',
  title: 'Everybody of an identity pool gets the role',
  severity: 'high',
  requirements: ['R9', 'R14', 'R38'],
  frameworks: { nist: ['AC-3', 'AC-6', 'IA-8'], stride: ['spoofing', 'elevation-of-privilege'] },
  why: `A workload identity pool takes in tokens from outside: every repository, cluster or account that its providers accept. The star at the end of a principal set means all of them, now and after the next provider is added, so a test pipeline can act as the service account that serves or trains your models.`,
  links: ['https://cloud.google.com/iam/docs/workload-identity-federation#principal-types'],
  looksAt: poolGrant,

  *check({ resource, member, role }, world) {
    const reason = aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: member,
      message: `${code(resource.address)} gives ${code(role)} to every identity of the pool (${reason}), whichever repository, cluster or account it comes from. Name one: ${code('principal://…/subject/…')}, or ${code('principalSet://…/attribute.repository/…')}.`,
    };
  },

  examples: {
    bad: [
      {
        name: 'all of a pool act as the account that trains',
        files: terraform`
          resource "google_service_account" "training" {
            account_id = "vertex-training"
          }

          resource "google_iam_workload_identity_pool" "ci" {
            workload_identity_pool_id = "ci"
          }

          resource "google_service_account_iam_member" "training" {
            service_account_id = google_service_account.training.name
            role               = "roles/iam.workloadIdentityUser"
            member             = "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.ci.name}/*" # <- finds
          }
        `,
      },
      {
        name: 'all of a pool read the models',
        files: terraform`
          resource "google_storage_bucket_iam_binding" "models" {
            bucket  = "acme-ml-models"
            role    = "roles/storage.objectAdmin"
            members = ["principalSet://iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/ci/*"] # <- finds
          }
        `,
      },
    ],
    good: [
      {
        name: 'one repository, one subject, one group',
        files: terraform`
          resource "google_service_account" "training" {
            account_id = "vertex-training"
          }

          resource "google_iam_workload_identity_pool" "ci" {
            workload_identity_pool_id = "ci"
          }

          resource "google_service_account_iam_binding" "training" {
            service_account_id = google_service_account.training.name
            role               = "roles/iam.workloadIdentityUser"
            members = [
              "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.ci.name}/attribute.repository/acme/training",
              "principal://iam.googleapis.com/\${google_iam_workload_identity_pool.ci.name}/subject/repo:acme/training:ref:refs/heads/main",
              "principalSet://iam.googleapis.com/\${google_iam_workload_identity_pool.ci.name}/group/trainers",
            ]
          }
        `,
      },
      {
        name: 'a condition narrows it',
        files: terraform`
          resource "google_storage_bucket_iam_member" "models" {
            bucket = "acme-ml-models"
            role   = "roles/storage.objectViewer"
            member = "principalSet://iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/ci/*"

            condition {
              title      = "ranker"
              expression = "resource.name.startsWith('projects/_/buckets/acme-ml-models/objects/ranker/')"
            }
          }
        `,
      },
      {
        name: 'of a web shop',
        files: terraform`
          resource "google_storage_bucket_iam_member" "shop" {
            bucket = "acme-shop"
            role   = "roles/storage.objectViewer"
            member = "principalSet://iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/ci/*"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "member" {
            type = string
          }

          variable "role" {
            type = string
          }

          resource "google_storage_bucket_iam_member" "models" {
            bucket = "acme-ml-models"
            role   = "roles/storage.objectViewer"
            member = var.member
          }

          resource "google_storage_bucket_iam_member" "weights" {
            bucket = "acme-ml-weights"
            role   = var.role
            member = "principalSet://iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/ci/*"
          }
        `,
      },
    ],
  },
});
