import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { organizationConstraints, type OrganizationConstraint } from '../facts/organization-constraints.ts';
import { setting, textOf, yesNo, type Setting, type Spelling } from './setting.ts';

/** A rule of the organisation that a configuration switches on or off for a part of it. */
export interface OrganizationPolicy {
  readonly resource: Resource;
  readonly enforced: Setting<boolean>;
  /** What it is called, and what may happen where it is not in force (fits after "so"). */
  readonly name: string;
  readonly otherwise: string;
  /** True when it is about AI services alone. */
  readonly isAi: boolean;
}

const olderPolicies = new Set(['google_project_organization_policy', 'google_folder_organization_policy', 'google_organization_policy']);
const assignments = new Set([
  'azurerm_management_group_policy_assignment',
  'azurerm_subscription_policy_assignment',
  'azurerm_resource_group_policy_assignment',
  'azurerm_resource_policy_assignment',
]);

export const organizationPolicy: Concept<OrganizationPolicy> = {
  name: 'policy of the organisation',
  types: new Set(['google_org_policy_policy', ...olderPolicies, ...assignments]),
  *view(resource) {
    if (resource.type === 'google_org_policy_policy') yield* google(resource, resource.attr('name'), rulesOf(resource), upper);
    else if (olderPolicies.has(resource.type))
      yield* google(resource, resource.attr('constraint'), [resource.attr('boolean_policy', 'enforced')], yesNo);
    else if (assignments.has(resource.type))
      // Default true: hashicorp/azurerm, *_policy_assignment, enforce.
      yield {
        resource,
        enforced: setting(resource.attr('enforce'), yesNo, true),
        name: textOf(resource.attr('display_name')) ?? resource.name,
        otherwise: 'what it forbids is only reported',
        isAi: false,
      };
  },
};

/** A rule with a condition holds for some of what is below; the others have a rule of their own. */
const rulesOf = (resource: Resource): readonly Located[] =>
  resource
    .items('spec', 'rules')
    .filter((rule) => rule.attr('condition').is === 'absent')
    .map((rule) => rule.attr('enforce'));

function* google(
  resource: Resource,
  constraint: Located,
  enforced: readonly Located[],
  spelling: Spelling<boolean>,
): Generator<OrganizationPolicy> {
  const name = (textOf(constraint) ?? (constraint.is === 'unknown' ? (constraint.parts?.at(-1) ?? '') : '')).replace(/^.*\//, '');
  const found: OrganizationConstraint | undefined = organizationConstraints.get(name);
  if (!found) return;
  for (const at of enforced)
    if (at.is !== 'absent') yield { resource, enforced: setting(at, spelling), name, otherwise: found.otherwise, isAi: found.isAi };
}

/** `TRUE` and `FALSE`, as the newer resource has them. */
const upper = {
  read: (value: string | number | boolean): boolean | undefined => yesNo.read(typeof value === 'string' ? value.toLowerCase() : value),
  write: (value: boolean): string => (value ? 'TRUE' : 'FALSE'),
};
