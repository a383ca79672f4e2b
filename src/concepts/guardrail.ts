import type { Located, Resource, View } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, yesNo, type Setting } from './setting.ts';

/** What a Bedrock guardrail looks for in prompts and answers. */
export interface Guardrail {
  readonly resource: Resource;
  readonly content: Located;
  readonly filters: readonly ContentFilter[];
  readonly personal: readonly PersonalData[];
  /** Everything that may be set to notice only: content filters, topics and words. */
  readonly checks: readonly GuardrailCheck[];
}

export interface GuardrailCheck {
  /** What it looks for: `HATE`, `PROFANITY`, a topic's name. */
  readonly of: Located;
  /** `BLOCK`, or `NONE`, which only takes note. */
  readonly input: Setting<string>;
  readonly output: Setting<string>;
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
      checks: [
        ...resource.items('content_policy_config', 'filters_config'),
        ...resource.items('word_policy_config', 'managed_word_lists_config'),
        ...resource.items('word_policy_config', 'words_config'),
      ].map((view) => ({
        of: named(view, ['type', 'text']),
        input: setting(view.attr('input_action'), text, 'BLOCK'),
        output: setting(view.attr('output_action'), text, 'BLOCK'),
      })),
      personal: [
        ...resource.items('sensitive_information_policy_config', 'pii_entities_config'),
        ...resource.items('sensitive_information_policy_config', 'regexes_config'),
      ].map((view) => ({
        type: setting(named(view, ['type', 'name']), text),
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
      checks: [
        ...resource.items('Properties', 'ContentPolicyConfig', 'FiltersConfig'),
        ...resource.items('Properties', 'TopicPolicyConfig', 'TopicsConfig'),
        ...resource.items('Properties', 'WordPolicyConfig', 'ManagedWordListsConfig'),
        ...resource.items('Properties', 'WordPolicyConfig', 'WordsConfig'),
      ].map((view) => ({
        of: named(view, ['Name', 'Type', 'Text']),
        input: setting(view.attr('InputAction'), text, 'BLOCK'),
        output: setting(view.attr('OutputAction'), text, 'BLOCK'),
      })),
      personal: [
        ...resource.items('Properties', 'SensitiveInformationPolicyConfig', 'PiiEntitiesConfig'),
        ...resource.items('Properties', 'SensitiveInformationPolicyConfig', 'RegexesConfig'),
      ].map((view) => ({
        type: setting(named(view, ['Type', 'Name']), text),
        action: setting(view.attr('Action'), text),
        inputAction: setting(view.attr('InputAction'), text, 'NONE'),
        outputAction: setting(view.attr('OutputAction'), text, 'NONE'),
      })),
    },
  ],
});

/** The first of some attributes that is there. */
function named(view: View, [first = '', ...others]: readonly string[]): Located {
  const value = view.attr(first);
  return value.is === 'absent' && others.length > 0 ? named(view, others) : value;
}
