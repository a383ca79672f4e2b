import type { Concept } from '../engine/rule.ts';
import { code } from '../engine/words.ts';
import type { Located, Resource } from '../model/resource.ts';
import { azapiBody, azapiTypes } from './ai-service.ts';
import { byType } from './by-type.ts';
import { child, located } from './inside.ts';
import { setting, text, textOf, words, yesNo, type Setting } from './setting.ts';

/** One thing that a guard in front of a model looks for: Model Armor's filters, those of a content policy of Azure OpenAI. */
export interface ContentFilter {
  readonly of: Resource;
  /** What the filter belongs to, in words. */
  readonly guard: string;
  /** What it looks for, in words that a message can take as they are; empty when that is not known. */
  readonly finds: string;
  readonly kind: 'attack' | 'harm' | 'other';
  readonly on: Setting<boolean>;
  /** Whether what is found is stopped, where each filter says so by itself. */
  readonly blocks?: Setting<boolean>;
  /** How bad a text must be before it counts: `Low`, `Medium` or `High`. */
  readonly threshold?: Setting<string>;
}

const enforced = words('ENABLED', 'DISABLED');

export const contentFilter: Concept<ContentFilter> = {
  name: 'content filter in front of a model',
  types: new Set(['google_model_armor_template', 'google_model_armor_floorsetting', 'azurerm_cognitive_account_rai_policy', ...azapiTypes]),
  *view(resource) {
    const armor = armors.get(resource.type);
    if (armor !== undefined) yield* armorFilters(resource, armor);
    if (resource.type === 'azurerm_cognitive_account_rai_policy')
      for (const view of resource.items('content_filter'))
        yield azureFilter(
          resource,
          view.attr('name'),
          setting(view.attr('filter_enabled'), yesNo),
          setting(view.attr('block_enabled'), yesNo),
          setting(view.attr('severity_threshold'), text),
        );
    for (const filter of azapiFilters(resource))
      yield azureFilter(
        resource,
        child(filter, 'name'),
        setting(child(filter, 'enabled'), yesNo),
        setting(child(filter, 'blocking'), yesNo),
        setting(child(filter, 'severityThreshold'), text),
      );
  },
};

const armors: ReadonlyMap<string, string> = new Map([
  ['google_model_armor_template', 'Model Armor template'],
  ['google_model_armor_floorsetting', 'Model Armor floor setting'],
]);

// Default: Model Armor API reference, FilterConfig: a filter that is not set up is not run.
function armorFilters(of: Resource, guard: string): readonly ContentFilter[] {
  const at = (...path: readonly string[]): Located => of.attr('filter_config', ...path, 'filter_enforcement');
  return [
    {
      of,
      guard,
      finds: 'prompt injection and jailbreaks',
      kind: 'attack',
      on: setting(at('pi_and_jailbreak_filter_settings'), enforced, false),
    },
    { of, guard, finds: 'malicious links', kind: 'other', on: setting(at('malicious_uri_filter_settings'), enforced) },
    { of, guard, finds: 'personal and secret data', kind: 'other', on: setting(at('sdp_settings', 'basic_config'), enforced) },
  ];
}

const attacks = /^(?:jailbreak|indirect[ _-]?attack)$/i;
const harms = /^(?:hate|sexual|violence|self[ _-]?harm)$/i;

function azureFilter(
  of: Resource,
  name: Located,
  on: Setting<boolean>,
  blocks: Setting<boolean>,
  threshold: Setting<string>,
): ContentFilter {
  const called = textOf(name) ?? '';
  const kind = attacks.test(called) ? 'attack' : harms.test(called) ? 'harm' : 'other';
  // Code that is under a licence is only marked by design, so that the answer can name its source.
  const marks = /^protected[ _-]?material[ _-]?code$/i.test(called);
  return { of, guard: 'Content policy', finds: called && code(called), kind, on, ...(marks ? {} : { blocks }), threshold };
}

const isPolicy = 'microsoft.cognitiveservices/accounts/raipolicies';

function azapiFilters(resource: Resource): readonly Located[] {
  const body = azapiBody(resource);
  const filters = body?.type === isPolicy ? body.attr('contentFilters') : undefined;
  return filters?.is === 'list' ? filters.items.map((item, i) => located(item, filters, i)) : [];
}

/** When a guard acts, as a whole: whether it stops what it finds, and whether before or after the answer is out. */
export interface GuardMode {
  readonly of: Resource;
  readonly guard: string;
  readonly mode: Setting<string>;
}

export const guardMode: Concept<GuardMode> = {
  name: 'mode of a guard in front of a model',
  types: new Set(['google_model_armor_template', 'azurerm_cognitive_account_rai_policy', ...azapiTypes]),
  *view(of) {
    if (of.type === 'google_model_armor_template')
      yield { of, guard: 'Model Armor template', mode: setting(of.attr('template_metadata', 'enforcement_type'), text) };
    if (of.type === 'azurerm_cognitive_account_rai_policy')
      yield { of, guard: 'Content policy', mode: setting(of.attr('mode'), text, 'Default') };
    const body = azapiBody(of);
    if (body?.type === isPolicy) yield { of, guard: 'Content policy', mode: setting(body.attr('mode'), text, 'Default') };
  },
};

/** The least that Model Armor demands of every template and model call in a project, folder or organisation. */
export interface ArmorFloor {
  readonly of: Resource;
  readonly enforced: Setting<boolean>;
  /** Calls of Vertex AI's own models are looked at, and let pass whatever is found. */
  readonly onlyLooks: Setting<boolean>;
  readonly blocks: Located;
}

// Default: Model Armor API reference, FloorSetting (enableFloorSettingEnforcement false).
export const armorFloor = byType<ArmorFloor>('floor of Model Armor', {
  google_model_armor_floorsetting: (of) => [
    {
      of,
      enforced: setting(of.attr('enable_floor_setting_enforcement'), yesNo, false),
      onlyLooks: setting(of.attr('ai_platform_floor_setting', 'inspect_only'), yesNo, false),
      blocks: of.attr('ai_platform_floor_setting', 'inspect_and_block'),
    },
  ],
});
