import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { isMissing, setting, text, type Setting } from './setting.ts';

/** A role given on Azure. */
export interface AzureGrant {
  readonly resource: Resource;
  readonly role: Setting<string>;
  readonly principal: Located;
  /** What the role is given on. */
  readonly scope: Located;
  /** True when a condition narrows it, or may. */
  readonly conditional: boolean;
  readonly level: 'management group' | 'subscription' | 'resource group' | 'resource' | 'unknown';
}

export const azureGrant = byType<AzureGrant>('role on Azure', {
  azurerm_role_assignment: (resource) => [
    {
      resource,
      role: setting(resource.attr('role_definition_name'), text),
      principal: resource.attr('principal_id'),
      scope: resource.attr('scope'),
      conditional: !isMissing(resource.attr('condition')),
      level: levelOf(resource.attr('scope')),
    },
  ],
});

/** How much a scope takes in: by the shape of its id, or by what it refers to. */
function levelOf(scope: Located): AzureGrant['level'] {
  if (scope.is === 'known') {
    const id = String(scope.value);
    if (/^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+\/?$/i.test(id)) return 'management group';
    if (/^\/subscriptions\/[^/]+\/?$/i.test(id)) return 'subscription';
    return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/?$/i.test(id) ? 'resource group' : 'resource';
  }
  if (scope.is !== 'unknown') return 'unknown';
  const [first, ...others] = scope.refs;
  if (!first || others.length > 0 || (scope.parts && scope.parts.length > 1)) return 'unknown';
  if (/(^|\.)(?:data\.)?azurerm_management_group\./.test(first.to)) return 'management group';
  if (/(^|\.)(?:data\.)?azurerm_subscription\./.test(first.to)) return 'subscription';
  return /(^|\.)(?:data\.)?azurerm_resource_group\./.test(first.to) ? 'resource group' : 'resource';
}
