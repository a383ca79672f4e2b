import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { googleGrant } from '../../src/concepts/grants-google.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { projectRoles } from '../../src/facts/project-roles.ts';

export default defineRule({
  id: 'identity/project-wide-role',
  title: 'Strong role for a whole project',
  severity: 'high',
  requirements: ['R9', 'R14', 'R38'],
  frameworks: { cis: ['GCP 1.5', 'GCP 1.6'], nist: ['AC-6'], stride: ['elevation-of-privilege'] },
  why: `A role on the project holds for everything in it, now and later. Roles that mint tokens or use service accounts are the worst: the workload can then become every other identity of the project. Give the role on the one bucket, secret or service account that is needed.`,
  links: ['https://cloud.google.com/iam/docs/using-iam-securely', 'https://cloud.google.com/iam/docs/service-account-permissions'],
  looksAt: googleGrant,

  *check({ resource, level, role, authoritative }, world) {
    if (level === 'resource' || role.is !== 'known') return;
    const gives = projectRoles.get(role.value);
    const reason = gives && aiRelevance(resource, world);
    if (!gives || reason === undefined) return;
    const also = authoritative ? ` As a binding it also takes the role away from everyone who is not listed here.` : '';
    yield {
      at: role.at,
      subject: role.value,
      severity: gives.severity,
      message: `${code(resource.address)} gives ${code(role.value)} on the whole ${level} (${reason}), a broad privilege: its holder can ${gives.then}.${also}`,
    };
  },

  examples: {
    bad: [
      {
        name: 'minting tokens for everyone',
        files: terraform`
          resource "google_project_iam_member" "training" {
            project = "acme-ml"
            role    = "roles/iam.serviceAccountTokenCreator" # <- finds
            member  = "serviceAccount:training@acme-ml.iam.gserviceaccount.com"
          }
        `,
      },
      {
        name: 'a binding for the whole project',
        files: terraform`
          resource "google_project_iam_binding" "training" {
            project = "acme-ml"
            role    = "roles/editor" # <- finds
            members = ["serviceAccount:training@acme-ml.iam.gserviceaccount.com"]
          }
        `,
      },
    ],
    good: [
      {
        name: 'a narrow role',
        files: terraform`
          resource "google_project_iam_member" "training" {
            project = "acme-ml"
            role    = "roles/logging.logWriter"
            member  = "serviceAccount:training@acme-ml.iam.gserviceaccount.com"
          }
        `,
      },
      {
        name: 'on one service account',
        files: terraform`
          resource "google_service_account_iam_member" "training" {
            service_account_id = "projects/acme-ml/serviceAccounts/training@acme-ml.iam.gserviceaccount.com"
            role               = "roles/iam.serviceAccountTokenCreator"
            member             = "serviceAccount:pipeline@acme-ml.iam.gserviceaccount.com"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the role comes from the caller',
        files: terraform`
          variable "role" {
            type = string
          }

          resource "google_project_iam_member" "training" {
            project = "acme-ml"
            role    = var.role
            member  = "serviceAccount:training@acme-ml.iam.gserviceaccount.com"
          }
        `,
      },
    ],
  },
});
