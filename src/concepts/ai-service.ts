import { embedded } from '../model/embedded.ts';
import type { Located, Resource } from '../model/resource.ts';
import { child, located } from './inside.ts';
import { isMissing, setting, words, yesNo, type Setting } from './setting.ts';
import type { Concept } from '../engine/rule.ts';

/** A service of Azure's AI platform that answers under a public name unless it is told not to. */
export interface AiService {
  readonly resource: Resource;
  /** What it is, for a sentence: "Azure OpenAI account". */
  readonly noun: string;
  readonly publicNetwork: Setting<boolean>;
  /** What the service's own firewall lets through when nothing else matches. */
  readonly firewall: 'open' | 'closed' | 'unknown';
  /** Whether keys are accepted beside Entra ID; absent where the service has no such switch. */
  readonly keys?: Setting<boolean>;
}

const enabledDisabled = words('Enabled', 'Disabled');
/** `disableLocalAuth: true` means that keys are off. */
const disabled = {
  read: (v: string | number | boolean) => (yesNo.read(v) === undefined ? undefined : !yesNo.read(v)),
  write: (v: boolean) => !v,
};

// Defaults: hashicorp/azurerm registry pages of each resource ("Defaults to true", for azurerm_ai_foundry "Defaults to Enabled") and the
// Azure REST references of the azapi types, where publicNetworkAccess is Enabled unless it is set.
const azurerm: Readonly<Record<string, (r: Resource) => Omit<AiService, 'resource'>>> = {
  azurerm_cognitive_account: (r) => ({
    noun: r.attr('kind').is === 'known' && /openai/i.test(textAt(r, 'kind')) ? 'Azure OpenAI account' : 'Azure AI services account',
    publicNetwork: setting(r.attr('public_network_access_enabled'), yesNo, true),
    firewall: actionOf(r.attr('network_acls', 'default_action')),
    keys: setting(r.attr('local_auth_enabled'), yesNo, true),
  }),
  azurerm_ai_services: (r) => ({
    noun: 'Azure AI services account',
    publicNetwork: setting(r.attr('public_network_access'), enabledDisabled, true),
    firewall: actionOf(r.attr('network_acls', 'default_action')),
    keys: setting(r.attr('local_authentication_enabled'), yesNo, true),
  }),
  azurerm_search_service: (r) => ({
    noun: 'AI Search service',
    publicNetwork: setting(r.attr('public_network_access_enabled'), yesNo, true),
    firewall: allowList(r.attr('allowed_ips')),
    keys: setting(r.attr('local_authentication_enabled'), yesNo, true),
  }),
  azurerm_machine_learning_workspace: (r) => ({
    noun: 'Machine Learning workspace',
    publicNetwork: setting(r.attr('public_network_access_enabled'), yesNo, true),
    firewall: 'open',
  }),
  azurerm_ai_foundry: (r) => ({
    noun: 'AI Foundry hub',
    publicNetwork: setting(r.attr('public_network_access'), enabledDisabled, true),
    firewall: 'open',
  }),
};

const azapi: Readonly<Record<string, (body: (...path: string[]) => Located) => Omit<AiService, 'resource'>>> = {
  'microsoft.machinelearningservices/workspaces/onlineendpoints': (body) => ({
    noun: 'Online endpoint',
    publicNetwork: setting(body('publicNetworkAccess'), enabledDisabled, true),
    firewall: 'open',
    keys: setting(body('authMode'), words('Key', 'AADToken')),
  }),
  'microsoft.machinelearningservices/workspaces': (body) => ({
    noun: 'Machine Learning workspace',
    publicNetwork: setting(body('publicNetworkAccess'), enabledDisabled, true),
    firewall: 'open',
  }),
  'microsoft.cognitiveservices/accounts': (body) => ({
    noun: 'Azure AI services account',
    publicNetwork: setting(body('publicNetworkAccess'), enabledDisabled, true),
    firewall: actionOf(body('networkAcls', 'defaultAction')),
    keys: setting(body('disableLocalAuth'), disabled, true),
  }),
  'microsoft.search/searchservices': (body) => ({
    noun: 'AI Search service',
    publicNetwork: setting(body('publicNetworkAccess'), enabledDisabled, true),
    firewall: allowList(body('networkRuleSet', 'ipRules')),
    keys: setting(body('disableLocalAuth'), disabled, true),
  }),
};

/**
 * Azure Verified Modules take the provider's own attribute names as inputs, so a call of one is read like the resource that it makes, except
 * that its defaults are the module's own and not known here.
 */
const verifiedModules: Readonly<Record<string, string>> = {
  'azure/avm-res-search-searchservice/azurerm': 'azurerm_search_service',
  'azure/avm-res-cognitiveservices-account/azurerm': 'azurerm_cognitive_account',
};

/** Terraform's types for a resource of Azure that is written as its REST body. */
export const azapiTypes = ['azapi_resource', 'azapi_update_resource'] as const;

export const aiService: Concept<AiService> = {
  name: 'Azure AI service',
  types: new Set([...Object.keys(azurerm), 'module', ...azapiTypes]),
  *view(resource) {
    const spelled = own(azurerm, resource.type) ?? moduleView(resource);
    if (spelled) yield { resource, ...spelled(resource) };
    const body = azapiBody(resource);
    const seen = body && own(azapi, body.type);
    if (seen) yield { resource, ...seen(body.attr) };
  },
};

function moduleView(resource: Resource): ((r: Resource) => Omit<AiService, 'resource'>) | undefined {
  if (resource.type !== 'module') return undefined;
  const type = own(
    verifiedModules,
    textAt(resource, 'source')
      .replace(/^registry\.terraform\.io\//, '')
      .toLowerCase(),
  );
  const seen = type === undefined ? undefined : own(azurerm, type);
  return (
    seen &&
    ((r) => {
      const service = seen(r);
      const keys = service.keys && onlyWritten(service.keys);
      return { noun: service.noun, firewall: service.firewall, publicNetwork: onlyWritten(service.publicNetwork), ...(keys && { keys }) };
    })
  );
}

const onlyWritten = (found: Setting<boolean>): Setting<boolean> =>
  found.is === 'known' && !found.written ? { is: 'unknown', at: found.at, writes: found.writes } : found;

/** The type of an azapi resource without its version, in lower case, and its properties. */
export function azapiBody(resource: Resource): { readonly type: string; readonly attr: (...path: string[]) => Located } | undefined {
  if (!/^azapi_(?:resource|update_resource)$/.test(resource.type)) return undefined;
  const type = textAt(resource, 'type').split('@')[0]?.toLowerCase() ?? '';
  const body = resource.attr('body');
  // Written as an object, or as JSON in a text.
  const whole = located(embedded(body), body);
  return { type, attr: (...path) => ['properties', ...path].reduce(child, whole) };
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

function textAt(resource: Resource, key: string): string {
  const value = resource.attr(key);
  return value.is === 'known' ? String(value.value) : '';
}

/** A rule set's default action: without one everything is let in. */
export function actionOf(action: Located): AiService['firewall'] {
  if (action.is === 'absent') return 'open';
  if (action.is !== 'known') return 'unknown';
  return String(action.value).toLowerCase() === 'deny' ? 'closed' : 'open';
}

/** A list of allowed addresses closes the service to all others as soon as it has one. */
function allowList(addresses: Located): AiService['firewall'] {
  if (isMissing(addresses)) return 'open';
  if (addresses.is !== 'list') return 'unknown';
  const any = addresses.items.some((item) => item.is === 'known' && /^0\.0\.0\.0(?:\/0)?$/.test(String(item.value)));
  return any ? 'open' : 'closed';
}
