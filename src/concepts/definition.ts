import type { Fix } from '../engine/rule.ts';
import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, textOf, type Setting, type Spelling } from './setting.ts';

/** A tool-agnostic serving definition (`model_endpoint:`). */
export interface EndpointDefinition {
  readonly resource: Resource;
  readonly production: boolean;
  readonly source: Setting<string>;
  readonly hash: Setting<string>;
  readonly authentication: Setting<string>;
  /** By its instance type, which only SageMaker calls so: `ml.g5.xlarge`. */
  readonly onSageMaker: boolean;
  readonly publicAccess: Setting<boolean>;
  readonly vpcEndpoint: Setting<string>;
  readonly least: Setting<number>;
  readonly most: Setting<number>;
  readonly requestLog: Setting<boolean>;
  readonly responseLog: Setting<boolean>;
  readonly retention: Setting<number>;
  readonly latencyAlarm: Setting<number>;
  readonly errorAlarm: Setting<number>;
}

/** A tool-agnostic training definition (`training_cluster:`). */
export interface ClusterDefinition {
  readonly resource: Resource;
  readonly production: boolean;
  readonly most: Setting<number>;
  readonly spot: Setting<boolean>;
  readonly fallback: Setting<string>;
  readonly subnet: Setting<string>;
  readonly securityGroup: Setting<string>;
  readonly internet: Setting<boolean>;
  readonly data: Setting<string>;
  readonly output: Setting<string>;
  readonly role: Setting<string>;
  readonly encryption: Setting<boolean>;
  readonly key: Setting<string>;
}

/** A place that is filled in when the definition is used says nothing yet: `${HASH}`, `{{ hash }}`, `<hash>`. */
const isPlaceholder = (text: string): boolean => /\$\{|\{\{|^<[^<>]*>$/.test(text);

const filled: Spelling<string> = { read: (v) => (isPlaceholder(String(v)) ? undefined : String(v)), write: (v) => v };
const count: Spelling<number> = {
  read: (v) => (typeof v === 'number' ? v : /^\d+(?:\.\d+)?$/.test(String(v)) ? Number(v) : undefined),
  write: (v) => v,
};
const switchWords: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', 'enabled'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', 'disabled', 'none'].map((word) => [word, false] as const),
]);
const toggle: Spelling<boolean> = { read: (v) => switchWords.get(String(v).toLowerCase()), write: (v) => v };

export const endpointDefinition = byType<EndpointDefinition>('serving definition', {
  model_endpoint: (resource) => [
    {
      resource,
      production: isProduction(resource),
      source: setting(resource.attr('model_source'), filled),
      hash: setting(resource.attr('model_hash'), filled),
      authentication: setting(resource.attr('authentication'), filled),
      onSageMaker: (textOf(resource.attr('instance_type')) ?? '').startsWith('ml.'),
      publicAccess: setting(resource.attr('network', 'public_access'), toggle),
      vpcEndpoint: setting(resource.attr('network', 'vpc_endpoint'), filled),
      least: setting(resource.attr('min_instances'), count),
      most: setting(resource.attr('max_instances'), count),
      requestLog: setting(resource.attr('logging', 'request_logging'), toggle),
      responseLog: setting(resource.attr('logging', 'response_logging'), toggle),
      retention: setting(resource.attr('logging', 'log_retention_days'), count),
      latencyAlarm: setting(resource.attr('monitoring', 'latency_alarm_threshold_ms'), count),
      errorAlarm: setting(resource.attr('monitoring', 'error_rate_alarm_threshold'), count),
    },
  ],
});

export const clusterDefinition = byType<ClusterDefinition>('training definition', {
  training_cluster: (resource) => [
    {
      resource,
      production: isProduction(resource),
      most: setting(resource.attr('max_nodes'), count),
      spot: setting(resource.attr('spot_enabled'), toggle),
      fallback: setting(resource.attr('spot_fallback'), filled),
      subnet: setting(resource.attr('network', 'subnet'), filled),
      securityGroup: setting(resource.attr('network', 'security_group'), filled),
      internet: setting(resource.attr('network', 'internet_access'), toggle),
      data: setting(resource.attr('storage', 'training_data'), filled),
      output: setting(resource.attr('storage', 'model_output'), filled),
      role: setting(resource.attr('iam_role'), filled),
      encryption: setting(resource.attr('encryption', 'ebs_encryption'), toggle),
      key: setting(resource.attr('encryption', 'kms_key'), filled),
    },
  ],
});

const isProduction = (resource: Resource): boolean =>
  resource.environment.stage === 'prod' || /(^|[^a-z])(prod|production)([^a-z]|$)/i.test(resource.name);

/** True when a field is left out or left empty. */
export const leftOut = ({ at }: { readonly at: Located }): boolean =>
  at.is === 'absent' || (at.is === 'known' && at.value === '') || (at.is === 'list' && at.items.length === 0);

/** Stores and hubs that answer in plain HTTP only to send callers to HTTPS, or answer the same there. */
const secureHosts =
  /^http:\/\/((?:[\w.-]+\.)?(?:amazonaws\.com|storage\.googleapis\.com|blob\.core\.windows\.net|huggingface\.co|github\.com|ngc\.nvidia\.com))(?=[/:]|$)/i;

/** The same address over HTTPS, where its host is known to serve that. */
const securely = (address: string): string | undefined => (secureHosts.test(address) ? address.replace(/^http:/i, 'https:') : undefined);

export function overHttps(address: Setting<string>): readonly Fix[] {
  const secure = address.is === 'known' ? securely(address.value) : undefined;
  return secure === undefined ? [] : [address.writes(secure)];
}

/** The words for "nobody is asked who they are". */
export const isNone = (text: string): boolean => /^(?:none|no|off|false|disabled|public|anonymous|open)$/i.test(text.trim());
