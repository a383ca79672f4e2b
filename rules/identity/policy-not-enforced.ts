import { defineRule, terraform } from '../../src/engine/define-rule.ts';
import { code } from '../../src/engine/words.ts';
import { organizationPolicy } from '../../src/concepts/organization-policy.ts';
import { aiRelevance } from '../../src/concepts/relevance.ts';
import { holds } from '../../src/concepts/setting.ts';

export default defineRule({
  id: 'identity/policy-not-enforced',
  title: "The organisation's guardrail is switched off",
  severity: 'medium',
  requirements: ['R35', 'R9', 'R24'],
  frameworks: { nist: ['CM-6', 'AC-3', 'CM-7'], stride: ['elevation-of-privilege', 'information-disclosure'] },
  why: `Policies of the organisation hold for everything below them, whoever writes it. One that is switched off for a project takes the safety net away from all that is built there later, notebooks, buckets and keys, and nobody sees it in those changes.`,
  links: [
    'https://cloud.google.com/resource-manager/docs/organization-policy/org-policy-constraints',
    'https://learn.microsoft.com/en-us/azure/governance/policy/concepts/assignment-structure#enforcement-mode',
  ],
  looksAt: organizationPolicy,

  *check({ resource, enforced, name, otherwise, isAi }, world) {
    if (!holds(enforced, false)) return;
    const reason = isAi ? 'it is about AI services' : aiRelevance(resource, world);
    if (reason === undefined) return;
    yield {
      at: enforced.at,
      message: `${code(resource.address)} switches ${code(name)} off (${reason}), so ${otherwise}. Leave it in force, and name the exception that is needed instead.`,
      fix: [enforced.writes(true)],
    };
  },

  examples: {
    bad: [
      {
        name: 'notebooks may be public',
        files: terraform`
          resource "google_org_policy_policy" "notebooks" {
            name   = "projects/acme-lab/policies/ainotebooks.restrictPublicIp"
            parent = "projects/acme-lab"

            spec {
              rules {
                enforce = "FALSE" # <- finds
              }
            }
          }
        `,
        suggests: '      enforce = "TRUE"',
      },
      {
        name: 'keys for the service accounts of an AI project, in the older resources',
        files: terraform`
          resource "google_project_organization_policy" "keys" {
            project    = "acme-llm"
            constraint = "constraints/iam.disableServiceAccountKeyCreation"

            boolean_policy {
              enforced = false # <- finds
            }
          }

          resource "google_folder_organization_policy" "llm" {
            folder     = "folders/1234"
            constraint = "iam.disableServiceAccountKeyCreation"

            boolean_policy {
              enforced = false # <- finds
            }
          }

          resource "google_organization_policy" "llm" {
            org_id     = "1234"
            constraint = "iam.disableServiceAccountKeyCreation"

            boolean_policy {
              enforced = false # <- finds
            }
          }
        `,
        suggests: '    enforced = true',
      },
      {
        name: 'Azure: only reported',
        files: terraform`
          resource "azurerm_resource_group_policy_assignment" "openai_private" {
            name                 = "openai-private"
            resource_group_id    = "/subscriptions/0000/resourceGroups/openai"
            policy_definition_id = "/providers/Microsoft.Authorization/policyDefinitions/037eea7a-bd0a-46c5-9a66-03aea78705d3"
            enforce              = false # <- finds
          }
        `,
        suggests: '  enforce              = true',
      },
      ...(['management_group', 'subscription', 'resource'] as const).map((level) => ({
        name: `Azure: only reported, for a ${level}`,
        files: {
          'main.tf': `resource "azurerm_${level}_policy_assignment" "openai" {
  name                 = "openai-private"
  ${level === 'resource' ? 'resource' : level}_id = "/subscriptions/0000/openai"
  policy_definition_id = "/providers/Microsoft.Authorization/policyDefinitions/037eea7a-bd0a-46c5-9a66-03aea78705d3"
  enforce              = false # <- finds
}
`,
        },
        suggests: '  enforce              = true',
      })),
    ],
    good: [
      {
        name: 'in force, or for a part that is named',
        files: terraform`
          resource "google_org_policy_policy" "notebooks" {
            name   = "projects/acme-lab/policies/ainotebooks.restrictPublicIp"
            parent = "projects/acme-lab"

            spec {
              rules {
                enforce = "TRUE"
              }

              rules {
                enforce = "FALSE"

                condition {
                  expression = "resource.matchTag('1234/exception', 'public-demo')"
                }
              }
            }
          }

          resource "azurerm_resource_group_policy_assignment" "openai_private" {
            name                 = "openai-private"
            resource_group_id    = "/subscriptions/0000/resourceGroups/openai"
            policy_definition_id = "/providers/Microsoft.Authorization/policyDefinitions/037eea7a-bd0a-46c5-9a66-03aea78705d3"
          }
        `,
      },
      {
        name: 'of a web shop; a constraint that opens nothing; a list of values',
        files: terraform`
          resource "google_org_policy_policy" "shop" {
            name   = "projects/acme-shop/policies/storage.publicAccessPrevention"
            parent = "projects/acme-shop"

            spec {
              rules {
                enforce = "FALSE"
              }
            }
          }

          resource "google_org_policy_policy" "vllm" {
            name   = "projects/acme-vllm/policies/compute.disableNestedVirtualization"
            parent = "projects/acme-vllm"

            spec {
              rules {
                enforce = "FALSE"
              }
            }
          }

          resource "google_project_organization_policy" "vllm" {
            project    = "acme-vllm"
            constraint = "storage.publicAccessPrevention"

            restore_policy {
              default = true
            }
          }
        `,
      },
    ],
    unknown: [
      {
        name: 'the caller decides',
        files: terraform`
          variable "enforce" {
            type = string
          }

          variable "constraint" {
            type = string
          }

          resource "google_org_policy_policy" "notebooks" {
            name   = "projects/acme-lab/policies/ainotebooks.restrictPublicIp"
            parent = "projects/acme-lab"

            spec {
              rules {
                enforce = var.enforce
              }
            }
          }

          resource "google_project_organization_policy" "llm" {
            project    = "acme-llm"
            constraint = var.constraint

            boolean_policy {
              enforced = false
            }
          }
        `,
      },
    ],
  },
});
