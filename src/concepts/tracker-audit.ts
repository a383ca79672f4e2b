import type { Concept } from '../engine/rule.ts';
import { code } from '../engine/words.ts';
import type { Located, Resource } from '../model/resource.ts';
import type { World } from '../model/world.ts';
import { byType } from './by-type.ts';
import { number, setting, textOf, yesNo, type Setting } from './setting.ts';
import { hcl, isRepeatable, writtenAs } from './written-as.ts';

/** What Bedrock keeps of the calls to its models. */
export interface InvocationLog {
  readonly resource: Resource;
  readonly text: Setting<boolean>;
}

// Default: Bedrock API reference, LoggingConfig (textDataDeliveryEnabled: whether text is delivered; the provider sends true when it is left out).
export const invocationLog = byType<InvocationLog>('log of model invocations', {
  aws_bedrock_model_invocation_logging_configuration: (r) => [
    { resource: r, text: setting(r.attr('logging_config', 'text_data_delivery_enabled'), yesNo, true) },
  ],
});

/** A log group and how long it keeps what is written to it, in days; 0 for ever. */
export interface LogGroup {
  readonly resource: Resource;
  readonly name: string;
  readonly days: Setting<number>;
}

export const logGroup = byType<LogGroup>('log group', {
  aws_cloudwatch_log_group: (r) => [
    { resource: r, name: textOf(r.attr('name')) ?? r.name, days: setting(r.attr('retention_in_days'), number, 0) },
  ],
  'AWS::Logs::LogGroup': (r) => [
    {
      resource: r,
      name: textOf(r.attr('Properties', 'LogGroupName')) ?? r.name,
      days: setting(r.attr('Properties', 'RetentionInDays'), number, 0),
    },
  ],
});

/** A log group into which prompts and answers are written, and its key. */
export interface PromptLog {
  readonly resource: Resource;
  readonly name: string;
  readonly key: Located;
  /** What writes them there, to follow "it". */
  readonly why: string;
}

export const promptLog: Concept<PromptLog> = {
  name: 'log of prompts',
  sees: (type) => type === 'aws_cloudwatch_log_group' || type === 'AWS::Logs::LogGroup',
  *view(resource, world) {
    const key = keyOf(resource);
    if (!key) return;
    const [name] = [...logGroup.view(resource, world)].map((group) => group.name);
    const [writer] = world.graph.companions(resource, ...invocations);
    if (writer) yield { resource, name: name ?? resource.name, key, why: `gets what is asked of Bedrock (${code(writer.address)})` };
    else if (name !== undefined && /^\/aws\/bedrock/i.test(name)) yield { resource, name, key, why: 'is Bedrock’s by its name' };
  },
};

const invocations = [
  'aws_bedrock_model_invocation_logging_configuration',
  'logging_config',
  'cloudwatch_config',
  'log_group_name',
] as const;

function keyOf(resource: Resource): Located | undefined {
  if (resource.type === 'aws_cloudwatch_log_group') return resource.attr('kms_key_id');
  return resource.type === 'AWS::Logs::LogGroup' ? resource.attr('Properties', 'KmsKeyId') : undefined;
}

/** An Azure AI service whose calls nobody records, in a configuration that records those of other resources. */
export interface UnrecordedService {
  readonly of: Resource;
  readonly noun: string;
  /** A resource beside it that has a diagnostic setting. */
  readonly recorded: string;
  /** A setting that records this one too, to the same place, as source text; undefined when the place can't be repeated. */
  readonly setting: string | undefined;
}

const services: ReadonlyMap<string, string> = new Map([
  ['azurerm_cognitive_account', 'AI services account'],
  ['azurerm_ai_services', 'AI services account'],
  ['azurerm_search_service', 'AI Search service'],
  ['azurerm_machine_learning_workspace', 'Machine Learning workspace'],
  ['azurerm_ai_foundry', 'AI Foundry hub'],
]);

export const unrecordedService: Concept<UnrecordedService> = {
  name: 'Azure AI service without a diagnostic setting',
  sees: (type) => services.has(type),
  *view(resource, world) {
    const noun = services.get(resource.type);
    if (noun === undefined) return;
    const settings = settingsOf(world, resource.scope);
    const targets = settings.map((one) => one.attr('target_resource_id'));
    if (settings.length === 0 || targets.some((target) => mayBe(target, resource, world))) return;
    const recorded = settings
      .flatMap((one) => world.graph.dependencies(one))
      .find((other) => other.type.startsWith('azurerm_') && !other.type.includes('log_analytics'));
    if (recorded) yield { of: resource, noun, recorded: recorded.address, setting: settingFor(resource, settings, world) };
  },
};

const settingsOf = (world: World, scope: string): readonly Resource[] =>
  world.resources.filter((other) => other.type === 'azurerm_monitor_diagnostic_setting' && other.scope === scope);

/** A target that refers to the service, or to nothing that we know. */
function mayBe(target: Located, resource: Resource, world: World): boolean {
  const refs = target.is === 'unknown' || target.is === 'known' ? (target.refs ?? []) : [];
  if (refs.length === 0) return target.is !== 'known';
  return refs.some(({ to }) => to === resource.address || world.graph.get(to)?.type.startsWith('azurerm_') !== true);
}

/** Written for a resource that is there once, and where all settings beside it send their logs to the same workspace. */
function settingFor(resource: Resource, settings: readonly Resource[], world: World): string | undefined {
  const places = new Set(settings.map((one) => hcl(writtenAs(one.attr('log_analytics_workspace_id')) ?? [])));
  const [place] = places;
  const { name, address } = resource;
  const taken = world.graph.get(`azurerm_monitor_diagnostic_setting.${name}`) !== undefined;
  if (place === undefined || places.size !== 1 || taken || !isRepeatable(address)) return undefined;
  return `resource "azurerm_monitor_diagnostic_setting" "${name}" {
  name                       = "${name}"
  target_resource_id         = ${address}.id
  log_analytics_workspace_id = ${place}

  enabled_log {
    category_group = "allLogs"
  }
}`;
}
