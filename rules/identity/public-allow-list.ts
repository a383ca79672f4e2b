import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { googleGrant, publicMember, withoutMember } from '../../src/concepts/grants-google.ts';
import { publicList } from '../../src/concepts/grants-google-list.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';

export default defineRule({
  id: 'identity/public-allow-list',
  title: 'Allow-list lets the whole public in',
  severity: 'high',
  requirements: ['R3', 'R38', 'R41'],
  frameworks: { nist: ['AC-3', 'AC-6'], stride: ['spoofing', 'information-disclosure'] },
  why: `allAuthenticatedUsers sounds like the people of your organisation but is everyone who has any Google account; allUsers is the whole internet. In the allow-list of a notebook hub or a model's frontend it takes away the protection that the list is there for.`,
  links: ['https://cloud.google.com/iam/docs/principals-overview'],
  looksAt: publicList,

  *check({ resource, members }, world) {
    // Where the list ends in a role that we can see, the finding is about that role.
    const seen = world.resources.some((other) =>
      [...googleGrant.view(other, world)].some((grant) => grant.members.some((member) => publicMember(member) !== undefined)),
    );
    for (const member of seen ? [] : members) {
      const who = publicMember(member);
      if (who === undefined || member.is !== 'known') continue;
      const reason = aiRelevance(resource, world);
      if (reason === undefined) continue;
      yield {
        at: member,
        subject: String(member.value),
        message: `${code(resource.address)} has ${code(String(member.value))} on it, which is ${who} (${reason}), so what it protects is public. Name the users or groups.`,
        fix: withoutMember(member),
      };
    }
  },

  examples: {
    bad: [
      {
        name: 'anyone with an account',
        files: terraform`
          variable "jupyter_members_allowlist" {
            type    = list(string)
            default = ["allAuthenticatedUsers"] # <- finds
          }

          resource "helm_release" "jupyterhub" {
            name       = "jupyterhub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "3.3.8"
          }
        `,
        suggests: '  default = []',
      },
      {
        name: 'one of several',
        files: terraform`
          variable "jupyter_members_allowlist" {
            type = list(string)
            default = [
              "group:research@acme.example",
              "allUsers", # <- finds
            ]
          }

          resource "helm_release" "jupyterhub" {
            name       = "jupyterhub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "3.3.8"
          }
        `,
        suggests: '    "group:research@acme.example",',
      },
    ],
    good: [
      {
        name: 'one group',
        files: terraform`
          variable "members_allowlist" {
            type    = list(string)
            default = ["group:research@acme.example"]
          }

          resource "helm_release" "jupyterhub" {
            name       = "jupyterhub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "3.3.8"
          }
        `,
      },
      {
        name: 'a web shop is none of our business',
        files: terraform`
          variable "visitors" {
            type    = list(string)
            default = ["allUsers"]
          }

          resource "google_storage_bucket" "pictures" {
            name     = "acme-shop-pictures"
            location = "EU"
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'nothing is given',
        files: terraform`
          variable "members_allowlist" {
            type = list(string)
          }

          resource "helm_release" "jupyterhub" {
            name       = "jupyterhub"
            repository = "https://hub.jupyter.org/helm-chart/"
            chart      = "jupyterhub"
            version    = "3.3.8"
          }
        `,
      },
    ],
  },
});
