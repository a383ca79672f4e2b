import type { Concept } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { azapiBody, azapiTypes } from './ai-service.ts';
import { byType } from './by-type.ts';
import { setting, text, yesNo, type Setting } from './setting.ts';

/** A model of a catalogue that Azure serves in an account, and which version of it. */
export interface ModelDeployment {
  readonly of: Resource;
  readonly model: Located;
  readonly version: Located;
  /** `OnceNewDefaultVersionAvailable`, `OnceCurrentVersionExpired` or `NoAutoUpgrade`. */
  readonly upgrades: Setting<string>;
}

// Defaults: hashicorp/azurerm, cognitive_deployment (version_upgrade_option OnceNewDefaultVersionAvailable; without a version "the default
// version of the model at the time will be assigned"); the REST reference of accounts/deployments says the same of versionUpgradeOption.
const whenAbsent = 'OnceNewDefaultVersionAvailable';

export const modelDeployment: Concept<ModelDeployment> = {
  name: 'model deployment on Azure',
  types: new Set(['azurerm_cognitive_deployment', ...azapiTypes]),
  *view(of) {
    if (of.type === 'azurerm_cognitive_deployment')
      yield {
        of,
        model: of.attr('model', 'name'),
        version: of.attr('model', 'version'),
        upgrades: setting(of.attr('version_upgrade_option'), text, whenAbsent),
      };
    const body = azapiBody(of);
    if (body?.type === 'microsoft.cognitiveservices/accounts/deployments')
      yield {
        of,
        model: body.attr('model', 'name'),
        version: body.attr('model', 'version'),
        upgrades: setting(body.attr('versionUpgradeOption'), text, whenAbsent),
      };
  },
};

/** A switch that hands what people ask and write to the vendor of the model, for its own use. */
export interface SharedData {
  readonly of: Resource;
  readonly what: string;
  readonly shared: Setting<boolean>;
}

export const sharedData = byType<SharedData>('data shared with the vendor of a model', {
  google_gemini_data_sharing_with_google_setting: (of) => [
    { of, what: 'prompts, answers and code', shared: setting(of.attr('enable_data_sharing'), yesNo) },
    { of, what: 'prompts, answers and code of preview products', shared: setting(of.attr('enable_preview_data_sharing'), yesNo) },
  ],
  google_gemini_gemini_gcp_enablement_setting: (of) => [
    { of, what: 'customer data', shared: setting(of.attr('enable_customer_data_sharing'), yesNo) },
  ],
});
