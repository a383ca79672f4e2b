import type { Located, Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, textOf, yesNo, type Setting } from './setting.ts';

/** Code that an agent runtime takes from a bucket. */
export interface AgentCode {
  readonly resource: Resource;
  /** The key of the archive. */
  readonly key: Located;
  readonly version: Located;
}

export const agentCode = byType<AgentCode>('code of an agent', {
  aws_bedrockagentcore_agent_runtime: (resource) =>
    resource
      .items('agent_runtime_artifact', 'code_configuration', 'code', 's3')
      .map((s3) => ({ resource, key: s3.attr('prefix'), version: s3.attr('version_id') })),
  'AWS::BedrockAgentCore::Runtime': (resource) =>
    resource
      .items('Properties', 'AgentRuntimeArtifact', 'CodeConfiguration', 'Code', 'S3')
      .map((s3) => ({ resource, key: s3.attr('Prefix'), version: s3.attr('VersionId') })),
});

/** A browser that an agent drives. */
export interface AgentBrowser {
  readonly resource: Resource;
  readonly recorded: Setting<boolean>;
  readonly recordings: Located;
}

// Default: hashicorp/aws, bedrockagentcore_browser (recording.enabled "Defaults to false").
export const agentBrowser = byType<AgentBrowser>('browser of an agent', {
  aws_bedrockagentcore_browser: (r) => [
    { resource: r, recorded: setting(r.attr('recording', 'enabled'), yesNo, false), recordings: r.attr('recording', 's3_location') },
  ],
  'AWS::BedrockAgentCore::BrowserCustom': (r) => [
    {
      resource: r,
      recorded: setting(r.attr('Properties', 'RecordingConfig', 'Enabled'), yesNo, false),
      recordings: r.attr('Properties', 'RecordingConfig', 'S3Location'),
    },
  ],
});

/** Something that keeps what people said to an agent, and under which key. */
export interface Conversations {
  readonly resource: Resource;
  readonly noun: string;
  readonly key: Located;
}

export const conversations = byType<Conversations>('kept conversations', {
  aws_bedrockagentcore_memory: (r) => [{ resource: r, noun: 'Agent memory', key: r.attr('encryption_key_arn') }],
  aws_qbusiness_application: (r) => [{ resource: r, noun: 'Amazon Q application', key: r.attr('encryption_configuration', 'kms_key_id') }],
  'AWS::BedrockAgentCore::Memory': (r) => [{ resource: r, noun: 'Agent memory', key: r.attr('Properties', 'EncryptionKeyArn') }],
  'AWS::QBusiness::Application': (r) => [
    { resource: r, noun: 'Amazon Q application', key: r.attr('Properties', 'EncryptionConfiguration', 'KmsKeyId') },
  ],
});

/** An Amazon Q Business application and how it knows its users. */
export interface Assistant {
  readonly resource: Resource;
  /** `AWS_IAM_IDC`, `AWS_IAM_IDP_OIDC`, ..., or `ANONYMOUS`. Terraform's resource only knows Identity Center. */
  readonly users: Setting<string>;
}

export const assistant = byType<Assistant>('Amazon Q application', {
  'AWS::QBusiness::Application': (r) => [{ resource: r, users: setting(r.attr('Properties', 'IdentityType'), text) }],
});

/** A group of tools of a Bedrock agent that comes with the service. */
export interface BuiltInTools {
  readonly resource: Resource;
  /** `AMAZON.UserInput`, `AMAZON.CodeInterpreter`, `ANTHROPIC.Bash`, ... */
  readonly signature: Setting<string>;
  readonly enabled: Setting<boolean>;
}

const state = { read: (v: string | number | boolean) => v === 'ENABLED', write: (v: boolean) => (v ? 'ENABLED' : 'DISABLED') };

// Default: Bedrock API reference, CreateAgentActionGroup (an action group is ENABLED unless it says DISABLED).
export const builtInTools = byType<BuiltInTools>('built-in tools of an agent', {
  aws_bedrockagent_agent_action_group: (resource) => [
    {
      resource,
      signature: setting(resource.attr('parent_action_group_signature'), text),
      enabled: setting(resource.attr('action_group_state'), state, true),
    },
  ],
  'AWS::Bedrock::Agent': (resource) =>
    resource.items('Properties', 'ActionGroups').map((group) => ({
      resource,
      signature: setting(group.attr('ParentActionGroupSignature'), text),
      enabled: setting(group.attr('ActionGroupState'), state, true),
    })),
});

/** A function that a Bedrock agent may call. Terraform's provider has no attribute for a confirmation. */
export interface AgentFunction {
  readonly resource: Resource;
  readonly name: string;
  readonly confirmed: Setting<boolean>;
}

// Default: Bedrock API reference, Function (requireConfirmation DISABLED).
export const agentFunction = byType<AgentFunction>('function of an agent', {
  'AWS::Bedrock::Agent': (resource) =>
    resource
      .items('Properties', 'ActionGroups')
      .flatMap((group) => group.items('FunctionSchema', 'Functions'))
      .map((view) => ({
        resource,
        name: textOf(view.attr('Name')) ?? '',
        confirmed: setting(view.attr('RequireConfirmation'), state, false),
      })),
});
