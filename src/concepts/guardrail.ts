import type { Located, Resource, View } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, yesNo, type Setting } from './setting.ts';

/** What a Bedrock guardrail looks for in prompts and answers. */
export interface Guardrail {
  readonly resource: Resource;
  readonly content: Located;
  readonly filters: readonly ContentFilter[];
  readonly personal: readonly PersonalData[];
}

export interface ContentFilter {
  readonly view: View;
  /** `PROMPT_ATTACK`, `HATE`, ... */
  readonly type: Setting<string>;
  /** `NONE`, `LOW`, `MEDIUM`, `HIGH`. */
  readonly inputStrength: Setting<string>;
  readonly inputAction: Setting<string>;
  readonly inputEnabled: Setting<boolean>;
}

export interface PersonalData {
  readonly type: Setting<string>;
  /** `BLOCK`, `ANONYMIZE` or `NONE`, which only takes note. */
  readonly action: Setting<string>;
  /** What it does in one direction, where that is said; it goes before `action`. */
  readonly inputAction: Setting<string>;
  readonly outputAction: Setting<string>;
}

// Defaults: CreateGuardrail in the Bedrock API reference; a filter that is written is on, and blocks.
export const guardrail = byType<Guardrail>('guardrail', {
  aws_bedrock_guardrail: (resource) => [
    {
      resource,
      content: resource.attr('content_policy_config'),
      filters: resource.items('content_policy_config', 'filters_config').map((view) => ({
        view,
        type: setting(view.attr('type'), text),
        inputStrength: setting(view.attr('input_strength'), text),
        inputAction: setting(view.attr('input_action'), text, 'BLOCK'),
        inputEnabled: setting(view.attr('input_enabled'), yesNo, true),
      })),
      personal: resource.items('sensitive_information_policy_config', 'pii_entities_config').map((view) => ({
        type: setting(view.attr('type'), text),
        action: setting(view.attr('action'), text),
        inputAction: setting(view.attr('input_action'), text, 'NONE'),
        outputAction: setting(view.attr('output_action'), text, 'NONE'),
      })),
    },
  ],
  'AWS::Bedrock::Guardrail': (resource) => [
    {
      resource,
      content: resource.attr('Properties', 'ContentPolicyConfig'),
      filters: resource.items('Properties', 'ContentPolicyConfig', 'FiltersConfig').map((view) => ({
        view,
        type: setting(view.attr('Type'), text),
        inputStrength: setting(view.attr('InputStrength'), text),
        inputAction: setting(view.attr('InputAction'), text, 'BLOCK'),
        inputEnabled: setting(view.attr('InputEnabled'), yesNo, true),
      })),
      personal: resource.items('Properties', 'SensitiveInformationPolicyConfig', 'PiiEntitiesConfig').map((view) => ({
        type: setting(view.attr('Type'), text),
        action: setting(view.attr('Action'), text),
        inputAction: setting(view.attr('InputAction'), text, 'NONE'),
        outputAction: setting(view.attr('OutputAction'), text, 'NONE'),
      })),
    },
  ],
});
