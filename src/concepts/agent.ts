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

/** The door to an agent's tools. */
export interface AgentGateway {
  readonly resource: Resource;
  /** `NONE`, `CUSTOM_JWT` or `AWS_IAM`. */
  readonly authorizer: Setting<string>;
}

export const agentGateway = byType<AgentGateway>('agent gateway', {
  aws_bedrockagentcore_gateway: (r) => [{ resource: r, authorizer: setting(r.attr('authorizer_type'), text) }],
  'AWS::BedrockAgentCore::Gateway': (r) => [{ resource: r, authorizer: setting(r.attr('Properties', 'AuthorizerType'), text) }],
});
