import type { Resource } from '../model/resource.ts';
import { byType } from './by-type.ts';
import { setting, text, type Setting } from './setting.ts';

/** A part of an agent that runs code or opens pages for a model, in a network of its own choosing. */
export interface AgentTool {
  readonly resource: Resource;
  readonly noun: string;
  /** `PUBLIC`, `VPC` or, for code interpreters, `SANDBOX`. */
  readonly network: Setting<string>;
  /** True for what runs code that the model wrote. */
  readonly runsModelCode: boolean;
}

export const agentTool = byType<AgentTool>('agent runtime', {
  aws_bedrockagentcore_agent_runtime: (r) => [
    { resource: r, noun: 'Agent runtime', network: setting(r.attr('network_configuration', 'network_mode'), text), runsModelCode: false },
  ],
  aws_bedrockagentcore_code_interpreter: (r) => [
    { resource: r, noun: 'Code interpreter', network: setting(r.attr('network_configuration', 'network_mode'), text), runsModelCode: true },
  ],
  aws_bedrockagentcore_browser: (r) => [
    { resource: r, noun: 'Agent browser', network: setting(r.attr('network_configuration', 'network_mode'), text), runsModelCode: false },
  ],
  'AWS::BedrockAgentCore::Runtime': (r) => [
    {
      resource: r,
      noun: 'Agent runtime',
      network: setting(r.attr('Properties', 'NetworkConfiguration', 'NetworkMode'), text),
      runsModelCode: false,
    },
  ],
  'AWS::BedrockAgentCore::CodeInterpreterCustom': (r) => [
    {
      resource: r,
      noun: 'Code interpreter',
      network: setting(r.attr('Properties', 'NetworkConfiguration', 'NetworkMode'), text),
      runsModelCode: true,
    },
  ],
  'AWS::BedrockAgentCore::BrowserCustom': (r) => [
    {
      resource: r,
      noun: 'Agent browser',
      network: setting(r.attr('Properties', 'NetworkConfiguration', 'NetworkMode'), text),
      runsModelCode: false,
    },
  ],
});

/** The door to an agent's tools. What Terraform's provider has no attribute for is absent there. */
export interface AgentGateway {
  readonly resource: Resource;
  /** `NONE`, `CUSTOM_JWT` or `AWS_IAM`. */
  readonly authorizer: Setting<string>;
  /** `DEBUG` when callers are told the details of an error; there is no other value. */
  readonly errors: Setting<string>;
  /** What the policies of its engine do with a call that they forbid: `ENFORCE` or `LOG_ONLY`. */
  readonly policies?: Setting<string>;
  /** What becomes of a request while the firewall in front can't be asked: `FAIL_CLOSE` or `FAIL_OPEN`. */
  readonly withoutFirewall?: Setting<string>;
}

export const agentGateway = byType<AgentGateway>('agent gateway', {
  aws_bedrockagentcore_gateway: (r) => [
    { resource: r, authorizer: setting(r.attr('authorizer_type'), text), errors: setting(r.attr('exception_level'), text) },
  ],
  'AWS::BedrockAgentCore::Gateway': (r) => [
    {
      resource: r,
      authorizer: setting(r.attr('Properties', 'AuthorizerType'), text),
      errors: setting(r.attr('Properties', 'ExceptionLevel'), text),
      policies: setting(r.attr('Properties', 'PolicyEngineConfiguration', 'Mode'), text),
      withoutFirewall: setting(r.attr('Properties', 'WafConfiguration', 'FailureMode'), text),
    },
  ],
});
