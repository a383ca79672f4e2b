import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { googleGrant, publicMember, withoutMember } from '../../src/concepts/grants-google.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'identity/public-member',
  title: 'Access for the whole public',
  severity: 'high',
  requirements: ['R2', 'R3', 'R23', 'R38', 'R41'],
  frameworks: { cis: ['GCP 5.1'], nist: ['AC-3', 'AC-6'], stride: ['information-disclosure', 'spoofing'] },
  why: `allUsers is the internet. allAuthenticatedUsers sounds safer but is everyone who has any Google account, not the people of your organisation. On a bucket that publishes models and data, on a service it lets strangers run inference at your expense, and behind an identity-aware proxy it takes away the protection the proxy was for.`,
  links: [
    'https://cloud.google.com/iam/docs/principals-overview',
    'https://cloud.google.com/storage/docs/access-control/making-data-public',
  ],
  looksAt: googleGrant,

  *check({ resource, role, members }, world) {
    for (const member of members) {
      const who = publicMember(member);
      if (who === undefined || member.is !== 'known') continue;
      const reason = aiRelevance(resource, world);
      if (reason === undefined) continue;
      const what = role.is === 'known' ? ` ${code(role.value)}` : ' its role';
      yield {
        at: member,
        subject: String(member.value),
        severity: member.value === 'allUsers' ? 'critical' : 'high',
        message: `${code(resource.address)} gives${what} to ${who} (${code(String(member.value))}; ${reason}), so it is public. Name the users, groups or service accounts.`,
        fix: withoutMember(member),
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'a bucket for everyone',
        files: terraform`
          resource "google_storage_bucket_iam_member" "weights" {
            bucket = "acme-ml-models"
            role   = "roles/storage.objectViewer"
            member = "allUsers" # <- finds
          }
        `,
      },
      {
        name: 'a proxy that lets any account in',
        files: terraform`
          variable "allowed" {
            type    = list(string)
            default = ["allAuthenticatedUsers"] # <- finds
          }

          resource "google_iap_web_backend_service_iam_binding" "jupyter" {
            project             = "acme-ml"
            web_backend_service = "jupyter"
            role                = "roles/iap.httpsResourceAccessor"
            members             = var.allowed
          }
        `,
        suggests: '  default = []',
      },
    ],
    good: [
      {
        name: 'one service account',
        files: terraform`
          resource "google_storage_bucket_iam_member" "weights" {
            bucket = "acme-ml-models"
            role   = "roles/storage.objectViewer"
            member = "serviceAccount:serving@acme-ml.iam.gserviceaccount.com"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the member comes from the caller',
        files: terraform`
          variable "member" {
            type = string
          }

          resource "google_storage_bucket_iam_member" "weights" {
            bucket = "acme-ml-models"
            role   = "roles/storage.objectViewer"
            member = var.member
          }
        `,
      },
    ],
  },
});
